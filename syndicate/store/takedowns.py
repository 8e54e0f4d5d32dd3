"""What readers of a channel may still hold and may not have any more, though it was not withdrawn.

Each is the story without its words, as taken back at the moment when the right to it ended.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session, aliased

from syndicate.core.newsitem import NewsItem
from syndicate.core.workflow import Review
from syndicate.store.entitlements import told_to
from syndicate.store.mapping import from_json
from syndicate.store.models import ChannelRow, EditionRow, EntitlementRow, EntryRow, StoryRow, SubscriberRow

KEPT = timedelta(days=30)
MOST = 5_000  # of each kind in a feed; the change log, and the items' own addresses, tell of all


def kept_since(session: Session, channel_id: int, reader: str | None) -> datetime:
    """Counted back from the last change and not from the clock, so that the same state is the same page."""
    changed = session.scalars(select(ChannelRow.changed_at).where(ChannelRow.id == channel_id)).one()
    rights = session.scalar(select(SubscriberRow.rights_at).where(SubscriberRow.slug == reader)) if reader else None
    return max(changed, rights or changed) - KEPT


def revoked(session: Session, channel_id: int, reader: str | None, after: datetime | None = None) -> Sequence[NewsItem]:
    """All that is kept, or what came to it after this stamp."""
    since = kept_since(session, channel_id, reader)
    left = _left_by_rule(channel_id, since, reader)
    left = left.where(EntryRow.stamp > after) if after else left
    queries = [left, *([_kept_back(channel_id, max(since, after or since), reader)] if reader else [])]
    lost = [row for query in queries for row in session.execute(query.limit(MOST))]
    return [from_json(item, NewsItem).revoked(at) for item, at in lost]


def _left_by_rule(channel_id: int, since: datetime, reader: str | None) -> Select[Any]:
    """What left a channel though it is published, and stands in no other: where it does, the reader may have it there.

    The change log tells each reader exactly; a feed, which all readers share, tells what nobody may have any more.
    """
    elsewhere = aliased(EntryRow)
    stands = select(elsewhere.story_id).where(elsewhere.story_id == StoryRow.id, elsewhere.live).exists()
    return (
        _editions(EntryRow.left_at)
        .where(EntryRow.channel_id == channel_id, EntryRow.live.is_(False), EntryRow.left_at >= since)
        .where(StoryRow.review == Review.PUBLISHED, ~stands, *told_to(reader, StoryRow.id))
        .order_by(EntryRow.left_at.desc(), EntryRow.story_id.desc())
    )


def _kept_back(channel_id: int, since: datetime, reader: str) -> Select[Any]:
    """What stands in a channel, and this reader had until its rights changed."""
    return (
        _editions(EntitlementRow.decided_at)
        .join(EntitlementRow, EntitlementRow.story_id == StoryRow.id)
        .join(SubscriberRow, SubscriberRow.id == EntitlementRow.subscriber_id)
        .where(EntryRow.channel_id == channel_id, EntryRow.live, SubscriberRow.slug == reader)
        .where(EntitlementRow.until_seq.is_(None), EntitlementRow.allowed.is_(false()))
        .where(EntitlementRow.taken_at.is_not(None), EntitlementRow.decided_at >= since)
        .order_by(EntitlementRow.decided_at.desc(), EntitlementRow.story_id.desc())
    )


def _editions(at: Any) -> Select[Any]:
    return (
        select(EditionRow.item, at)
        .join(StoryRow, (StoryRow.id == EditionRow.story_id) & (StoryRow.edition_version == EditionRow.version))
        .join(EntryRow, EntryRow.story_id == StoryRow.id)
    )
