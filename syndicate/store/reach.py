"""Receipts and counts: where stories run, asked by story, by subscriber and by outlet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, or_, select, tuple_, union
from sqlalchemy.orm import Session, aliased

from syndicate.core.changes import Place
from syndicate.core.newsitem import NewsItem
from syndicate.core.reach import Holder, Receipt, Runs
from syndicate.store.mapping import from_json
from syndicate.store.models import (
    AccessRow,
    ChangeRow,
    EditionRow,
    EntitlementRow,
    OutletRow,
    PlaceRow,
    ReceiptRow,
    StoryRow,
    SubscriberRow,
    ViewRow,
)
from syndicate.store.upsert import Insert

_COUNT = Insert(
    ViewRow,
    lambda count: count.on_conflict_do_update(
        index_elements=["story_id", "subscriber", "day"], set_={"views": ViewRow.views + count.excluded.views}
    ),
)
_TOLD = ("version", "url", "live", "live_since", "down_since", "told_at")
_HEARD = Insert(
    ReceiptRow,
    lambda receipt: receipt.on_conflict_do_update(
        index_elements=["story_id", "subscriber_id"], set_={name: receipt.excluded[name] for name in _TOLD}
    ),
)
_RECEIPTS = select(ReceiptRow, SubscriberRow).join(SubscriberRow, SubscriberRow.id == ReceiptRow.subscriber_id)
Count = tuple[str, str, date]
_COULD_READ = (AccessRow.channel_id == PlaceRow.channel_id) & or_(
    AccessRow.until_seq.is_(None), PlaceRow.seq < AccessRow.until_seq
)


class Reach:
    def __init__(self, session: Session) -> None:
        self._session = session

    def count(self, views: Mapping[Count, int]) -> None:
        """Add to the counts of (story id, subscriber, day). Any number of processes may at the same time."""
        rows = [
            {"story_id": story_id, "subscriber": subscriber, "day": day, "views": number}
            for (story_id, subscriber, day), number in sorted(views.items())  # one order: none waits for another's
        ]
        if rows:
            _COUNT(self._session, rows)

    def had(self, story_id: str, subscriber: str) -> bool:
        """Whether the change log ever put this story before this subscriber: while it could read a channel that held
        it.
        """
        query = _readings(select(literal(1)), story_id, subscriber)
        return self._session.execute(query.limit(1)).first() is not None

    def lost_at(self, story_id: str, subscriber: str) -> datetime | None:
        """When this subscriber lost a story: it left the channel, or the channel was taken. None where it never had it,
        or has it.
        """
        later = aliased(PlaceRow)
        out = (
            select(func.min(later.seq))
            .where(later.channel_id == PlaceRow.channel_id, later.story_id == story_id)
            .where(later.place == Place.OUT.value, later.seq > PlaceRow.seq)
            .scalar_subquery()
        )
        ends = _readings(select(AccessRow.until_seq.label("closed"), out.label("out")), story_id, subscriber)
        seqs = [min(filter(None, row), default=None) for row in self._session.execute(ends)]
        if not seqs or None in seqs:
            return None
        return self._session.scalar(select(ChangeRow.at).where(ChangeRow.seq == max(filter(None, seqs))))

    def holders(self, story_id: str) -> Sequence[Holder]:
        """Who had it by a channel given to them, or told us of it; whose own rights kept it from them had it never."""
        kept = (EntitlementRow.story_id == story_id, EntitlementRow.subscriber_id == SubscriberRow.id)
        never = select(literal(1)).where(*kept, EntitlementRow.until_seq.is_(None), EntitlementRow.taken_at.is_(None))
        given = (
            select(SubscriberRow.slug, SubscriberRow.name)
            .select_from(PlaceRow)
            .join(AccessRow, _COULD_READ)
            .join(SubscriberRow, SubscriberRow.id == AccessRow.subscriber_id)
            .where(*_held(story_id), ~never.exists())
            .distinct()
        )
        told = {receipt.subscriber: receipt for receipt in self.receipts(story_id)}
        names = {receipt.subscriber: receipt.name for receipt in told.values()}
        names |= {slug: name for slug, name in self._session.execute(given)}  # noqa: C416 - a Row is no tuple
        return [
            Holder(subscriber=slug, name=name, receipt=told.get(slug))
            for slug, name in sorted(names.items(), key=lambda named: (named[1], named[0]))
        ]

    def receipt(self, story_id: str, subscriber: str) -> Receipt | None:
        query = _RECEIPTS.where(ReceiptRow.story_id == story_id, SubscriberRow.slug == subscriber)
        found = self._session.execute(query).first()
        return _as_receipt(*found) if found else None

    def receipts(self, story_id: str) -> Sequence[Receipt]:
        """All of one story, by the subscribers' names."""
        query = _RECEIPTS.where(ReceiptRow.story_id == story_id).order_by(SubscriberRow.name, SubscriberRow.id)
        return [_as_receipt(*found) for found in self._session.execute(query)]

    def hear(self, receipt: Receipt) -> None:
        """Raises Conflict where the subscriber is gone by now."""
        owner = select(SubscriberRow.id).where(SubscriberRow.slug == receipt.subscriber)
        row = {name: getattr(receipt, name) for name in ("story_id", *_TOLD)}
        _HEARD(self._session, {**row, "subscriber_id": self._session.scalars(owner).one()})

    def page(
        self, outlet: str, *, since: date, until: date, after: tuple[str, str] | None, limit: int
    ) -> Sequence[Runs]:
        """Where an outlet's stories run, or were read on these days (both counted), by story and subscriber."""
        of_outlet = select(StoryRow.id).join(OutletRow).where(OutletRow.slug == outlet)
        told = (
            select(ReceiptRow.story_id, SubscriberRow.slug.label("subscriber"))
            .join(SubscriberRow, SubscriberRow.id == ReceiptRow.subscriber_id)
            .where(ReceiptRow.story_id.in_(of_outlet))
        )
        read = select(ViewRow.story_id, cast(ViewRow.subscriber, String(80))).where(
            ViewRow.story_id.in_(of_outlet), ViewRow.day.between(since, until)
        )
        both = union(told, read).subquery()
        query = select(both.c.story_id, both.c.subscriber).order_by(both.c.story_id, both.c.subscriber).limit(limit)
        if after:
            query = query.where(tuple_(both.c.story_id, both.c.subscriber) > after)
        pairs = [(story_id, subscriber) for story_id, subscriber in self._session.execute(query)]
        return self._described(pairs, since, until)

    def _described(self, pairs: Sequence[tuple[str, str]], since: date, until: date) -> Sequence[Runs]:
        stories = {story_id for story_id, _ in pairs}
        facts, names = self._stories(stories), self._names({subscriber for _, subscriber in pairs})
        receipts = {
            (row.story_id, owner.slug): _as_receipt(row, owner)
            for row, owner in self._session.execute(_RECEIPTS.where(ReceiptRow.story_id.in_(stories)))
        }
        days: dict[tuple[str, str], dict[date, int]] = defaultdict(dict)
        counted = select(ViewRow).where(ViewRow.story_id.in_(stories), ViewRow.day.between(since, until))
        for row in self._session.scalars(counted.order_by(ViewRow.day)):
            days[row.story_id, row.subscriber][row.day] = row.views
        return [
            Runs(
                story_id=story_id,
                subscriber=subscriber,
                name=names.get(subscriber, subscriber),
                receipt=receipts.get((story_id, subscriber)),
                days=days.get((story_id, subscriber), {}),
                **facts[story_id],
            )
            for story_id, subscriber in pairs
        ]

    def _stories(self, ids: set[str]) -> Mapping[str, dict[str, Any]]:
        newest = (EditionRow.story_id == StoryRow.id) & (EditionRow.version == StoryRow.edition_version)
        query = select(StoryRow.id, StoryRow.guid, StoryRow.external_id, EditionRow.item).outerjoin(EditionRow, newest)
        return {
            story_id: {
                "guid": guid,
                "external_id": external_id,
                "headline": from_json(item, NewsItem).headline if item else "",
            }
            for story_id, guid, external_id, item in self._session.execute(query.where(StoryRow.id.in_(ids)))
        }

    def _names(self, slugs: set[str]) -> Mapping[str, str]:
        query = select(SubscriberRow.slug, SubscriberRow.name).where(SubscriberRow.slug.in_(slugs))
        return {slug: name for slug, name in self._session.execute(query)}  # noqa: C416 - a Row is no tuple here


def _readings(query: Select[Any], story_id: str, subscriber: str) -> Select[Any]:
    """Of each access by which this subscriber, or everybody, could read the story in a channel."""
    return (
        query.select_from(PlaceRow)
        .join(AccessRow, _COULD_READ)
        .outerjoin(SubscriberRow, SubscriberRow.id == AccessRow.subscriber_id)
        .where(*_held(story_id), or_(AccessRow.subscriber_id.is_(None), SubscriberRow.slug == subscriber))
    )


def _held(story_id: str) -> tuple[ColumnElement[bool], ...]:
    """A place of the story in a channel, unless it had left again before an access to the channel began."""
    left = aliased(PlaceRow)
    gone_before = (
        select(literal(1))
        .where(left.channel_id == PlaceRow.channel_id, left.story_id == story_id, left.place == Place.OUT.value)
        .where(left.seq > PlaceRow.seq, left.seq <= AccessRow.since_seq)
        .exists()
    )
    entered = PlaceRow.place.in_([Place.IN.value, Place.STAY.value])
    return PlaceRow.story_id == story_id, entered, ~gone_before


def _as_receipt(row: ReceiptRow, owner: SubscriberRow) -> Receipt:
    facts = {name: getattr(row, name) for name in ("story_id", *_TOLD)}
    return Receipt(subscriber=owner.slug, name=owner.name, **facts)
