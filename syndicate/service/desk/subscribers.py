"""The sites that read us: the channels and rights of each, its keys, and who of them listens at our hub."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from syndicate.core.hub import Listener
from syndicate.core.newsroom import Key, Subscriber
from syndicate.core.roles import Act, Person
from syndicate.service import keep
from syndicate.service.deliver import entitle
from syndicate.service.desk import may
from syndicate.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberFile:
    """`used` is what it has had of its quota in this period, None without one. `listeners` came with its keys."""

    subscriber: Subscriber
    keys: Sequence[Key]
    used: int | None = None
    listeners: Sequence[Listener] = ()


@may(Act.LOOK)
def overview(person: Person, store: Store) -> Sequence[SubscriberFile]:
    """All of them."""
    with store.read() as tx:
        subscribers, keys = tx.subscribers.all(), tx.keys.all()
    return [SubscriberFile(subscriber=each, keys=_keys(each, keys)) for each in subscribers]


@may(Act.LOOK)
def file(person: Person, store: Store, slug: str, *, now: datetime) -> SubscriberFile:
    """Raises NotFound."""
    with store.read() as tx:
        subscriber = tx.subscribers.get(slug)
        keys = _keys(subscriber, tx.keys.all())
        listeners = tx.listeners.all(keys=[key.id for key in keys])
    used = entitle.used(store, subscriber, now)
    return SubscriberFile(subscriber=subscriber, keys=keys, used=used, listeners=listeners)


@may(Act.KEEP)
def to_change(person: Person, store: Store, slug: str) -> Subscriber:
    """As it is kept, for one who may change it. Raises NotFound."""
    with store.read() as tx:
        return tx.subscribers.get(slug)


@may(Act.KEEP)
def add(person: Person, store: Store, subscriber: Subscriber, *, now: datetime) -> Subscriber:
    """Raises BadFields, Conflict, NotFound (no such channel)."""
    return keep.add_subscriber(store, subscriber, who=person.email, now=now)


@may(Act.KEEP)
def change(person: Person, store: Store, subscriber: Subscriber, *, now: datetime) -> Subscriber:
    """What it may no longer have is withdrawn from it. Raises BadFields, NotFound."""
    return keep.set_subscriber(store, subscriber, who=person.email, now=now)


@may(Act.KEEP)
def remove(person: Person, store: Store, slug: str, *, now: datetime) -> None:
    """Its keys go with it. Raises NotFound."""
    keep.remove_subscriber(store, slug, who=person.email, now=now)


@may(Act.LOOK)
def listeners(person: Person, store: Store) -> Sequence[Listener]:
    """All callbacks that our hub tells of changes, those that fail first."""
    with store.read() as tx:
        return tx.listeners.all()


def _keys(subscriber: Subscriber, keys: Sequence[Key]) -> Sequence[Key]:
    return [key for key in keys if key.subscriber == subscriber.slug]
