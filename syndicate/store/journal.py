"""What is only ever added: who did what, and what was answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, tuple_
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
    id: int = 0
    story_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which lines of the audit: all that is said must be so. `since` is the first moment, `until` the first after."""

    who: str = ""
    what: str = ""
    subject: str = ""
    story_id: str = ""
    since: datetime | None = None
    until: datetime | None = None


ALL = Asked()


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
        return [_as_act(row) for row in rows]

    def page(self, asked: Asked = ALL, *, limit: int, before: int = 0) -> Sequence[Act]:
        """The newest first; `before` is the id of the last one of the page before."""
        query = select(AuditRow).where(*_where(asked)).order_by(AuditRow.id.desc()).limit(limit)
        return [_as_act(row) for row in self._session.scalars(query.where(AuditRow.id < before) if before else query)]


def _where(asked: Asked) -> Iterator[ColumnElement[bool]]:
    for name in ("who", "what", "subject", "story_id"):
        if value := getattr(asked, name):
            yield getattr(AuditRow, name) == value
    if asked.since:
        yield AuditRow.at >= asked.since
    if asked.until:
        yield AuditRow.at < asked.until


def _as_act(row: AuditRow) -> Act:
    return Act(
        at=row.at,
        who=row.who,
        what=row.what,
        subject=row.subject,
        detail=row.detail,
        id=row.id,
        story_id=row.story_id,
    )


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
