"""Keeping the feeds that we pull. One audit line for each act; a source that was changed is looked at at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4

from syndicate import ingest
from syndicate.core.alarms import Alarm, alarms
from syndicate.core.errors import BadFields, NotFound, RuleBroken
from syndicate.core.newsroom import Outlet
from syndicate.core.source import MAX_INTERVAL_S, MIN_INTERVAL_S, FullText, Source, State
from syndicate.service.intake import trial, websub
from syndicate.service.intake.poll import POLL
from syndicate.service.wrong import refuse, wrong_slug
from syndicate.store import Store
from syndicate.store.sources import Poll

MAX_ADDRESS_CHARS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A source, what is wrong with it, and the last looks at it, the newest first."""

    source: Source
    alarms: Sequence[Alarm]
    polls: Sequence[Poll]


def add(store: Store, source: Source, *, who: str, now: datetime) -> Source:
    """Raises BadFields naming each wrong field, NotFound (no such outlet), Conflict (the name is taken)."""
    source = replace(source, id=str(uuid4()), slug=source.slug or _slug_of(source.address), created_at=now)
    with store.begin() as tx:
        _check(source, tx.outlets.get(source.outlet))
        tx.sources.add(source)
        tx.jobs.want(POLL, source.id, now)
        tx.audit.add("source-add", f"{source.outlet}/{source.slug}", who=who, at=now, address=source.address)
    return source


def change(store: Store, source: Source, *, who: str, now: datetime) -> Source:
    """Set what an operator sets. It is looked at as if for the first time: one that had stopped begins again."""
    with store.begin() as tx:
        _check(source, tx.outlets.get(source.outlet))
        stored = tx.sources.get(source.id, lock=True)
        kept = State(arrivals=stored.state.arrivals) if stored.address == source.address else State()
        source = replace(source, state=kept)
        tx.sources.save(source)
        tx.sources.save_state(source.id, kept)
        tx.jobs.want(POLL, source.id, now)
        tx.audit.add("source-set", f"{source.outlet}/{source.slug}", who=who, at=now, address=source.address)
        return tx.sources.get(source.id)


def remove(store: Store, source: Source, *, who: str, now: datetime) -> None:
    """Its log goes with it; its stories stay. A hub that calls for it hears 410 from now on."""
    with store.begin() as tx:
        tx.sources.remove(source.id)
        tx.jobs.drop(POLL, source.id)
        tx.jobs.drop(websub.SUBSCRIBE, source.id)
        tx.audit.add("source-remove", f"{source.outlet}/{source.slug}", who=who, at=now)


def look_now(store: Store, source_id: str, *, who: str, now: datetime) -> Source:
    """It is the next that a worker looks at. Raises NotFound, RuleBroken where it is not looked at any more."""
    with store.begin() as tx:
        source = tx.sources.get(source_id)
        if source.state.stopped:
            raise RuleBroken(f"It is not looked at any more: {source.state.stopped} Keep it anew to begin again.")
        tx.jobs.want(POLL, source.id, now)
        tx.audit.add("source-poll", f"{source.outlet}/{source.slug}", who=who, at=now)
        return source


def try_out(store: Store, source: Source, *, who: str, now: datetime) -> str:
    """The id of a trial, which a worker carries out. Raises BadFields, NotFound (no such outlet)."""
    source = replace(source, id=str(uuid4()), slug=_slug_of(source.address))
    with store.begin() as tx:
        _check(source, tx.outlets.get(source.outlet))
        return trial.order(tx, source, who=who, now=now)


def named(store: Store, name: str) -> Source:
    """By `slug`, or `outlet/slug` where several outlets have one of that name. Raises NotFound, BadFields."""
    outlet, _, slug = name.rpartition("/")
    with store.read() as tx:
        found = tx.sources.all(outlet=outlet, slug=slug)
    if not found:
        raise NotFound(f"There is no source {name[:200]}.")
    if len(found) > 1:
        names = [f"{source.outlet}/{source.slug}" for source in found]
        raise BadFields("Several sources have this name.", errors={"source": [f"Say which: {', '.join(names)}."]})
    return found[0]


def overview(store: Store, *, outlet: str = "", now: datetime) -> Sequence[SourceFile]:
    """All sources, or those of an outlet, each with its last look. Raises NotFound (no such outlet)."""
    with store.read() as tx:
        if outlet:
            tx.outlets.get(outlet)
        return [
            SourceFile(source=source, alarms=alarms(source, now), polls=tx.sources.polls(source.id, limit=1))
            for source in tx.sources.all(outlet=outlet)
        ]


def file(store: Store, name: str, *, limit: int, now: datetime) -> SourceFile:
    """One source with its last looks. Raises NotFound, BadFields."""
    source = named(store, name)
    with store.read() as tx:
        polls = tx.sources.polls(source.id, limit=limit)
    return SourceFile(source=source, alarms=alarms(source, now), polls=polls)


def _check(source: Source, outlet: Outlet) -> None:
    wrong_pages = source.full_text is FullText.FETCH_PAGE and not outlet.agreement.fetch_pages
    known = ", ".join(sorted(ingest.FORMATS))
    in_range = MIN_INTERVAL_S <= source.interval_s <= MAX_INTERVAL_S
    refuse(
        slug=wrong_slug(source.slug),
        address="" if _is_address(source.address) else "An http or https address of a feed, without a password in it.",
        format="" if not source.format or source.format in ingest.FORMATS else f"One of {known}.",
        interval="" if in_range else f"From {MIN_INTERVAL_S} to {MAX_INTERVAL_S} seconds.",
        full_text="The agreement does not let us fetch pages: outlet set --fetch-pages." if wrong_pages else "",
    )


def _is_address(text: str) -> bool:
    if not text.isprintable() or " " in text or len(text) > MAX_ADDRESS_CHARS:
        return False
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def _slug_of(address: str) -> str:
    """The host as a name: `oc-media-org`."""
    try:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    return re.sub(r"[^a-z0-9]+", "-", host)[:80].strip("-") or "feed"
