"""A channel as its feeds need it: pieces of stories, rendered already where they were, part by part in one order.

Each part is one question by a key that an index has, so the deepest page costs what the first does. What changed for a
reader with rights of its own is put in order for each page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, null, or_, select, tuple_
from sqlalchemy.orm import Session

from syndicate.core.errors import NotFound
from syndicate.core.newsitem import NewsItem
from syndicate.core.newsroom import Channel
from syndicate.core.workflow import Review
from syndicate.store import takedowns
from syndicate.store.channels import as_channel
from syndicate.store.entitlements import changed_at, given_back_at, given_since, shown_to, told_to
from syndicate.store.mapping import from_json
from syndicate.store.models import ChannelRow, EditionRow, EntryRow, FragmentRow, StoryRow

Key = tuple[datetime, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A story in a channel. `body` is how it was rendered; where that is not kept, `item` is the story itself.

    `key` is its place in the order, `stamp` that of its last change here, for this reader.
    """

    key: Key
    stamp: datetime
    body: bytes | None
    item: NewsItem | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Which rendering is wanted: the columns of a fragment."""

    form: str
    policy: str
    recipe: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which stories of a channel: the newest, those beyond a key on one side, those of an archive.

    With `since` only what changed after this stamp, the last change first: to a reader with rights of its own also what
    it was given after it.
    """

    before: Key | None = None
    after: Key | None = None
    archive: int | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A channel, the stamp of its settings, and the number of the archive that is being filled.

    `reader` is whose rights are decided story by story, and `rights_at` when they last changed.
    """

    id: int
    channel: Channel
    settled_at: datetime
    slice: int
    reader: str | None = None
    rights_at: datetime | None = None

    @property
    def changed_at(self) -> datetime:
        """When what this reader finds here changed last."""
        return max(self.channel.changed_at, self.rights_at or self.channel.changed_at)


class Pages:
    def __init__(self, session: Session) -> None:
        self._session = session

    def shelf(self, slug: str) -> Shelf:
        """Raises NotFound."""
        row = self._session.scalars(select(ChannelRow).where(ChannelRow.slug == slug)).first()
        if row is None:
            raise NotFound(f"There is no channel {slug}.")
        return Shelf(id=row.id, channel=as_channel(row), settled_at=row.settled_at, slice=row.slice)

    def live(self, shelf: Shelf, part: Part, made: Made, *, now: datetime, limit: int | None) -> Sequence[Piece]:
        """What the channel shows, newest first; all of it where there is no limit."""
        by = _order(part, shelf.reader)
        query = _pieces(shelf, by, made).where(EntryRow.live.is_(True), *_within(part, by, shelf.reader))
        query = query.where(or_(StoryRow.ends_at.is_(None), StoryRow.ends_at > now)).limit(limit)
        if part.after is None:
            return self._read(query.order_by(by.desc(), EntryRow.story_id.desc()))
        return self._read(query.order_by(by, EntryRow.story_id))[::-1]

    def gone(self, shelf: Shelf, made: Made, *, since: datetime | None = None) -> Sequence[Piece]:
        """What was taken back, and readers may still hold, newest first; then what they have no right to any more."""
        query = _pieces(shelf, EntryRow.left_at, made).where(
            EntryRow.live.is_(False),
            EntryRow.left_at >= takedowns.kept_since(self._session, shelf.id, shelf.reader),
            StoryRow.review.in_([Review.WITHDRAWN, Review.KILLED]),
            *told_to(shelf.reader, StoryRow.id),
            *([EntryRow.stamp > since] if since else []),
        )
        newest = (EntryRow.left_at.desc(), EntryRow.story_id.desc())
        revoked = takedowns.revoked(self._session, shelf.id, shelf.reader, since)
        return [
            *self._read(query.order_by(*newest).limit(takedowns.MOST)),
            *(_taken_back(item) for item in revoked),
        ]

    def is_more(self, shelf: Shelf, part: Part) -> bool:
        """Whether any story stands beyond a key."""
        query = select(EntryRow.story_id).where(EntryRow.channel_id == shelf.id, EntryRow.live.is_(True))
        beyond = query.where(*_within(part, _order(part, shelf.reader), shelf.reader)).limit(1)
        return self._session.scalars(beyond).first() is not None

    def archives(self, shelf: Shelf, number: int) -> tuple[int | None, int | None]:
        """The numbers of the full archives before and after this one that hold any story."""
        here = (EntryRow.channel_id == shelf.id, EntryRow.live.is_(True), EntryRow.slice < shelf.slice)
        before = select(func.max(EntryRow.slice)).where(*here, EntryRow.slice < number)
        after = select(func.min(EntryRow.slice)).where(*here, EntryRow.slice > number)
        return self._session.scalar(before), self._session.scalar(after)

    def _read(self, query: Select[Any]) -> Sequence[Piece]:
        return [_piece(row) for row in self._session.execute(query)]


def _piece(row: Row[Any]) -> Piece:
    """As it was rendered for all; but one that this reader got again has a date that is for it alone."""
    item, stamp = from_json(row.item, NewsItem) if row.item else None, row.stamp
    if item and row.back_at:
        item = item.given_back(row.back_at)
        stamp = max(stamp, item.version_created)
    body = None if item else row.body
    return Piece(key=(row.at, row.story_id), stamp=stamp, body=body, item=item, ends_at=row.ends_at)


def _taken_back(item: NewsItem) -> Piece:
    at = item.version_created
    return Piece(key=(at, item.id), stamp=at, body=None, item=item, ends_at=None)


def _order(part: Part, reader: str | None) -> Any:
    """By what the stories of this part stand one after another."""
    if part.since is None:
        return EntryRow.placed_at
    return changed_at(reader, EntryRow.story_id, EntryRow.stamp) if reader else EntryRow.stamp


def _within(part: Part, by: Any, reader: str | None) -> list[ColumnElement[bool]]:
    """`shown_to` adds conditions on the story's id alone, whatever else a query asks."""
    asked, key = [*shown_to(reader, EntryRow.story_id)], tuple_(by, EntryRow.story_id)
    if part.since:
        given = [EntryRow.story_id.in_(given_since(reader, part.since))] if reader else []
        asked.append(or_(EntryRow.stamp > part.since, *given))
    if part.before:
        asked.append(key < part.before)
    if part.after:
        asked.append(key > part.after)
    if part.archive is not None:
        asked.append(EntryRow.slice == part.archive)
    return asked


def _pieces(shelf: Shelf, by: Any, made: Made) -> Select[Any]:
    """The story itself is read only where it was not rendered: reading it costs more than the rendering."""
    rendered = (
        (FragmentRow.story_id == StoryRow.id)
        & (FragmentRow.form == made.form)
        & (FragmentRow.policy == made.policy)
        & (FragmentRow.recipe == made.recipe)
        & (FragmentRow.version == StoryRow.edition_version)
    )
    back_at = given_back_at(shelf.reader, EntryRow.story_id)
    story = case((FragmentRow.body.is_(None) | back_at.is_not(None), EditionRow.item), else_=null()).label("item")
    columns = (EntryRow.story_id, EntryRow.stamp, FragmentRow.body, story, StoryRow.ends_at, back_at.label("back_at"))
    return (
        select(by.label("at"), *columns)
        .join(StoryRow, StoryRow.id == EntryRow.story_id)
        .join(EditionRow, (EditionRow.story_id == StoryRow.id) & (EditionRow.version == StoryRow.edition_version))
        .outerjoin(FragmentRow, rendered)
        .where(EntryRow.channel_id == shelf.id)
    )
