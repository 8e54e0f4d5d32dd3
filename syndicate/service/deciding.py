"""What all decisions share: they are about what was seen, wait for a grace, and are remembered to be undone.

All functions work within a transaction that holds the story's row.
"""

from dataclasses import replace
from datetime import datetime

from syndicate.core.errors import Changed, MoveRefused, OnHold
from syndicate.core.newsitem import Change
from syndicate.core.rights import Hold
from syndicate.core.story import Story
from syndicate.core.text import one_line
from syndicate.core.undo import Case, Decision
from syndicate.core.workflow import Review
from syndicate.service import review
from syndicate.service.publish import PUBLISH, check_ready, hold_of
from syndicate.service.wrong import refuse
from syndicate.store import Tx

MOST_REASON_CHARS = 1000
_OUT_BEFORE = (Review.PUBLISHED, Review.WITHDRAWN)


def as_seen(tx: Tx, case: Case) -> Story:
    """The story, its row held. Raises Changed where it is not as the editor saw it."""
    story = tx.stories.get(case.ref, lock=True)
    if case.seen and case.seen != story.mark:
        last = tx.audit.of_story(story.id)[-1]
        raise Changed(
            f"The story has changed since you opened it: {last.who} did “{last.what}”. Nothing was done; look again.",
            who=last.who,
            what=last.what,
        )
    return story


def due(tx: Tx, story: Story, at: datetime, *, who: str, now: datetime) -> Story:
    """It goes out at `at`: for the first time, at another hour than was set, or in its next edition."""
    if story.review not in (Review.APPROVED, *_OUT_BEFORE):
        return review.release_for(tx, story, who=who, now=now, publish_at=at)
    if story.review is Review.PUBLISHED and not (story.update_waits or story.edits_wait):
        raise MoveRefused("The story is published as it is: neither its source nor the desk has anything newer.")
    check_ready(story)
    hold = hold_of(story, now)
    if hold and (hold is not Hold.EMBARGOED or story.review in _OUT_BEFORE):
        raise OnHold(f"The story may not go out: it is {hold}.", hold=hold)
    story = replace(story, publish_at=at, changed_at=now)
    tx.stories.save(story)
    tx.audit.add("schedule", story.guid, who=who, at=now, story_id=story.id, publish_at=str(story.due_at))
    return story


def publish_next(tx: Tx, case: Case, before: Story, *, who: str, change: Change | None = None, note: str = "") -> Story:
    """It goes out when the grace has passed; the clock then finds `change` and `note` with the decision."""
    note = short(note, "note")
    after = due(tx, before, case.now + case.grace, who=who, now=case.now)
    return remember(tx, PUBLISH, case, before, after, who=who, change=change, note=note)


def remember(
    tx: Tx,
    what: str,
    case: Case,
    before: Story,
    after: Story,
    *,
    who: str,
    change: Change | None = None,
    note: str = "",
) -> Story:
    """So that it can be undone, until the grace has passed."""
    decision = Decision(
        what=what,
        who=who,
        at=case.now,
        until=case.now + case.grace,
        before=before.standing,
        after=after.standing,
        change=change,
        note=note,
    )
    tx.decisions.remember(after.id, decision)
    return after


def short(text: str, field: str) -> str:
    """A reason, a note: one line. Raises BadFields where it is long."""
    text = one_line(text)
    refuse(**{field: "" if len(text) <= MOST_REASON_CHARS else f"Longer than {MOST_REASON_CHARS} characters."})
    return text
