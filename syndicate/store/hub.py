"""The listeners of our own hub."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from urllib.parse import urlsplit

from sqlalchemy import delete, func, or_, select, tuple_, update
from sqlalchemy.orm import Session

from syndicate.core.errors import NotFound
from syndicate.core.hub import Listener, Wish
from syndicate.store.mapping import from_json, to_json
from syndicate.store.models import KeyRow, ListenerRow, SubscriberRow

# The columns that are a listener's own fields, by the same names.
_NAMES = tuple(field.name for field in fields(Listener) if field.name not in ("key", "wish"))

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Listeners:
    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, like: Listener) -> Listener | None:
        """The one with this topic and callback. Locked: whoever asks for it is about to change it."""
        same = (ListenerRow.channel, ListenerRow.format, ListenerRow.variant, ListenerRow.limit)
        query = select(ListenerRow).where(tuple_(*same) == (like.channel, like.format, like.variant, like.limit))
        mine = query.where(ListenerRow.callback_hash == _hashed(like.callback))
        row = self._session.scalars(mine.with_for_update()).first()
        return _as_listener(row) if row else None

    def get(self, listener_id: str, *, lock: bool = False) -> Listener:
        """Raises NotFound."""
        query = select(ListenerRow).where(ListenerRow.id == listener_id)
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        if row := self._session.scalars(query).first():
            return _as_listener(row)
        raise NotFound(f"There is no listener {listener_id}.")

    def add(self, listener: Listener) -> None:
        """Raises Conflict, at the end, where the same callback asked for the same topic at the same moment."""
        self._session.add(ListenerRow(**_columns(listener)))
        self._session.flush()

    def save(self, listener: Listener) -> None:
        row = self._session.get_one(ListenerRow, listener.id)
        for name, value in _columns(listener).items():
            setattr(row, name, value)

    def remove(self, listener_id: str) -> None:
        self._session.execute(delete(ListenerRow).where(ListenerRow.id == listener_id))

    def at_host(self, callback: str) -> int:
        """How many callbacks there are at the host of this one."""
        query = select(func.count()).select_from(ListenerRow).where(ListenerRow.host == _host(callback))
        return self._session.scalars(query).one()

    def wishes(self) -> int:
        """How many wait to be confirmed."""
        query = select(func.count()).select_from(ListenerRow).where(ListenerRow.wished_at.is_not(None))
        return self._session.scalars(query).one()

    def behind(self, channel: str, stamp: datetime, now: datetime) -> Sequence[tuple[str, bool]]:
        """Who has not been told this state of the channel yet: each id, and whether it has failed to take the last."""
        mine = (ListenerRow.channel == channel, ListenerRow.told_at < stamp, ListenerRow.lease_until > now)
        query = select(ListenerRow.id, ListenerRow.failures > 0).where(*mine).order_by(ListenerRow.id)
        return [(listener_id, failing) for listener_id, failing in self._session.execute(query)]

    def of(self, channel: str, key: str | None = None) -> Sequence[str]:
        """The ids of all at a channel, or of those that a key brought there."""
        query = select(ListenerRow.id).where(ListenerRow.channel == channel)
        return self._session.scalars(query if key is None else query.where(ListenerRow.key_id == key)).all()

    def all(self, *, keys: Collection[str] | None = None, limit: int = 500) -> Sequence[Listener]:
        """All of them, or those that came with these keys: the ones that fail first, then by channel."""
        query = select(ListenerRow).order_by(ListenerRow.failures.desc(), ListenerRow.channel, ListenerRow.id)
        mine = query if keys is None else query.where(ListenerRow.key_id.in_(keys))
        return [_as_listener(row) for row in self._session.scalars(mine.limit(limit))]

    def unsettle(self, subscriber: str) -> Sequence[str]:
        """What this subscriber's keys hear is not what it was: the ids of those that are to be told again."""
        keys = select(KeyRow.id).join(SubscriberRow, SubscriberRow.id == KeyRow.subscriber_id)
        mine = ListenerRow.key_id.in_(keys.where(SubscriberRow.slug == subscriber))
        again = update(ListenerRow).where(mine).values(told_at=NEVER)
        self._session.execute(again.execution_options(synchronize_session=False))
        return self._session.scalars(select(ListenerRow.id).where(mine)).all()

    def grounds(self) -> Sequence[tuple[str, str]]:
        """On what they hear: each (channel, key id) once."""
        query = select(ListenerRow.channel, ListenerRow.key_id).where(ListenerRow.lease_until.is_not(None)).distinct()
        return [(channel, key) for channel, key in self._session.execute(query)]

    def forget(self, *, leases_before: datetime, unconfirmed_before: datetime) -> int:
        """How many are gone: whose lease has ended, and who never confirmed and asks no more."""
        never = ListenerRow.lease_until.is_(None) & (ListenerRow.created_at < unconfirmed_before)
        over = or_(ListenerRow.lease_until < leases_before, never)
        gone = self._session.execute(delete(ListenerRow).where(over, ListenerRow.wished_at.is_(None)))
        return gone.rowcount  # type: ignore[attr-defined, no-any-return]


def _as_listener(row: ListenerRow) -> Listener:
    wish = from_json(row.wish, Wish) if row.wish else None
    return Listener(key=row.key_id, wish=wish, **{name: getattr(row, name) for name in _NAMES})


def _columns(listener: Listener) -> dict[str, object]:
    return {
        **{name: getattr(listener, name) for name in _NAMES},
        "callback_hash": _hashed(listener.callback),
        "host": _host(listener.callback),
        "key_id": listener.key,
        "wish": to_json(listener.wish) if listener.wish else None,
        "wished_at": listener.wish.asked_at if listener.wish else None,
    }


def _hashed(callback: str) -> str:
    return hashlib.sha256(callback.encode()).hexdigest()


def _host(callback: str) -> str:
    return (urlsplit(callback).hostname or "")[:255]
