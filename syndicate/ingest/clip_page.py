"""What is known of a clip's page while it is read: each step takes the lines it knows and leaves the rest.

Printed pages have no fixed order, so no step counts lines. What gives a line away is its own words (`clip_marks`),
its neighbours, and the page as a whole: a short line from the top that comes again is a running head. What no step
takes stays in the body, and is spoken of; a line too many can be struck by an editor, a lost one cannot be missed.
"""

from dataclasses import dataclass, field
from datetime import date

from syndicate.core.newsitem import Picture, Topic
from syndicate.core.newsroom import Outlet
from syndicate.core.notes import SourceNote
from syndicate.ingest.clip_lines import Block, Paragraph
from syndicate.ingest.clip_marks import Byline

TOP = 15  # lines or paragraphs among which a page's top must lie


@dataclass(slots=True, kw_only=True)
class Page:
    """What has been read so far. `blocks` until the paragraphs are made, `head` and `body` from then on."""

    outlet: Outlet
    blocks: tuple[Block, ...]
    head: list[Paragraph] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    issue: date | None = None
    masthead: str = ""
    notes: list[SourceNote] = field(default_factory=list)
    topics: tuple[Topic, ...] = ()
    pictures: list[Picture] = field(default_factory=list)
    byline: Byline | None = None
    republisher: str = ""
    section: str = ""
    headline: str = ""
    summary: str = ""
    unclear: int = 0  # paragraphs at the body's beginning that no step understood
    left_out: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def known(self) -> tuple[str, ...]:
        """The outlet's own names, to compare without case."""
        return tuple(name.casefold() for name in (self.outlet.name, self.outlet.slug, self.outlet.domain) if name)


def short(text: str) -> str:
    """Enough of a text to be recognised in a warning."""
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
