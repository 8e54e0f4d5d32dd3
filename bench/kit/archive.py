"""Many published stories, written in bulk: copies of real ones with names of their own, older than these."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from rich.progress import track
from sqlalchemy import insert, select

from syndicate.store import Store
from syndicate.store.models import ChannelRow, EditionRow, EntryRow, StoryRow

SEED, AT_ONCE = 7, 5000
PARAGRAPH = "<p>The stove was lit before six, and by eight there was a queue.</p>"


def fill(store: Store, stories: int) -> None:
    """So many stand in the channel `all` afterwards; the newest are those that were there before."""
    with store.read() as tx:
        channel = tx.session.execute(select(ChannelRow.id, ChannelRow.changed_at)).one()
        story, edition, entry = tx.session.execute(
            select(StoryRow, EditionRow, EntryRow)
            .join(EditionRow, EditionRow.story_id == StoryRow.id)
            .join(EntryRow, EntryRow.story_id == StoryRow.id)
            .order_by(EntryRow.placed_at)
            .limit(1)
        ).one()
        there = len(tx.session.scalars(select(EntryRow.story_id)).all())
        patterns = {row.__tablename__: _values(row) for row in (story, edition, entry)}
    numbers = range(1, max(0, stories - there) + 1)
    batches = [numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE)]
    names = _names()
    for batch in track(batches, description=f"{stories:,} stories", disable=not batches):
        rows = [_rows(patterns, number, next(names), channel.id) for number in batch]
        with store.engine.begin() as connection:
            for table, kind in zip((StoryRow, EditionRow, EntryRow), zip(*rows, strict=True), strict=True):
                connection.execute(insert(table), list(kind))


def _names() -> Iterator[str]:
    """Ids without order, as real ones have."""
    source = random.Random(SEED)
    while True:
        yield f"{source.getrandbits(128):032x}"


def _rows(patterns: dict[str, dict[str, Any]], number: int, name: str, channel_id: int) -> tuple[dict[str, Any], ...]:
    at = patterns["channel_entry"]["placed_at"] - timedelta(seconds=number)
    item = patterns["edition"]["item"] | {"id": name, "guid": f"tag:bench.example,2026:{name}", "body_html": PARAGRAPH}
    story = patterns["story"] | {"id": name, "guid": item["guid"], "external_id": name, "received_at": at}
    edition = patterns["edition"] | {"story_id": name, "item": item, "created_at": at}
    entry = patterns["channel_entry"] | {"story_id": name, "placed_at": at, "stamp": at, "channel_id": channel_id}
    return story, edition, entry


def _values(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}
