"""Sending a story out and taking it back. Each function is one transaction and one audit line.

Every change of what is out makes an edition, puts the story into (or out of) its channels and into the change log, all
committed together.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from syndicate.core.errors import EditsClash, MoveRefused, OnHold, RuleBroken
from syndicate.core.newsitem import Change, SourceItem
from syndicate.core.newsroom import Newsroom
from syndicate.core.permission import check_edits
from syndicate.core.rights import Hold, hold_on
from syndicate.core.story import Story, check_creditable
from syndicate.core.terms import check_goes_on, check_quota
from syndicate.core.workflow import Review, move
from syndicate.service.deliver import entitle
from syndicate.service.edition import compose, compose_recall
from syndicate.service.intake.pictures import judged
from syndicate.store import Store, Tx

CLOCK = "clock"
PUBLISH = "publish"  # a decision that the clock carries out


def publish(
    store: Store,
    newsroom: Newsroom,
    *,
    ref: str,
    who: str,
    now: datetime,
    change: Change | None = None,
    note: str = "",
) -> Story:
    """Send the newest source version out, or let it wait for its embargo.

    For a published story this takes in the update and the edits that wait; `change` says whether it is an update or a
    correction, where that is not what its source said.
    A story under embargo becomes approved and goes out by itself at its instant.
    Raises NotFound, MoveRefused, RuleBroken (it cannot be credited), OnHold (canceled, withheld, expired).
    """
    with store.begin() as tx:
        story = tx.stories.get(ref, lock=True)
        if hold_of(story, now) is Hold.EMBARGOED and story.review is not Review.PUBLISHED:
            return _wait(tx, story, who=who, now=now, note=note)
        return issue(tx, story, newsroom, who=who, now=now, change=change, note=note)


def withdraw(store: Store, *, ref: str, who: str, reason: str, now: datetime) -> Story:
    """Take a published story back; it may be published again later. Raises NotFound, MoveRefused."""
    with store.begin() as tx:
        return recall(tx, tx.stories.get(ref, lock=True), Review.WITHDRAWN, who=who, reason=reason, now=now)


def kill(store: Store, *, ref: str, who: str, reason: str, now: datetime) -> Story:
    """Take a story back for ever, saying why. Raises NotFound, MoveRefused, RuleBroken (no reason)."""
    if not reason:
        raise RuleBroken("A kill is final and is told to every subscriber: give the reason.")
    with store.begin() as tx:
        return recall(tx, tx.stories.get(ref, lock=True), Review.KILLED, who=who, reason=reason, now=now)


def release(store: Store, newsroom: Newsroom, *, ref: str, now: datetime) -> Story | None:
    """Do what the clock is due to do with one story; None where it is not due any more.

    The row is asked again inside the transaction, so any number of workers may do this at once.
    """
    with store.begin() as tx:
        story = tx.stories.get(ref, lock=True)
        if story.due_at is None or story.due_at > now:
            tx.stories.time(story)  # the agreement may have put it off
            return None
        return _release(tx, story, newsroom, now)


def hold_of(story: Story, now: datetime) -> Hold | None:
    """Why the newest source version may not go out now, by its source and by what was agreed.

    The source's withdrawal counts whatever the version said.
    """
    return hold_on(replace(story.source.rights, pub_status=story.pub_status, embargoed=story.embargoed), now)


def check_ready(story: Story) -> None:
    """It can be credited, and all that was edited may be and stands. Raises RuleBroken, EditsClash."""
    check_creditable(story.as_edited)
    check_edits(story.edits, story.source.rights, story.outlet.agreement)
    if story.edits_clash:
        raise EditsClash(
            "Its source has changed what was edited here: say on the desk, part by part, whose words go out.",
            edited=list(story.edits.parts),
        )


def check_agreed(tx: Tx, story: Story, at: datetime) -> None:
    """The agreement with its outlet lets one more story go out at that moment. Raises RuleBroken.

    Where it has a quota the outlet's row is held, so that two at once do not both take the last place.
    """
    agreement = story.outlet.agreement
    check_goes_on(agreement, at)
    if agreement.quota and story.edition is None:
        tx.outlets.hold(story.outlet.slug)
        check_quota(agreement, tx.stories.first_out(story.outlet.slug, agreement.quota.begin(at)), at)


def issue(
    tx: Tx,
    story: Story,
    newsroom: Newsroom,
    *,
    who: str,
    now: datetime,
    change: Change | None = None,
    note: str = "",
) -> Story:
    """Make the next edition within a transaction that holds the story's row."""
    if story.review is Review.PUBLISHED and not (story.update_waits or story.edits_wait):
        raise MoveRefused(
            "The story is published, its source has sent nothing newer and nobody has edited it.",
            allowed=["withdrawn", "killed"],
        )
    review = Review.PUBLISHED if story.review is Review.PUBLISHED else move(story.review, Review.PUBLISHED)
    check_ready(story)
    if story.review is not Review.PUBLISHED:
        check_agreed(tx, story, now)
    if hold := hold_of(story, now):
        raise OnHold(f"The story may not go out: it is {hold}.", hold=hold)
    news = story.update_waits
    change = (change or (_as_its_source_says(story.source) if news else Change.UPDATE)) if story.edition else Change.NEW
    note = note or (story.source.change_note if story.edition and news else "")
    kept = tx.pictures.of(story.id)
    pictures = judged(story.as_edited, story.outlet.agreement, kept, story.edits.pictures or ())
    item = compose(story, newsroom, pictures, now=now, change=change, note=note)
    story = replace(
        story,
        review=review,
        reason="",
        edition=item,
        edition_revision=story.revision,
        edition_edits=story.edits_version,
        publish_at=None,
    )
    out = [one for one in pictures if not one.hold]
    if kept:
        tx.pictures.show(story.id, [one.media.sha256 for one in out if one.media])
    detail = {"pictures_left_out": left_out} if (left_out := len(pictures) - len(out)) else {}
    return _commit_edition(tx, story, "publish", who=who, now=now, change=change, **detail)


def _as_its_source_says(source: SourceItem) -> Change:
    return Change.CORRECTION if source.change is Change.CORRECTION else Change.UPDATE


def recall(tx: Tx, story: Story, to: Review, *, who: str, reason: str, now: datetime, message: str = "") -> Story:
    """Take what is out back, within a transaction that holds the story's row.

    `message` is what subscribers read where it is not the reason that the partner reads.
    """
    review = move(story.review, to)
    if story.edition is None:  # cannot be: only what was published may be withdrawn or killed
        raise MoveRefused("The story was never published.")
    change = Change.KILL if to is Review.KILLED else Change.WITHDRAWAL
    item = compose_recall(story, story.edition, now=now, change=change, reason=message or reason)
    story = replace(story, review=review, reason=reason, edition=item, publish_at=None)
    tx.pictures.show(story.id, ())
    return _commit_edition(tx, story, "kill" if change is Change.KILL else "withdraw", who=who, now=now, reason=reason)


def _wait(tx: Tx, story: Story, *, who: str, now: datetime, note: str) -> Story:
    """An editor's "publish" under embargo: decided now, done at its instant."""
    check_ready(story)
    check_agreed(tx, story, story.embargoed or now)
    review = Review.APPROVED if story.review is Review.APPROVED else move(story.review, Review.APPROVED)
    story = replace(story, review=review, reason="", publish_at=now, changed_at=now)
    tx.stories.save(story)
    detail = {"publish_at": str(story.due_at), **({"reason": note} if note else {})}
    tx.audit.add("approve", story.guid, who=who, at=now, story_id=story.id, **detail)
    return story


def _release(tx: Tx, story: Story, newsroom: Newsroom, now: datetime) -> Story:
    if story.ends_at and story.ends_at <= now:
        return recall(tx, story, Review.WITHDRAWN, who=CLOCK, reason="The right to republish has ended.", now=now)
    decided = tx.decisions.last(story.id)
    how: dict[str, Any] = {"who": CLOCK}
    if decided and decided.what == PUBLISH and decided.stands(story):
        how = {"who": decided.who, "change": decided.change, "note": decided.note}
    try:
        return issue(tx, story, newsroom, now=now, **how)
    except (RuleBroken, MoveRefused) as refusal:  # its rights changed while it waited: the desk must look again
        return _back_to_the_desk(tx, story, refusal.detail, now)


def _back_to_the_desk(tx: Tx, story: Story, reason: str, now: datetime) -> Story:
    """An approved story returns to the queue; an update of a published one waits for an editor from now on."""
    if story.review is Review.APPROVED:
        story = replace(story, review=move(story.review, Review.RECEIVED))
    story = replace(story, reason=reason, publish_at=None, changed_at=now)
    tx.stories.save(story)
    tx.audit.add("release-refused", story.guid, who=CLOCK, at=now, story_id=story.id, reason=reason)
    return story


def _commit_edition(tx: Tx, story: Story, what: str, *, who: str, now: datetime, **detail: object) -> Story:
    story = replace(story, changed_at=now)
    tx.stories.add_edition(story)
    tx.stories.save(story)
    tx.audit.add(what, story.guid, who=who, at=now, story_id=story.id, version=story.version, **detail)
    if placed := tx.channels.place(story, now):  # last: from here to the commit nobody else publishes
        entitle.story_placed(tx, story, placed, now)
    return story
