"""Who is signed in: sessions by the hash of their token."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session as Transaction

from syndicate.core.entry import Session
from syndicate.store.models import SessionRow, UserRow
from syndicate.store.users import as_person

_SESSIONS = select(SessionRow, UserRow).join(UserRow, UserRow.id == SessionRow.user_id)
_BY_TOKEN = _SESSIONS.where(SessionRow.token_hash == bindparam("token_hash"))
_USER_ID = select(UserRow.id).where(UserRow.email == bindparam("email")).scalar_subquery()


class Sessions:
    def __init__(self, session: Transaction) -> None:
        self._session = session

    def add(self, session: Session, *, token_hash: str) -> None:
        user_id = self._session.scalars(select(UserRow.id).where(UserRow.email == session.person.email)).one()
        self._session.add(
            SessionRow(
                id=session.id,
                token_hash=token_hash,
                user_id=user_id,
                awaits_code=session.awaits_code,
                device=session.device,
                created_at=session.created_at,
                seen_at=session.seen_at,
                ends_at=session.ends_at,
            )
        )
        self._session.flush()

    def find(self, token_hash: str) -> Session | None:
        """Also one that is over: the clock is not asked here."""
        found = self._session.execute(_BY_TOKEN, {"token_hash": token_hash}).first()
        return _as_session(*found) if found else None

    def of(self, email: str) -> Sequence[Session]:
        """A person's own, the last used first."""
        query = _SESSIONS.where(UserRow.email == email, SessionRow.awaits_code.is_(False))
        rows = self._session.execute(query.order_by(SessionRow.seen_at.desc(), SessionRow.id))
        return [_as_session(*row) for row in rows]

    def last_seen(self) -> Mapping[str, datetime]:
        """When each person who has a session was seen last, by e-mail address."""
        query = select(UserRow.email, func.max(SessionRow.seen_at)).join(UserRow, UserRow.id == SessionRow.user_id)
        return {row[0]: row[1] for row in self._session.execute(query.group_by(UserRow.email))}

    def touch(self, session_id: str, now: datetime) -> None:
        self._session.execute(update(SessionRow).where(SessionRow.id == session_id).values(seen_at=now))

    def remove(self, session_id: str, *, email: str) -> bool:
        """Whether there was such a session of this person."""
        query = delete(SessionRow).where(SessionRow.id == session_id, SessionRow.user_id == _USER_ID)
        return bool(self._session.execute(query, {"email": email}).rowcount)  # type: ignore[attr-defined]

    def remove_all(self, email: str, *, but: str = "") -> None:
        """All of a person's, except the one with this id."""
        query = delete(SessionRow).where(SessionRow.user_id == _USER_ID, SessionRow.id != but)
        self._session.execute(query, {"email": email})

    def forget(self, *, ended_before: datetime, seen_before: datetime) -> None:
        old = (SessionRow.ends_at < ended_before) | (SessionRow.seen_at < seen_before)
        self._session.execute(delete(SessionRow).where(old))


def _as_session(row: SessionRow, user: UserRow) -> Session:
    return Session(
        id=row.id,
        person=as_person(user),
        awaits_code=row.awaits_code,
        device=row.device,
        created_at=row.created_at,
        seen_at=row.seen_at,
        ends_at=row.ends_at,
    )
