"""Being told of news by a hub: W3C WebSub, the subscriber's side (section 5 and, for what a hub sends, 7).

What a hub pushes is not read: a push that is rightly signed makes the source due at once, and the feed is asked for by
its own address. So a story has one way in, whoever told of it, and a stolen secret can do no more than make us look.
Polling goes on below it, more slowly. A subscription that is not wanted any more is forgotten: its callback answers
410, at which a hub ends it.
"""

import hashlib
import hmac
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from syndicate.core.errors import NotFound, RemoteFailure, RemoteRefusal
from syndicate.core.newsroom import Newsroom
from syndicate.core.source import Intent, Source, Subscription
from syndicate.delivery.http import Answer, Client, Limits, Request
from syndicate.ingest import ParsedFeed
from syndicate.logging import get_logger
from syndicate.store import Store, Tx

SUBSCRIBE, POLL = "subscribe", "poll"  # kinds of jobs
WISHED_LEASE = timedelta(days=10)
SHORTEST_LEASE, LONGEST_LEASE = timedelta(minutes=5), timedelta(days=30)
RENEW_AT = 0.8  # of the lease
FIRST_RETRY, LONGEST_RETRY = timedelta(hours=1), timedelta(days=7)
MAX_ADDRESS_CHARS = 2_000
LIMITS = Limits(connect_s=10, read_s=15, total_s=30, max_bytes=100_000)
_DIGESTS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}
log = get_logger("websub")


def discover(tx: Tx, source: Source, feed: ParsedFeed, answer: Answer, now: datetime) -> None:
    """Subscribe where a feed names a hub, anew where it names another. Headers count before the document (4)."""
    hub = answer.links.get("hub") or feed.hub
    topic = answer.links.get("self") or feed.self_url or answer.url
    known = source.subscription
    if not hub or max(len(hub), len(topic)) > MAX_ADDRESS_CHARS:
        if known:
            tx.sources.save_subscription(source.id, None)
            tx.jobs.drop(SUBSCRIBE, source.id)
        return
    if known and (known.hub, known.topic) == (hub, topic):
        return
    # Such a token is cut out of logs, like a key.
    token, secret = f"syn_{secrets.token_urlsafe(24)}", secrets.token_urlsafe(32)
    tx.sources.save_subscription(source.id, Subscription(hub=hub, topic=topic, token=token, secret=secret))
    tx.jobs.want(SUBSCRIBE, source.id, now)


def subscribe(store: Store, newsroom: Newsroom, client: Client, source_id: str, now: datetime) -> datetime | None:
    """Ask the hub; when to ask again: where it does not confirm, later and later. Raises NotFound."""
    with store.begin() as tx:
        wish = _asked_once_more(tx.sources.get(source_id, lock=True))
        if wish is None:
            return None
        tx.sources.save_subscription(source_id, wish)  # before we ask: a hub may verify while it still answers
    again = now + min(FIRST_RETRY * (1 << min(wish.tries - 1, 10)), LONGEST_RETRY)
    form = {
        "hub.mode": "subscribe",
        "hub.topic": wish.topic,
        "hub.callback": callback(newsroom, wish),
        "hub.secret": wish.secret,
        "hub.lease_seconds": str(int(WISHED_LEASE.total_seconds())),
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    request = Request(
        url=wish.hub, method="POST", headers=headers, body=urlencode(form).encode("utf-8", "replace"), secret=True
    )
    try:
        answer = client.send(request, limits=LIMITS)
        told = "" if answer.status in range(200, 300) else f"The hub answered {answer.status}."
    except RemoteRefusal as refusal:
        told, again = refusal.detail, now + LONGEST_RETRY
    except RemoteFailure as failure:
        told = failure.detail
    log.info("websub.asked", source=source_id, error=told)
    return again


def _asked_once_more(source: Source) -> Subscription | None:
    known = source.subscription
    return replace(known, tries=known.tries + 1) if known and not source.state.stopped else None


def callback(newsroom: Newsroom, subscription: Subscription) -> str:
    return f"{newsroom.base_url}/websub/{subscription.token}"


def verify(store: Store, token: str, *, mode: str, topic: str, lease_s: int | None, now: datetime) -> None:
    """A hub asks whether we meant it (5.3). Raises NotFound for what we did not ask for.

    The lease is renewed before it ends. One that the hub does not tell is taken to be what we wished for.
    """
    with store.begin() as tx:
        source, known = _called(tx, token)
        if mode != "subscribe" or topic != known.topic:
            raise NotFound("This was not asked for.")
        told = timedelta(seconds=min(lease_s, 10**9)) if lease_s else WISHED_LEASE
        lease = min(max(told, SHORTEST_LEASE), LONGEST_LEASE)
        confirmed = replace(known, intent=Intent.CONFIRMED, tries=0, reason="", lease_until=now + lease)
        tx.sources.save_subscription(source.id, confirmed)
        tx.jobs.want(SUBSCRIBE, source.id, now + lease * RENEW_AT)
    log.info("websub.confirmed", source=source.id, lease_s=int(lease.total_seconds()))


def deny(store: Store, token: str, *, topic: str, reason: str, now: datetime) -> None:
    """The hub says no (5.2), or no longer. We ask again after a week. Raises NotFound for what we did not ask for."""
    with store.begin() as tx:
        source, known = _called(tx, token)
        if topic != known.topic:
            raise NotFound("This was not asked for.")
        denied = replace(known, intent=Intent.DENIED, reason=reason[:200], lease_until=None)
        tx.sources.save_subscription(source.id, denied)
        tx.jobs.want(SUBSCRIBE, source.id, now + LONGEST_RETRY)
    log.warning("websub.denied", source=source.id, reason=reason[:200])


def push(store: Store, token: str, *, body: bytes, signature: str, now: datetime) -> bool:
    """A hub tells of news: the source is due now. False where the signature is missing or wrong (7.1): no effect.

    Raises NotFound where nobody listens here any more.
    """
    with store.read() as tx:
        source, known = _called(tx, token)
    if not _is_signed(signature, known.secret, body):
        log.warning("websub.wrong_signature", source=source.id, bytes=len(body))
        return False
    with store.begin() as tx:
        source, known = _called(tx, token)
        tx.sources.save_subscription(source.id, replace(known, pushed_at=now))
        tx.jobs.want(POLL, source.id, now)
    log.info("websub.pushed", source=source.id, bytes=len(body))
    return True


def _called(tx: Tx, token: str) -> tuple[Source, Subscription]:
    source = tx.sources.called(token)
    if source is None or source.subscription is None or source.state.stopped:
        raise NotFound("Nobody listens here.")
    return source, source.subscription


def _is_signed(header: str, secret: str, body: bytes) -> bool:
    """`method=signature`, the HMAC of the body in hexadecimal (7.1)."""
    method, _, signature = header.strip().partition("=")
    digest = _DIGESTS.get(method.lower())
    if digest is None:
        return False
    ours = hmac.new(secret.encode(), body, digest).hexdigest()
    return hmac.compare_digest(ours.encode(), signature.strip().lower().encode("utf-8", "replace"))
