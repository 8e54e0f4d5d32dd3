"""Keys of outlets and subscribers: minted, labelled, revoked, found again. One audit line for each act."""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime

from syndicate.core.newsroom import Key, Outlet, Scope
from syndicate.service.wrong import refuse
from syndicate.store import Store

OUTLET_SCOPES = frozenset({Scope.ARTICLES_READ, Scope.ARTICLES_WRITE})
SUBSCRIBER_SCOPES = frozenset({Scope.FEEDS_READ})


def add(
    store: Store,
    *,
    outlet: str = "",
    subscriber: str = "",
    scopes: frozenset[Scope] = frozenset(),
    label: str = "",
    expires_at: datetime | None = None,
    who: str,
    now: datetime,
) -> tuple[Key, str]:
    """Mint a key; its secret of 256 random bits is returned, the only time it is seen.

    Without `scopes` it may do all that its owner may. Raises NotFound (no such owner), BadFields (a scope that its
    owner cannot have).
    """
    allowed = OUTLET_SCOPES if outlet else SUBSCRIBER_SCOPES
    told = f"One of {', '.join(sorted(allowed))} for this owner."
    refuse(scope="" if scopes <= allowed else told, expires=_wrong_end(expires_at, now))
    secret = f"syn_{secrets.token_urlsafe(32)}"
    key = Key(
        id=secrets.token_hex(6),
        label=label,
        scopes=scopes or allowed,
        outlet=outlet,
        subscriber=subscriber,
        created_at=now,
        expires_at=expires_at,
    )
    with store.begin() as tx:
        tx.keys.add(key, secret_hash=hashed(secret))
        tx.audit.add("key-add", key.id, who=who, at=now, owner=outlet or subscriber)
    return key, secret


def label(store: Store, key_id: str, label: str, *, who: str, now: datetime) -> Key:
    with store.begin() as tx:
        key = replace(tx.keys.get(key_id), label=label)
        tx.keys.save(key)
        tx.audit.add("key-label", key.id, who=who, at=now)
        return key


def expire(store: Store, key_id: str, at: datetime | None, *, who: str, now: datetime) -> Key:
    """It opens nothing from that moment on; None: until it is revoked. Raises BadFields for what has passed."""
    refuse(expires=_wrong_end(at, now))
    with store.begin() as tx:
        key = replace(tx.keys.get(key_id), expires_at=at)
        tx.keys.save(key)
        tx.audit.add("key-expire", key.id, who=who, at=now, expires=str(at or "never"))
        return key


def revoke(store: Store, key_id: str, *, who: str, now: datetime) -> Key:
    """From now on it opens nothing. Revoking twice keeps the first time."""
    with store.begin() as tx:
        key = tx.keys.get(key_id)
        key = replace(key, revoked_at=key.revoked_at or now)
        tx.keys.save(key)
        tx.audit.add("key-revoke", key.id, who=who, at=now)
        return key


def find(store: Store, secret: str, now: datetime) -> Key | None:
    """The key with this secret, unless there is none, it was revoked or has expired."""
    found = find_with_outlet(store, secret, now)
    return found[0] if found else None


def find_with_outlet(store: Store, secret: str, now: datetime) -> tuple[Key, Outlet | None] | None:
    """The same, with the outlet that it belongs to, which a push needs next: None for a subscriber's key."""
    return store.holder(hashed(secret), now)


def _wrong_end(moment: datetime | None, now: datetime) -> str:
    return "" if moment is None or now < moment else "This moment has passed: a key that is to end now is revoked."


def hashed(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
