"""Which subscriber may have which story: decided when either changes or its time comes, and never when a feed is read.

Each decision is written with the moment of the change log that it belongs to, so that the log and the feeds say the
same. A subscriber's own clock is one job, set for the next instant at which time alone changes something.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from syndicate.core.entitlement import WORDS, Offer, Reason, decide
from syndicate.core.newsroom import Outlet, Subscriber
from syndicate.core.policy import Text
from syndicate.core.story import Story
from syndicate.core.workflow import Review
from syndicate.service.deliver.hub_news import TELL
from syndicate.store import Store, Tx
from syndicate.store.channels import Placed
from syndicate.store.entitlements import Candidate, Standing

RIGHTS = "rights"  # the kind of job that is a subscriber's own clock


def story_placed(tx: Tx, story: Story, placed: Placed, now: datetime) -> None:
    """A story came out, or changed: for each subscriber whose rights ask about it."""
    if story.review is not Review.PUBLISHED or story.edition is None:
        return
    candidate = Candidate(story_id=story.id, outlet=story.outlet.slug, first_created=story.edition.first_created)
    for subscriber in tx.subscribers.reading(placed.channels, limited=not story.outlet.agreement.limits_subscribers):
        _settle(tx, subscriber, [candidate], {story.outlet.slug: story.outlet}, now, placed.seq)


def channel_refilled(tx: Tx, placed: Placed | None, now: datetime) -> None:
    """A rule brought stories into a channel."""
    if placed is None:
        return
    outlets = {outlet.slug: outlet for outlet in tx.outlets.all()}
    limited = not any(outlet.agreement.limits_subscribers for outlet in outlets.values())
    for subscriber in tx.subscribers.reading(placed.channels, limited=limited):
        candidates = tx.entitlements.candidates(subscriber.slug, stories=placed.stories)
        _settle(tx, subscriber, candidates, outlets, now, placed.seq)


def subscriber_changed(tx: Tx, slug: str, *, before: set[int], seq: int, now: datetime) -> None:
    """Its channels or its agreement changed at this moment; `before` are the channels that it could read until then."""
    subscriber = tx.subscribers.get(slug)
    if subscriber.grants.hold_at(now):  # when it has ended its channels are closed, and nothing is left to be decided
        candidates = tx.entitlements.candidates(slug, before=before)
        _settle(tx, subscriber, candidates, {outlet.slug: outlet for outlet in tx.outlets.all()}, now, seq)
    _set_clock(tx, subscriber, now)


def outlet_changed(tx: Tx, outlet: Outlet, now: datetime) -> None:
    """Its agreement says anew who may have its stories."""
    seq = tx.log.access(now)
    for subscriber in tx.subscribers.all():
        open_now = tx.subscribers.open_to(subscriber.slug)
        candidates = tx.entitlements.candidates(subscriber.slug, before=open_now, outlet=outlet.slug)
        _settle(tx, subscriber, candidates, {outlet.slug: outlet}, now, seq)


def strike(store: Store, slug: str, now: datetime) -> None:
    """A subscriber's instant has come: an agreement ends, a story's hours are over, a quota begins anew.

    Raises NotFound.
    """
    with store.begin() as tx:
        subscriber = tx.subscribers.get(slug, lock=True)
        seq = tx.subscribers.see_to_access(subscriber, now)
        due = tx.entitlements.waiting(slug, now) if subscriber.grants.hold_at(now) else ()
        if due:
            candidates = tx.entitlements.candidates(slug, stories=due)
            outlets = {outlet.slug: outlet for outlet in tx.outlets.all()}
            _settle(tx, subscriber, candidates, outlets, now, seq or tx.log.access(now))
        _set_clock(tx, subscriber, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Whether a subscriber may have a story now. `reason` is a code of `Reason`, or of the desk and the channels."""

    allowed: bool
    reason: str = ""
    in_words: str
    available_from: datetime | None = None
    form: Text = Text.FULL
    channels: tuple[str, ...] = ()


def may(store: Store, slug: str, ref: str, now: datetime) -> Answer:
    """What stands about one story for one subscriber. Raises NotFound where either is not there."""
    with store.read() as tx:
        subscriber, story = tx.subscribers.get(slug), tx.stories.get(ref)
        holding = [channel.slug for channel in tx.channels.holding(story.id)] if story.edition else []
        standing = tx.entitlements.of(slug, [story.id]).get(story.id)
    channels = tuple(sorted({*holding} & {*subscriber.channels}))
    form = Text.SUMMARY if subscriber.grants.excerpt_only else Text.FULL
    if story.review is not Review.PUBLISHED:
        return Answer(allowed=False, reason="not-out", in_words="The story is not out.")
    if not channels:
        return Answer(allowed=False, reason="no-channel", in_words="It stands in no channel of this subscriber.")
    if not subscriber.grants.hold_at(now):
        return Answer(allowed=False, reason=Reason.ENDED, in_words=WORDS[Reason.ENDED], channels=channels)
    if standing and standing.reason:
        return Answer(
            allowed=False,
            reason=standing.reason,
            in_words=WORDS[standing.reason],
            available_from=standing.available_from,
            channels=channels,
        )
    told = "It may have a summary." if form is Text.SUMMARY else "It may have the story."
    return Answer(allowed=True, in_words=told, form=form, channels=channels)


def used(store: Store, subscriber: Subscriber, now: datetime) -> int | None:
    """How many stories of its quota it has had in this period; None without a quota."""
    if subscriber.grants.quota is None:
        return None
    with store.read() as tx:
        return tx.entitlements.taken(subscriber.slug, subscriber.grants.quota.begin(now))


def _settle(
    tx: Tx,
    subscriber: Subscriber,
    candidates: Sequence[Candidate],
    outlets: dict[str, Outlet],
    now: datetime,
    seq: int,
) -> None:
    """Decide about each in its order, and write what is new."""
    known = tx.entitlements.of(subscriber.slug, [candidate.story_id for candidate in candidates])
    quota = subscriber.grants.quota
    taken = tx.entitlements.taken(subscriber.slug, quota.begin(now)) if quota else 0
    decided: dict[str, Standing] = {}
    for candidate in candidates:
        before = known.get(candidate.story_id)
        had_at = before.taken_at if before else candidate.first_created if candidate.had else None
        offer = Offer(outlet=outlets[candidate.outlet], first_created=candidate.first_created, had=bool(had_at))
        verdict = decide(offer, subscriber, taken=taken, now=now)
        taken_at = had_at or (now if verdict.allowed else None)
        if quota and taken_at and not (before and before.taken_at) and taken_at >= quota.begin(now):
            taken += 1
        after = Standing(
            allowed=verdict.allowed,
            reason=verdict.reason,
            available_from=verdict.available_from,
            taken_at=taken_at,
        )
        if after != before and (before or not after.allowed or subscriber.grants.limits_stories):
            decided[candidate.story_id] = after
    if decided:
        tx.entitlements.write(subscriber.slug, seq, decided, now)
        tx.subscribers.stamp(subscriber.slug, now)
        for listener in tx.listeners.unsettle(subscriber.slug):
            tx.jobs.want(TELL, listener, now)
        _set_clock(tx, subscriber, now)


def _set_clock(tx: Tx, subscriber: Subscriber, now: datetime) -> None:
    ends = subscriber.grants.ends
    instants = (tx.entitlements.next_instant(subscriber.slug), ends if ends and ends > now else None)
    following = min((instant for instant in instants if instant), default=None)
    if following:
        tx.jobs.want(RIGHTS, subscriber.slug, following)
    else:
        tx.jobs.drop(RIGHTS, subscriber.slug)
