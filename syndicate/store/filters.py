"""Filters of the queue that people keep by a name."""

from collections.abc import Mapping

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from syndicate.core.errors import NotFound
from syndicate.core.listing import Filter
from syndicate.store.mapping import from_json, to_json
from syndicate.store.models import SavedFilterRow, UserRow
from syndicate.store.upsert import Insert, newest

_KEEP = Insert(SavedFilterRow, newest("filter", on=["user_id", "name"]))


class Filters:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, email: str) -> Mapping[str, Filter]:
        """A person's, by name."""
        query = select(SavedFilterRow).join(UserRow, UserRow.id == SavedFilterRow.user_id).where(UserRow.email == email)
        rows = self._session.scalars(query.order_by(SavedFilterRow.name))
        return {row.name: from_json(row.filter, Filter) for row in rows}

    def count(self, email: str) -> int:
        query = select(func.count()).select_from(SavedFilterRow).where(SavedFilterRow.user_id == self._user_id(email))
        return self._session.scalar(query) or 0

    def keep(self, email: str, name: str, chosen: Filter) -> None:
        """In place of what the person kept by that name before. Raises NotFound (no such person)."""
        _KEEP(self._session, {"user_id": self._user_id(email), "name": name, "filter": to_json(chosen)})

    def drop(self, email: str, name: str) -> None:
        """Raises NotFound."""
        mine = (SavedFilterRow.user_id == self._user_id(email), SavedFilterRow.name == name)
        if not self._session.execute(delete(SavedFilterRow).where(*mine).returning(SavedFilterRow.id)).all():
            raise NotFound(f"You keep no filter {name[:80]}.")

    def _user_id(self, email: str) -> int:
        found = self._session.scalar(select(UserRow.id).where(UserRow.email == email))
        if found is None:
            raise NotFound(f"There is no person {email[:254]}.")
        return found
