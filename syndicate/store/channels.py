"""Channels, and which published stories stand in them.

A story's place is decided when it is published or a rule changes (`place`), never when a feed is asked for, so a
feed costs the same few queries whatever its length.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, or_, select, text
from sqlalchemy.orm import Session

from syndicate.core.changes import Place, news_of
from syndicate.core.errors import Conflict, NotFound
from syndicate.core.newsitem import NewsItem
from syndicate.core.newsroom import Agreement, Channel, Order
from syndicate.core.policy import Policy
from syndicate.core.rule import Rule
from syndicate.core.story import Story, next_stamp
from syndicate.core.workflow import Review
from syndicate.store import takedowns
from syndicate.store.entitlements import shown_to, told_to
from syndicate.store.jobs import Jobs
from syndicate.store.log import Log, Move
from syndicate.store.mapping import from_json, to_json
from syndicate.store.models import (
    ChannelRow,
    EditionRow,
    EntryRow,
    OutletRow,
    StoryRow,
    SubscriptionRow,
)

NEWS = "hub-news"  # the kind of job that tells a channel's listeners of a change
TOLD_TOGETHER = timedelta(seconds=2)  # changes of a channel that come within this time are told as one


@dataclass(frozen=True, slots=True)
class Page:
    """What a feed shows: items newest first, then the withdrawn ones that its readers may still hold."""

    items: Sequence[NewsItem]
    withdrawn: Sequence[NewsItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A moment of the change log, the channels in which it puts stories, and which."""

    seq: int
    channels: Sequence[int]
    stories: Sequence[str]


class Channels:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._log = Log(session)
        self._jobs = Jobs(session)
        self._announced: set[str] = set()

    def add(self, channel: Channel) -> None:
        """Raises Conflict where the slug is taken. Until it is committed no story is placed: none misses it."""
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(text("LOCK TABLE channel IN EXCLUSIVE MODE"))
        if self._find(channel.slug):
            raise Conflict(f"There is a channel {channel.slug} already.")
        stamp = next_stamp(None, channel.created_at)
        row = ChannelRow(
            slug=channel.slug,
            created_at=channel.created_at,
            changed_at=stamp,
            settled_at=stamp,
            slice=0,
            slice_filled=0,
            **_columns(channel),
        )
        self._session.add(row)
        self._session.flush()
        self._open_to_everybody(row, channel.created_at)

    def get(self, slug: str, *, lock: bool = False) -> Channel:
        """Locked where it will be saved: a story that goes out meanwhile changes it too."""
        return as_channel(self._row(slug, lock=lock))

    def all(self) -> Sequence[Channel]:
        return [as_channel(row) for row in self._session.scalars(select(ChannelRow).order_by(ChannelRow.slug))]

    def save(self, channel: Channel, now: datetime) -> None:
        row = self._row(channel.slug)
        if as_channel(row).policy != channel.policy:
            self._log.open_anew(row.id, row.slug, now)
        for name, value in _columns(channel).items():
            setattr(row, name, value)
        self._stamp(row, next_stamp(row.changed_at, now), now)
        row.settled_at = row.changed_at
        _close_slice(row)
        self._open_to_everybody(row, now)

    def remove(self, slug: str, now: datetime) -> None:
        """Its readers are told, by the change log, that they have lost what stood in it."""
        row = self._row(slug, lock=True)
        self._announce(slug, now)
        self._log.empty(row.id, now)
        for table in (EntryRow, SubscriptionRow):
            self._session.execute(delete(table).where(table.channel_id == row.id))
        self._session.execute(delete(ChannelRow).where(ChannelRow.id == row.id))

    def place(self, story: Story, now: datetime) -> Placed | None:
        """Put a story that has a new edition where rules take it, and out of other channels, and tell the change log.

        The log is held from then on until the transaction ends.
        """
        if story.edition is None:
            return None
        channels = select(ChannelRow).order_by(ChannelRow.id).with_for_update(key_share=True)
        rows = self._session.scalars(channels).all()  # first: whoever held them may have placed the story
        entries = {
            entry.channel_id: entry
            for entry in self._session.scalars(select(EntryRow).where(EntryRow.story_id == story.id))
        }
        made = (self._place_in(row, story, entries.get(row.id), now, next_stamp(row.changed_at, now)) for row in rows)
        moves = [move for move in made if move]
        return _placed(self._log.tell(news_of(story.edition.change), story.id, story.version, moves, now), moves)

    def refill(self, slug: str, stories: Sequence[Story], now: datetime) -> Placed | None:
        """Decide anew for these stories after the channel's rule changed: one change, however many they are."""
        row = self._row(slug)
        stamp = next_stamp(row.changed_at, now)
        entries = {
            entry.story_id: entry
            for entry in self._session.scalars(
                select(EntryRow).where(EntryRow.channel_id == row.id, EntryRow.story_id.in_([s.id for s in stories]))
            )
        }
        made = (self._place_in(row, story, entries.get(story.id), now, stamp) for story in stories)
        moves = [move for move in made if move and move.place is not Place.STAY]
        _close_slice(row)
        seq = self._log.move(moves, now)
        return _placed(seq, moves) if seq else None

    def page(self, slug: str, *, now: datetime, limit: int, reader: str | None = None) -> Page:
        """For a subscriber whose rights are decided story by story, say `reader`; all others see the same.

        The conditions that it adds (`shown_to`, `told_to`) need `StoryRow` in a query and nothing else.
        """
        row = self._row(slug)
        live = (
            _editions(row.id, live=True)
            .where(or_(StoryRow.ends_at.is_(None), StoryRow.ends_at > now), *shown_to(reader, StoryRow.id))
            .order_by(EntryRow.placed_at.desc(), EntryRow.story_id.desc())
            .limit(limit)
        )
        gone = (
            _editions(row.id, live=False)
            .where(EntryRow.left_at >= takedowns.kept_since(self._session, row.id, reader))
            .where(StoryRow.review.in_([Review.WITHDRAWN, Review.KILLED]), *told_to(reader, StoryRow.id))
            .order_by(EntryRow.left_at.desc(), EntryRow.story_id.desc())
            .limit(takedowns.MOST)
        )
        shown, taken_back = ([from_json(item, NewsItem) for item in self._session.scalars(q)] for q in (live, gone))
        return Page(shown, [*taken_back, *takedowns.revoked(self._session, row.id, reader)])

    def fresh(self, since: datetime, *, now: datetime, limit: int) -> Sequence[tuple[NewsItem, Channel, Agreement]]:
        """What stands in public channels and was placed there since then, newest first, with its outlet's agreement."""
        query = (
            select(EditionRow.item, ChannelRow, OutletRow.agreement)
            .join(StoryRow, (StoryRow.id == EditionRow.story_id) & (StoryRow.edition_version == EditionRow.version))
            .join(OutletRow, OutletRow.id == StoryRow.outlet_id)
            .join(EntryRow, EntryRow.story_id == StoryRow.id)
            .join(ChannelRow, ChannelRow.id == EntryRow.channel_id)
            .where(ChannelRow.public, EntryRow.live, EntryRow.placed_at >= since)
            .where(or_(StoryRow.ends_at.is_(None), StoryRow.ends_at > now))
            .order_by(EntryRow.placed_at.desc(), EntryRow.story_id.desc(), ChannelRow.id)
            .limit(limit)
        )
        return [
            (from_json(item, NewsItem), as_channel(row), from_json(agreement, Agreement))
            for item, row, agreement in self._session.execute(query)
        ]

    def holding(self, story_id: str) -> Sequence[Channel]:
        """The channels in which a story stands, or stood when it was withdrawn."""
        query = (
            select(ChannelRow)
            .join(EntryRow, EntryRow.channel_id == ChannelRow.id)
            .join(StoryRow, StoryRow.id == EntryRow.story_id)
            .where(EntryRow.story_id == story_id)
            .where(or_(EntryRow.live, StoryRow.review.in_([Review.WITHDRAWN, Review.KILLED])))
            .order_by(ChannelRow.id)
        )
        return [as_channel(row) for row in self._session.scalars(query)]

    def _place_in(
        self, row: ChannelRow, story: Story, entry: EntryRow | None, now: datetime, stamp: datetime
    ) -> Move | None:
        item = story.edition
        if item is None:
            return None
        rule = from_json(row.rule, Rule)
        takes = story.review is Review.PUBLISHED and rule.takes(item, outlet=story.outlet.slug)
        if takes and entry is None:
            entry = EntryRow(channel_id=row.id, story_id=story.id)
            self._session.add(entry)
        if entry is None:
            return None
        was_there = bool(entry.live)  # a new one has no value yet
        # A kill after a withdrawal, or a withdrawal of what had left, is news to all who ever had the story here.
        untold = item.canceled and entry.left_at is not None and entry.left_at < item.version_created
        if not (takes or was_there or untold):
            return None
        entry.live, entry.left_at = takes, None if takes else max(now, item.version_created)
        # what changed comes first, so that a reader of the newest hears of it, unless the channel wants it otherwise
        moves_up = row.order != Order.PUBLISHED
        entry.placed_at = item.version_created if moves_up else item.first_created
        entry.stamp = stamp
        if takes and (moves_up or not was_there):
            _put_in_slice(row, entry)
        self._stamp(row, stamp, now)
        place = (Place.STAY if was_there else Place.IN) if takes else Place.OUT
        return Move(row.id, story.id, item.version, place)

    def _stamp(self, row: ChannelRow, stamp: datetime, now: datetime) -> None:
        """It has changed, and who listens is told: once for all that one transaction changes."""
        row.changed_at = stamp
        self._announce(row.slug, now + TOLD_TOGETHER)

    def _announce(self, slug: str, at: datetime) -> None:
        if slug not in self._announced:
            self._announced.add(slug)
            self._jobs.soon(NEWS, slug, at)

    def _open_to_everybody(self, row: ChannelRow, now: datetime) -> None:
        """Or not any more; its row is locked, or new."""
        is_open = row.id in self._log.open_to(None)
        if row.public and not is_open:
            self._log.open(None, row.id, row.slug, self._log.access(now))
        if is_open and not row.public:
            self._log.close(None, row.id, self._log.access(now))

    def _find(self, slug: str) -> ChannelRow | None:
        return self._session.scalars(select(ChannelRow).where(ChannelRow.slug == slug)).first()

    def _row(self, slug: str, *, lock: bool = False) -> ChannelRow:
        query = select(ChannelRow).where(ChannelRow.slug == slug)
        if lock:
            query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
        if row := self._session.scalars(query).first():
            return row
        raise NotFound(f"There is no channel {slug}.")


def _placed(seq: int, moves: Sequence[Move]) -> Placed:
    there = [move for move in moves if move.place is not Place.OUT]
    channels, stories = ({getattr(move, name): None for move in there} for name in ("channel_id", "story_id"))
    return Placed(seq=seq, channels=list(channels), stories=list(stories))


def _put_in_slice(row: ChannelRow, entry: EntryRow) -> None:
    """The archive that will hold it. One is full at half of what a feed shows: so a feed shows all that is in none."""
    entry.slice = row.slice
    row.slice_filled += 1
    if row.slice_filled * 2 >= row.length:
        _close_slice(row)


def _close_slice(row: ChannelRow) -> None:
    row.slice, row.slice_filled = row.slice + bool(row.slice_filled), 0


def _editions(channel_id: int, *, live: bool) -> Select[dict[str, Any]]:
    return (
        select(EditionRow.item)
        .join(StoryRow, (StoryRow.id == EditionRow.story_id) & (StoryRow.edition_version == EditionRow.version))
        .join(EntryRow, EntryRow.story_id == StoryRow.id)
        .where(EntryRow.channel_id == channel_id, EntryRow.live.is_(live))
    )


def as_channel(row: ChannelRow) -> Channel:
    return Channel(
        slug=row.slug,
        title=row.title,
        public=row.public,
        language=row.language,
        rule=from_json(row.rule, Rule),
        order=Order(row.order),
        length=row.length,
        policy=from_json(row.policy or {}, Policy),
        created_at=row.created_at,
        changed_at=row.changed_at,
    )


def _columns(channel: Channel) -> dict[str, object]:
    return {
        "title": channel.title,
        "public": channel.public,
        "language": channel.language,
        "rule": to_json(channel.rule),
        "order": channel.order.value,
        "length": channel.length,
        "policy": to_json(channel.policy),
    }
