"""The sites that read us, and the channels that each was given."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from syndicate.core.errors import Conflict, NotFound
from syndicate.core.newsroom import Subscriber
from syndicate.store.log import Log
from syndicate.store.models import ChannelRow, SubscriberRow, SubscriptionRow


class Subscribers:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._log = Log(session)

    def add(self, subscriber: Subscriber, now: datetime) -> None:
        """Raises Conflict where the slug is taken, NotFound for a channel that is not there."""
        if self._find(subscriber.slug):
            raise Conflict(f"There is a subscriber {subscriber.slug} already.")
        row = SubscriberRow(slug=subscriber.slug, name=subscriber.name, created_at=now)
        self._session.add(row)
        self._session.flush()
        self._give(row, subscriber.channels, now)

    def get(self, slug: str) -> Subscriber:
        return self._as_subscriber(self._row(slug))

    def all(self) -> Sequence[Subscriber]:
        rows = self._session.scalars(select(SubscriberRow).order_by(SubscriberRow.slug)).all()
        return [self._as_subscriber(row) for row in rows]

    def save(self, subscriber: Subscriber, now: datetime) -> None:
        row = self._row(subscriber.slug, lock=True)
        row.name = subscriber.name
        self._take_all(row)
        self._give(row, subscriber.channels, now)

    def remove(self, slug: str) -> None:
        row = self._row(slug)
        self._take_all(row)
        self._session.execute(delete(SubscriberRow).where(SubscriberRow.id == row.id))

    def _give(self, row: SubscriberRow, channels: Sequence[str], now: datetime) -> None:
        found = self._session.scalars(select(ChannelRow).where(ChannelRow.slug.in_(channels))).all()
        if missing := sorted(set(channels) - {channel.slug for channel in found}):
            raise NotFound(f"There is no channel {', '.join(missing)}.")
        self._session.add_all(SubscriptionRow(subscriber_id=row.id, channel_id=channel.id) for channel in found)
        self._session.flush()
        self._open(row, found, now)

    def _open(self, row: SubscriberRow, channels: Sequence[ChannelRow], now: datetime) -> None:
        """The change log says which channels it can read from now on."""
        before = self._log.open_to(row.id)
        for channel in channels:
            if channel.id not in before:
                self._log.open(row.id, channel.id, channel.slug, now)
        for channel_id in sorted(before - {channel.id for channel in channels}):
            self._log.close(row.id, channel_id, now)

    def _take_all(self, row: SubscriberRow) -> None:
        self._session.execute(delete(SubscriptionRow).where(SubscriptionRow.subscriber_id == row.id))

    def _find(self, slug: str) -> SubscriberRow | None:
        return self._session.scalars(select(SubscriberRow).where(SubscriberRow.slug == slug)).first()

    def _row(self, slug: str, *, lock: bool = False) -> SubscriberRow:
        query = select(SubscriberRow).where(SubscriberRow.slug == slug)
        if lock:
            query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
        if row := self._session.scalars(query).first():
            return row
        raise NotFound(f"There is no subscriber {slug}.")

    def _as_subscriber(self, row: SubscriberRow) -> Subscriber:
        channels = self._session.scalars(
            select(ChannelRow.slug)
            .join(SubscriptionRow, SubscriptionRow.channel_id == ChannelRow.id)
            .where(SubscriptionRow.subscriber_id == row.id)
            .order_by(ChannelRow.slug)
        )
        return Subscriber(slug=row.slug, name=row.name, channels=tuple(channels))
