"""The feeds that we pull, the log of looking at them, and what each of them last said of its stories."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.orm import Session

from syndicate.core.errors import Conflict, NotFound
from syndicate.core.source import FullText, PollResult, Source, State, Subscription
from syndicate.store.mapping import from_json, to_json
from syndicate.store.models import OutletRow, PollRow, SeenRow, SourceRow
from syndicate.store.upsert import Insert, newest

KEPT_POLLS = 500  # of each source
AT_ONCE = 500  # values in one question
_SEE = Insert(SeenRow, newest("fingerprint", "seen_at", on=["source_id", "external_hash"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One look at a source. `detail` is JSON: what was answered, how much, and what became of each item."""

    at: datetime
    result: PollResult
    detail: Mapping[str, Any]


class Sources:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, source: Source) -> None:
        """Raises NotFound (no such outlet), Conflict (its outlet has one of that name)."""
        outlet_id = self._outlet(source.outlet)
        if self._find(SourceRow.outlet_id == outlet_id, SourceRow.slug == source.slug):
            raise Conflict(f"{source.outlet} has a source {source.slug} already.")
        row = SourceRow(id=source.id, outlet_id=outlet_id, created_at=source.created_at, **_columns(source))
        row.state, row.subscription, row.callback = to_json(source.state), {}, None
        self._session.add(row)
        self._session.flush()

    def get(self, source_id: str, *, lock: bool = False) -> Source:
        """Raises NotFound."""
        found = self._find(SourceRow.id == source_id, lock=lock)
        if found is None:
            raise NotFound(f"There is no source {source_id}.")
        return found

    def find(self, outlet: str, slug: str) -> Source | None:
        return self._find(OutletRow.slug == outlet, SourceRow.slug == slug)

    def called(self, token: str, *, lock: bool = False) -> Source | None:
        """Whose hub calls back at this token."""
        return self._find(SourceRow.callback == token, lock=lock)

    def all(self, *, outlet: str = "", slug: str = "") -> Sequence[Source]:
        """By outlet and name; of one outlet, or of one name, where these are given."""
        query = _sources().order_by(OutletRow.slug, SourceRow.slug)
        query = query.where(OutletRow.slug == outlet) if outlet else query
        query = query.where(SourceRow.slug == slug) if slug else query
        return [_as_source(row, slug) for row, slug in self._session.execute(query)]

    def save(self, source: Source) -> None:
        """What an operator sets."""
        self._set(source.id, **_columns(source))

    def save_state(self, source_id: str, state: State) -> None:
        self._set(source_id, state=to_json(state))

    def save_subscription(self, source_id: str, subscription: Subscription | None) -> None:
        token = subscription.token if subscription else None
        self._set(source_id, callback=token, subscription=to_json(subscription) if subscription else {})

    def remove(self, source_id: str) -> None:
        """Its log and what it said go with it; its stories stay."""
        self._session.execute(delete(SourceRow).where(SourceRow.id == source_id))

    def log(self, source_id: str, poll: Poll) -> None:
        """Keep one line, and drop what is older than the newest `KEPT_POLLS`."""
        row = PollRow(source_id=source_id, at=poll.at, result=poll.result, detail=dict(poll.detail))
        self._session.add(row)
        self._session.flush()
        ids = select(PollRow.id).where(PollRow.source_id == source_id).order_by(PollRow.id.desc())
        oldest = self._session.scalars(ids.offset(KEPT_POLLS - 1).limit(1)).first()
        if oldest is not None:
            self._session.execute(delete(PollRow).where(PollRow.source_id == source_id, PollRow.id < oldest))

    def polls(self, source_id: str, *, limit: int) -> Sequence[Poll]:
        """The newest first."""
        query = select(PollRow).where(PollRow.source_id == source_id).order_by(PollRow.id.desc()).limit(limit)
        return [
            Poll(at=row.at, result=PollResult(row.result), detail=row.detail) for row in self._session.scalars(query)
        ]

    def seen(self, source_id: str, external_ids: Sequence[str]) -> Mapping[str, str]:
        """What the source last said of these, as fingerprints; those that it never spoke of are left out."""
        hashed = {_hash(external_id): external_id for external_id in external_ids}
        hashes, found = list(hashed), {}
        for start in range(0, len(hashes), AT_ONCE):
            query = select(SeenRow.external_hash, SeenRow.fingerprint).where(
                SeenRow.source_id == source_id, SeenRow.external_hash.in_(hashes[start : start + AT_ONCE])
            )
            found.update({hashed[row.external_hash]: row.fingerprint for row in self._session.execute(query)})
        return found

    def see(self, source_id: str, said: Mapping[str, str], now: datetime) -> None:
        """Remember what it says now, as fingerprints by external id."""
        if not said:
            return
        fresh = [
            {"source_id": source_id, "external_hash": _hash(name), "fingerprint": fingerprint, "seen_at": now}
            for name, fingerprint in said.items()
        ]
        _SEE(self._session, fresh)

    def forget(self, source_id: str) -> None:
        """As if it had never said anything: the next look takes in all that it says."""
        self._session.execute(delete(SeenRow).where(SeenRow.source_id == source_id))

    def _outlet(self, slug: str) -> int:
        found = self._session.scalars(select(OutletRow.id).where(OutletRow.slug == slug)).first()
        if found is None:
            raise NotFound(f"There is no outlet {slug}.")
        return found

    def _find(self, *which: ColumnElement[bool], lock: bool = False) -> Source | None:
        query = _sources().where(*which)
        found = self._session.execute(query.with_for_update(of=SourceRow) if lock else query).first()
        return _as_source(*found) if found else None

    def _set(self, source_id: str, **values: Any) -> None:
        row = self._session.get(SourceRow, source_id)
        if row is None:
            raise NotFound(f"There is no source {source_id}.")
        for name, value in values.items():
            setattr(row, name, value)


def _sources() -> Select[SourceRow, str]:
    return select(SourceRow, OutletRow.slug).join(OutletRow, OutletRow.id == SourceRow.outlet_id)


def _as_source(row: SourceRow, outlet: str) -> Source:
    return Source(
        id=row.id,
        outlet=outlet,
        slug=row.slug,
        address=row.address,
        format=row.format,
        interval_s=row.interval_s,
        full_text=FullText(row.full_text),
        created_at=row.created_at,
        state=from_json(row.state, State),
        subscription=from_json(row.subscription, Subscription) if row.subscription else None,
    )


def _columns(source: Source) -> dict[str, Any]:
    return {
        "slug": source.slug,
        "address": source.address,
        "format": source.format,
        "interval_s": source.interval_s,
        "full_text": source.full_text,
    }


def _hash(external_id: str) -> str:
    return hashlib.sha256(external_id.encode("utf-8", "replace")).hexdigest()
