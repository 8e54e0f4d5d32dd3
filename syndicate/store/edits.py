"""The desk's edits of a story, kept for ever, and the drafts of those who have not saved theirs yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from syndicate.core.edits import NONE, Edits
from syndicate.store.mapping import from_json, to_json
from syndicate.store.models import DraftRow, EditsRow
from syndicate.store.upsert import Insert, newest

_ADD = Insert(EditsRow)
_KEEP_DRAFT = Insert(DraftRow, newest("version", "revision", "typed", "at", on=["story_id", "who"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody typed, by field, who had edits `version` and source `revision` in view."""

    who: str
    version: int
    revision: int
    typed: Mapping[str, Any]
    at: datetime


class StoryEdits:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, story_id: str, version: int, edits: Edits, *, who: str, at: datetime) -> None:
        row = {"story_id": story_id, "version": version, "edits": to_json(edits), "who": who, "at": at}
        _ADD(self._session, row)

    def at(self, story_id: str, version: int) -> Edits:
        """As they stood at this number; before the first there are none."""
        row = self._session.get(EditsRow, (story_id, version))
        return from_json(row.edits, Edits) if row else NONE

    def keep_draft(self, story_id: str, draft: Draft) -> None:
        """Instead of that person's draft before."""
        row = {"who": draft.who, "version": draft.version, "revision": draft.revision, "at": draft.at}
        _KEEP_DRAFT(self._session, {"story_id": story_id, **row, "typed": dict(draft.typed)})

    def drafts(self, story_id: str) -> Sequence[Draft]:
        """Of all who have one, the newest first."""
        query = select(DraftRow).where(DraftRow.story_id == story_id).order_by(DraftRow.at.desc(), DraftRow.who)
        return [
            Draft(who=row.who, version=row.version, revision=row.revision, typed=row.typed, at=row.at)
            for row in self._session.scalars(query)
        ]

    def drop_draft(self, story_id: str, who: str) -> None:
        self._session.execute(delete(DraftRow).where(DraftRow.story_id == story_id, DraftRow.who == who))

    def forget_drafts(self, before: datetime) -> None:
        """Those that nobody has come back to since."""
        self._session.execute(delete(DraftRow).where(DraftRow.at < before))
