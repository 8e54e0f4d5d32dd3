"""How often somebody failed to prove who they are, under names that are hashes: an address of a person or a machine."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from syndicate.store.models import FailureRow
from syndicate.store.upsert import Insert, newest

_BEGIN = Insert(FailureRow, lambda row: row.on_conflict_do_nothing())
_COUNT = Insert(FailureRow, newest("failures", "last_at", on=["name"]))


@dataclass(frozen=True, slots=True)
class Failed:
    failures: int
    last_at: datetime


class Failures:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, name: str, now: datetime) -> Failed:
        """Others who count the same name wait for this transaction, the first time too: the row is made to be held."""
        _BEGIN(self._session, {"name": name, "failures": 0, "last_at": now})
        row = self._session.scalars(select(FailureRow).where(FailureRow.name == name).with_for_update()).one()
        return Failed(row.failures, row.last_at)

    def count(self, name: str, failed: Failed) -> None:
        _COUNT(self._session, {"name": name, "failures": failed.failures, "last_at": failed.last_at})

    def clear(self, name: str) -> None:
        self._session.execute(delete(FailureRow).where(FailureRow.name == name))

    def forget(self, before: datetime) -> None:
        self._session.execute(delete(FailureRow).where(FailureRow.last_at < before))
