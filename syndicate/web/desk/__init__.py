"""The editors' desk, `/desk/`: one module for each page, and what all share in `frame`. See docs/desk.md."""

from syndicate.web.desk import entry, queue, story
from syndicate.web.desk.frame import bp

__all__ = ["bp", "entry", "queue", "story"]
