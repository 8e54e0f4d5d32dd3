"""One look at a source: ask, conditionally; read what is new; log it; say when to look again.

The database is held only at the end of it and while stories are stored. Whatever goes wrong is a line in the log with
its reason, and what was good before, validators and address, stays good.
"""

import hashlib
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from syndicate import ingest
from syndicate.core.alarms import KEPT_ARRIVALS, alarms
from syndicate.core.errors import BadInput, RemoteFailure, SyndicateError
from syndicate.core.newsroom import Newsroom, Outlet
from syndicate.core.source import Arrival, PollResult, Source, State, next_poll, next_try, retry_after
from syndicate.delivery.http import Answer, Client, Request
from syndicate.logging import get_logger
from syndicate.service.intake.harvest import Harvest, Intake
from syndicate.service.intake.prepare import Document
from syndicate.service.intake.websub import discover
from syndicate.store import Store, Tx
from syndicate.store.sources import Poll

POLL = "poll"  # the kind of job
MOVED_FAILURES = 3  # after so many, where it moved to is forgotten and the given address is asked again
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
_NO_FEEDS = ("clip", "html")  # what a page looks like that stands where a feed should
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]{0,80})[\s>]")
_END = re.compile(rb"</([A-Za-z_][\w.:-]{0,80})\s*>$")
log = get_logger("poll")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What came of one: its line in the log, what is known of the source from now on, how long it asked us to wait."""

    result: PollResult
    state: State
    detail: dict[str, Any] = field(default_factory=dict)
    wait: timedelta | None = None
    feed: ingest.ParsedFeed | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poller:
    """What it takes to look. `chance` spreads polls over time: a number from 0 up to 1."""

    store: Store
    newsroom: Newsroom
    client: Client
    subscribes: bool = False
    chance: Callable[[], float] = random.random

    def poll(self, source_id: str, now: datetime) -> datetime | None:
        """Look once; when to look again, or None for a source that has ended. Raises NotFound."""
        with self.store.read() as tx:
            source = tx.sources.get(source_id)
            outlet = tx.outlets.get(source.outlet)
        if source.state.stopped:
            return None
        began = time.perf_counter()
        look = self._look(source, outlet, now)
        ms = round((time.perf_counter() - began) * 1000)
        with self.store.begin() as tx:
            return self._settle(tx, source, look, now, ms)

    def _look(self, source: Source, outlet: Outlet, now: datetime) -> Look:
        try:
            answer = self.client.send(
                Request(url=source.asked_at, headers={"Accept": ACCEPT, **source.state.conditions})
            )
        except RemoteFailure as failure:
            return _failed(source, failure.detail, now)
        look = self._judged(source, outlet, answer, now)
        return replace(look, answer=answer, detail={"status": answer.status, "bytes": len(answer.body), **look.detail})

    def _judged(self, source: Source, outlet: Outlet, answer: Answer, now: datetime) -> Look:
        if answer.status == 304 and source.state.conditions:
            return Look(result=PollResult.NOT_MODIFIED, state=_moved(source.state.answered(now), answer))
        if answer.status == 200:
            return self._read(source, outlet, answer, now)
        if answer.status == 410 and not source.state.moved_to:
            reason = "The server says that it is gone for good (410)."
            return Look(
                result=PollResult.STOPPED,
                state=replace(source.state, stopped=reason, polled_at=now),
                detail={"error": reason},
            )
        told = _TOLD.get(answer.status, "It answered {status}.").format(status=answer.status)
        return replace(
            _failed(source, told, now),
            wait=retry_after(answer.headers.get("retry-after", ""), now) if answer.status in (429, 503) else None,
        )

    def _read(self, source: Source, outlet: Outlet, answer: Answer, now: datetime) -> Look:
        digest = hashlib.sha256(answer.body).hexdigest()
        state = _moved(source.state.answered(now), answer)
        fresh = replace(
            state,
            digest=digest,
            etag=answer.headers.get("etag", ""),
            last_modified=answer.headers.get("last-modified", ""),
        )
        if digest == source.state.digest:
            return Look(result=PollResult.UNCHANGED, state=fresh)
        try:
            feed = read_feed(source, outlet, answer, now)
        except SyndicateError as refusal:
            return _failed(source, refusal.detail, now)
        media_type = answer.headers.get("content-type", "")
        intake = Intake(
            store=self.store,
            newsroom=self.newsroom,
            client=self.client,
            source=source,
            outlet=outlet,
            now=now,
        )
        harvest = intake.gather(Document(data=answer.body, media_type=media_type, address=answer.url), feed.results)
        return _gathered(harvest, feed, fresh.forgetting() if harvest.left else fresh, now)

    def _settle(self, tx: Tx, source: Source, look: Look, now: datetime, ms: int) -> datetime | None:
        """The source's state, its line in the log, and what it is to be subscribed to; when to look again."""
        stored = tx.sources.get(source.id, lock=True)
        if (stored.address, stored.format, stored.full_text) != (source.address, source.format, source.full_text):
            return now  # set anew while we looked: what was found is about what it was
        current = replace(stored, state=look.state)
        if self.subscribes and look.feed and look.answer:
            discover(tx, current, look.feed, look.answer, now)
        next_at = self._next(current, look, now)
        told = alarms(current, now)
        state = replace(look.state, next_at=next_at, alarms=tuple(alarm.kind for alarm in told))
        tx.sources.save_state(source.id, state)
        detail = {**look.detail, "ms": ms, "next_at": next_at.isoformat(timespec="seconds") if next_at else None}
        tx.sources.log(source.id, Poll(at=now, result=look.result, detail=detail))
        log.info("poll.done", source=source.slug, outlet=source.outlet, result=look.result, **detail)
        for alarm in told:
            if alarm.kind not in source.state.alarms:
                log.warning("source.alarm", source=source.slug, outlet=source.outlet, kind=alarm.kind, text=alarm.text)
        return next_at

    def _next(self, source: Source, look: Look, now: datetime) -> datetime | None:
        if look.result is PollResult.STOPPED:
            return None
        if look.result is PollResult.FAILED:
            return next_try(source, now, self.chance(), look.wait)
        return next_poll(source, now, self.chance())


def read_feed(source: Source, outlet: Outlet, answer: Answer, now: datetime) -> ingest.ParsedFeed:
    """The items of what was fetched. Raises BadInput, UnknownFormat: it broke off, it is a page, it is nothing we know.

    The content tells the format unless the source does: servers send feeds as text/html and text/plain.
    """
    if not (answer.is_framed or _shows_its_end(answer.body)):
        raise BadInput("The answer broke off: it has no length, and its document has no end.")
    form = ingest.FORMATS[source.format] if source.format else ingest.detect(answer.body)
    if form.name in _NO_FEEDS and not source.format:
        raise BadInput("There is a page at this address, and no feed.")
    media_type = answer.headers.get("content-type", "")
    return form.parse(
        answer.body,
        ingest.Envelope(outlet=outlet, received=now.date(), media_type=media_type, address=answer.url),
    )


def _shows_its_end(body: bytes) -> bool:
    """Whether XML whose length nobody told ends with the end of its first element; JSON cannot be read otherwise."""
    if body.lstrip()[:1] != b"<":
        return True
    tail = body.rstrip()
    while tail.endswith(b"-->") and b"<!--" in tail:
        tail = tail[: tail.rfind(b"<!--")].rstrip()
    root, end = _ROOT.search(body[:10_000]), _END.search(tail[-200:])
    return bool(root and end and root[1] == end[1])


_TOLD = {
    401: "It wants a key that we do not have (401).",
    403: "It refuses us (403).",
    404: "There is nothing at its address (404).",
    410: "There is nothing any more where it moved to (410).",
    429: "It asks us to come less often (429).",
    503: "It is busy (503).",
}


def _failed(source: Source, problem: str, now: datetime) -> Look:
    """What was good stays good; but a move that leads nowhere any more is forgotten."""
    state = source.state.failed(problem, now)
    if state.moved_to and state.failures >= MOVED_FAILURES:
        state = replace(state, moved_to="")
    return Look(result=PollResult.FAILED, state=state, detail={"error": problem})


def _moved(state: State, answer: Answer) -> State:
    return replace(state, moved_to=answer.moved_to or state.moved_to)


def _gathered(harvest: Harvest, feed: ingest.ParsedFeed, state: State, now: datetime) -> Look:
    result = PollResult.STORIES if harvest.changed else PollResult.UNCHANGED
    if harvest.refused or harvest.left:
        result = PollResult.PARTIAL
    if harvest.new:
        arrival = Arrival(at=now, stories=harvest.new, signed=harvest.signed)
        state = replace(state, arrivals=(*state.arrivals, arrival)[-KEPT_ARRIVALS:])
    counts = {name: count for name, count in sorted(harvest.counts.items()) if count}
    detail: dict[str, Any] = {"items": counts}
    if harvest.refused:
        detail["refused"] = harvest.refused
    if harvest.left:
        detail["left"] = harvest.left
    return Look(result=result, state=state, detail=detail, feed=feed)
