"""Whose key is this: one question, asked whenever somebody sends one."""

from datetime import datetime

from sqlalchemy import Engine

from syndicate.core.newsroom import Key, Outlet
from syndicate.store.asking import Asking
from syndicate.store.keys import KEYS, OPENS, as_key
from syndicate.store.models import OutletRow
from syndicate.store.outlets import as_outlet

_QUESTION = KEYS.add_columns(
    OutletRow.slug,
    OutletRow.name,
    OutletRow.domain,
    OutletRow.timezone,
    OutletRow.credit_templates,
    OutletRow.agreement,
    OutletRow.furniture,
).where(OPENS)


class Holders:
    def __init__(self, engine: Engine) -> None:
        self._asking = Asking(engine, _QUESTION)

    def find(self, secret_hash: str, now: datetime) -> tuple[Key, Outlet | None] | None:
        """The key with this secret, unless it was revoked or has expired, and its outlet: None for a subscriber's."""
        rows = self._asking.rows({"secret_hash": secret_hash, "now": now})
        return next(((as_key(row), as_outlet(row) if row.outlet else None) for row in rows), None)

    def close(self) -> None:
        self._asking.close()
