"""The editors' desk, `/desk/`: one module for each page, and what all share in `frame`. See docs/desk.md."""

from syndicate.web.desk import (
    account,
    audit,
    channels,
    decide,
    edit,
    elsewhere,
    entry,
    keys,
    outlets,
    overview,
    people,
    queue,
    shown,
    sources,
    story,
    subscribers,
    update,
)
from syndicate.web.desk.frame import bp

__all__ = [
    "account",
    "audit",
    "bp",
    "channels",
    "decide",
    "edit",
    "elsewhere",
    "entry",
    "keys",
    "outlets",
    "overview",
    "people",
    "queue",
    "shown",
    "sources",
    "story",
    "subscribers",
    "update",
]
