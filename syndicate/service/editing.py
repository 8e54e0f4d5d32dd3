"""The desk's edits of a story: tidied, cleaned, allowed by its licence, and laid beside those of others.

Two who edit at once lose nothing: parts that only one of them changed are both kept, and where both changed the same
part the later is told, with both texts. All functions work within a transaction that holds the story's row.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from syndicate.cleaning import Cleaned, Rules, clean
from syndicate.core.edits import WORDS, Edits, Mark, Part, PictureEdit, Seen, clash
from syndicate.core.errors import BadFields, Changed, RuleBroken
from syndicate.core.newsitem import SourceItem, Topic
from syndicate.core.permission import NAMES, refusal
from syndicate.core.story import Story
from syndicate.core.text import one_line, printable
from syndicate.store import Tx
from syndicate.store.mapping import to_json

MOST_CHARS = {Part.HEADLINE: 500, Part.SUMMARY: 5000, Part.SECTION: 200, Part.SLUGLINE: 200}
MOST_TOPICS, MOST_TOPIC_CHARS = 50, 200
NEEDED = (Part.HEADLINE, Part.BODY)


def revise(
    tx: Tx, story: Story, typed: Mapping[Part, Any], seen: Seen, *, who: str, now: datetime
) -> tuple[Story, Mapping[str, Any]]:
    """Save what somebody typed over what they had in view; the report of cleaning the text, where that was edited.

    Given words that are the source's own give the part back to it. Raises BadFields, RuleBroken (the licence forbids
    it), Changed (another has changed the same part meanwhile).
    """
    base, said = tx.edits.at(story.id, seen.version), tx.stories.said(story.id, seen.revision)
    wanted, report = _tidied(typed, story, said)
    touched = {part: value for part, value in wanted.items() if value != base.of(part)}
    refuse_what_may_not(touched, story)
    _refuse_overwriting(touched, base, story)
    mark = Mark(who, now)
    edits = story.edits
    for part, value in touched.items():
        edits = edits.changed(part, value, mark) if value != edits.of(part) else edits
    if edits == story.edits:
        return story, report
    oldest = min(seen.revision, story.edits_base) if story.edits.parts else seen.revision
    stands = oldest == story.revision or not clash(edits, tx.stories.said(story.id, oldest), story.source)
    return keep(tx, story, edits, base=story.revision if stands else oldest, who=who, now=now), report


def keep(tx: Tx, story: Story, edits: Edits, *, base: int, who: str, now: datetime) -> Story:
    """These are the story's edits from now on; up to revision `base` its source says nothing against them."""
    changed = [part for part in Part if edits.of(part) != story.edits.of(part)]
    story = replace(story, edits=edits, edits_version=story.edits_version + 1, edits_base=base)
    tx.edits.add(story.id, story.edits_version, edits, who=who, at=now)
    tx.stories.save(story)
    detail = {"parts": changed, "edits": story.edits_version}
    tx.audit.add("edit", story.guid, who=who, at=now, story_id=story.id, **detail)
    return story


def _tidied(typed: Mapping[Part, Any], story: Story, said: SourceItem) -> tuple[Mapping[Part, Any], Mapping[str, Any]]:
    """Each part as it would be kept, None where it says what its source said; and the report of cleaning the text."""
    wrong: dict[str, list[str]] = {}
    wanted: dict[Part, Any] = {}
    report: Mapping[str, Any] = {}
    for part, value in typed.items():
        tidy: Any
        if part is Part.BODY:
            clean_body = cleaned(value, story)
            tidy, report = clean_body.html, clean_body.report.as_dict()
        elif part is Part.TOPICS:
            tidy = _topics(value, said)
        elif part is Part.PICTURES:
            tidy = _pictures(value, said)
        else:
            tidy = _TIDY[part](value)
        if problem := _problem(part, tidy):
            wrong[part] = [problem]
        wanted[part] = None if tidy == getattr(said, part) else tidy
    if wrong:
        raise BadFields(f"Wrong: {', '.join(NAMES[Part(part)] for part in wrong)}.", errors=wrong)
    return wanted, report


def cleaned(body: str, story: Story) -> Cleaned:
    """By the rules for whatever comes from this outlet: an editor's text is trusted no more than a source's."""
    furniture = story.outlet.furniture
    return clean(
        body.replace("\r\n", "\n"),
        base_url=story.source.original_url,
        language=story.source.language,
        rules=Rules(remove=furniture.selectors, remove_texts=furniture.texts),
    )


def _lines(text: str) -> str:
    return printable(text.replace("\r\n", "\n")).strip()


def _topics(names: Sequence[str], said: SourceItem) -> tuple[Topic, ...]:
    """By name; those that the source named too keep its codes."""
    known = {topic.name: topic for topic in said.topics}
    tidied = dict.fromkeys(one_line(name) for name in names)
    return tuple(known.get(name, Topic(name)) for name in tidied if name)


_TIDY: Mapping[Part, Callable[[str], str]] = {
    Part.HEADLINE: one_line,
    Part.SUMMARY: _lines,
    Part.SECTION: one_line,
    Part.SLUGLINE: one_line,
}


def _problem(part: Part, value: Any) -> str:
    if part in NEEDED and not value:
        return "May not be empty."
    if part is Part.TOPICS and len(value) > MOST_TOPICS:
        return f"More than {MOST_TOPICS} topics."
    if part is Part.TOPICS and any(len(topic.name) > MOST_TOPIC_CHARS for topic in value):
        return f"A topic has at most {MOST_TOPIC_CHARS} characters."
    if part in MOST_CHARS and len(value) > MOST_CHARS[part]:
        return f"Longer than {MOST_CHARS[part]} characters."
    return ""


def _pictures(wanted: Sequence[PictureEdit], said: SourceItem) -> tuple[PictureEdit, ...] | None:
    """None where every picture stays as and where it was sent."""
    plain = tuple(PictureEdit(href=picture.url) for picture in said.pictures)
    kept = tuple(wanted)
    return None if not kept or kept == plain[: len(kept)] else kept


def refuse_what_may_not(touched: Mapping[Part, Any], story: Story) -> None:
    """Raises RuleBroken where the licence forbids one of these values; None, the source's own, it never does."""
    rights, agreement = story.source.rights, story.outlet.agreement
    refused = {
        part: why for part, value in touched.items() if value is not None and (why := refusal(part, rights, agreement))
    }
    if refused:
        raise RuleBroken(" ".join(refused.values()), parts=list(refused))


def _refuse_overwriting(touched: Mapping[Part, Any], base: Edits, story: Story) -> None:
    """Raises Changed with both texts where another has changed since what this editor is about to change."""
    both = [part for part, value in touched.items() if story.edits.of(part) not in (base.of(part), value)]
    if not both:
        return
    marks = [story.edits.marks[part] for part in both if part in story.edits.marks]
    who = ", ".join(sorted({mark.who for mark in marks})) or "Somebody"
    raise Changed(
        f"{who} has changed meanwhile what you changed: {', '.join(NAMES[part] for part in both)}. Nothing was saved.",
        parts={part: {"yours": _told(touched[part]), "theirs": _told(_now(story, part))} for part in both},
        version=story.edits_version,
        revision=story.revision,
    )


def _now(story: Story, part: Part) -> Any:
    edited = story.edits.of(part)
    return getattr(story.source, part) if edited is None and part in WORDS else edited


def _told(value: Any) -> Any:
    """A part as JSON can say it; None is what its source says."""
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    return value
