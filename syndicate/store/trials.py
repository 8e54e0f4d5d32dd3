"""Looks at feeds that somebody asked for, with what was seen. They are forgotten soon."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from syndicate.core.errors import NotFound
from syndicate.store.models import TrialRow


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTrial:
    """`source` and `result` as JSON; without a `result` there may be a `problem` that says why."""

    source: dict[str, Any]
    at: datetime
    result: dict[str, Any] | None
    problem: str


class Trials:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, trial_id: str, source: Mapping[str, Any], *, who: str, now: datetime) -> None:
        self._session.add(TrialRow(id=trial_id, who=who, at=now, source=dict(source), result=None, problem=""))

    def get(self, trial_id: str) -> KeptTrial:
        """Raises NotFound."""
        row = self._row(trial_id)
        return KeptTrial(source=row.source, at=row.at, result=row.result, problem=row.problem)

    def finish(self, trial_id: str, result: Mapping[str, Any] | None, problem: str) -> None:
        """Raises NotFound where it was forgotten meanwhile."""
        row = self._row(trial_id)
        row.result, row.problem = (dict(result) if result else None), problem

    def forget(self, before: datetime) -> None:
        self._session.execute(delete(TrialRow).where(TrialRow.at < before))

    def _row(self, trial_id: str) -> TrialRow:
        if row := self._session.get(TrialRow, trial_id):
            return row
        raise NotFound("There is no such trial, or it was forgotten: try the feed again.")
