"""Who has a story open, and who edits it. Rows of the moment: each says when its person was seen last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from syndicate.store.models import EditLockRow, PresenceRow
from syndicate.store.upsert import Insert, newest

_HERE = Insert(PresenceRow, newest("seen_at", on=["story_id", "who"]))
_LOCK = Insert(EditLockRow, newest("who", "since", "seen_at", "taken_from", on=["story_id"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Who edits a story since when, and whom that person took it over from, if anybody."""

    who: str
    since: datetime
    seen_at: datetime
    taken_from: str = ""


class Presence:
    def __init__(self, session: Session) -> None:
        self._session = session

    def here(self, story_id: str, who: str, now: datetime) -> None:
        _HERE(self._session, {"story_id": story_id, "who": who, "seen_at": now})

    def gone(self, story_id: str, who: str) -> None:
        self._session.execute(delete(PresenceRow).where(PresenceRow.story_id == story_id, PresenceRow.who == who))

    def who(self, story_id: str, since: datetime) -> Sequence[str]:
        """Those who were seen at it since then, by name."""
        query = select(PresenceRow.who).where(PresenceRow.story_id == story_id, PresenceRow.seen_at >= since)
        return self._session.scalars(query.order_by(PresenceRow.who)).all()

    def lock(self, story_id: str) -> Lock | None:
        row = self._session.get(EditLockRow, story_id, populate_existing=True)
        return Lock(who=row.who, since=row.since, seen_at=row.seen_at, taken_from=row.taken_from) if row else None

    def set_lock(self, story_id: str, lock: Lock) -> None:
        row = {"who": lock.who, "since": lock.since, "seen_at": lock.seen_at, "taken_from": lock.taken_from}
        _LOCK(self._session, {"story_id": story_id, **row})

    def unlock(self, story_id: str, who: str) -> None:
        self._session.execute(delete(EditLockRow).where(EditLockRow.story_id == story_id, EditLockRow.who == who))

    def forget(self, before: datetime) -> None:
        """Everybody who was not seen since."""
        for row in (PresenceRow, EditLockRow):
            self._session.execute(delete(row).where(row.seen_at < before))
