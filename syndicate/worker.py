"""The clock of the newsroom: embargoes lift, scheduled stories go out, rights end. Any number may run at once."""

from collections.abc import Callable
from datetime import datetime
from threading import Event

from syndicate.core.errors import Unavailable
from syndicate.core.newsroom import Newsroom
from syndicate.logging import get_logger
from syndicate.service import publish
from syndicate.store import Store

TICK_S = 1.0
log = get_logger("worker")


def run(store: Store, newsroom: Newsroom, *, now: Callable[[], datetime], stop: Event) -> None:
    """Look once a second for what is due, until `stop` is set. What is due stays in its row until it is done."""
    log.info("worker.started")
    while not stop.wait(TICK_S):
        try:
            due = publish.find_due(store, now=now())
        except Unavailable as error:
            log.warning("worker.database_unavailable", detail=error.detail)
            continue
        except Exception:
            log.exception("worker.look_failed")
            continue
        for ref in due:
            _release(store, newsroom, ref, now())
    log.info("worker.stopped")


def _release(store: Store, newsroom: Newsroom, ref: str, now: datetime) -> None:
    """One story; what goes wrong with it stops no other, and its row is due again at the next look."""
    try:
        if story := publish.release(store, newsroom, ref=ref, now=now):
            log.info("worker.released", story=ref, review=story.review, version=story.version)
    except Exception:
        log.exception("worker.release_failed", story=ref)
