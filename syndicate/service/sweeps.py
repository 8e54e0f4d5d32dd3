"""What is kept for a time only, and taken away when that is over. Done in small transactions: nobody waits for it."""

from datetime import datetime, timedelta

from syndicate.core.entry import IDLE
from syndicate.core.throttle import ACCOUNT, ADDRESS
from syndicate.store import Store

ANSWERS_KEPT = timedelta(days=30)
WORKERS_KEPT = timedelta(hours=1)
PRESENCE_KEPT, DRAFTS_KEPT = timedelta(hours=1), timedelta(days=90)
AT_ONCE = 500


def answers(store: Store, now: datetime) -> None:
    """First answers to requests with an Idempotency-Key: no client repeats a request after a month."""
    gone = AT_ONCE
    while gone == AT_ONCE:
        with store.begin() as tx:
            gone = tx.answers.forget(now - ANSWERS_KEPT, limit=AT_ONCE)


def entries(store: Store, now: datetime) -> None:
    """Sessions and links that are over, and failures that nobody counts any more."""
    with store.begin() as tx:
        tx.sessions.forget(ended_before=now, seen_before=now - IDLE)
        tx.links.forget(now)
        tx.failures.forget(now - max(ACCOUNT.forgotten, ADDRESS.forgotten))


def desks(store: Store, now: datetime) -> None:
    """Who had a story open and is seen no more, and what was typed and never saved nor looked at again."""
    with store.begin() as tx:
        tx.presence.forget(now - PRESENCE_KEPT)
        tx.edits.forget_drafts(now - DRAFTS_KEPT)


def workers(store: Store, now: datetime) -> None:
    """Workers that were killed and never said farewell."""
    with store.begin() as tx:
        tx.workers.forget(now - WORKERS_KEPT)
