"""What an operator counts: work that waits, workers that live, stories by where the desk stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from syndicate.core.workflow import Review
from syndicate.service import work
from syndicate.store import Store
from syndicate.store.jobs import Tally, Waiting
from syndicate.store.workers import Seen

SILENT = timedelta(seconds=30)  # three times the time between a worker's signs of life


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """`waiting` and `tallies` have every kind that this release knows, whether there is any or not."""

    at: datetime
    waiting: Sequence[Waiting]
    tallies: Mapping[str, Tally]
    workers: Sequence[Seen]
    stories: Mapping[str, int]

    @property
    def alive(self) -> Sequence[Seen]:
        """The workers that said lately that they live."""
        return [worker for worker in self.workers if self.lives(worker)]

    def lives(self, worker: Seen) -> bool:
        return self.at - worker.seen_at <= SILENT


def figures(store: Store, *, now: datetime) -> Figures:
    """All of one moment. Raises Unavailable."""
    with store.read() as tx:
        waiting = {found.kind: found for found in tx.jobs.waiting(now)}
        tallies = {found.kind: found for found in tx.jobs.tallies()}
        workers, stories = tx.workers.all(), tx.stories.by_review()
    kinds = sorted({*work.KINDS, *waiting, *tallies})
    return Figures(
        at=now,
        waiting=[waiting.get(kind) or Waiting(kind=kind) for kind in kinds],
        tallies={kind: tallies.get(kind) or Tally(kind=kind) for kind in kinds},
        workers=workers,
        stories={review: stories.get(review, 0) for review in Review},
    )
