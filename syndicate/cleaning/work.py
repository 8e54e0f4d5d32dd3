"""What the steps hand to each other: one tree, what they may know about the story, and the report they fill."""

from collections.abc import Callable
from dataclasses import dataclass, field

from syndicate.cleaning.report import Report
from syndicate.cleaning.rules import Rules
from syndicate.cleaning.tree import Element
from syndicate.core.notes import SourceNote


@dataclass(slots=True)
class Work:
    """A body on the bench. Steps change `body` in place, or put another in its place."""

    body: Element
    base_url: str = ""
    rules: Rules = field(default_factory=Rules)
    language: str = ""
    report: Report = field(default_factory=Report)
    note: SourceNote | None = None
    byline: str = ""
    dateline: str = ""


Step = Callable[[Work], None]
