"""The editors' desk, `/desk/`: one module for each page, and what all share in `frame`. See docs/desk.md."""

from syndicate.web.desk import account, entry, outlets, people, queue, story
from syndicate.web.desk.frame import bp

__all__ = ["account", "bp", "entry", "outlets", "people", "queue", "story"]
