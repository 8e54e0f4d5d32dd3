"""Keeping the parties: outlets, channels, subscribers, people and their keys. One audit line for each act."""

import hashlib
import re
import secrets
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher

from syndicate.cleaning.selectors import compiled
from syndicate.core.credit import check_template
from syndicate.core.errors import BadFields, BadInput, NotAllowed
from syndicate.core.licences import find_licence
from syndicate.core.newsroom import Channel, Key, Outlet, Role, Scope, Subscriber, User
from syndicate.core.rule import Rule, wrong_values
from syndicate.store import Store, Tx

OUTLET_SCOPES = frozenset({Scope.ARTICLES_READ, Scope.ARTICLES_WRITE})
SUBSCRIBER_SCOPES = frozenset({Scope.FEEDS_READ})
MIN_PASSWORD_CHARS = 8
MOST_ITEMS = 200  # in one page of a feed
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?", re.ASCII)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z0-9-]{2,63}", re.ASCII)
_EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,189}")


def add_outlet(store: Store, outlet: Outlet, *, who: str, now: datetime) -> Outlet:
    """Raises BadFields naming each wrong field, Conflict where the slug is taken."""
    outlet = checked_outlet(outlet)
    with store.begin() as tx:
        tx.outlets.add(outlet, now)
        tx.audit.add("outlet-add", outlet.slug, who=who, at=now)
    return outlet


def set_outlet(store: Store, outlet: Outlet, *, who: str, now: datetime) -> Outlet:
    outlet = checked_outlet(outlet)
    with store.begin() as tx:
        tx.outlets.save(outlet)
        tx.audit.add("outlet-set", outlet.slug, who=who, at=now)
    return outlet


def remove_outlet(store: Store, slug: str, *, who: str, now: datetime) -> None:
    with store.begin() as tx:
        tx.outlets.remove(slug)
        tx.audit.add("outlet-remove", slug, who=who, at=now)


def checked_outlet(outlet: Outlet) -> Outlet:
    """The outlet as it may be stored; raises BadFields naming each wrong field."""
    for template in outlet.credit_templates.values():
        check_template(template)
    domain = outlet.domain.strip().lower().removeprefix("https://").removeprefix("http://").rstrip("/")
    refuse(
        slug=wrong_slug(outlet.slug),
        name="" if outlet.name.strip() else "May not be empty.",
        domain="" if not domain or _DOMAIN.fullmatch(domain) else "Not a domain such as oc-media.org.",
        timezone="" if _is_zone(outlet.timezone) else "Not an IANA time zone such as Asia/Tbilisi.",
        remove_selector=_wrong_selectors(outlet.furniture.selectors),
    )
    return replace(outlet, name=outlet.name.strip(), domain=domain)


def _wrong_selectors(selectors: tuple[str, ...]) -> str:
    try:
        compiled(selectors, "")
    except BadInput as error:
        return error.detail
    return ""


def add_channel(store: Store, channel: Channel, *, who: str, now: datetime) -> Channel:
    """A new channel takes what its rule takes of all that is published already."""
    channel = checked_channel(channel)
    with store.begin() as tx:
        _check_outlets(tx, channel.rule)
        tx.channels.add(channel)
        for stories in tx.stories.published():
            tx.channels.refill(channel.slug, stories, now)
        tx.audit.add("channel-add", channel.slug, who=who, at=now)
        return tx.channels.get(channel.slug)


def set_channel(store: Store, channel: Channel, *, who: str, now: datetime) -> Channel:
    channel = checked_channel(channel)
    with store.begin() as tx:
        _check_outlets(tx, channel.rule)
        before = tx.channels.get(channel.slug, lock=True)
        moved = (before.rule, before.order) != (channel.rule, channel.order)
        tx.channels.save(channel, now)
        for stories in tx.stories.published() if moved else ():
            tx.channels.refill(channel.slug, stories, now)
        tx.audit.add("channel-set", channel.slug, who=who, at=now)
        return tx.channels.get(channel.slug)


def remove_channel(store: Store, slug: str, *, who: str, now: datetime) -> None:
    with store.begin() as tx:
        tx.channels.remove(slug)
        tx.audit.add("channel-remove", slug, who=who, at=now)


def add_subscriber(store: Store, subscriber: Subscriber, *, who: str, now: datetime) -> Subscriber:
    _check_subscriber(subscriber)
    with store.begin() as tx:
        tx.subscribers.add(subscriber, now)
        tx.audit.add("subscriber-add", subscriber.slug, who=who, at=now, channels=list(subscriber.channels))
    return subscriber


def set_subscriber(store: Store, subscriber: Subscriber, *, who: str, now: datetime) -> Subscriber:
    _check_subscriber(subscriber)
    with store.begin() as tx:
        tx.subscribers.save(subscriber)
        tx.audit.add("subscriber-set", subscriber.slug, who=who, at=now, channels=list(subscriber.channels))
    return subscriber


def remove_subscriber(store: Store, slug: str, *, who: str, now: datetime) -> None:
    """Its keys go with it."""
    with store.begin() as tx:
        tx.subscribers.remove(slug)
        tx.audit.add("subscriber-remove", slug, who=who, at=now)


def add_user(store: Store, user: User, *, password: str, who: str, now: datetime) -> User:
    user = replace(user, email=user.email.strip().lower())
    refuse(
        email="" if _EMAIL.fullmatch(user.email) else "Not an e-mail address.",
        password=_wrong_password(password),
    )
    with store.begin() as tx:
        tx.users.add(user, password_hash=PasswordHasher().hash(password), now=now)
        tx.audit.add("user-add", user.email, who=who, at=now, role=user.role)
    return user


def set_user(store: Store, user: User, *, password: str | None, who: str, now: datetime) -> User:
    if password is not None:
        refuse(password=_wrong_password(password))
    with store.begin() as tx:
        tx.users.save(user, password_hash=PasswordHasher().hash(password) if password is not None else None)
        tx.audit.add("user-set", user.email, who=who, at=now, role=user.role)
    return user


def remove_user(store: Store, email: str, *, who: str, now: datetime) -> None:
    email = email.strip().lower()
    with store.begin() as tx:
        tx.users.remove(email)
        tx.audit.add("user-remove", email, who=who, at=now)


def editor(store: Store, email: str) -> str:
    """The person who decides, as the audit names them. Raises NotFound, NotAllowed (a viewer only looks)."""
    with store.read() as tx:
        user = tx.users.get(email.strip().lower())
    if not Role(user.role).decides:
        raise NotAllowed(f"{user.email} is a {user.role} and may not decide about stories.")
    return user.email


def add_key(
    store: Store,
    *,
    outlet: str = "",
    subscriber: str = "",
    scopes: frozenset[Scope] = frozenset(),
    label: str = "",
    who: str,
    now: datetime,
) -> tuple[Key, str]:
    """Mint a key; its secret of 256 random bits is returned, the only time it is seen.

    Without `scopes` it may do all that its owner may. Raises NotFound (no such owner), BadFields (a scope that its
    owner cannot have).
    """
    allowed = OUTLET_SCOPES if outlet else SUBSCRIBER_SCOPES
    told = f"One of {', '.join(sorted(allowed))} for this owner."
    refuse(scope="" if scopes <= allowed else told)
    secret = f"syn_{secrets.token_urlsafe(32)}"
    key = Key(
        id=secrets.token_hex(6),
        label=label,
        scopes=scopes or allowed,
        outlet=outlet,
        subscriber=subscriber,
        created_at=now,
    )
    with store.begin() as tx:
        tx.keys.add(key, secret_hash=_hashed(secret))
        tx.audit.add("key-add", key.id, who=who, at=now, owner=outlet or subscriber)
    return key, secret


def label_key(store: Store, key_id: str, label: str, *, who: str, now: datetime) -> Key:
    with store.begin() as tx:
        key = replace(tx.keys.get(key_id), label=label)
        tx.keys.save(key)
        tx.audit.add("key-label", key.id, who=who, at=now)
        return key


def revoke_key(store: Store, key_id: str, *, who: str, now: datetime) -> Key:
    """From now on it opens nothing. Revoking twice keeps the first time."""
    with store.begin() as tx:
        key = tx.keys.get(key_id)
        key = replace(key, revoked_at=key.revoked_at or now)
        tx.keys.save(key)
        tx.audit.add("key-revoke", key.id, who=who, at=now)
        return key


def find_key(store: Store, secret: str) -> Key | None:
    """The key with this secret, unless there is none or it was revoked."""
    with store.read() as tx:
        return tx.keys.find(_hashed(secret))


def find_outlet_key(store: Store, secret: str) -> tuple[Key, Outlet | None] | None:
    """The same, with the outlet that it belongs to, which a push needs next: None for a subscriber's key."""
    with store.read() as tx:
        key = tx.keys.find(_hashed(secret))
        return (key, tx.outlets.get(key.outlet) if key.outlet else None) if key else None


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def checked_channel(channel: Channel) -> Channel:
    """The channel as it may be stored, its licences by their SPDX names; raises BadFields naming each wrong field."""
    refuse(
        slug=wrong_slug(channel.slug),
        title="" if channel.title.strip() else "May not be empty.",
        length="" if 1 <= channel.length <= MOST_ITEMS else f"A whole number from 1 to {MOST_ITEMS}.",
    )
    return replace(channel, rule=checked_rule(channel.rule))


def checked_rule(rule: Rule) -> Rule:
    """The rule with its licences by their SPDX names; raises BadFields naming each wrong field."""
    licences = {written: find_licence(written) for written in rule.licences}
    unknown = ", ".join(written for written, licence in licences.items() if licence is None)
    told = f"Not known: {unknown}. Name it as SPDX does, such as CC-BY-ND-4.0." if unknown else ""
    refuse(licence=told, **wrong_values(rule))
    return replace(rule, licences=tuple(licence.spdx for licence in licences.values() if licence))


def _check_outlets(tx: Tx, rule: Rule) -> None:
    """A slug that is misspelt would hold nothing, or block nothing, in silence. Raises BadFields."""
    known = {outlet.slug for outlet in tx.outlets.all()}
    lists = {"outlets": rule.outlets, "block_outlets": rule.block.outlets}
    unknown = {name: [slug for slug in slugs if slug not in known] for name, slugs in lists.items()}
    refuse(**{name: f"There is no outlet {', '.join(slugs)}." if slugs else "" for name, slugs in unknown.items()})


def _check_subscriber(subscriber: Subscriber) -> None:
    refuse(slug=wrong_slug(subscriber.slug), name="" if subscriber.name.strip() else "May not be empty.")


def refuse(**problems: str) -> None:
    wrong = {name: [problem] for name, problem in problems.items() if problem}
    if wrong:
        raise BadFields(f"Wrong: {', '.join(wrong)}.", errors=wrong)


def wrong_slug(slug: str) -> str:
    return "" if _SLUG.fullmatch(slug) else "Small letters, digits and hyphens only, such as oc-media; 80 at most."


def _wrong_password(password: str) -> str:
    if len(password) < MIN_PASSWORD_CHARS:
        return f"A password has at least {MIN_PASSWORD_CHARS} characters."
    return "" if len(password) <= 1000 else "A password has at most 1,000 characters."


def _is_zone(name: str) -> bool:
    if not name:
        return True
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # no such file, a path outside, or a folder of zones
        return False
    return True
