"""The work that waits for its time, one kind after another. A new kind is a function and one line in `KINDS`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from syndicate.core.errors import NotFound, SyndicateError
from syndicate.core.newsroom import Newsroom
from syndicate.delivery.http import Client
from syndicate.media import Shelf
from syndicate.service import listing, publish, sweeps
from syndicate.service.deliver import entitle, hub, hub_news, rendering
from syndicate.service.intake import agreed, likeness, media, trial, websub
from syndicate.service.intake.poll import POLL, Poller
from syndicate.store import Store, Tx
from syndicate.store.channels import NEWS
from syndicate.store.jobs import Job
from syndicate.store.stories import RELEASE
from syndicate.store.workers import Seen

LEASE = timedelta(seconds=30)
LONG_LEASE = timedelta(minutes=10)
FIRST_RETRY, LONGEST_RETRY = timedelta(seconds=5), timedelta(hours=1)
# A job that kills its worker, by the memory that it takes for instance, must not keep all workers down.
LOST_TRIES, LOST_REST = 5, timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """What jobs work with. `subscribes`: hubs can reach us and are asked to tell us of news."""

    store: Store
    newsroom: Newsroom
    client: Client
    shelf: Shelf
    subscribes: bool = False
    newest: hub_news.Newest = field(default_factory=hub_news.Newest)

    @property
    def herald(self) -> hub_news.Herald:
        return hub_news.Herald(store=self.store, newsroom=self.newsroom, client=self.client, newest=self.newest)


Do = Callable[[Hands, str, datetime], datetime | None]
"""Does the work of one `ref` and says when to do it again, or None. What it raises is tried again later."""


def release(hands: Hands, ref: str, now: datetime) -> None:
    """A story's own clock: its embargo lifts, its hour comes, its rights end. It sets itself anew with each change."""
    publish.release(hands.store, hands.newsroom, ref=ref, now=now)


def rights(hands: Hands, ref: str, now: datetime) -> None:
    """A subscriber's own clock: its agreement ends, a story's hours are over, its quota begins anew."""
    entitle.strike(hands.store, ref, now)


def compare(hands: Hands, ref: str, now: datetime) -> None:
    """The newest texts beside all others."""
    likeness.compare(hands.store)


def poll(hands: Hands, ref: str, now: datetime) -> datetime | None:
    """One look at a source."""
    poller = Poller(store=hands.store, newsroom=hands.newsroom, client=hands.client, subscribes=hands.subscribes)
    return poller.poll(ref, now)


def approve_agreed(hands: Hands, ref: str, now: datetime) -> datetime | None:
    """A story that came, where its outlet's agreement approves some."""
    return agreed.approve(hands.store, ref, now)


def try_feed(hands: Hands, ref: str, now: datetime) -> None:
    """A look at a feed that somebody at the desk asked for."""
    trial.carry_out(hands.store, hands.client, ref, now)


def subscribe(hands: Hands, ref: str, now: datetime) -> datetime | None:
    """Ask a source's hub to tell us of news, and again before its lease ends."""
    return websub.subscribe(hands.store, hands.newsroom, hands.client, ref, now)


def pictures(hands: Hands, ref: str, now: datetime) -> datetime | None:
    """The files of a story's pictures."""
    return media.Fetcher(store=hands.store, shelf=hands.shelf, client=hands.client).fetch(ref, now)


def verify(hands: Hands, ref: str, now: datetime) -> datetime | None:
    """Ask a callback whether it meant to listen to a feed of ours, or to stop."""
    return hub.verify(hands.store, hands.newsroom, hands.client, ref, now)


def news(hands: Hands, ref: str, now: datetime) -> None:
    """A channel has changed: everybody who listens is to be told."""
    hands.herald.news(ref, now)


def tell(hands: Hands, ref: str, now: datetime) -> None:
    """Tell one listener of the newest state of its feed."""
    hands.herald.tell(ref, now)


def publish_news(hands: Hands, ref: str, now: datetime) -> None:
    """Tell the outside hub of a channel's change."""
    hands.herald.publish(ref, now)


def sweep(hands: Hands, ref: str, now: datetime) -> datetime:
    """What is done ever again, as a job like others: so it is done once, however many workers there are."""
    if ref not in SWEEPS:
        raise NotFound(f"This release has no sweep {ref}.")
    every, clean = SWEEPS[ref]
    clean(hands, now)
    return now + every


def list_stored(hands: Hands, ref: str, now: datetime) -> None:
    """Stories that were there before the desk's queue was, some at a time."""
    listing.list_stored(hands.store, ref, now)


def render(hands: Hands, ref: str, now: datetime) -> None:
    """Pieces of feeds."""
    rendering.render(hands.store, hands.newsroom, now)


SWEEP = "sweep"
KINDS: dict[str, Do] = {
    RELEASE: release,
    entitle.RIGHTS: rights,
    likeness.COMPARE: compare,
    POLL: poll,
    trial.TRY: try_feed,
    websub.SUBSCRIBE: subscribe,
    media.FETCH: pictures,
    agreed.APPROVE: approve_agreed,
    listing.LIST: list_stored,
    rendering.RENDER: render,
    hub.VERIFY: verify,
    NEWS: news,
    hub_news.TELL: tell,
    hub_news.PUBLISH: publish_news,
    SWEEP: sweep,
}
# They wait for other servers: however many of those are slow, a hand is left for what is ours to do.
OUTWARD = frozenset({POLL, trial.TRY, websub.SUBSCRIBE, media.FETCH, hub.VERIFY, hub_news.TELL, hub_news.PUBLISH})
# Work that lies in rows of its own: it is found by looking, and one job does all that there is.
FOUND: dict[str, Callable[[Tx], object]] = {
    likeness.COMPARE: lambda tx: tx.likenesses.uncompared(limit=1),
    rendering.RENDER: lambda tx: tx.fragments.unrendered(limit=1),
}
ALL = "all"
SWEEPS: dict[str, tuple[timedelta, Callable[[Hands, datetime], None]]] = {
    "answers": (timedelta(days=1), lambda hands, now: sweeps.answers(hands.store, now)),
    "desks": (timedelta(hours=1), lambda hands, now: sweeps.desks(hands.store, now)),
    "entries": (timedelta(hours=6), lambda hands, now: sweeps.entries(hands.store, now)),
    "workers": (timedelta(hours=1), lambda hands, now: sweeps.workers(hands.store, now)),
    "fragments": (timedelta(hours=1), lambda hands, now: rendering.sweep(hands.store, hands.newsroom, now)),
    "listings": (timedelta(minutes=5), lambda hands, now: listing.recheck(hands.store, now)),
    "hub": (timedelta(minutes=10), lambda hands, now: hub_news.sweep(hands.store, now)),
    "trials": (timedelta(days=1), lambda hands, now: trial.forget(hands.store, now)),
    "media": (timedelta(days=1), lambda hands, now: media.sweep(hands.store, hands.shelf, now)),
}


def here_is(store: Store, worker: Seen) -> None:
    """A worker says that it lives, and sees to it that each sweep has its time."""
    with store.begin() as tx:
        tx.workers.say(worker)
        for ref in SWEEPS:
            tx.jobs.ensure(SWEEP, ref, worker.seen_at)


def farewell(store: Store, worker: str) -> None:
    """A worker stops by itself."""
    with store.begin() as tx:
        tx.workers.gone(worker)


def claim(store: Store, *, now: datetime, limit: int, outward: int | None = None) -> Sequence[Job]:
    """Jobs that are due and nobody is at, leased to the caller: at most `limit`, of them at most `outward` OUTWARD.

    Where there are none, nothing is written.
    """
    with store.read() as tx:
        found = [kind for kind, look in FOUND.items() if look(tx)]
        if not (found or tx.jobs.is_due(now)):
            return ()
    with store.begin() as tx:
        for kind in found:
            tx.jobs.ensure(kind, ALL, now)
        tx.jobs.put_off_lost(now, now + LOST_REST, tries=LOST_TRIES, error="Whoever does it does not live to tell.")
        ours = tx.jobs.claim(now, lease=LEASE, limit=limit, but=OUTWARD)
        left = limit - len(ours)
        return [
            *ours,
            *tx.jobs.claim(now, lease=LEASE, limit=left if outward is None else min(left, outward), only=OUTWARD),
        ]


def take(store: Store, kind: str, ref: str, *, now: datetime) -> Job | None:
    """One job now, due or not, for a caller who does not renew its lease; None where another is at it."""
    with store.begin() as tx:
        return tx.jobs.take(kind, ref, now, lease=LONG_LEASE)


def begin(store: Store, job: Job, *, now: datetime) -> Job | None:
    """The job under a lease of the caller's own, to be done now; None where it is another's, or done, by now."""
    with store.begin() as tx:
        return tx.jobs.begin(job, now + LEASE)


def renew(store: Store, jobs: Sequence[Job], *, now: datetime) -> None:
    """Hold the leases of jobs under way for longer."""
    with store.begin() as tx:
        for job in jobs:
            tx.jobs.renew(job, now + LEASE)


def give_back(store: Store, jobs: Sequence[Job]) -> None:
    """Claimed jobs that the claimer will not do; one that somebody has begun goes on."""
    with store.begin() as tx:
        for job in jobs:
            tx.jobs.give_back(job)


def do(hands: Hands, job: Job, *, now: datetime) -> str:
    """Do a claimed job and settle its row; why it is to be tried again, or nothing.

    Raises what a mistake of ours raises, after the row is set for a retry.
    """
    try:
        again = KINDS[job.kind](hands, job.ref, now)
    except NotFound:  # what it was about is gone
        again = None
    except Exception as error:
        told = error.detail if isinstance(error, SyndicateError) else type(error).__name__
        with hands.store.begin() as tx:
            tx.jobs.again(job, now + _wait_after(error, job), error=told[:500])
        if isinstance(error, SyndicateError):
            return told
        raise
    with hands.store.begin() as tx:
        if again:
            tx.jobs.again(job, again)
        else:
            tx.jobs.done(job)
    return ""


def _wait_after(error: Exception, job: Job) -> timedelta:
    """What the failure itself says counts more."""
    told = error.extra.get("retry_after_s") if isinstance(error, SyndicateError) else None
    return timedelta(seconds=told) if isinstance(told, int | float) else retry_after(job.tries)


def retry_after(tries: int) -> timedelta:
    """Doubling from 5 seconds to an hour."""
    return min(FIRST_RETRY * (1 << min(tries - 1, 20)), LONGEST_RETRY)
