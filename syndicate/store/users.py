"""The people of the desk."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from syndicate.core.errors import Conflict, NotFound
from syndicate.core.newsroom import Role, User
from syndicate.core.roles import Person
from syndicate.store.models import UserRow


class Users:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, user: User, *, password_hash: str, now: datetime) -> None:
        """Raises Conflict where the address is taken."""
        if self._find(user.email):
            raise Conflict(f"There is a user {user.email} already.")
        self._session.add(UserRow(email=user.email, role=user.role, password_hash=password_hash, created_at=now))
        self._session.flush()

    def get(self, email: str) -> User:
        return _as_user(self._row(email))

    def person(self, email: str) -> Person:
        """The same, as the desk knows them."""
        return as_person(self._row(email))

    def all(self) -> Sequence[User]:
        return [_as_user(row) for row in self._session.scalars(select(UserRow).order_by(UserRow.email))]

    def save(self, user: User) -> None:
        self._row(user.email).role = user.role

    def prefer(self, email: str, *, language: str, timezone: str, shortcuts: bool) -> None:
        row = self._row(email)
        row.language, row.timezone, row.shortcuts = language, timezone, shortcuts

    def admins(self, *, lock: bool = False) -> Sequence[str]:
        """Their addresses; `lock`: nobody else changes one of them before this transaction is over."""
        query = select(UserRow.email).where(UserRow.role == Role.ADMIN).order_by(UserRow.id)
        return list(self._session.scalars(query.with_for_update() if lock else query))

    def remove(self, email: str) -> None:
        row = self._row(email)
        self._session.execute(delete(UserRow).where(UserRow.id == row.id))

    def _find(self, email: str) -> UserRow | None:
        return self._session.scalars(select(UserRow).where(UserRow.email == email)).first()

    def _row(self, email: str) -> UserRow:
        if row := self._find(email):
            return row
        raise NotFound(f"There is no user {email}.")


def _as_user(row: UserRow) -> User:
    return User(email=row.email, role=Role(row.role))


def as_person(row: UserRow) -> Person:
    return Person(
        email=row.email,
        role=Role(row.role),
        language=row.language,
        timezone=row.timezone,
        shortcuts=row.shortcuts,
    )
