"""What an agreement approves by itself. A job of each story that came, so that it is judged when all is known of it.

It goes the ordinary way: approved, as by an editor, and sent out by the clock. What anybody at the desk has touched,
what a check finds wrong and what somebody might doubt stays for the desk.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from syndicate.core.approval import approves
from syndicate.core.errors import RuleBroken
from syndicate.core.preflight import Check, Severity
from syndicate.core.story import Story
from syndicate.core.workflow import Review
from syndicate.service import read, review
from syndicate.service.intake import media
from syndicate.store import Store, Tx

APPROVE = "approve-agreed"  # the kind of job
WHO = "agreement"
DOUBTS = frozenset({"looks-alike", "future-date", "old-story", "no-url", "no-original-date"})
A_MOMENT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=10)
_ARRIVALS = ("receive", "receive-update")


def consider(tx: Tx, story: Story, now: datetime) -> None:
    """A version came in: it is judged when it may appear, if the agreement approves anything at all."""
    if story.outlet.agreement.approvals and story.review is Review.RECEIVED:
        tx.jobs.want(APPROVE, story.id, max(now, story.embargoed or now))


def approve(store: Store, ref: str, now: datetime) -> datetime | None:
    """Approve one story if its agreement does; when to ask again, where not all is known of it yet."""
    with store.begin() as tx:
        story = tx.stories.get(ref, lock=True)
        if not _is_untouched(tx, story) or not _is_agreed(story, now):
            return None
        if _comes_yet(tx, story, now):
            return now + A_MOMENT
        if not is_doubted(read.checks_of(tx, story, now)):
            _send(tx, story, now)
    return None


def is_doubted(checks: Sequence[Check]) -> bool:
    """An editor must look: something is wrong with it, or may be."""
    return any(check.severity is Severity.RED or check.code in DOUBTS for check in checks)


def _is_untouched(tx: Tx, story: Story) -> bool:
    """Nobody decided or edited anything since it came."""
    waits = story.review is Review.RECEIVED and not story.reason and not story.edits.parts
    return waits and tx.audit.of_story(story.id)[-1].what in _ARRIVALS


def _is_agreed(story: Story, now: datetime) -> bool:
    outlet = story.outlet
    return approves(outlet.agreement.approvals, story.source.section, now, outlet.zone or UTC)


def _comes_yet(tx: Tx, story: Story, now: datetime) -> bool:
    """Nobody compared its text yet, or its pictures are being fetched: those that never come are not waited for."""
    fetches = tx.jobs.stands(media.FETCH, story.id) and now < story.changed_at + LONGEST_WAIT
    return fetches or tx.likenesses.waits(story.id)


def _send(tx: Tx, story: Story, now: datetime) -> None:
    try:
        review.release_for(tx, story, who=WHO, now=now, publish_at=now)
    except RuleBroken:  # the agreement has ended, or it cannot be credited: the desk sees why
        return
