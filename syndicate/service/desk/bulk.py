"""The same decision about many stories: each by itself, so that one that is refused does not keep the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from syndicate.core.errors import Changed, SyndicateError
from syndicate.core.listing import Listing
from syndicate.core.roles import Act, Person
from syndicate.core.undo import Case
from syndicate.service.desk import decide as one
from syndicate.service.desk import may
from syndicate.service.wrong import refuse
from syndicate.store import Store

MOST = 200
ACTS = ("approve", "hold", "reject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of one story: the refusal, or None where it was done."""

    listing: Listing
    refusal: SyndicateError | None = None


@may(Act.DECIDE)
def look(person: Person, store: Store, refs: Sequence[str]) -> Sequence[Listing]:
    """The rows of these stories, the newest arrived first; those that are not there are left out."""
    with store.read() as tx:
        return tx.listings.of(set(refs[:MOST]))


@may(Act.DECIDE)
def decide(
    person: Person, store: Store, act: str, seen: Mapping[str, int], *, reason: str = "", now: datetime
) -> Sequence[Told]:
    """Approve, hold or reject these stories. `seen` is each one's arrival (`Listing.seq`) as the editor saw it: where a
    newer version came in since, that story is left alone. Raises BadFields (no such act, too many, no reason).
    """
    refuse(
        act="" if act in ACTS else f"One of {', '.join(ACTS)}.",
        story=_wrong_number(len(seen)),
        reason="Say why: the partner reads it." if act == "reject" and not reason.strip() else "",
    )
    chosen = {
        "approve": partial(one.approve, person, store),
        "hold": partial(one.hold, person, store, reason=reason),
        "reject": partial(one.reject, person, store, reason=reason),
    }[act]
    told = []
    for listing in look(person, store, list(seen)):
        try:
            chosen(Case(ref=listing.story_id, seen=_mark(store, listing.story_id, seen[listing.story_id]), now=now))
            told.append(Told(listing=listing))
        except SyndicateError as refusal:
            told.append(Told(listing=listing, refusal=refusal))
    return told


def _mark(store: Store, story_id: str, seq: int) -> str:
    """The story's mark, if its newest version is the one that the editor saw. Raises Changed, NotFound."""
    with store.read() as tx:
        if all(found.seq != seq for found in tx.listings.of([story_id])):
            raise Changed("A newer version came in since you looked: open it.")
        return tx.stories.get(story_id).mark


def _wrong_number(number: int) -> str:
    if not number:
        return "Choose a story."
    return f"At most {MOST} at once." if number > MOST else ""
