"""The outlets whose stories we republish, and what was agreed with each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from syndicate.core.alarms import Alarm, alarms
from syndicate.core.credit import Credit
from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Party, SourceItem
from syndicate.core.newsroom import Key, Newsroom, Outlet
from syndicate.core.roles import Act, Person
from syndicate.service import keep
from syndicate.service.desk import may
from syndicate.service.edition import credit_for
from syndicate.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """An outlet at a glance: when its newest story came, its sources with what is wrong with each, keys that open."""

    outlet: Outlet
    last_at: datetime | None
    sources: Mapping[str, Sequence[Alarm]]
    keys: Sequence[Key]

    @property
    def wrong(self) -> Sequence[Alarm]:
        return [alarm for found in self.sources.values() for alarm in found]


@may(Act.LOOK)
def overview(person: Person, store: Store, *, now: datetime) -> Sequence[Health]:
    """All outlets, in as many questions as one takes."""
    with store.read() as tx:
        outlets, keys, sources, came = tx.outlets.all(), tx.keys.all(), tx.sources.all(), tx.listings.last_arrivals()
    return [
        Health(
            outlet=outlet,
            last_at=came.get(outlet.slug),
            sources={source.slug: alarms(source, now) for source in sources if source.outlet == outlet.slug},
            keys=[key for key in keys if key.outlet == outlet.slug and not key.revoked_at],
        )
        for outlet in outlets
    ]


@may(Act.LOOK)
def get(person: Person, store: Store, slug: str) -> Outlet:
    """Raises NotFound."""
    with store.read() as tx:
        return tx.outlets.get(slug)


@may(Act.KEEP)
def to_change(person: Person, store: Store, slug: str) -> Outlet:
    """As it is kept, for one who may change it. Raises NotFound."""
    with store.read() as tx:
        return tx.outlets.get(slug)


@may(Act.KEEP)
def add(person: Person, store: Store, outlet: Outlet, *, now: datetime) -> Outlet:
    """Raises BadFields, Conflict."""
    return keep.add_outlet(store, outlet, who=person.email, now=now)


@may(Act.KEEP)
def change(person: Person, store: Store, outlet: Outlet, *, now: datetime) -> Outlet:
    """Raises BadFields, NotFound."""
    return keep.set_outlet(store, outlet, who=person.email, now=now)


@may(Act.KEEP)
def remove(person: Person, store: Store, slug: str, *, now: datetime) -> None:
    """Raises NotFound, Conflict while it has stories."""
    keep.remove_outlet(store, slug, who=person.email, now=now)


@may(Act.LOOK)
def credits(person: Person, store: Store, newsroom: Newsroom, outlet: Outlet) -> Mapping[str, Credit]:
    """The sentence that each of its templates would print under its newest story, or one like it; by language."""
    with store.read() as tx:
        newest = tx.stories.page(limit=1, outlet=outlet.slug)
    item = newest[0].source if newest else _like_one(outlet)
    return {
        language: credit_for(replace(item, language=language), outlet, newsroom)
        for language in outlet.credit_templates or {item.language or "en": ""}
    }


def _like_one(outlet: Outlet) -> SourceItem:
    site = outlet.domain or "example.org"
    return SourceItem(
        external_id="sample",
        headline="A headline",
        byline="A. Writer",
        original_url=f"https://{site}/a-headline/",
        info_source=Party(outlet.name, f"https://{site}/"),
        first_published=PartialDate("2026-03-03"),
        language="en",
    )
