"""What an editor decides about a story before it goes out. Each function is one transaction and one audit line."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from syndicate.core.errors import OnHold
from syndicate.core.rights import Hold
from syndicate.core.story import Story
from syndicate.core.workflow import Review, move
from syndicate.service.publish import check_agreed, check_ready, hold_of
from syndicate.store import Store, Tx


def approve(
    store: Store, *, ref: str, who: str, now: datetime, publish_at: datetime | None = None, reason: str = ""
) -> Story:
    """Release a story for its hour: `publish_at`, its embargo, or whichever is later; without either it waits.

    Raises NotFound, MoveRefused, RuleBroken (it cannot be credited, its edits may not stand, or the agreement will have
    ended or gives no more), OnHold (canceled, withheld, expired).
    """
    with store.begin() as tx:
        story = tx.stories.get(ref, lock=True)
        return release_for(tx, story, who=who, now=now, publish_at=publish_at, reason=reason)


def hold(store: Store, *, ref: str, who: str, reason: str, now: datetime) -> Story:
    """Put a story aside. Raises NotFound, MoveRefused."""
    return _decide(store, ref, Review.HELD, "hold", who=who, reason=reason, now=now)


def reject(store: Store, *, ref: str, who: str, reason: str, now: datetime) -> Story:
    """Decline a story; the partner sees the reason. Raises NotFound, MoveRefused."""
    return _decide(store, ref, Review.REJECTED, "reject", who=who, reason=reason, now=now)


def reopen(store: Store, *, ref: str, who: str, reason: str, now: datetime) -> Story:
    """Take an approved or rejected story back to the queue. Raises NotFound, MoveRefused."""
    return _decide(store, ref, Review.RECEIVED, "reopen", who=who, reason=reason, now=now)


def release_for(
    tx: Tx, story: Story, *, who: str, now: datetime, publish_at: datetime | None = None, reason: str = ""
) -> Story:
    """`approve` within a transaction that holds the story's row."""
    review = move(story.review, Review.APPROVED)
    check_ready(story)
    hold = hold_of(story, now)
    if hold and hold is not Hold.EMBARGOED:
        raise OnHold(f"The story may not go out: it is {hold}.", hold=hold)
    story = replace(story, review=review, reason="", publish_at=publish_at, changed_at=now)
    check_agreed(tx, story, story.due_at or now)
    tx.stories.save(story)
    detail = {"publish_at": str(story.due_at or ""), **({"reason": reason} if reason else {})}
    tx.audit.add("approve", story.guid, who=who, at=now, story_id=story.id, **detail)
    return story


def turn(tx: Tx, story: Story, to: Review, what: str, *, who: str, reason: str, now: datetime) -> Story:
    """Any other move that sends nothing out, within a transaction that holds the story's row. Raises MoveRefused."""
    detail: dict[str, Any] = {"reason": reason} if reason else {}
    story = replace(story, review=move(story.review, to), reason=reason, publish_at=None, changed_at=now)
    tx.stories.save(story)
    tx.audit.add(what, story.guid, who=who, at=now, story_id=story.id, **detail)
    return story


def _decide(store: Store, ref: str, to: Review, what: str, *, who: str, reason: str, now: datetime) -> Story:
    with store.begin() as tx:
        return turn(tx, tx.stories.get(ref, lock=True), to, what, who=who, reason=reason, now=now)
