"""The keys of outlets and subscribers. A secret is seen once, by who minted it."""

from collections.abc import Sequence
from datetime import datetime

from syndicate.core.newsroom import Key
from syndicate.core.roles import Act, Person
from syndicate.service import keys
from syndicate.service.desk import may
from syndicate.store import Store


@may(Act.LOOK)
def overview(person: Person, store: Store) -> Sequence[Key]:
    """All that were ever minted, those that open something first, the newest of them first."""
    with store.read() as tx:
        found = tx.keys.all()
    return sorted(found, key=lambda key: (key.revoked_at is not None, -key.created_at.timestamp()))


@may(Act.KEEP)
def mint(
    person: Person,
    store: Store,
    *,
    outlet: str = "",
    subscriber: str = "",
    label: str = "",
    expires_at: datetime | None = None,
    now: datetime,
) -> tuple[Key, str]:
    """The key and its secret. Raises NotFound (no such owner), BadFields."""
    return keys.add(
        store,
        outlet=outlet,
        subscriber=subscriber,
        label=label,
        expires_at=expires_at,
        who=person.email,
        now=now,
    )


@may(Act.KEEP)
def get(person: Person, store: Store, key_id: str) -> Key:
    """Raises NotFound."""
    with store.read() as tx:
        return tx.keys.get(key_id)


@may(Act.KEEP)
def label(person: Person, store: Store, key_id: str, label: str, *, now: datetime) -> Key:
    """Raises NotFound."""
    return keys.label(store, key_id, label, who=person.email, now=now)


@may(Act.KEEP)
def revoke(person: Person, store: Store, key_id: str, *, now: datetime) -> Key:
    """It opens nothing from now on. Raises NotFound."""
    return keys.revoke(store, key_id, who=person.email, now=now)
