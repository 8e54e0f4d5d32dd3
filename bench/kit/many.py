"""A newsroom with very many stories: rows copied in bulk from one that came in by the door, each with words of its own.

Seeded, so that every run has the same stories. The states are a grown newsroom's: most are out, a tenth waits.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from rich.progress import track
from sqlalchemy import insert, select

from kit.stories import STORIES
from syndicate.config import load
from syndicate.core.search import words_of
from syndicate.service.intake.prepare import Document
from syndicate.service.intake.takeback import Sender
from syndicate.service.receive import receive
from syndicate.store import Store
from syndicate.store.models import ListingChoiceRow, ListingRow, ListingTopicRow, RevisionRow, StoryRow
from syndicate.store.search import index_of

Rows = dict[Any, Any]
BATCH = 5_000
EVERY = timedelta(minutes=5)
STATES = ("published",) * 14 + ("rejected", "held", "approved", "withdrawn", "received", "received")
SECTIONS = ("International", "Politics", "Culture", "Economy", "Sport", "Health", "Science", "Opinion")
LANGUAGES = ("en", "en", "en", "hy", "ru", "ka")
TOPICS = ("school", "election", "harvest", "border", "music", "energy", "water", "courts")
WORDS = (
    *("valley", "school", "river", "council", "minister", "bread", "winter", "bridge"),
    *("farmer", "letter", "market", "snow", "road", "teacher", "night"),
)


def fill(store: Store, number: int, *, outlet: str = "bench") -> None:
    """That many stories of an outlet that is there already, the newest now."""
    template = _template(store, outlet)
    chance, now = random.Random(2026), datetime.now(UTC)
    numbers = range(1, number)
    for first in track(numbers[::BATCH], description=f"{number:,} stories", transient=True):
        made = [_copy(template, each, now - EVERY * (number - each), chance) for each in _batch(first, number)]
        with store.begin() as tx:
            for table in (StoryRow, RevisionRow, ListingRow, ListingTopicRow):
                tx.session.execute(insert(table), [rows[table] for rows in made])
            index = index_of(tx.session)
            for rows in made:
                index.add(tx.session, rows[ListingRow]["seq"], words_of(rows[ListingRow]["headline"], rows["text"]))
    with store.begin() as tx:
        offered = {"section": SECTIONS, "language": LANGUAGES, "topic": TOPICS}
        rows = [{"kind": kind, "value": value} for kind, values in offered.items() for value in sorted({*values})]
        known = {
            (kind, value) for kind, value in tx.session.execute(select(ListingChoiceRow.kind, ListingChoiceRow.value))
        }
        tx.session.execute(insert(ListingChoiceRow), [row for row in rows if (row["kind"], row["value"]) not in known])


def _batch(first: int, number: int) -> Iterator[int]:
    yield from range(first, min(first + BATCH, number))


def _template(store: Store, outlet: str) -> Rows:
    """The rows of one story, as they come in."""
    media_type, text = STORIES["json"]
    document = Document(data=text.replace("NUMBER", "template").encode(), media_type=media_type)
    receive(store, load().newsroom, document, Sender(outlet=outlet, who="bench"), now=datetime.now(UTC))
    with store.read() as tx:
        tables = (StoryRow, RevisionRow, ListingRow)
        found = {table: tx.session.scalars(select(table)).one() for table in tables}
        return {
            table: {each.key: getattr(row, each.key) for each in table.__mapper__.column_attrs}
            for table, row in found.items()
        }


def _copy(template: Rows, number: int, at: datetime, chance: random.Random) -> Rows:
    story, revision, listing = (template[table] for table in (StoryRow, RevisionRow, ListingRow))
    story_id = str(UUID(int=chance.getrandbits(128), version=4))
    headline = f"{number}: {' '.join(chance.choices(WORDS, k=8))}"
    stands = {"review": chance.choice(STATES), "received_at": at, "changed_at": at}
    named = {"id": story_id, "guid": f"{story['guid']}-{number}", "external_id": str(number)}
    seq = listing["seq"] + number
    facets = {
        "section": chance.choice(SECTIONS),
        "language": chance.choice(LANGUAGES),
        "pictures": chance.choice((0, 1, 3)),
        "light": chance.choice(("red", "amber", "amber", "green")),
    }
    return {
        StoryRow: story | stands | named,
        RevisionRow: revision
        | {"story_id": story_id, "received_at": at, "item": revision["item"] | {"headline": headline}},
        ListingRow: listing
        | stands
        | facets
        | {"seq": seq, "story_id": story_id, "headline": headline, "arrived_at": at},
        ListingTopicRow: {"topic": chance.choice(TOPICS), "seq": seq},
        "text": " ".join(chance.choices(WORDS, k=60)),
    }
