"""Links by which people choose a password, by the hash of what stands in them."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from syndicate.core.errors import NotFound
from syndicate.core.roles import Person
from syndicate.store.models import LinkRow, UserRow
from syndicate.store.users import as_person


class Links:
    def __init__(self, session: Session) -> None:
        self._session = session

    def give(self, email: str, *, link_hash: str, ends_at: datetime) -> None:
        """In place of an older one. Raises NotFound."""
        user_id = self._session.scalars(select(UserRow.id).where(UserRow.email == email)).first()
        if user_id is None:
            raise NotFound(f"There is no user {email}.")
        self._session.execute(delete(LinkRow).where(LinkRow.user_id == user_id))
        self._session.add(LinkRow(token_hash=link_hash, user_id=user_id, ends_at=ends_at))
        self._session.flush()

    def find(self, link_hash: str, now: datetime) -> Person | None:
        """Whose it is, while it holds."""
        query = select(UserRow).join(LinkRow, LinkRow.user_id == UserRow.id)
        row = self._session.scalars(query.where(LinkRow.token_hash == link_hash, LinkRow.ends_at > now)).first()
        return as_person(row) if row else None

    def take(self, link_hash: str, now: datetime) -> Person | None:
        """The same, and it is gone: of several who take it at once, one has it."""
        person = self.find(link_hash, now)
        gone = self._session.execute(delete(LinkRow).where(LinkRow.token_hash == link_hash))
        return person if gone.rowcount else None  # type: ignore[attr-defined]

    def forget(self, before: datetime) -> None:
        self._session.execute(delete(LinkRow).where(LinkRow.ends_at < before))
