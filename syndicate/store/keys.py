"""Keys by the hash of their secret; the secret itself is never stored."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session

from syndicate.core.errors import NotFound
from syndicate.core.newsroom import Key, Scope
from syndicate.store.models import KeyRow, OutletRow, SubscriberRow

KEYS = (
    select(
        KeyRow.id,
        KeyRow.label,
        KeyRow.scopes,
        KeyRow.created_at,
        KeyRow.revoked_at,
        KeyRow.expires_at,
        KeyRow.last_used_at,
        OutletRow.slug.label("outlet"),
        SubscriberRow.slug.label("subscriber"),
    )
    .outerjoin(OutletRow, OutletRow.id == KeyRow.outlet_id)
    .outerjoin(SubscriberRow, SubscriberRow.id == KeyRow.subscriber_id)
)
# A key that opens something: with this secret, at this moment. Both are parameters of the query that asks.
OPENS = (
    (KeyRow.secret_hash == bindparam("secret_hash"))
    & KeyRow.revoked_at.is_(None)
    & or_(KeyRow.expires_at.is_(None), KeyRow.expires_at > bindparam("now"))
)


class Keys:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, key: Key, *, secret_hash: str) -> None:
        """Raises NotFound where the owner is not there."""
        self._session.add(
            KeyRow(
                id=key.id,
                secret_hash=secret_hash,
                label=key.label,
                scopes=sorted(key.scopes),
                outlet_id=self._owner(OutletRow, key.outlet),
                subscriber_id=self._owner(SubscriberRow, key.subscriber),
                created_at=key.created_at,
                expires_at=key.expires_at,
            )
        )
        self._session.flush()

    def get(self, key_id: str) -> Key:
        found = self._session.execute(KEYS.where(KeyRow.id == key_id)).first()
        if found is None:
            raise NotFound(f"There is no key {key_id}.")
        return as_key(found)

    def all(self) -> Sequence[Key]:
        rows = self._session.execute(KEYS.order_by(KeyRow.created_at, KeyRow.id))
        return [as_key(row) for row in rows]

    def save(self, key: Key) -> None:
        row = self._session.get_one(KeyRow, key.id)
        row.label, row.revoked_at, row.expires_at = key.label, key.revoked_at, key.expires_at

    def used(self, key_id: str, now: datetime, *, unless_since: datetime) -> None:
        """It was used now; nothing is written where another noted it that lately."""
        before = or_(KeyRow.last_used_at.is_(None), KeyRow.last_used_at <= unless_since)
        this = update(KeyRow).where(KeyRow.id == key_id, before).values(last_used_at=now)
        self._session.execute(this.execution_options(synchronize_session=False))

    def _owner(self, table: type[OutletRow | SubscriberRow], slug: str) -> int | None:
        if not slug:
            return None
        if owner := self._session.scalars(select(table.id).where(table.slug == slug)).first():
            return owner
        raise NotFound(f"There is no {table.__tablename__} {slug}.")


def as_key(row: Any) -> Key:
    return Key(
        id=row.id,
        label=row.label,
        scopes=frozenset(Scope(scope) for scope in row.scopes),
        outlet=row.outlet or "",
        subscriber=row.subscriber or "",
        created_at=row.created_at,
        revoked_at=row.revoked_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
    )
