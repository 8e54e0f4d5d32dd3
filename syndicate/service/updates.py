"""A newer version of its source beside what the desk has: three ways, part by part, for an editor to choose from.

The base is the version that what is out was made from, or, before anything was published, the one that was edited;
theirs is the newest, ours the base with the desk's edits. Who wrote it, when, and under what rights is not chosen: it
comes with their version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from syndicate.cleaning import blocks_of
from syndicate.core.compare import Side, Stretch, Who, three_way
from syndicate.core.edits import WORDS, Edits, Mark, Part
from syndicate.core.errors import BadFields
from syndicate.core.newsitem import SourceItem
from syndicate.core.permission import refusal
from syndicate.core.story import Story
from syndicate.service.editing import cleaned, refuse_what_may_not

_FACTS = ("byline", "original_url", "first_published", "updated", "language", "dateline", "credit_line")
_RIGHTS = ("license", "usage_terms", "copyright_holder", "copyright_notice", "embargoed", "expires")


@dataclass(frozen=True, slots=True)
class Choice:
    """One part that somebody has changed: its three values, and why ours may not be taken, where that is so."""

    part: Part
    base: Any
    ours: Any
    theirs: Any
    refused: str = ""

    @property
    def who(self) -> Who:
        return Stretch((repr(self.base),), (repr(self.ours),), (repr(self.theirs),)).who

    @property
    def proposed(self) -> Side | None:
        if self.refused:
            return Side.THEIRS
        return {Who.OURS: Side.OURS, Who.CLASH: None}.get(self.who, Side.THEIRS)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something of the source's own that its new version says otherwise."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`body` is empty where nobody has changed the text; `body_refused` why ours may not be taken in it."""

    story: Story
    base: int
    parts: Sequence[Choice]
    body: Sequence[Stretch]
    body_refused: str
    facts: Sequence[Fact]
    new_pictures: int
    gone_pictures: int

    def proposed(self, stretch: Stretch) -> Side | None:
        return Side.THEIRS if self.body_refused else stretch.proposed


def base_of(story: Story) -> int:
    """The number of the revision that both sides have changed."""
    return story.edition_revision or min(story.edits_base or story.revision, story.revision)


def compare(story: Story, base: SourceItem) -> Comparison:
    """`base` is what the source said in revision `base_of(story)`."""
    ours, theirs = story.edits.over(base), story.source
    body = three_way(*map(blocks_of, (base.body_html, ours.body_html, theirs.body_html)))
    old, new = ({picture.url for picture in item.pictures} for item in (base, theirs))
    return Comparison(
        story=story,
        base=base_of(story),
        parts=[_choice(part, base, ours, story) for part in _plain_parts() if _differs(part, base, ours, theirs)],
        body=body if any(stretch.who is not Who.NOBODY for stretch in body) else (),
        body_refused=refusal(Part.BODY, theirs.rights, story.outlet.agreement),
        facts=_facts(base, theirs),
        new_pictures=len(new - old),
        gone_pictures=len(old - new),
    )


def settled(found: Comparison, chosen: Mapping[Part, Side], blocks: Mapping[int, Side], mark: Mark) -> Edits:
    """The edits that make of the newest version what was chosen; `blocks` are by their place in the text.

    What is not chosen is as it was proposed. Raises BadFields where nothing was proposed, RuleBroken where the licence
    forbids what was chosen.
    """
    story, edits = found.story, found.story.edits
    wrong: dict[str, list[str]] = {}
    for choice in found.parts:
        side = chosen.get(choice.part) or choice.proposed
        if side is None:
            wrong[choice.part] = ["Both have changed this: say whose is to be printed."]
            continue
        edits = _changed(edits, choice.part, choice.ours if side is Side.OURS else choice.theirs, story, mark)
    if found.body:
        merged: list[str] = []
        for at, stretch in enumerate(found.body):
            side = blocks.get(at) or (found.proposed(stretch) if stretch.is_choice else Side.THEIRS)
            if side is None:
                wrong[f"block-{at}"] = ["Both have changed this passage: say whose is to be printed."]
                continue
            merged += stretch.of(side)
        edits = edits if wrong else _changed(edits, Part.BODY, cleaned("".join(merged), story).html, story, mark)
    if wrong:
        raise BadFields("Some changes are not decided yet.", errors=wrong)
    return edits


def _changed(edits: Edits, part: Part, value: Any, story: Story, mark: Mark) -> Edits:
    value = None if value == getattr(story.source, part) else value
    refuse_what_may_not({part: value}, story)
    return edits if value == edits.of(part) else edits.changed(part, value, mark)


def _plain_parts() -> Sequence[Part]:
    return [part for part in WORDS if part is not Part.BODY]


def _differs(part: Part, *items: SourceItem) -> bool:
    return any(getattr(item, part) != getattr(items[0], part) for item in items[1:])


def _choice(part: Part, base: SourceItem, ours: SourceItem, story: Story) -> Choice:
    refused = refusal(part, story.source.rights, story.outlet.agreement)
    return Choice(part, getattr(base, part), getattr(ours, part), getattr(story.source, part), refused)


def _facts(old: SourceItem, new: SourceItem) -> Sequence[Fact]:
    told = [(name, getattr(old, name), getattr(new, name)) for name in _FACTS]
    told += [(name, getattr(old.rights, name), getattr(new.rights, name)) for name in _RIGHTS]
    return [Fact(name, str(before or ""), str(after or "")) for name, before, after in told if before != after]
