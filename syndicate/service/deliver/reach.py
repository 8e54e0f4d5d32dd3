"""For an outlet: where its stories run, and how often they were read there."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from syndicate.core.errors import BadFields
from syndicate.core.reach import Runs
from syndicate.service.wrong import refuse
from syndicate.store import Store

USUAL_DAYS, MOST_DAYS = 30, 366
AT_ONCE = 100
_CURSOR = re.compile(r"([0-9A-Za-z-]{1,36})\.([0-9a-z-]{0,80})", re.ASCII)


def period(since: date | None, until: date | None, now: datetime) -> tuple[date, date]:
    """The days that are meant, both counted: the last thirty where nothing is said. Raises BadFields."""
    last = until or now.date()
    first = since or max(last, date.min + timedelta(days=USUAL_DAYS)) - timedelta(days=USUAL_DAYS - 1)
    days = (last - first).days + 1
    refuse(since="" if 1 <= days <= MOST_DAYS else f"From one day to {MOST_DAYS} of them.")
    return first, last


def page(
    store: Store, outlet: str, *, days: tuple[date, date], after: str = "", limit: int = AT_ONCE
) -> tuple[Sequence[Runs], str]:
    """Where the outlet's stories run, by story and subscriber, and the cursor behind; empty on the last page.

    Raises BadFields for a cursor that is not ours, NotFound for an outlet that is not there.
    """
    with store.read() as tx:
        tx.outlets.get(outlet)
        found = tx.reach.page(outlet, since=days[0], until=days[1], after=_place(after), limit=limit + 1)
    shown = found[:limit]
    return shown, f"{shown[-1].story_id}.{shown[-1].subscriber}" if len(found) > limit else ""


def everything(store: Store, outlet: str, *, days: tuple[date, date]) -> Iterator[Runs]:
    """All pages, one after another."""
    after = ""
    while True:
        found, after = page(store, outlet, days=days, after=after)
        yield from found
        if not after:
            return


def _place(cursor: str) -> tuple[str, str] | None:
    if not cursor:
        return None
    if found := _CURSOR.fullmatch(cursor):
        return found[1], found[2]
    raise BadFields("This cursor is not one of ours.", errors={"cursor": ["Take it from `next`."]})
