"""Who did what and when: read page by page, and written out for a spreadsheet."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC

from syndicate.core.roles import Act, Person
from syndicate.core.spreadsheet import safe
from syndicate.service.desk import may
from syndicate.store import Store, journal
from syndicate.store.journal import Asked

AT_ONCE = 1000
BOM = "\ufeff"  # by which spreadsheets know UTF-8
COLUMNS = ("at", "who", "what", "subject", "story", "detail")


@may(Act.LOOK)
def page(person: Person, store: Store, asked: Asked, *, limit: int, before: int = 0) -> Sequence[journal.Act]:
    """The newest first; `before` is the id of the last one of the page before."""
    with store.read() as tx:
        return tx.audit.page(asked, limit=limit, before=before)


@may(Act.LOOK)
def as_csv(person: Person, store: Store, asked: Asked) -> Iterator[str]:
    """All of it as CSV (RFC 4180), the newest first: pieces, so that none has to be held whole."""
    return _written(store, asked)


def _written(store: Store, asked: Asked) -> Iterator[str]:
    yield BOM + _lines([COLUMNS])
    before = 0
    while True:
        with store.read() as tx:
            acts = tx.audit.page(asked, limit=AT_ONCE, before=before)
        if not acts:
            return
        yield _lines([_row(act) for act in acts])
        before = acts[-1].id


def _row(act: journal.Act) -> Sequence[str]:
    detail = json.dumps(dict(act.detail), ensure_ascii=False) if act.detail else ""
    at = act.at.astimezone(UTC).isoformat(timespec="seconds")
    return [safe(cell) for cell in (at, act.who, act.what, act.subject, act.story_id or "", detail)]


def _lines(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue()
