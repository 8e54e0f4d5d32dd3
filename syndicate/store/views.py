"""Who asks for a channel, and in what state it is: one question, asked at every pull."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, bindparam, literal_column, select

from syndicate.core.newsroom import Scope
from syndicate.store.asking import Asking
from syndicate.store.keys import OPENS
from syndicate.store.models import ChannelRow, KeyRow, SubscriberRow, SubscriptionRow

# Joined to a row of nothing, so that a wrong key and a channel that is not there are told apart.
_NOTHING = select(literal_column("1").label("one")).subquery()
_QUESTION = (
    select(
        KeyRow.id.label("key_id"),
        KeyRow.scopes,
        SubscriptionRow.channel_id.label("given"),
        SubscriberRow.slug.label("subscriber"),
        SubscriberRow.ends_at,
        SubscriberRow.rights_at,
        ChannelRow.public,
        ChannelRow.created_at,
        ChannelRow.changed_at,
    )
    .select_from(_NOTHING)
    .outerjoin(KeyRow, OPENS)
    .outerjoin(ChannelRow, ChannelRow.slug == bindparam("slug"))
    .outerjoin(SubscriberRow, SubscriberRow.id == KeyRow.subscriber_id)
    .outerjoin(
        SubscriptionRow,
        (SubscriptionRow.channel_id == ChannelRow.id) & (SubscriptionRow.subscriber_id == KeyRow.subscriber_id),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A channel as one reader finds it: `there` at all, `public`, `given` to the reader.

    `key_id` names the key if it is one of ours; `reads`: it is for feeds; `ended`: its subscriber's agreement is over.
    `reader` is the subscriber, by its slug,
    where its rights give it documents of its own; all others see the same. `state` is all that decides, beside what is
    asked for, about the bytes that this reader gets. A channel that was removed and added anew differs by when it was
    made.
    """

    key_id: str | None
    reads: bool
    ended: bool
    there: bool
    public: bool
    given: bool
    reader: str | None
    state: Hashable


class Views:
    def __init__(self, engine: Engine) -> None:
        self._asking = Asking(engine, _QUESTION)

    def find(self, slug: str, secret_hash: str | None, now: datetime) -> View:
        (row,) = self._asking.rows({"slug": slug, "secret_hash": secret_hash, "now": now})
        reads = Scope.FEEDS_READ in (row.scopes or ())
        holds = row.ends_at is None or now < row.ends_at
        reader = row.subscriber if reads and holds and row.rights_at else None
        return View(
            key_id=row.key_id,
            reads=reads,
            ended=not holds,
            there=row.changed_at is not None,
            public=bool(row.public),
            given=reads and holds and row.given is not None,
            reader=reader,
            state=(row.created_at, row.changed_at, row.rights_at if reader else None),
        )

    def close(self) -> None:
        self._asking.close()
