"""What the desk changes of a story, as data beside the source's words: laid over them when an edition is made.

None is "as its source has it". The source's words are never written over, and who wrote a story, when and where it
appeared first are no parts that can be edited: the credit stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from syndicate.core.newsitem import Picture, SourceItem, Topic


class Part(StrEnum):
    """What of a story the desk may change, by the name that it has in a `SourceItem`."""

    HEADLINE = "headline"
    SUMMARY = "summary"
    SECTION = "section"
    TOPICS = "topics"
    SLUGLINE = "slugline"
    BODY = "body_html"
    PICTURES = "pictures"


WORDS = tuple(part for part in Part if part is not Part.PICTURES)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureEdit:
    """What becomes of the picture whose first file is at `href`: left out, described anew, another in its place."""

    href: str
    shown: bool = True
    alt: str | None = None
    instead: Picture | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Who changed a part last, and when."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """All that the desk has changed of one story. `pictures` stand in the order in which they are to be shown; those
    that are not named come after them as their source sent them. `marks` are by part.
    """

    headline: str | None = None
    summary: str | None = None
    section: str | None = None
    topics: tuple[Topic, ...] | None = None
    slugline: str | None = None
    body_html: str | None = None
    pictures: tuple[PictureEdit, ...] | None = None
    marks: Mapping[str, Mark] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is not as its source has it."""
        return tuple(part for part in Part if self.of(part) is not None)

    def of(self, part: Part) -> Any:
        return getattr(self, part)

    def changed(self, part: Part, value: Any, mark: Mark) -> "Edits":
        """With this part so; None gives it back to its source."""
        changes: dict[str, Any] = {part: value, "marks": {**self.marks, part: mark}}
        return replace(self, **changes)

    def over(self, source: SourceItem) -> SourceItem:
        """The story as it is to be printed. Which of its pictures go out is settled where they are judged."""
        changes: dict[str, Any] = {part: self.of(part) for part in WORDS if self.of(part) is not None}
        return replace(source, **changes) if changes else source


NONE = Edits()


@dataclass(frozen=True, slots=True)
class Seen:
    """What an editor had in view: the number of the edits and of the source's revision."""

    version: int
    revision: int


def clash(edits: Edits, old: SourceItem, new: SourceItem) -> tuple[Part, ...]:
    """The words that both the desk and, between these two of its versions, the source have changed.

    Choices of pictures go by address: they stand whatever else its source sends.
    """
    both = (part for part in WORDS if edits.of(part) is not None and getattr(old, part) != getattr(new, part))
    return tuple(part for part in both if edits.of(part) != getattr(new, part))
