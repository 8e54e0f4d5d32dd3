"""In what form a channel hands its stories on: how much text, pictures, embeds, and what pages tell search engines.

Google asks those who syndicate for a robots `noindex` on the copy, and asked before for `rel="canonical"` to the
original (RFC 6596); partners ask for either, both or none.
"""

from dataclasses import dataclass, replace
from enum import StrEnum


class Text(StrEnum):
    FULL = "full"
    SUMMARY = "summary"


class Pictures(StrEnum):
    KEEP = "keep"
    NONE = "none"


class Embeds(StrEnum):
    KEEP = "keep"
    LINKS = "links"
    NONE = "none"


class Page(StrEnum):
    """What a page of ours tells search engines about the story: where the original is, to leave it out, or both."""

    NONE = "none"
    CANONICAL = "canonical"
    NOINDEX = "noindex"
    BOTH = "both"

    @property
    def canonical(self) -> bool:
        return self in (Page.CANONICAL, Page.BOTH)

    @property
    def noindex(self) -> bool:
        return self in (Page.NOINDEX, Page.BOTH)

    def also(self, other: "Page") -> "Page":
        """What both ask for together: nobody's wish is dropped."""
        if {self, other} == {Page.CANONICAL, Page.NOINDEX}:
            return Page.BOTH
        return max(self, other, key=list(Page).index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    text: Text = Text.FULL
    pictures: Pictures = Pictures.KEEP
    embeds: Embeds = Embeds.KEEP
    page: Page = Page.CANONICAL

    @property
    def whole(self) -> bool:
        """A story goes out just as it was published."""
        return (self.text, self.pictures, self.embeds) == (Text.FULL, Pictures.KEEP, Embeds.KEEP)

    @property
    def form(self) -> str:
        """Names what it does to a story: empty for nothing, the same for policies that do the same."""
        return "" if self.whole else f"{self.text}-{self.pictures}-{self.embeds}"

    def as_excerpt(self) -> "Policy":
        """For one who may have summaries only."""
        return replace(self, text=Text.SUMMARY)

    def together(self, other: "Policy") -> "Policy":
        """For one who may read a story under both: the more of it that either gives, and all that either asks."""
        return Policy(
            text=min(self.text, other.text, key=list(Text).index),
            pictures=min(self.pictures, other.pictures, key=list(Pictures).index),
            embeds=min(self.embeds, other.embeds, key=list(Embeds).index),
            page=self.page.also(other.page),
        )
