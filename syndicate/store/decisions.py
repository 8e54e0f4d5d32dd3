"""The last decision about each story that can still be undone or waits to be carried out, and questions to outlets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from syndicate.core.newsitem import Change
from syndicate.core.story import Standing
from syndicate.core.undo import Decision
from syndicate.store.mapping import from_json, to_json
from syndicate.store.models import DecisionRow, QuestionRow
from syndicate.store.upsert import Insert, newest

_FIELDS = ("what", "who", "at", "until", "before", "after", "change", "note")
_REMEMBER = Insert(DecisionRow, newest(*_FIELDS, on=["story_id"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`answer` is the revision that came in answer; `ended_by` who closed it without one."""

    id: int
    at: datetime
    who: str
    text: str
    ended_at: datetime | None = None
    ended_by: str = ""
    answer: int | None = None


class Decisions:
    def __init__(self, session: Session) -> None:
        self._session = session

    def remember(self, story_id: str, decision: Decision) -> None:
        """Instead of the one before."""
        row = {name: getattr(decision, name) for name in _FIELDS}
        row |= {"before": to_json(decision.before), "after": to_json(decision.after), "change": decision.change or ""}
        _REMEMBER(self._session, {"story_id": story_id, **row})

    def last(self, story_id: str) -> Decision | None:
        row = self._session.get(DecisionRow, story_id, populate_existing=True)
        if row is None:
            return None
        return Decision(
            what=row.what,
            who=row.who,
            at=row.at,
            until=row.until,
            before=from_json(row.before, Standing),
            after=from_json(row.after, Standing),
            change=Change(row.change) if row.change else None,
            note=row.note,
        )

    def forget(self, story_id: str) -> None:
        if row := self._session.get(DecisionRow, story_id):
            self._session.delete(row)
            self._session.flush()


class Questions:
    def __init__(self, session: Session) -> None:
        self._session = session

    def ask(self, story_id: str, text: str, *, who: str, at: datetime) -> None:
        self._session.add(QuestionRow(story_id=story_id, text=text, who=who, at=at, ended_by=""))
        self._session.flush()

    def of(self, story_id: str) -> Sequence[Question]:
        """All that were ever asked, oldest first."""
        query = select(QuestionRow).where(QuestionRow.story_id == story_id).order_by(QuestionRow.id)
        return [
            Question(
                id=row.id,
                at=row.at,
                who=row.who,
                text=row.text,
                ended_at=row.ended_at,
                ended_by=row.ended_by,
                answer=row.answer,
            )
            for row in self._session.scalars(query)
        ]

    def end(self, story_id: str, *, at: datetime, by: str = "", answer: int | None = None) -> int:
        """Those that are open; how many there were."""
        still_open = update(QuestionRow).where(QuestionRow.story_id == story_id, QuestionRow.ended_at.is_(None))
        ended = self._session.execute(
            still_open.values(ended_at=at, ended_by=by, answer=answer).execution_options(synchronize_session=False)
        )
        return ended.rowcount  # type: ignore[attr-defined, no-any-return]
