"""The editors' desk, `/desk/`: one module for each page, and what all share in `frame`. See docs/desk.md."""

from syndicate.web.desk import (
    account,
    decide,
    edit,
    elsewhere,
    entry,
    outlets,
    overview,
    people,
    queue,
    shown,
    sources,
    story,
    update,
)
from syndicate.web.desk.frame import bp

__all__ = [
    "account",
    "bp",
    "decide",
    "edit",
    "elsewhere",
    "entry",
    "outlets",
    "overview",
    "people",
    "queue",
    "shown",
    "sources",
    "story",
    "update",
]
