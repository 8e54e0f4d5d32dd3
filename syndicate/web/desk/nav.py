"""The desk's main pages, as they stand beside every page. A page adds one line to PAGES."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import current_app, request, url_for

from syndicate.core.roles import Act, Person
from syndicate.web.words import N_, gettext

PAGES: Sequence[tuple[str, str, Act]] = (
    ("desk.queue", N_("Queue"), Act.LOOK),
    ("desk.overview", N_("Overview"), Act.LOOK),
    ("desk.outlets", N_("Outlets"), Act.LOOK),
    ("desk.sources", N_("Sources"), Act.LOOK),
    ("desk.channels", N_("Channels"), Act.LOOK),
    ("desk.subscribers", N_("Subscribers"), Act.LOOK),
    ("desk.keys", N_("Keys"), Act.LOOK),
    ("desk.deliveries", N_("Deliveries"), Act.LOOK),
    ("desk.audit", N_("Audit"), Act.LOOK),
    ("desk.people", N_("People"), Act.PEOPLE),
)
COUNTS: dict[str, Callable[[Person], int | str]] = {}  # by endpoint: a number beside the page's name


@dataclass(frozen=True, slots=True)
class Item:
    href: str
    label: str
    current: bool
    count: int | str


def items(person: Person) -> Sequence[Item]:
    """What this person may open."""
    there: Mapping[str, object] = current_app.view_functions
    return [
        Item(url_for(endpoint), gettext(label), request.endpoint == endpoint, _count(endpoint, person))
        for endpoint, label, act in PAGES
        if endpoint in there and person.may(act)
    ]


def _count(endpoint: str, person: Person) -> int | str:
    return COUNTS[endpoint](person) if endpoint in COUNTS else 0
