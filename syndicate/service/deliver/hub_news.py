"""What our hub's listeners are told: the whole feed, when it has changed (W3C WebSub 7).

A change wants the job `news` of its channel, which wants a job `tell` of each listener; changes that come while those
wait are told with them. What a listener was told is the stamp of a state, so whatever is done twice is told once. A
feed is rendered once for each of its states, however many hear of it.
"""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from threading import Lock
from urllib.parse import urlencode

from syndicate.core.errors import RemoteFailure
from syndicate.core.hub import GIVE_UP, Listener, wait
from syndicate.core.newsroom import Channel, Newsroom
from syndicate.delivery.http import Answer, Client, Limits, Request
from syndicate.logging import get_logger
from syndicate.outputs import FORMATS
from syndicate.service.deliver import documents, wishes
from syndicate.service.deliver.hub import KEPT_UNCONFIRMED, deny, feed_of, reader_of, why_not
from syndicate.store import Store

TELL, PUBLISH = "hub-tell", "hub-publish"  # kinds of jobs
MOST_KEPT = 16
LIMITS = Limits(connect_s=5, read_s=10, total_s=20, max_bytes=10_000)
GONE = 410
log = get_logger("hub")


class Newest:
    """The feeds that were told of last. Shared by the threads of a worker: one makes a document, others wait for it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, documents.Document] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable, make: Callable[[], documents.Document], now: datetime) -> documents.Document:
        with self._lock:
            found = self._kept.get(key)
            if found is None or (found.true_until and found.true_until <= now):
                found = self._kept[key] = make()
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Herald:
    """What it takes to tell listeners."""

    store: Store
    newsroom: Newsroom
    client: Client
    newest: Newest

    def news(self, slug: str, now: datetime) -> None:
        """A channel has changed, or is gone: each who listens is told so, and an outside hub if that is ours."""
        with self.store.begin() as tx:
            if slug not in {channel.slug for channel in tx.channels.all()}:
                for listener_id in tx.listeners.of(slug):
                    tx.jobs.want(TELL, listener_id, now)
                return
            channel = tx.channels.get(slug)
            if self.newsroom.outside_hub:
                if channel.public:
                    tx.jobs.want(PUBLISH, slug, now)
                return
            for listener_id, failing in tx.listeners.behind(slug, channel.changed_at, now):
                # one that fails is told when its time comes, not sooner for every change
                (tx.jobs.ensure if failing else tx.jobs.want)(TELL, listener_id, now)

    def publish(self, slug: str, now: datetime) -> None:
        """Tell the outside hub that a channel's feeds have changed. It looks itself. Raises RemoteFailure."""
        offered = [wishes.Wish(format=form.name) for form in FORMATS.values() if form.render_feed]
        topics = [("hub.url", documents.address(self.newsroom, slug, wish)) for wish in offered]
        request = Request(
            url=self.newsroom.outside_hub,
            method="POST",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            body=urlencode([("hub.mode", "publish"), *topics]).encode(),
        )
        answer = self.client.send(request, limits=LIMITS)
        if answer.status not in range(200, 300):
            raise RemoteFailure(f"The hub answered {answer.status}.")
        log.info("hub.published", channel=slug)

    def tell(self, listener_id: str, now: datetime) -> None:
        """Tell one listener of the newest state of its feed, if it has not heard of it.

        Raises NotFound, and RemoteFailure with the time to wait where it did not take it.
        """
        with self.store.read() as tx:
            listener = tx.listeners.get(listener_id)
            ground = why_not(tx, listener.channel, listener.key, now)
            channel = tx.channels.get(listener.channel) if not ground else None
            reader = reader_of(tx, listener.key) if not ground else None
        if channel is None:
            deny(self.newsroom, self.client, listener, ground)
            self._remove(listener)
        elif listener.hears(now) and listener.told_at < channel.changed_at:
            self._send(listener, self._document(channel, listener, reader, now), now)

    def _document(
        self, channel: Channel, listener: Listener, reader: tuple[str, datetime] | None, now: datetime
    ) -> documents.Document:
        wish = feed_of(listener)
        key = (channel.slug, channel.created_at, channel.changed_at, wish, reader)
        who = reader[0] if reader else None
        make = partial(documents.document, self.store, self.newsroom, slug=channel.slug, wish=wish, now=now, reader=who)
        return self.newest.find(key, make, now)

    def _send(self, listener: Listener, document: documents.Document, now: datetime) -> None:
        request = notice(listener, document)
        try:
            answer = self.client.send(request, limits=LIMITS)
        except RemoteFailure as failure:
            self._failed(listener, now, failure.detail)
        else:
            self._answered(listener, document, answer, now)

    def _answered(self, listener: Listener, document: documents.Document, answer: Answer, now: datetime) -> None:
        if answer.status == GONE:
            log.info("hub.ended", listener=listener.id, detail="It answered 410.")
            self._remove(listener)
        elif answer.status in range(200, 300):
            with self.store.begin() as tx:
                known = tx.listeners.get(listener.id, lock=True)
                told_at = max(known.told_at, document.changed_at)
                tx.listeners.save(replace(known, told_at=told_at, failures=0, failing_since=None))
            log.info("hub.told", listener=listener.id, bytes=len(document.body))
        else:
            self._failed(listener, now, f"It answered {answer.status}.", _asked_to_wait(answer))

    def _failed(self, listener: Listener, now: datetime, told: str, asked: timedelta = timedelta()) -> None:
        """Later and later; after two days of it, never again (7: "a self-imposed limit")."""
        with self.store.begin() as tx:
            known = tx.listeners.get(listener.id, lock=True)
            failing = replace(known, failures=known.failures + 1, failing_since=known.failing_since or now)
            given_up = now - (failing.failing_since or now) >= GIVE_UP
            tx.listeners.remove(known.id) if given_up else tx.listeners.save(failing)
        if given_up:
            log.warning("hub.ended", listener=listener.id, detail=told, failures=failing.failures)
            return
        later = wait(failing.failures, jitter=secrets.SystemRandom().random(), asked=asked)
        raise RemoteFailure(told, retry_after_s=later.total_seconds())

    def _remove(self, listener: Listener) -> None:
        with self.store.begin() as tx:
            tx.listeners.remove(listener.id)


def notice(listener: Listener, document: documents.Document) -> Request:
    """The feed as it is, with its hub and its own address (7), signed where the listener gave a secret (7.1)."""
    headers = {"Content-Type": f"{document.media_type}; charset=utf-8", "Link": document.links}
    if listener.secret:
        signature = hmac.new(listener.secret.encode("utf-8", "replace"), document.body, hashlib.sha256).hexdigest()
        headers["X-Hub-Signature"] = f"sha256={signature}"
    return Request(url=listener.callback, method="POST", headers=headers, body=document.body, follow=False)


def sweep(store: Store, now: datetime) -> None:
    """Leases that have ended, and whose right to read has: those are told so by a job each."""
    with store.begin() as tx:
        gone = tx.listeners.forget(leases_before=now, unconfirmed_before=now - KEPT_UNCONFIRMED)
        for slug, key in tx.listeners.grounds():
            if why_not(tx, slug, key, now):
                for listener_id in tx.listeners.of(slug, key):
                    tx.jobs.ensure(TELL, listener_id, now)
    if gone:
        log.info("hub.leases_ended", listeners=gone)


def _asked_to_wait(answer: Answer) -> timedelta:
    """`Retry-After` in seconds; a date is left to our own waits."""
    text = answer.headers.get("retry-after", "")
    return timedelta(seconds=int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else timedelta()
