"""Writing the change log: one order of all that readers may hear of, which survives restarts and parallel publishing.

Moments are numbered by one row that is held from the count to the commit. So they are committed in their order: who
has seen number n will never see one below n appear. Count as late in a transaction as possible.

What happens to many stories for one reader (a channel given, narrowed or taken) is a span of `channel_access` and no
row for each of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, literal, select, update
from sqlalchemy.orm import Session

from syndicate.core.changes import News, Place
from syndicate.store.models import AccessRow, ChangeRow, ClockRow, EntryRow, PlaceRow, StoryRow
from syndicate.store.upsert import Insert

MOVED, ACCESS = "moved", "access"


def _count_on(clock: Any) -> Any:
    counted = clock.on_conflict_do_update(index_elements=["id"], set_={"seq": ClockRow.seq + 1})
    return counted.returning(ClockRow.seq)


_COUNT = Insert(ClockRow, _count_on)
_MOMENT, _PLACES = Insert(ChangeRow), Insert(PlaceRow)


@dataclass(frozen=True, slots=True)
class Move:
    """A story at a version, and what becomes of it in a channel."""

    channel_id: int
    story_id: str
    version: int
    place: Place


class Log:
    def __init__(self, session: Session) -> None:
        self._session = session

    def tell(self, news: News, story_id: str, version: int, moves: Sequence[Move], now: datetime) -> int:
        """An edition was made; the number of this moment. `moves` name all channels where it is, or was until now."""
        return self._write(news, now, moves, story_id=story_id, version=version)

    def move(self, moves: Sequence[Move], now: datetime) -> int | None:
        """A rule changed: these stories came into a channel, or left it. The number of this moment, if any did."""
        return self._write(MOVED, now, moves) if moves else None

    def access(self, now: datetime) -> int:
        """What somebody may read changes: the number of this moment, for all that is written about it."""
        return self._write(ACCESS, now)

    def empty(self, channel_id: int, now: datetime) -> None:
        """A channel is removed: what stood in it leaves it, and nobody reads it from then on."""
        seq = self._write(MOVED, now)
        leaving = (
            select(literal(channel_id), literal(seq), StoryRow.id, literal(Place.OUT.value), StoryRow.edition_version)
            .join(EntryRow, EntryRow.story_id == StoryRow.id)
            .where(EntryRow.channel_id == channel_id, EntryRow.live)
        )
        columns = ["channel_id", "seq", "story_id", "place", "version"]
        self._session.execute(insert(PlaceRow).from_select(columns, leaving))
        self._close(self._write(ACCESS, now), AccessRow.channel_id == channel_id)

    def open_to(self, subscriber_id: int | None) -> set[int]:
        """The channels that this subscriber, or everybody, can read now. Lock what decides about it before."""
        spans = select(AccessRow.channel_id).where(_open(subscriber_id))
        return set(self._session.scalars(spans))

    def open(self, subscriber_id: int | None, channel_id: int, channel: str, seq: int) -> None:
        """From this moment on it reads this channel."""
        span = AccessRow(subscriber_id=subscriber_id, channel_id=channel_id, channel=channel, since_seq=seq)
        self._session.add(span)
        self._session.flush()

    def close(self, subscriber_id: int | None, channel_id: int, seq: int) -> None:
        """From this moment on it does not, unless it is opened anew in the same."""
        self._close(seq, _open(subscriber_id), AccessRow.channel_id == channel_id)

    def open_anew(self, channel_id: int, channel: str, now: datetime) -> None:
        """Whoever reads this channel is told again of all that stands in it, which has another form from now on."""
        seq = self.access(now)
        still = (AccessRow.channel_id == channel_id, AccessRow.until_seq.is_(None))
        readers = self._session.scalars(select(AccessRow.subscriber_id).where(*still)).all()
        self._close(seq, *still)
        for subscriber_id in readers:
            self.open(subscriber_id, channel_id, channel, seq)

    def of_story(self, story_id: str) -> Sequence[tuple[str, int]]:
        """What was told of one story's editions, with their versions, oldest first."""
        query = select(ChangeRow.what, ChangeRow.version).where(ChangeRow.story_id == story_id).order_by(ChangeRow.seq)
        return [(what, version) for what, version in self._session.execute(query) if version is not None]

    def _write(
        self,
        what: str,
        now: datetime,
        moves: Sequence[Move] = (),
        *,
        story_id: str | None = None,
        version: int | None = None,
    ) -> int:
        seq: int = _COUNT(self._session, {"id": 1, "seq": 1}).scalar_one()
        moment = {"seq": seq, "at": now, "what": str(what), "story_id": story_id, "version": version}
        _MOMENT(self._session, moment)
        rows = [
            {
                "channel_id": move.channel_id,
                "seq": seq,
                "story_id": move.story_id,
                "place": move.place.value,
                "version": move.version,
            }
            for move in moves
        ]
        if rows:
            _PLACES(self._session, rows)
        return seq

    def _close(self, seq: int, *which: ColumnElement[bool]) -> None:
        spans = update(AccessRow).where(*which, AccessRow.until_seq.is_(None)).values(until_seq=seq)
        self._session.execute(spans.execution_options(synchronize_session=False))


def _open(subscriber_id: int | None) -> ColumnElement[bool]:
    return (AccessRow.subscriber_id == subscriber_id) & AccessRow.until_seq.is_(None)  # None becomes IS NULL
