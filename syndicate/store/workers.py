"""Which workers there are: each says now and then that it lives."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from syndicate.store.models import WorkerRow
from syndicate.store.upsert import Insert, newest

_SAY = Insert(WorkerRow, newest("threads", "started_at", "seen_at", on=["name"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A worker process by its name, and when it was last heard of."""

    name: str
    threads: int
    started_at: datetime
    seen_at: datetime


class Workers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def say(self, worker: Seen) -> None:
        _SAY(self._session, asdict(worker))

    def gone(self, name: str) -> None:
        self._session.execute(delete(WorkerRow).where(WorkerRow.name == name))

    def forget(self, before: datetime) -> None:
        """Those not heard of since then: they were killed."""
        self._session.execute(delete(WorkerRow).where(WorkerRow.seen_at < before))

    def all(self) -> Sequence[Seen]:
        rows = self._session.scalars(select(WorkerRow).order_by(WorkerRow.name))
        return [
            Seen(name=row.name, threads=row.threads, started_at=row.started_at, seen_at=row.seen_at) for row in rows
        ]
