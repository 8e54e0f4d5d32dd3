"""All that an editor sees of one story: with the same few queries whatever its history, and nothing that acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from syndicate.cleaning import blocks_of
from syndicate.core.credit import Credit
from syndicate.core.edits import Part
from syndicate.core.newsroom import Newsroom
from syndicate.core.permission import in_words, refusal
from syndicate.core.preflight import Check
from syndicate.core.reach import Holder
from syndicate.core.roles import Act, Person
from syndicate.core.typed import as_typed
from syndicate.core.undo import Decision
from syndicate.core.workflow import Review
from syndicate.service.desk import may
from syndicate.service.desk.edit import HERE_FOR, LOCKED_FOR
from syndicate.service.edition import credit_for
from syndicate.service.read import StoryFile, checks, file_of
from syndicate.store import Store, Tx
from syndicate.store.edits import Draft
from syndicate.store.presence import Lock


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Who else has the story open, and who edits it now, if anybody."""

    others: Sequence[str]
    lock: Lock | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Another story that says nearly the same."""

    id: str
    headline: str
    outlet: str
    review: Review
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`credit` is the sentence as the next edition prints it; `refused` are the parts that may not be edited, and why.

    `holders` are those who had it, and what they told of it. `undoable` is the last decision, while it can be undone;
    `text` the body as it is edited (`core.typed`).
    """

    file: StoryFile
    checks: Sequence[Check]
    permission: str
    credit: Credit
    refused: Mapping[Part, str]
    alike: Sequence[Alike]
    together: Together
    drafts: Sequence[Draft]
    holders: Sequence[Holder]
    undoable: Decision | None
    mine: Draft | None
    text: str


@may(Act.LOOK)
def look(person: Person, store: Store, newsroom: Newsroom, ref: str, *, now: datetime) -> Desk:
    """One story as the desk shows it. Raises NotFound."""
    with store.read() as tx:
        file = file_of(tx, tx.stories.get(ref))
        story = file.story
        decision = tx.decisions.last(story.id)
        drafts = tx.edits.drafts(story.id)
        source, agreement = story.source, story.outlet.agreement
        return Desk(
            file=file,
            checks=checks(file, now),
            permission=in_words(source.rights, agreement),
            credit=credit_for(source, story.outlet, newsroom),
            refused={part: why for part in Part if (why := refusal(part, source.rights, agreement))},
            alike=_alike(tx, file),
            together=_together(tx, story.id, person, now),
            drafts=drafts,
            holders=tx.reach.holders(story.id) if story.edition else (),
            mine=next((draft for draft in drafts if draft.who == person.email), None),
            text=as_typed(blocks_of(story.as_edited.body_html)),
            undoable=decision if decision and decision.can_be_undone(story, now) else None,
        )


@may(Act.LOOK)
def together(person: Person, store: Store, ref: str, *, now: datetime) -> Together:
    with store.read() as tx:
        return _together(tx, tx.stories.get(ref).id, person, now)


def _together(tx: Tx, story_id: str, person: Person, now: datetime) -> Together:
    lock = tx.presence.lock(story_id)
    held = lock if lock and now - lock.seen_at < LOCKED_FOR else None
    others = [who for who in tx.presence.who(story_id, now - HERE_FOR) if who != person.email]
    return Together(others=others, lock=held)


def _alike(tx: Tx, file: StoryFile) -> Sequence[Alike]:
    listed = tx.listings.of(list(file.alike)) if file.alike else ()
    return [
        Alike(
            id=one.story_id,
            headline=one.headline,
            outlet=one.outlet,
            review=one.review,
            percent=file.alike[one.story_id],
        )
        for one in listed
    ]
