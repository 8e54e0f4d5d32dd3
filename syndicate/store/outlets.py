"""The outlets whose stories we republish."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select
from sqlalchemy.orm import Session

from syndicate.core.errors import Conflict, NotFound
from syndicate.core.newsroom import Agreement, Furniture, Outlet
from syndicate.store.mapping import from_json, to_json
from syndicate.store.models import OutletRow, StoryRow

_BY_SLUG = select(OutletRow).where(OutletRow.slug == bindparam("slug"))
OUTLET_ID = select(OutletRow.id).where(OutletRow.slug == bindparam("outlet")).scalar_subquery()  # for the row in a row


def as_outlet(row: OutletRow | Row[*tuple[Any, ...]]) -> Outlet:
    return Outlet(
        slug=row.slug,
        name=row.name,
        domain=row.domain,
        timezone=row.timezone,
        credit_templates=row.credit_templates,
        agreement=from_json(row.agreement, Agreement),
        furniture=from_json(row.furniture, Furniture),
    )


class Outlets:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, outlet: Outlet, now: datetime) -> None:
        """Raises Conflict where the slug is taken."""
        if self._find(outlet.slug):
            raise Conflict(f"There is an outlet {outlet.slug} already.")
        self._session.add(OutletRow(slug=outlet.slug, created_at=now, **_columns(outlet)))
        self._session.flush()

    def get(self, slug: str) -> Outlet:
        return as_outlet(self._row(slug))

    def hold(self, slug: str) -> None:
        """To the end of the transaction nobody else holds its row; others may still refer to it."""
        held = select(OutletRow.id).where(OutletRow.slug == slug).with_for_update(key_share=True)
        self._session.execute(held)

    def all(self) -> Sequence[Outlet]:
        return [as_outlet(row) for row in self._session.scalars(select(OutletRow).order_by(OutletRow.slug))]

    def save(self, outlet: Outlet) -> None:
        row = self._row(outlet.slug)
        for name, value in _columns(outlet).items():
            setattr(row, name, value)

    def remove(self, slug: str) -> None:
        """Raises Conflict while the outlet has stories: their history needs it."""
        row = self._row(slug)
        if self._session.scalars(select(StoryRow.id).where(StoryRow.outlet_id == row.id).limit(1)).first():
            raise Conflict(f"{slug} has stories, which keep their outlet: revoke its keys instead.")
        self._session.execute(delete(OutletRow).where(OutletRow.id == row.id))

    def _find(self, slug: str) -> OutletRow | None:
        return self._session.scalars(_BY_SLUG, {"slug": slug}).first()

    def _row(self, slug: str) -> OutletRow:
        if row := self._find(slug):
            return row
        raise NotFound(f"There is no outlet {slug}.")


def _columns(outlet: Outlet) -> dict[str, object]:
    return {
        "name": outlet.name,
        "domain": outlet.domain,
        "timezone": outlet.timezone,
        "credit_templates": dict(outlet.credit_templates),
        "agreement": to_json(outlet.agreement),
        "furniture": to_json(outlet.furniture),
    }
