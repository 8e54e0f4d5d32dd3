"""The newsroom at one look: what waits and how long, what came and went, who has fallen silent, what is stuck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from syndicate.core.alarms import Alarm, alarms
from syndicate.core.newsroom import Outlet
from syndicate.core.roles import Act, Person
from syndicate.core.source import Source
from syndicate.core.workflow import Review
from syndicate.service.desk import may
from syndicate.service.figures import Figures, figures
from syndicate.store import Store
from syndicate.store.overview import OutletCounts, Span

DAYS = 14
MOST_COUNTED = 1000
WAITS = (Review.RECEIVED, Review.HELD, Review.APPROVED)
_AGES = (timedelta(hours=1), timedelta(days=1), timedelta(days=7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the reader's calendar."""

    date: date
    received: int
    published: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Stories in one state by the age of their newest version: under an hour, a day, a week, and over; each one above
    `MOST_COUNTED` at most. `longest` is when the oldest of them came in.
    """

    review: Review
    by_age: Sequence[int]
    longest: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletFigures:
    """Of the last `DAYS` days; `alarms` by the slug of the source that they are about."""

    outlet: Outlet
    counts: OutletCounts
    alarms: Sequence[tuple[str, Alarm]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    waiting: Sequence[Waiting]
    days: Sequence[Day]
    outlets: Sequence[OutletFigures]
    work: Figures


@may(Act.LOOK)
def look(person: Person, store: Store, *, now: datetime) -> Overview:
    """Constant in its queries, whatever the newsroom's age. Days are those of the person's zone."""
    today = now.astimezone(person.zone or UTC).date()
    dates = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    spans: list[Span] = [(_midnight(day, person), _midnight(day + timedelta(days=1), person)) for day in dates]
    work = figures(store, now=now)
    with store.read() as tx:
        counts = zip(dates, tx.overview.received(spans), tx.overview.published(spans), strict=True)
        by_outlet = tx.overview.by_outlet(_midnight(dates[0], person))
        told = _alarms(tx.sources.all(), now)
        return Overview(
            waiting=[
                Waiting(
                    review=review,
                    by_age=tx.overview.waiting(review, _ages(now), most=MOST_COUNTED),
                    longest=tx.overview.longest(review),
                )
                for review in WAITS
            ],
            days=[Day(date=day, received=received, published=published) for day, received, published in counts],
            outlets=[
                OutletFigures(
                    outlet=outlet,
                    counts=by_outlet.get(outlet.slug, OutletCounts()),
                    alarms=told.get(outlet.slug, ()),
                )
                for outlet in tx.outlets.all()
            ],
            work=work,
        )


def _alarms(sources: Sequence[Source], now: datetime) -> Mapping[str, Sequence[tuple[str, Alarm]]]:
    """What is wrong with sources, by the slug of their outlet."""
    told: dict[str, list[tuple[str, Alarm]]] = {}
    for source in sources:
        told.setdefault(source.outlet, []).extend((source.slug, alarm) for alarm in alarms(source, now))
    return told


def _ages(now: datetime) -> Sequence[Span]:
    edges = [now - age for age in _AGES]
    return [(edges[0], None), (edges[1], edges[0]), (edges[2], edges[1]), (None, edges[2])]


def _midnight(day: date, person: Person) -> datetime:
    return datetime.combine(day, time(), person.zone or UTC)
