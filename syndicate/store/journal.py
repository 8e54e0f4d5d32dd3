"""What is only ever added: who did what, and what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from syndicate.store.models import AnswerRow, AuditRow
from syndicate.store.upsert import Insert

_ADD_ACT = Insert(AuditRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One line of the audit: `who` is a person's address, `key:ID`, `clock` or `command line`."""

    at: datetime
    who: str
    what: str
    subject: str
    detail: Mapping[str, Any]


class Audit:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self, what: str, subject: str, *, who: str, at: datetime, story_id: str | None = None, **detail: Any
    ) -> None:
        row = {"at": at, "who": who, "what": what, "subject": subject, "story_id": story_id, "detail": detail}
        _ADD_ACT(self._session, row)

    def of_story(self, story_id: str) -> Sequence[Act]:
        """Oldest first."""
        rows = self._session.scalars(select(AuditRow).where(AuditRow.story_id == story_id).order_by(AuditRow.id))
        return [Act(at=row.at, who=row.who, what=row.what, subject=row.subject, detail=row.detail) for row in rows]


@dataclass(frozen=True, slots=True)
class Answer:
    request_hash: str
    outcomes: list[dict[str, Any]]


class Answers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, key_id: str, idempotency_key: str) -> Answer | None:
        row = self._session.get(AnswerRow, (key_id, idempotency_key))
        return Answer(row.request_hash, row.outcomes) if row else None

    def add(self, key_id: str, idempotency_key: str, answer: Answer, now: datetime) -> None:
        self._session.add(
            AnswerRow(
                key_id=key_id,
                idempotency_key=idempotency_key,
                request_hash=answer.request_hash,
                outcomes=answer.outcomes,
                created_at=now,
            )
        )
        self._session.flush()

    def forget(self, before: datetime, *, limit: int) -> int:
        """How many answers older than that are gone now, `limit` at most."""
        keys = (AnswerRow.key_id, AnswerRow.idempotency_key)
        old = select(*keys).where(AnswerRow.created_at < before).limit(limit)
        gone = self._session.execute(delete(AnswerRow).where(tuple_(*keys).in_(old)))
        return gone.rowcount  # type: ignore[attr-defined, no-any-return]
