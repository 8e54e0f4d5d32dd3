"""What a feed brings: of all that it says, only what it has not said just so before goes on to be cleaned and stored.

Stories are stored a few at a time, each few together with the memory that this feed has said them, so that no feed
holds the database for long, and one that is killed in the middle goes on where it was.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from syndicate import ingest
from syndicate.core.errors import Conflict, NotFound, SyndicateError
from syndicate.core.newsroom import Newsroom, Outlet
from syndicate.core.source import Source
from syndicate.core.story import Stamp
from syndicate.core.workflow import Review
from syndicate.delivery.http import Client
from syndicate.service.intake.pages import MOST_PAGES, may_fetch, with_page
from syndicate.service.intake.prepare import Document, PreparedResult, fingerprint, prepare
from syndicate.service.intake.takeback import Outcome, Sender
from syndicate.service.receive import receive_item
from syndicate.store import Store, Tx

AT_ONCE = 50
MOST_TOLD = 20
POLLER = "poll"
Item = ingest.Parsed | ingest.Gone


@dataclass(slots=True)
class Harvest:
    """What came of a feed's items: how many of each result; the refused with their reasons, the first few of them.

    `new` counts stories that this source never spoke of before, `signed` those of them that name their author.
    `left` counts what is to be looked at again.
    """

    counts: Counter[str] = field(default_factory=Counter)
    refused: list[dict[str, str]] = field(default_factory=list)
    new: int = 0
    signed: int = 0
    left: int = 0

    def refuse(self, name: str, refusal: SyndicateError) -> None:
        self.counts["refused"] += 1
        if len(self.refused) < MOST_TOLD:
            self.refused.append({"item": name[:200], "why": refusal.detail[:300]})

    @property
    def changed(self) -> bool:
        return any(self.counts[result] for result in ("created", "updated", "withdrawn"))


@dataclass(frozen=True, slots=True)
class _Ready:
    """An item as it goes into the store; without a `mark`, it is not remembered as said."""

    name: str
    prepared: PreparedResult
    document: Document
    mark: str
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One source's way into the store, at one moment."""

    store: Store
    newsroom: Newsroom
    client: Client
    source: Source
    outlet: Outlet
    now: datetime

    def gather(self, document: Document, results: Sequence[ingest.Result]) -> Harvest:
        """Store what is new among these results. Raises what the store raises; what is stored then stays."""
        harvest = Harvest()
        said = _distinct(results, harvest)
        with self.store.read() as tx:
            seen = tx.sources.seen(self.source.id, list(said))
        marks = {name: mark_of(item, self._reads_pages) for name, item in said.items()}
        fresh = (name for name in said if seen.get(name) != marks[name])
        harvest.counts["unchanged"] = sum(seen.get(name) == mark for name, mark in marks.items())
        while names := list(islice(fresh, AT_ONCE)):
            few = [self._ready(said[name], document, marks[name], name not in seen, harvest) for name in names]
            self._store([ready for ready in few if ready], harvest)
        return harvest

    @property
    def _reads_pages(self) -> bool:
        return may_fetch(self.source, self.outlet)

    def _ready(self, item: Item, document: Document, mark: str, is_new: bool, harvest: Harvest) -> _Ready | None:
        """Cleaned; with the text of its page where that is agreed. None: it is left for the next look."""
        name = _name(item)
        if isinstance(item, ingest.Gone):
            return _Ready(name, item, document, mark, False)
        if item.summary_only and self._reads_pages and not item.hold:
            if harvest.counts["pages"] >= MOST_PAGES:
                harvest.left += 1
                return None
            harvest.counts["pages"] += 1
            full = with_page(self.client, self.source, self.outlet, item, self.now)
            item, document, mark = full.parsed, full.document or document, "" if full.again else mark
            harvest.left += full.again
        return _Ready(name, prepare([item], self.outlet)[0], document, mark, is_new)

    def _store(self, few: Sequence[_Ready], harvest: Harvest) -> None:
        try:
            results = self._stored(few)
        except Conflict:  # the same story came by another door at this moment: now it is an update
            results = self._stored(few)
        for ready, result in zip(few, results, strict=True):
            _count(ready, result, harvest)

    def _stored(self, few: Sequence[_Ready]) -> Sequence[Outcome | SyndicateError]:
        with self.store.begin() as tx:
            results = [self._receive(tx, ready) for ready in few]
            tx.sources.see(self.source.id, {ready.name: ready.mark for ready in few if ready.mark}, self.now)
            return results

    def _receive(self, tx: Tx, ready: _Ready) -> Outcome | SyndicateError:
        sender = Sender(outlet=self.outlet.slug, who=f"{POLLER}:{self.source.slug}", door=self.source.id)
        return receive_item(tx, self.newsroom, ready.prepared, ready.document, sender, outlet=self.outlet, now=self.now)


def mark_of(item: Item, with_touch: bool = False) -> str:
    """Equal while a feed says the same of a story.

    Where the text is on a page, a touch counts too (`with_touch`): the feed's words may stay while the page changes.
    """
    if isinstance(item, ingest.Gone):
        return "gone"
    mark = fingerprint(item.item)
    if not (with_touch and item.summary_only):
        return mark
    return hashlib.sha256(f"{mark} {item.item.updated} {item.item.source_version}".encode()).hexdigest()


def _distinct(results: Sequence[ingest.Result], harvest: Harvest) -> dict[str, Item]:
    """By external id, in document order; of two that tell of one story, the newer by its own word, or the first."""
    found: dict[str, Item] = {}
    for result in results:
        if isinstance(result, SyndicateError):
            harvest.refuse("", result)
            continue
        name = _name(result)
        if name not in found or _is_newer(result, found[name]):
            found[name] = result
    return found


def _is_newer(item: Item, other: Item) -> bool:
    return (
        isinstance(item, ingest.Parsed) and isinstance(other, ingest.Parsed) and _stamp(other).is_before(_stamp(item))
    )


def _stamp(parsed: ingest.Parsed) -> Stamp:
    return Stamp(parsed.item.updated, parsed.item.source_version)


def _name(item: Item) -> str:
    return item.external_id if isinstance(item, ingest.Gone) else item.item.external_id


def _count(ready: _Ready, result: Outcome | SyndicateError, harvest: Harvest) -> None:
    if isinstance(ready.prepared, ingest.Gone) and isinstance(result, NotFound):
        return  # what we never had is not taken back
    if isinstance(result, SyndicateError):
        harvest.refuse(ready.name, result)
        return
    harvest.counts[result.result] += 1
    harvest.counts["held"] += result.review == Review.HELD and result.result in ("created", "updated")
    if ready.is_new and not isinstance(ready.prepared, ingest.Gone | SyndicateError):
        harvest.new += 1
        harvest.signed += bool(ready.prepared.item.written_by)
