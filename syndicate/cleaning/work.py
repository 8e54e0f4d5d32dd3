"""What the steps hand to each other: one tree, what they may know about the story, and the report they fill."""

from collections.abc import Callable
from dataclasses import dataclass, field

from syndicate.cleaning.report import Report
from syndicate.cleaning.rules import Rules
from syndicate.cleaning.tree import Element
from syndicate.core.notes import SourceNote


@dataclass(slots=True)
class Work:
    """A body on the bench. Steps change `body` in place, or put another in its place.

    `source` is the text that `body` was read from, in small letters: a step that looks for something rare asks
    `mentions` before it walks the tree.
    """

    body: Element
    base_url: str = ""
    rules: Rules = field(default_factory=Rules)
    language: str = ""
    report: Report = field(default_factory=Report)
    source: str = ""
    note: SourceNote | None = None
    has_anchors: bool = False
    byline: str = ""
    dateline: str = ""

    def mentions(self, *words: str) -> bool:
        for word in words:  # noqa: SIM110  a generator costs more than the searches
            if word in self.source:
                return True
        return False


Step = Callable[[Work], None]
