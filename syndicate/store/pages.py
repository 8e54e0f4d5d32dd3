"""A channel as its feeds need it: pieces of stories, rendered already where they were, in the channel's order.

Each page is one question for what stands in it and one for what was taken back, whatever their number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, null, or_, select
from sqlalchemy.orm import Session

from syndicate.core.newsitem import NewsItem
from syndicate.core.workflow import Review
from syndicate.store import takedowns
from syndicate.store.entitlements import shown_to, told_to
from syndicate.store.mapping import from_json
from syndicate.store.models import ChannelRow, EditionRow, EntryRow, FragmentRow, StoryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A story in a channel. `body` is how it was rendered; where that is not kept, `item` is the story itself."""

    story_id: str
    body: bytes | None
    item: NewsItem | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Made:
    """Which rendering is wanted: the columns of a fragment."""

    form: str
    policy: str
    recipe: str


class Pages:
    def __init__(self, session: Session) -> None:
        self._session = session

    def live(self, slug: str, made: Made, *, now: datetime, limit: int, reader: str | None = None) -> Sequence[Piece]:
        """What the channel shows, newest first; for a reader whose rights are decided story by story, what it may have.

        `shown_to` adds conditions on `StoryRow` alone, whatever else a query asks.
        """
        out = or_(StoryRow.ends_at.is_(None), StoryRow.ends_at > now)
        newest = (EntryRow.placed_at.desc(), EntryRow.story_id.desc())
        return self._pieces(
            _pieces(slug, made, EntryRow.live.is_(True), out, *shown_to(reader, StoryRow.id))
            .order_by(*newest)
            .limit(limit)
        )

    def gone(self, slug: str, made: Made, *, reader: str | None = None) -> Sequence[Piece]:
        """What was taken back, and readers may still hold, newest first; then what they have no right to any more."""
        channel_id = self._session.scalars(select(ChannelRow.id).where(ChannelRow.slug == slug)).one()
        query = _pieces(
            slug,
            made,
            EntryRow.live.is_(False),
            EntryRow.left_at >= takedowns.kept_since(self._session, channel_id, reader),
            StoryRow.review.in_([Review.WITHDRAWN, Review.KILLED]),
            *told_to(reader, StoryRow.id),
        )
        newest = (EntryRow.left_at.desc(), EntryRow.story_id.desc())
        revoked = takedowns.revoked(self._session, channel_id, reader)
        return [
            *self._pieces(query.order_by(*newest).limit(takedowns.MOST)),
            *(Piece(story_id=item.id, body=None, item=item, ends_at=None) for item in revoked),
        ]

    def _pieces(self, query: Select[Any]) -> Sequence[Piece]:
        return [
            Piece(
                story_id=row.story_id,
                body=row.body,
                item=from_json(row.item, NewsItem) if row.body is None else None,
                ends_at=row.ends_at,
            )
            for row in self._session.execute(query)
        ]


def _pieces(slug: str, made: Made, *which: ColumnElement[bool]) -> Select[Any]:
    """The story itself is read only where it was not rendered: reading it costs more than the rendering."""
    rendered = (
        (FragmentRow.story_id == StoryRow.id)
        & (FragmentRow.form == made.form)
        & (FragmentRow.policy == made.policy)
        & (FragmentRow.recipe == made.recipe)
        & (FragmentRow.version == StoryRow.edition_version)
    )
    story = case((FragmentRow.body.is_(None), EditionRow.item), else_=null()).label("item")
    return (
        select(EntryRow.story_id, FragmentRow.body, story, StoryRow.ends_at)
        .join(ChannelRow, ChannelRow.id == EntryRow.channel_id)
        .join(StoryRow, StoryRow.id == EntryRow.story_id)
        .join(EditionRow, (EditionRow.story_id == StoryRow.id) & (EditionRow.version == StoryRow.edition_version))
        .outerjoin(FragmentRow, rendered)
        .where(ChannelRow.slug == slug, *which)
    )
