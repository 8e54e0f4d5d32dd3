"""Which stories a subscriber's rights keep from it, or let it have: a row for each decision, and when it was made.

A subscriber whose rights limit nothing has no rows, and no row means yes. A decision stands from one moment of the
change log until before another, so that the log can say what was true when. `shown_to` is what every query of stories
for one reader adds.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, false, func, null, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from syndicate.core.entitlement import Reason
from syndicate.store.models import (
    EditionRow,
    EntitlementRow,
    EntryRow,
    OutletRow,
    StoryRow,
    SubscriberRow,
    SubscriptionRow,
)
from syndicate.store.upsert import Insert

_ADD = Insert(EntitlementRow)
_NOW = EntitlementRow.until_seq.is_(None)
_EARLIER = aliased(EntitlementRow)
_KEPT_BACK = (
    select(_EARLIER.story_id)
    .where(_EARLIER.subscriber_id == EntitlementRow.subscriber_id, _EARLIER.story_id == EntitlementRow.story_id)
    .where(_EARLIER.until_seq == EntitlementRow.since_seq)
    .exists()
)
# What was never decided about before, and the subscriber had, is nothing new to it.
_GIVEN = (_NOW, EntitlementRow.allowed, or_(EntitlementRow.taken_at == EntitlementRow.decided_at, _KEPT_BACK))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What was decided last. `taken_at`: since when, or when first, the subscriber had the story."""

    allowed: bool
    reason: Reason | None = None
    available_from: datetime | None = None
    taken_at: datetime | None = None
    decided_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story that stands in a subscriber's channels. `had`: in one that it could read before."""

    story_id: str
    outlet: str
    first_created: datetime
    had: bool = False


def shown_to(reader: str | None, story_id: InstrumentedAttribute[str]) -> Sequence[ColumnElement[bool]]:
    """The conditions under which a story is for this subscriber's eyes: none for everybody's."""
    if reader is None:
        return ()
    return (~_of(reader, story_id).where(EntitlementRow.allowed.is_(false())).exists(),)


def told_to(reader: str | None, story_id: InstrumentedAttribute[str]) -> Sequence[ColumnElement[bool]]:
    """The same for what was withdrawn: whoever was never given it hears nothing of it."""
    if reader is None:
        return ()
    return (~_of(reader, story_id).where(EntitlementRow.taken_at.is_(None)).exists(),)


def given_back_at(reader: str | None, story_id: InstrumentedAttribute[str]) -> ColumnElement[Any]:
    """When this subscriber got a story again that had been taken from it; null for one that it never lost."""
    if reader is None:
        return null()
    mine, lost = aliased(EntitlementRow), aliased(EntitlementRow)
    taken = (lost.subscriber_id == mine.subscriber_id) & (lost.story_id == mine.story_id)
    taken &= lost.allowed.is_(False) & lost.taken_at.is_not(None)
    return (
        select(mine.decided_at)
        .join(SubscriberRow, SubscriberRow.id == mine.subscriber_id)
        .where(SubscriberRow.slug == reader, mine.story_id == story_id, mine.until_seq.is_(None), mine.allowed)
        .where(select(lost.story_id).where(taken).exists())
        .scalar_subquery()
    )


def given_since(reader: str, since: datetime) -> Any:
    """The stories that this subscriber was given, or given back, after that instant."""
    return _mine(select(EntitlementRow.story_id), reader).where(*_GIVEN, EntitlementRow.decided_at > since)


def changed_at(reader: str, story_id: InstrumentedAttribute[str], stamp: InstrumentedAttribute[datetime]) -> Any:
    """When a story of this stamp changed last for this subscriber: to be given it later is a change."""
    given = _mine(select(EntitlementRow.decided_at), reader).where(*_GIVEN, EntitlementRow.story_id == story_id)
    return func.coalesce(given.where(EntitlementRow.decided_at > stamp).scalar_subquery(), stamp)


def _of(reader: str, story_id: InstrumentedAttribute[str]) -> Any:
    mine = select(EntitlementRow.story_id).join(SubscriberRow, SubscriberRow.id == EntitlementRow.subscriber_id)
    return mine.where(SubscriberRow.slug == reader, EntitlementRow.story_id == story_id, _NOW)


class Entitlements:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, reader: str, stories: Collection[str]) -> Mapping[str, Standing]:
        """What stands about these stories, where anything was ever decided."""
        query = _mine(select(EntitlementRow), reader).where(_NOW)
        if len(stories) <= 500:  # else it is nearly all of them anyway
            query = query.where(EntitlementRow.story_id.in_(stories))
        rows = self._session.scalars(query)
        return {row.story_id: _standing(row) for row in rows}

    def given_back(self, reader: str, story_id: str) -> datetime | None:
        """The same of one story."""
        query = select(given_back_at(reader, StoryRow.id)).where(StoryRow.id == story_id)
        at: datetime | None = self._session.scalar(query)
        return at

    def write(self, reader: str, seq: int, decided: Mapping[str, Standing], now: datetime) -> None:
        """From this moment of the log on, instead of what stood before."""
        subscriber_id = self._session.scalars(select(SubscriberRow.id).where(SubscriberRow.slug == reader)).one()
        ended = update(EntitlementRow).where(EntitlementRow.subscriber_id == subscriber_id, _NOW)
        ids = list(decided)
        for at in range(0, len(ids), 500):
            these = ended.where(EntitlementRow.story_id.in_(ids[at : at + 500])).values(until_seq=seq)
            self._session.execute(these.execution_options(synchronize_session=False))
        rows = [
            {
                "subscriber_id": subscriber_id,
                "story_id": story_id,
                "since_seq": seq,
                "until_seq": None,
                "allowed": standing.allowed,
                "reason": standing.reason or "",
                "available_from": standing.available_from,
                "taken_at": standing.taken_at,
                "decided_at": now,
            }
            for story_id, standing in decided.items()
        ]
        _ADD(self._session, rows)

    def taken(self, reader: str, since: datetime) -> int:
        """How many stories it was given since then."""
        query = _mine(select(func.count()).select_from(EntitlementRow), reader)
        return int(self._session.scalar(query.where(_NOW, EntitlementRow.taken_at >= since)))

    def waiting(self, reader: str, now: datetime | None = None) -> Sequence[str]:
        """Stories that time alone may give it: all, or those whose time has come."""
        query = _mine(select(EntitlementRow.story_id), reader).where(_NOW, EntitlementRow.available_from.is_not(None))
        return self._session.scalars(query.where(EntitlementRow.available_from <= now) if now else query).all()

    def next_instant(self, reader: str) -> datetime | None:
        """When the first of them is to be looked at."""
        query = _mine(select(func.min(EntitlementRow.available_from)), reader)
        found: datetime | None = self._session.scalar(query.where(_NOW))
        return found

    def candidates(
        self,
        reader: str,
        *,
        before: Collection[int] = (),
        stories: Iterable[str] | None = None,
        outlet: str | None = None,
    ) -> Sequence[Candidate]:
        """What stands in its channels, in the order of publication; `before` are those that it could read before."""
        known = func.max(case((EntryRow.channel_id.in_(before), 1), else_=0))
        query = (
            select(StoryRow.id, OutletRow.slug, EditionRow.created_at, known)
            .join(EntryRow, EntryRow.story_id == StoryRow.id)
            .join(SubscriptionRow, SubscriptionRow.channel_id == EntryRow.channel_id)
            .join(SubscriberRow, SubscriberRow.id == SubscriptionRow.subscriber_id)
            .join(OutletRow, OutletRow.id == StoryRow.outlet_id)
            .join(EditionRow, (EditionRow.story_id == StoryRow.id) & (EditionRow.version == 1))
            .where(SubscriberRow.slug == reader, EntryRow.live)
            .group_by(StoryRow.id, OutletRow.slug, EditionRow.created_at)
            .order_by(EditionRow.created_at, StoryRow.id)
        )
        if stories is not None:
            query = query.where(StoryRow.id.in_(list(stories)))
        if outlet is not None:
            query = query.where(OutletRow.slug == outlet)
        return [
            Candidate(story_id=story_id, outlet=slug, first_created=at, had=bool(had))
            for story_id, slug, at, had in self._session.execute(query)
        ]


def _mine(query: Any, reader: str) -> Any:
    return query.join(SubscriberRow, SubscriberRow.id == EntitlementRow.subscriber_id).where(
        SubscriberRow.slug == reader
    )


def _standing(row: EntitlementRow) -> Standing:
    return Standing(
        allowed=row.allowed,
        reason=Reason(row.reason) if row.reason else None,
        available_from=row.available_from,
        taken_at=row.taken_at,
        decided_at=row.decided_at,
    )
