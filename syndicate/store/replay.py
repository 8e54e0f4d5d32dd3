"""Reading the change log as one reader may: what each moment did to the stories that it can see.

A position is a moment and a story, because one moment may concern many. A page costs what its lines cost, wherever in
the log it stands: each span of access is asked for its next few rows by their key, and each line for the newest row
below it. Everything is decided from rows that are never changed, so a replay from the first says the same again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    String,
    cast,
    column,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union,
    values,
)
from sqlalchemy.orm import Session, aliased

from syndicate.core.changes import News, Place, told
from syndicate.store.models import AccessRow, ChangeRow, ClockRow, EntitlementRow, PlaceRow, StoryRow, SubscriberRow

MOST_SOURCES = 100  # of one question; SQLite takes 500


class Position(NamedTuple):
    """Behind this story of this moment; without a story, before all of its moment."""

    seq: int
    story_id: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A channel could be read from the moment `since` on, and no more from the moment `until` on."""

    channel_id: int
    channel: str
    since: int
    until: int | None

    def covers(self, seq: int) -> bool:
        return self.since <= seq and (self.until is None or seq < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a reader is told. `channels` are those in which it may read the story from then on."""

    news: News
    story_id: str
    guid: str
    version: int
    at: datetime
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines in their order, the position behind them, and whether there is more already."""

    lines: Sequence[Line]
    position: Position
    more: bool


class _Seen(NamedTuple):
    """Where a story stands in one channel: the row that says so."""

    seq: int
    place: str
    version: int


class _Decision(NamedTuple):
    """Whether the reader might have a story, between these moments."""

    since: int
    until: int | None
    allowed: bool


_Standing = Mapping[int, _Seen]


class Replay:
    def __init__(self, session: Session) -> None:
        self._session = session

    def head(self) -> int:
        """The number of the last moment; 0 before the first."""
        return self._session.scalar(select(ClockRow.seq)) or 0

    def spans(self, subscriber: str | None, channel: str = "") -> Sequence[Span]:
        """What a subscriber, or everybody, may and might read; of one channel also what is open to everybody."""
        everybody = AccessRow.subscriber_id.is_(None)
        mine = SubscriberRow.slug == subscriber
        query = select(AccessRow).outerjoin(SubscriberRow, SubscriberRow.id == AccessRow.subscriber_id)
        whose = everybody if subscriber is None else or_(mine, everybody) if channel else mine
        query = query.where(whose, AccessRow.channel == channel) if channel else query.where(whose)
        rows = self._session.scalars(query.order_by(AccessRow.id))
        return [Span(row.channel_id, row.channel, row.since_seq, row.until_seq) for row in rows]

    def stretch(self, spans: Sequence[Span], after: Position, limit: int, *, head: int, reader: str | None) -> Stretch:
        """The next `limit` things to look at, as lines: fewer where some are no news for this reader."""
        found = self._next(spans, reader, after, limit + 1)
        asked, more = found[:limit], len(found) > limit
        position = asked[-1] if more else max(after, Position(head + 1))
        return Stretch(list(self._lines(spans, reader, asked)), position, more)

    def _next(self, spans: Sequence[Span], reader: str | None, after: Position, limit: int) -> Sequence[Position]:
        queries = [query for span in spans for query in _sources(span, after)]
        queries += [_decisions(reader, after)] if reader and spans else []
        parts = [queries[begin : begin + MOST_SOURCES] for begin in range(0, len(queries), MOST_SOURCES)]
        found = [self._first(part, limit) for part in parts]
        return found[0] if len(found) == 1 else sorted({*chain(*found)})[:limit]

    def _first(self, queries: Sequence[Select[int, str]], limit: int) -> Sequence[Position]:
        sources = [query.limit(limit).subquery() for query in queries]
        first = union(*[select(source.c.seq, source.c.story_id) for source in sources]).subquery()
        query = select(first.c.seq, first.c.story_id).order_by(first.c.seq, first.c.story_id).limit(limit)
        return [Position(*row) for row in self._session.execute(query)]

    def _lines(self, spans: Sequence[Span], reader: str | None, asked: Sequence[Position]) -> Iterator[Line]:
        if not asked:
            return
        standings = self._standings({span.channel_id for span in spans}, asked)
        moments = self._moments({seq for seq, _ in asked})
        decided = self._decided(reader, {story_id for _, story_id in asked}) if reader else {}
        guids = self._guids({story_id for _, story_id in asked})
        for seq, story_id in asked:
            decisions = decided.get(story_id, ())
            has = _visible(spans, standings.get(Position(seq, story_id), {}), decisions, seq)
            had = _visible(spans, standings.get(Position(seq - 1, story_id), {}), decisions, seq - 1)
            at, happened, version = moments[seq]
            if not happened and set(has) == set(had) and all(span.since != seq for span in spans):
                continue  # a decision that changed nothing
            never = bool(decisions) and not any(decision.allowed for decision in decisions if decision.since < seq)
            ever = happened is News.WITHDRAW and not never and self._ever(spans, story_id, seq)
            news = told(happened, had=bool(had), has=bool(has), ever=ever)
            if news:
                versions = [seen.version for seen in (has or had).values()]
                yield Line(
                    news=news,
                    story_id=story_id,
                    guid=guids[story_id],
                    version=(version or 0) if news is News.WITHDRAW else max(versions),
                    at=at,
                    channels=tuple(sorted(has)),
                )

    def _standings(self, channels: set[int], asked: Sequence[Position]) -> Mapping[Position, _Standing]:
        """The stories just before and just after these moments, in each of the channels."""
        moments = {*asked, *(Position(seq - 1, story_id) for seq, story_id in asked)}
        wanted = values(column("seq", BigInteger), column("story_id", String), name="wanted")
        here = values(column("channel_id", Integer), name="here")
        at = wanted.data(sorted(moments)).cte("wanted")
        where = here.data([(channel_id,) for channel_id in sorted(channels)]).cte("here")
        older = aliased(PlaceRow)
        newest = (
            select(func.max(older.seq))
            .where(older.channel_id == where.c.channel_id, older.story_id == at.c.story_id, older.seq <= at.c.seq)
            .scalar_subquery()
        )
        this = (PlaceRow.channel_id == where.c.channel_id) & (PlaceRow.story_id == at.c.story_id)
        query = select(
            at.c.seq, at.c.story_id, PlaceRow.channel_id, PlaceRow.seq, PlaceRow.place, PlaceRow.version
        ).select_from(at.join(where, true()).join(PlaceRow, this & (PlaceRow.seq == newest)))
        found: dict[Position, dict[int, _Seen]] = {}
        for seq, story_id, channel_id, *seen in self._session.execute(query):
            found.setdefault(Position(seq, story_id), {})[channel_id] = _Seen(*seen)
        return found

    def _decided(self, reader: str, stories: set[str]) -> Mapping[str, Sequence[_Decision]]:
        """All that was ever decided about these stories for this reader."""
        query = (
            select(EntitlementRow.story_id, EntitlementRow.since_seq, EntitlementRow.until_seq, EntitlementRow.allowed)
            .join(SubscriberRow, SubscriberRow.id == EntitlementRow.subscriber_id)
            .where(SubscriberRow.slug == reader, EntitlementRow.story_id.in_(stories))
        )
        found: dict[str, list[_Decision]] = {}
        for story_id, since, until, allowed in self._session.execute(query):
            found.setdefault(story_id, []).append(_Decision(since, until, allowed))
        return found

    def _moments(self, numbers: set[int]) -> Mapping[int, tuple[datetime, News | None, int | None]]:
        rows = self._session.scalars(select(ChangeRow).where(ChangeRow.seq.in_(numbers)))
        return {row.seq: (row.at, News(row.what) if row.story_id else None, row.version) for row in rows}

    def _guids(self, stories: set[str]) -> Mapping[str, str]:
        rows = self._session.execute(select(StoryRow.id, StoryRow.guid).where(StoryRow.id.in_(stories)))
        return {story_id: guid for story_id, guid in rows}  # noqa: C416 - a Row is no tuple to the type checker

    def _ever(self, spans: Sequence[Span], story_id: str, before: int) -> bool:
        """Whether the story stood, before that moment, in a channel that the reader could read then."""
        return any(self._stood(span, story_id, before) for span in spans if span.since < before)

    def _stood(self, span: Span, story_id: str, before: int) -> bool:
        until = min(before, span.until or before)
        when_given = self._standings({span.channel_id}, [Position(span.since, story_id)])
        if _visible([span], when_given.get(Position(span.since, story_id), {}), (), span.since):
            return True
        here = (PlaceRow.channel_id == span.channel_id, PlaceRow.story_id == story_id, PlaceRow.place != Place.OUT)
        query = select(PlaceRow.seq).where(*here, PlaceRow.seq > span.since, PlaceRow.seq < until).limit(1)
        return self._session.scalar(query) is not None


def _visible(
    spans: Sequence[Span], standing: _Standing, decisions: Sequence[_Decision], seq: int
) -> Mapping[str, _Seen]:
    """The channels, by slug, in which the reader sees the story at that moment."""
    if any(not one.allowed and one.since <= seq and (one.until is None or seq < one.until) for one in decisions):
        return {}
    covering = {span.channel: standing.get(span.channel_id) for span in spans if span.covers(seq)}
    return {slug: seen for slug, seen in covering.items() if seen and seen.place != Place.OUT}


def _sources(span: Span, after: Position) -> Iterator[Select[int, str]]:
    """Where the next moments of one span come from: its own rows, and all that stood there when it began and ended."""
    if span.until is None or span.until > after.seq:
        yield _rows(span, after)
    for boundary in (span.since, span.until):
        if boundary and boundary >= after.seq:
            yield _all_at(span.channel_id, boundary, after)


def _decisions(reader: str, after: Position) -> Select[int, str]:
    key = tuple_(EntitlementRow.since_seq, EntitlementRow.story_id)
    whose = select(SubscriberRow.id).where(SubscriberRow.slug == reader).scalar_subquery()
    query = select(EntitlementRow.since_seq.label("seq"), EntitlementRow.story_id)
    query = query.where(
        EntitlementRow.subscriber_id == whose, key > tuple_(literal(after.seq), literal(after.story_id))
    )
    return query.order_by(EntitlementRow.since_seq, EntitlementRow.story_id)


def _rows(span: Span, after: Position) -> Select[int, str]:
    key = tuple_(PlaceRow.seq, PlaceRow.story_id)
    within: list[ColumnElement[bool]] = [PlaceRow.channel_id == span.channel_id, PlaceRow.seq > span.since]
    if span.until is not None:
        within.append(PlaceRow.seq < span.until)
    query = select(PlaceRow.seq, PlaceRow.story_id).where(
        *within, key > tuple_(literal(after.seq), literal(after.story_id))
    )
    return query.order_by(PlaceRow.seq, PlaceRow.story_id)


def _all_at(channel_id: int, seq: int, after: Position) -> Select[int, str]:
    """Each story that stood in the channel at that moment, by the story."""
    later: Any = aliased(PlaceRow)
    moved_on = (
        select(later.seq)
        .where(later.channel_id == PlaceRow.channel_id, later.story_id == PlaceRow.story_id)
        .where(later.seq > PlaceRow.seq, later.seq <= seq)
        .exists()
    )
    query = (
        select(cast(literal(seq), BigInteger).label("seq"), PlaceRow.story_id)
        .where(PlaceRow.channel_id == channel_id, PlaceRow.seq <= seq, PlaceRow.place != Place.OUT, ~moved_on)
        .order_by(PlaceRow.story_id)
    )
    # always, so that the rows are taken by the key of the order that is asked for
    return query.where(PlaceRow.story_id > (after.story_id if after.seq == seq else ""))
