"""Figures of the whole newsroom. Each is counted through an index over a span that does not grow with its years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from syndicate.core.workflow import Review
from syndicate.store.models import ChangeRow, ListingRow, OutletRow, ReceiptRow, StoryRow, ViewRow

Span = tuple[datetime | None, datetime | None]
"""From this moment until before that one; None leaves a side open."""

_FIRST_EDITION = ChangeRow.version == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletCounts:
    """Stories that came in, that went out for the first time, places where they run, and readings counted there."""

    received: int = 0
    published: int = 0
    runs: int = 0
    views: int = 0


class Overview:
    def __init__(self, session: Session) -> None:
        self._session = session

    def received(self, spans: Sequence[Span]) -> Sequence[int]:
        """How many stories came in, in each span."""
        return self._each([_count(StoryRow.received_at, span) for span in spans])

    def published(self, spans: Sequence[Span]) -> Sequence[int]:
        """How many went out for the first time, in each span."""
        return self._each([_count(ChangeRow.at, span, _FIRST_EDITION) for span in spans])

    def waiting(self, review: Review, spans: Sequence[Span], *, most: int) -> Sequence[int]:
        """How many stand in a state whose newest version came in each span, counted up to one more than `most`."""
        return self._each(
            [_count(ListingRow.arrived_at, span, ListingRow.review == review, most=most) for span in spans]
        )

    def longest(self, review: Review) -> datetime | None:
        """When the version came in that has stood longest in a state."""
        return self._session.scalar(select(func.min(ListingRow.arrived_at)).where(ListingRow.review == review))

    def by_outlet(self, since: datetime) -> Mapping[str, OutletCounts]:
        """What each outlet's stories that came in since then did, by slug; of older ones only whether they went out."""
        of_outlet = select(OutletRow.slug, func.count()).join(StoryRow, StoryRow.outlet_id == OutletRow.id)
        came = StoryRow.received_at >= since
        published = of_outlet.join(ChangeRow, ChangeRow.story_id == StoryRow.id)
        runs = of_outlet.join(ReceiptRow, ReceiptRow.story_id == StoryRow.id).where(came, ReceiptRow.live)
        views = select(OutletRow.slug, func.sum(ViewRow.views)).join(StoryRow, StoryRow.outlet_id == OutletRow.id)
        asked = {
            "received": of_outlet.where(came),
            "published": published.where(ChangeRow.at >= since, _FIRST_EDITION),
            "runs": runs,
            "views": views.join(ViewRow, ViewRow.story_id == StoryRow.id).where(came),
        }
        found = {name: self._by_slug(query.group_by(OutletRow.slug)) for name, query in asked.items()}
        slugs = {slug for counts in found.values() for slug in counts}
        return {slug: OutletCounts(**{name: found[name].get(slug, 0) for name in found}) for slug in slugs}

    def _by_slug(self, query: Select[str, int]) -> Mapping[str, int]:
        return {slug: int(count) for slug, count in self._session.execute(query)}

    def _each(self, counts: Sequence[ScalarSelect[int]]) -> Sequence[int]:
        """All in one query, in their order."""
        found = self._session.execute(union_all(*(select(literal(at), one) for at, one in enumerate(counts))))
        return [number for _, number in sorted((at, number) for at, number in found)]


def _count(
    column: InstrumentedAttribute[datetime], span: Span, *where: ColumnElement[bool], most: int | None = None
) -> ScalarSelect[int]:
    begin, end = span
    bounds = [column >= begin] if begin else []
    bounds += [column < end] if end else []
    some = select(literal(1)).where(*where, *bounds)
    return select(func.count()).select_from((some.limit(most + 1) if most else some).subquery()).scalar_subquery()
