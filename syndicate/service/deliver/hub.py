"""Our own WebSub hub: who is told when a feed of ours changes (W3C WebSub 5). `hub_news` is what they are told.

Asked by anybody, it only notes a wish and answers; the worker asks the callback whether it meant it (5.3). Topics are
the addresses that our feeds give as their own. A public channel is anybody's; another one is for a key that may read
it, and whoever came with that key hears no more when its right ends. Where we listen to others is `service.websub`.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from syndicate.core.errors import (
    NotAllowed,
    NotFound,
    RemoteFailure,
    RemoteRefusal,
    RuleBroken,
    Unavailable,
)
from syndicate.core.hub import Listener, Mode, Wish, lease, wait
from syndicate.core.newsroom import Channel, Newsroom, Scope
from syndicate.delivery.http import Client, Limits, Request
from syndicate.logging import get_logger
from syndicate.service import keys
from syndicate.service.deliver import documents, feeds, wishes
from syndicate.service.wrong import refuse
from syndicate.store import Store, Tx
from syndicate.store.channels import NEWS

VERIFY = "hub-verify"  # a kind of job
MOST_AT_HOST, MOST_WISHES = 100, 1_000
BETWEEN_QUESTIONS = timedelta(seconds=30)  # one callback is not asked more often, whoever sends wishes in its name
MOST_TRIES = 3
KEPT_UNCONFIRMED = timedelta(hours=1)  # and counted at its host
MAX_ADDRESS_CHARS, MAX_SECRET_BYTES = 2_000, 199
LIMITS = Limits(connect_s=5, read_s=10, total_s=15, max_bytes=10_000)
log = get_logger("hub")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request to the hub says (5.1): the topic is a feed of a channel. `lease_s` 0: whatever is usual."""

    mode: Mode
    slug: str
    feed: wishes.Wish
    callback: str
    secret: str = ""
    lease_s: int = 0


def ask(store: Store, newsroom: Newsroom, asked: Asked, secret: str, now: datetime) -> None:
    """Note a wish, to be confirmed by its callback; `secret` is the key that came with it, or empty.

    Raises BadFields, NotKnown and NotFound as the feed itself does, RuleBroken and Unavailable over our limits. The
    limits may be passed by as many as ask in the same moment.
    """
    if newsroom.outside_hub:
        raise NotFound(f"This newsroom's hub is {newsroom.outside_hub}.")
    refuse(**{"hub.callback": _wrong_callback(asked.callback), "hub.secret": _wrong_secret(asked.secret)})
    wish = Wish(mode=asked.mode, secret=asked.secret, lease_s=asked.lease_s, asked_at=now)
    if asked.mode is Mode.UNSUBSCRIBE:
        _end_if_confirmed(store, asked, wish, now)
        return
    feeds.look(store, asked.slug, secret, now)
    key = keys.find(store, secret, now) if secret else None
    wish = replace(wish, key=key.id if key and Scope.FEEDS_READ in key.scopes else "")
    with store.begin() as tx:
        listener = _listener(asked, tx.channels.get(asked.slug).changed_at, now)
        known = tx.listeners.find(listener)
        if known is None:
            _check_limits(tx, asked.callback)
            tx.listeners.add(listener)
        _wish(tx, known or listener, wish, now)


def _listener(asked: Asked, told_at: datetime, now: datetime) -> Listener:
    return Listener(
        id=str(uuid4()),
        channel=asked.slug,
        format=asked.feed.format,
        variant=asked.feed.variant,
        limit=asked.feed.limit or 0,
        callback=asked.callback,
        told_at=told_at,
        created_at=now,
    )


def _end_if_confirmed(store: Store, asked: Asked, wish: Wish, now: datetime) -> None:
    """Nothing tells whether there was such a listener: a callback's address may be a secret."""
    with store.begin() as tx:
        if known := tx.listeners.find(_listener(asked, now, now)):
            _wish(tx, known, wish, now)


def _wish(tx: Tx, listener: Listener, wish: Wish, now: datetime) -> None:
    tx.listeners.save(replace(listener, wish=wish))
    earliest = listener.verified_at + BETWEEN_QUESTIONS if listener.verified_at else now
    tx.jobs.want(VERIFY, listener.id, max(now, earliest))


def _check_limits(tx: Tx, callback: str) -> None:
    if tx.listeners.wishes() >= MOST_WISHES:
        raise Unavailable("Too many subscriptions wait to be confirmed at this moment.")
    if tx.listeners.at_host(callback) >= MOST_AT_HOST:
        raise RuleBroken(f"There are {MOST_AT_HOST} subscriptions of this callback's host already.")


def verify(store: Store, newsroom: Newsroom, client: Client, listener_id: str, now: datetime) -> datetime | None:
    """Ask a callback whether it meant its wish; when to ask once more. Raises NotFound.

    Any answer but a 2xx with the challenge in it is a no (5.3). A server that fails, or that cannot be reached, is
    asked again, a few times.
    """
    asked = _asked_once_more(store, listener_id, now)
    if asked is None or asked.wish is None:
        return None
    ground = _ground_against(store, asked.channel, asked.wish, now)
    if ground:
        deny(newsroom, client, asked, ground)
    meant = False if ground else _meant(newsroom, client, asked, asked.wish)
    if meant is None and asked.wish.tries < MOST_TRIES:
        return now + max(wait(asked.wish.tries, jitter=secrets.SystemRandom().random()), BETWEEN_QUESTIONS)
    _settle(store, asked, now, meant=bool(meant))
    return None


def _asked_once_more(store: Store, listener_id: str, now: datetime) -> Listener | None:
    with store.begin() as tx:
        listener = tx.listeners.get(listener_id, lock=True)
        if listener.wish is None:
            return None
        asked = replace(listener, wish=replace(listener.wish, tries=listener.wish.tries + 1), verified_at=now)
        tx.listeners.save(asked)
        return asked


def _ground_against(store: Store, slug: str, wish: Wish, now: datetime) -> str:
    if wish.mode is Mode.UNSUBSCRIBE:
        return ""
    with store.read() as tx:
        return why_not(tx, slug, wish.key, now)


def _meant(newsroom: Newsroom, client: Client, listener: Listener, wish: Wish) -> bool | None:
    """None where nothing was said either way."""
    challenge = secrets.token_urlsafe(32)
    query = {"hub.mode": wish.mode.value, "hub.topic": topic_of(newsroom, listener), "hub.challenge": challenge}
    if wish.mode is Mode.SUBSCRIBE:
        query["hub.lease_seconds"] = str(int(lease(wish.lease_s).total_seconds()))
    try:
        answer = client.send(Request(url=_with(listener.callback, query), follow=False), limits=LIMITS)
    except RemoteFailure as failure:
        log.info("hub.not_verified", listener=listener.id, detail=failure.detail, tries=wish.tries)
        return False if isinstance(failure, RemoteRefusal) else None
    if answer.status >= 500:
        return None
    return answer.status in range(200, 300) and answer.body.strip() == challenge.encode()


def _settle(store: Store, asked: Listener, now: datetime, *, meant: bool) -> None:
    """What it said counts for the wish that it was asked about; one that came meanwhile is asked about by itself."""
    with store.begin() as tx:
        listener = tx.listeners.get(asked.id, lock=True)
        if listener.wish != asked.wish or listener.wish is None:
            return
        if not meant:
            tx.listeners.save(replace(listener, wish=None))
        elif listener.wish.mode is Mode.UNSUBSCRIBE:
            tx.listeners.remove(listener.id)
        else:
            _begin(tx, listener, listener.wish, now)
    log.info("hub.verified" if meant else "hub.refused", listener=asked.id, mode=asked.wish.mode if asked.wish else "")


def _begin(tx: Tx, listener: Listener, wish: Wish, now: datetime) -> None:
    """What changed since it asked is told at once."""
    confirmed = replace(
        listener, key=wish.key, secret=wish.secret, lease_until=now + lease(wish.lease_s), wish=None, failures=0
    )
    tx.listeners.save(replace(confirmed, failing_since=None))
    tx.jobs.soon(NEWS, listener.channel, now)


def why_not(tx: Tx, slug: str, key_id: str, now: datetime) -> str:
    """Why whoever came with this key (or none) may not hear of this channel; empty where it may."""
    try:
        channel = tx.channels.get(slug)
        _check_right(tx, channel, key_id, now)
    except (NotFound, NotAllowed) as refusal:
        return refusal.detail
    return ""


def _check_right(tx: Tx, channel: Channel, key_id: str, now: datetime) -> None:
    if channel.public:
        return
    key = tx.keys.get(key_id) if key_id else None
    if key is None or not key.opens_at(now) or Scope.FEEDS_READ not in key.scopes or not key.subscriber:
        raise NotAllowed("This channel needs a valid key of a subscriber.")
    if channel.slug not in tx.subscribers.get(key.subscriber).at(now).channels:
        raise NotAllowed("This key may not read the channel any more.")


def reader_of(tx: Tx, key_id: str) -> tuple[str, datetime] | None:
    """The subscriber whose rights give it documents of its own, and when these changed last; None for all others."""
    try:
        subscriber = tx.keys.get(key_id).subscriber if key_id else ""
    except NotFound:  # of a public channel, which is everybody's without it
        subscriber = ""
    rights_at = tx.subscribers.rights_at(subscriber) if subscriber else None
    return (subscriber, rights_at) if rights_at else None


def deny(newsroom: Newsroom, client: Client, listener: Listener, reason: str) -> None:
    """Tell a callback that it hears nothing, or nothing any more (5.2). Told once; whether it listens is its matter."""
    query = {"hub.mode": "denied", "hub.topic": topic_of(newsroom, listener), "hub.reason": reason}
    try:
        client.send(Request(url=_with(listener.callback, query), follow=False), limits=LIMITS)
    except RemoteFailure as failure:
        log.info("hub.denial_not_heard", listener=listener.id, detail=failure.detail)
    log.info("hub.denied", listener=listener.id, reason=reason)


def feed_of(listener: Listener) -> wishes.Wish:
    return wishes.Wish(format=listener.format, variant=listener.variant, limit=listener.limit or None)


def topic_of(newsroom: Newsroom, listener: Listener) -> str:
    return documents.address(newsroom, listener.channel, feed_of(listener))


def _wrong_callback(callback: str) -> str:
    try:
        parts = urlsplit(callback)
        fine = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1) > 0
    except ValueError:
        fine = False
    if not fine or "@" in parts.netloc or parts.fragment or not callback.isprintable() or " " in callback:
        return "An http or https address, without a name, a password or a fragment."
    return f"At most {MAX_ADDRESS_CHARS} characters." if len(callback) > MAX_ADDRESS_CHARS else ""


def _wrong_secret(secret: str) -> str:
    size = len(secret.encode("utf-8", "replace"))
    if "\0" in secret:
        return "No NUL."
    return f"At most {MAX_SECRET_BYTES} bytes (5.1)." if size > MAX_SECRET_BYTES else ""


def _with(callback: str, query: dict[str, str]) -> str:
    """The callback with more in its query, and all that it had (5.1.1)."""
    return f"{callback}{'&' if '?' in callback else '?'}{urlencode(query)}"
