"""The desk's queue: what it shows, what came in since, and the filters that a person keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from syndicate.core.listing import MOST_SEQ, Filter, Listing
from syndicate.core.newsroom import Outlet
from syndicate.core.roles import Act, Person
from syndicate.core.text import one_line
from syndicate.core.workflow import Review
from syndicate.service.cursors import cursor, read_cursor
from syndicate.service.desk import may
from syndicate.service.wrong import refuse
from syndicate.store import Store, Tx
from syndicate.store.listings import Place

PER_PAGE = 50
MOST_COUNTED = 1000  # beyond, nobody is helped by the number
MOST_NEWS = 99
MOST_FILTERS, MOST_NAME_CHARS = 20, 80
_ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A filter that the person keeps, and how many stories it holds now, one above `MOST_COUNTED` at most."""

    name: str
    filter: Filter
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """One page. `counts` are by state under the rest of the filter, None for all states; one above `MOST_COUNTED` at
    most. `after` asks for the page behind this one; `last_arrival` is what `news` counts from.
    """

    rows: Sequence[Listing]
    after: str
    counts: Mapping[Review | None, int]
    kept: Sequence[Kept]
    outlets: Sequence[Outlet]
    choices: Mapping[str, Sequence[str]]
    last_arrival: int


@may(Act.LOOK)
def look(person: Person, store: Store, chosen: Filter, *, now: datetime, after: str = "") -> QueuePage:
    """Constant in its queries. Raises BadFields for an `after` that is not ours."""
    before = _place(after) if after else None
    with store.read() as tx:
        rows = tx.listings.page(chosen, now=now, limit=PER_PAGE + 1, before=before)
        shown = rows[:PER_PAGE]
        kept = tx.filters.of(person.email)
        asked = _by_state(chosen) | {f"kept {name}": each for name, each in kept.items()}
        counts = tx.listings.counts(asked, now=now, most=MOST_COUNTED)
        return QueuePage(
            rows=shown,
            after=cursor(shown[-1].arrived_at, str(shown[-1].seq)) if len(rows) > PER_PAGE else "",
            counts={state: counts[state or _ALL] for state in (*Review, None)},
            kept=[Kept(name=name, filter=each, count=counts[f"kept {name}"]) for name, each in kept.items()],
            outlets=tx.outlets.all(),
            choices=tx.listings.choices(),
            last_arrival=tx.listings.last_arrival(),
        )


@may(Act.LOOK)
def news(person: Person, store: Store, chosen: Filter, *, since: int, now: datetime) -> int:
    """How many stories of this filter came in after arrival `since`, one above `MOST_NEWS` at most."""
    with store.read() as tx:
        return tx.listings.newer(chosen, since, now=now, most=MOST_NEWS)


@may(Act.LOOK)
def last_arrival(person: Person, store: Store) -> int:
    """The newest of all arrivals: while it stays, `news` stays."""
    with store.read() as tx:
        return tx.listings.last_arrival()


@may(Act.LOOK)
def waiting(person: Person, store: Store, *, now: datetime) -> int:
    """How many stories nobody has decided about, one above `MOST_COUNTED` at most."""
    with store.read() as tx:
        return tx.listings.counts({_ALL: Filter(state=Review.RECEIVED)}, now=now, most=MOST_COUNTED)[_ALL]


@may(Act.OWN)
def keep_filter(person: Person, store: Store, name: str, chosen: Filter) -> str:
    """Keep a filter under a name, in place of the one before; the name as kept. Raises BadFields."""
    name = one_line(name)
    with store.begin() as tx:
        refuse(name=_wrong_name(tx, person, name))
        tx.filters.keep(person.email, name, chosen)
    return name


@may(Act.OWN)
def drop_filter(person: Person, store: Store, name: str) -> None:
    """Raises NotFound."""
    with store.begin() as tx:
        tx.filters.drop(person.email, name)


def _wrong_name(tx: Tx, person: Person, name: str) -> str:
    if not name:
        return "Give it a name."
    if len(name) > MOST_NAME_CHARS:
        return f"A name has at most {MOST_NAME_CHARS} characters."
    kept = tx.filters.of(person.email)
    full = name not in kept and len(kept) >= MOST_FILTERS
    return f"You keep {MOST_FILTERS} filters, which is the most: remove one first." if full else ""


def _by_state(chosen: Filter) -> dict[str, Filter]:
    return {state or _ALL: replace(chosen, state=state) for state in (*Review, None)}


def _place(after: str) -> Place:
    arrived_at, seq = read_cursor(after)
    refuse(after="" if seq.isascii() and seq.isdigit() and int(seq[:19]) <= MOST_SEQ else "Not a place in this list.")
    return arrived_at, int(seq)
