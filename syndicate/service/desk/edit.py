"""Editing at the desk: one at a time by a lock that anybody may take over, and nothing that was typed is lost.

The lock is a courtesy: what keeps texts apart is that each is saved against what was in view (`service.editing`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from syndicate.core.edits import Part, PictureEdit, Seen
from syndicate.core.errors import BadFields, BadInput, Changed, NotFound
from syndicate.core.media import Media, upload_href
from syndicate.core.newsitem import Picture, Rendition
from syndicate.core.roles import Act, Person
from syndicate.core.story import Story
from syndicate.core.text import one_line
from syndicate.media import Shelf
from syndicate.service import editing
from syndicate.service.desk import may
from syndicate.service.intake.media import kept_file
from syndicate.service.wrong import refuse
from syndicate.store import Store, Tx
from syndicate.store.edits import Draft
from syndicate.store.presence import Lock

LOCKED_FOR = timedelta(minutes=10)  # since its holder was seen last
HERE_FOR = timedelta(minutes=1)
MOST_DRAFT_CHARS = 500_000
MOST_PICTURE_CHARS = 2000


@dataclass(frozen=True, slots=True)
class Saved:
    """The story as it is now, and what cleaning the text took out of it."""

    story: Story
    report: Mapping[str, Any]


@may(Act.EDIT)
def start(person: Person, store: Store, *, ref: str, now: datetime, take_over: bool = False) -> Lock:
    """Edit a story from now on. Raises Changed where another does and it is not to be taken over."""
    with store.begin() as tx:
        story = tx.stories.get(ref, lock=True)
        held = _holder(tx, story.id, now)
        if held and held.who != person.email and not take_over:
            raise _held(held)
        mine = held if held and held.who == person.email else None
        lock = Lock(
            who=person.email,
            since=mine.since if mine else now,
            seen_at=now,
            taken_from=held.who if held and not mine else (mine.taken_from if mine else ""),
        )
        tx.presence.set_lock(story.id, lock)
        if held and not mine:
            tx.audit.add("take-over", story.guid, who=person.email, at=now, story_id=story.id, taken_from=held.who)
        return lock


@may(Act.EDIT)
def stop(person: Person, store: Store, *, ref: str, now: datetime) -> None:
    """Give the story back to all, and what was typed and not saved away."""
    with store.begin() as tx:
        story = tx.stories.get(ref)
        tx.presence.unlock(story.id, person.email)
        tx.edits.drop_draft(story.id, person.email)


@may(Act.EDIT)
def save(
    person: Person,
    store: Store,
    *,
    ref: str,
    typed: Mapping[Part, Any],
    raw: Mapping[str, Any],
    seen: Seen,
    now: datetime,
) -> Saved:
    """Save what was typed; where that is refused, `raw`, the form as it was sent, is kept as a draft all the same.

    Raises Changed (another edits the story, or has changed the same part), BadFields, RuleBroken.
    """
    keep_draft(person, store, ref=ref, raw=raw, seen=seen, now=now)
    with store.begin() as tx:
        story = tx.stories.get(ref, lock=True)
        held = _holder(tx, story.id, now)
        if held and held.who != person.email:
            raise _held(held)
        typed = _with_swapped(typed, story)
        story, report = editing.revise(tx, story, typed, seen, who=person.email, now=now)
        tx.edits.drop_draft(story.id, person.email)
        tx.presence.unlock(story.id, person.email)
        return Saved(story, report)


@may(Act.EDIT)
def swap_picture(
    person: Person,
    store: Store,
    shelf: Shelf,
    *,
    ref: str,
    href: str,
    data: bytes,
    told: Picture,
    now: datetime,
) -> Story:
    """A picture of ours in the place of the source's at `href`, with its own words; without data, the source's again.

    Raises NotFound (no such picture), BadFields (no picture, or nobody is credited for it), Changed.
    """
    media = _kept(store, shelf, data, told, now) if data else None
    with store.begin() as tx:
        story = tx.stories.get(ref, lock=True)
        held = _holder(tx, story.id, now)
        if held and held.who != person.email:
            raise _held(held)
        edits = {edit.href: edit for edit in story.edits.pictures or ()}
        every = [edits.get(one.url, PictureEdit(href=one.url)) for one in story.source.pictures]
        if href not in {edit.href for edit in every}:
            raise NotFound("The story has no such picture.")
        ours = _ours(tx, story.id, media, told, now) if media else None
        changed = [replace(edit, instead=ours) if edit.href == href else edit for edit in every]
        seen = Seen(story.edits_version, story.revision)
        return editing.revise(tx, story, {Part.PICTURES: changed}, seen, who=person.email, now=now)[0]


@may(Act.EDIT)
def keep_draft(person: Person, store: Store, *, ref: str, raw: Mapping[str, Any], seen: Seen, now: datetime) -> None:
    """What somebody has typed so far, as it was typed. Raises BadFields where it is longer than any story."""
    length = sum(len(str(value)) for value in raw.values())
    refuse(draft="" if length <= MOST_DRAFT_CHARS else f"Longer than {MOST_DRAFT_CHARS:,} characters.")
    with store.begin() as tx:
        story = tx.stories.get(ref)
        draft = Draft(who=person.email, version=seen.version, revision=seen.revision, typed=raw, at=now)
        tx.edits.keep_draft(story.id, draft)


@may(Act.LOOK)
def here(person: Person, store: Store, *, ref: str, now: datetime) -> None:
    """Somebody has the story open; whoever edits it goes on doing so."""
    with store.begin() as tx:
        story_id = tx.stories.get(ref).id
        tx.presence.here(story_id, person.email, now)
        held = _holder(tx, story_id, now)
        if held and held.who == person.email:
            tx.presence.set_lock(story_id, replace(held, seen_at=now))


def _holder(tx: Tx, story_id: str, now: datetime) -> Lock | None:
    """Who edits it now; whoever was not seen for long does no more."""
    lock = tx.presence.lock(story_id)
    return lock if lock and now - lock.seen_at < LOCKED_FOR else None


def _with_swapped(typed: Mapping[Part, Any], story: Story) -> Mapping[Part, Any]:
    """Pictures that were swapped stay so: the form says nothing of them."""
    if Part.PICTURES not in typed:
        return typed
    ours = {edit.href: edit.instead for edit in story.edits.pictures or ()}
    return {**typed, Part.PICTURES: [replace(edit, instead=ours.get(edit.href)) for edit in typed[Part.PICTURES]]}


def _kept(store: Store, shelf: Shelf, data: bytes, told: Picture, now: datetime) -> Media:
    refuse(credit="" if told.credit.strip() else "Say whose picture it is.")
    try:
        return kept_file(store, shelf, data, now)
    except BadInput as refusal:
        raise BadFields(refusal.detail, errors={"file": [refusal.detail]}) from None


def _ours(tx: Tx, story_id: str, media: Media, told: Picture, now: datetime) -> Picture:
    href = upload_href("desk", media.sha256)
    tx.pictures.keep(story_id, href, media, now)
    file = Rendition(href=href, content_type=media.content_type, width=media.width, height=media.height)
    caption, credit, alt = (one_line(text)[:MOST_PICTURE_CHARS] for text in (told.caption, told.credit, told.alt))
    return Picture(caption=caption, credit=credit, alt=alt, renditions=(file,))


def _held(lock: Lock) -> Changed:
    return Changed(
        f"{lock.who} edits this story since {lock.since:%H:%M} UTC. What you typed is kept; you may take over.",
        who=lock.who,
        since=lock.since.isoformat(),
    )
