"""The sites that read us, the channels that each was given, and since when it could read them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from syndicate.core.errors import Conflict, NotFound
from syndicate.core.grants import Grants
from syndicate.core.newsroom import Subscriber
from syndicate.core.story import next_stamp
from syndicate.store.log import Log
from syndicate.store.mapping import from_json, to_json
from syndicate.store.models import ChannelRow, SubscriberRow, SubscriptionRow


class Subscribers:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._log = Log(session)

    def add(self, subscriber: Subscriber, now: datetime) -> int | None:
        """As `save`. Raises Conflict where the slug is taken, NotFound for a channel that is not there."""
        if self._session.scalars(select(SubscriberRow).where(SubscriberRow.slug == subscriber.slug)).first():
            raise Conflict(f"There is a subscriber {subscriber.slug} already.")
        row = SubscriberRow(slug=subscriber.slug, name=subscriber.name, limited=False, created_at=now)
        self._session.add(row)
        self._session.flush()
        return self._write(row, subscriber, now)

    def get(self, slug: str, *, lock: bool = False) -> Subscriber:
        return self._as_subscriber(self._row(slug, lock=lock))

    def all(self) -> Sequence[Subscriber]:
        return self._as_subscribers(self._session.scalars(select(SubscriberRow).order_by(SubscriberRow.slug)).all())

    def reading(self, channels: Collection[int], *, limited: bool) -> Sequence[Subscriber]:
        """Those who were given one of these channels; where `limited`, only those whose agreement limits stories."""
        given = select(SubscriptionRow.subscriber_id).where(SubscriptionRow.channel_id.in_(channels))
        query = select(SubscriberRow).where(SubscriberRow.id.in_(given)).order_by(SubscriberRow.id)
        if limited:
            query = query.where(SubscriberRow.limited)
        return self._as_subscribers(self._session.scalars(query).all())

    def save(self, subscriber: Subscriber, now: datetime) -> int | None:
        """The moment of the change log at which what it may read changed, if it did. Get it locked before."""
        return self._write(self._row(subscriber.slug, lock=True), subscriber, now)

    def open_to(self, slug: str) -> set[int]:
        """The channels that it can read now."""
        return self._log.open_to(self._row(slug).id)

    def see_to_access(self, subscriber: Subscriber, now: datetime) -> int | None:
        """Close its channels when its agreement has ended, and open them when it goes on; the moment, if any."""
        return self._give_access(self._row(subscriber.slug), subscriber, now, anew=False)

    def rights_at(self, slug: str) -> datetime | None:
        """When what it may have of its channels changed last; None where it has what everybody has."""
        return self._row(slug).rights_at

    def stamp(self, slug: str, now: datetime) -> None:
        """What it may have of its channels has changed."""
        row = self._row(slug)
        row.rights_at = next_stamp(row.rights_at, now)

    def remove(self, slug: str) -> None:
        row = self._row(slug)
        self._session.execute(delete(SubscriptionRow).where(SubscriptionRow.subscriber_id == row.id))
        self._session.execute(delete(SubscriberRow).where(SubscriberRow.id == row.id))

    def _write(self, row: SubscriberRow, subscriber: Subscriber, now: datetime) -> int | None:
        before = from_json(row.grants or {}, Grants)
        row.name, row.ends_at = subscriber.name, subscriber.grants.ends
        row.grants, row.limited = to_json(subscriber.grants), subscriber.grants.limits_stories
        self._session.execute(delete(SubscriptionRow).where(SubscriptionRow.subscriber_id == row.id))
        found = self._session.scalars(select(ChannelRow).where(ChannelRow.slug.in_(subscriber.channels))).all()
        if missing := sorted(set(subscriber.channels) - {channel.slug for channel in found}):
            raise NotFound(f"There is no channel {', '.join(missing)}.")
        self._session.add_all(SubscriptionRow(subscriber_id=row.id, channel_id=channel.id) for channel in found)
        self._session.flush()
        anew = before.excerpt_only != subscriber.grants.excerpt_only
        seq = self._give_access(row, subscriber, now, anew=anew)
        return self._log.access(now) if seq is None and before != subscriber.grants else seq

    def _give_access(self, row: SubscriberRow, subscriber: Subscriber, now: datetime, *, anew: bool) -> int | None:
        """`anew`: it is told again of all that it may have, which has another form from now on."""
        slugs = subscriber.at(now).channels
        found = self._session.execute(select(ChannelRow.id, ChannelRow.slug).where(ChannelRow.slug.in_(slugs)))
        wanted: dict[int, str] = {channel_id: slug for channel_id, slug in found}  # noqa: C416 - as mypy sees a Row
        before = self._log.open_to(row.id)
        closing = before if anew else before - set(wanted)
        opening = set(wanted) if anew else set(wanted) - before
        if not closing and not opening:
            return None
        seq = self._log.access(now)
        for channel_id in sorted(closing):
            self._log.close(row.id, channel_id, seq)
        for channel_id in sorted(opening):
            self._log.open(row.id, channel_id, wanted[channel_id], seq)
        row.rights_at = next_stamp(row.rights_at, now) if row.rights_at or anew else None
        return seq

    def _row(self, slug: str, *, lock: bool = False) -> SubscriberRow:
        query = select(SubscriberRow).where(SubscriberRow.slug == slug)
        if lock:
            query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
        if row := self._session.scalars(query).first():
            return row
        raise NotFound(f"There is no subscriber {slug}.")

    def _as_subscriber(self, row: SubscriberRow) -> Subscriber:
        return self._as_subscribers([row])[0]

    def _as_subscribers(self, rows: Sequence[SubscriberRow]) -> Sequence[Subscriber]:
        """Their channels are asked for at once."""
        given = (
            select(SubscriptionRow.subscriber_id, ChannelRow.slug)
            .join(ChannelRow, ChannelRow.id == SubscriptionRow.channel_id)
            .where(SubscriptionRow.subscriber_id.in_([row.id for row in rows]))
            .order_by(ChannelRow.slug)
        )
        channels: dict[int, list[str]] = {row.id: [] for row in rows}
        for subscriber_id, slug in self._session.execute(given):
            channels[subscriber_id].append(slug)
        return [
            Subscriber(
                slug=row.slug,
                name=row.name,
                channels=tuple(channels[row.id]),
                grants=from_json(row.grants or {}, Grants),
            )
            for row in rows
        ]
