"""Keeping the parties: outlets, channels and subscribers. One audit line for each act."""

import re
from dataclasses import replace
from datetime import datetime

from syndicate.cleaning.selectors import compiled
from syndicate.core.approval import wrong_approvals
from syndicate.core.credit import check_template
from syndicate.core.errors import BadInput
from syndicate.core.grants import TERRITORY, wrong_grants
from syndicate.core.licences import find_licence
from syndicate.core.newsroom import Agreement, Channel, Outlet, Subscriber
from syndicate.core.rule import Rule, wrong_values
from syndicate.core.terms import MOST_HOURS
from syndicate.service.deliver import entitle
from syndicate.service.wrong import is_zone, refuse, wrong_slug
from syndicate.store import Store, Tx

MOST_ITEMS = 200  # in one page of a feed
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z0-9-]{2,63}", re.ASCII)


def add_outlet(store: Store, outlet: Outlet, *, who: str, now: datetime) -> Outlet:
    """Raises BadFields naming each wrong field, Conflict where the slug is taken."""
    outlet = checked_outlet(outlet)
    with store.begin() as tx:
        _check_blocked_subscribers(tx, outlet)
        tx.outlets.add(outlet, now)
        tx.audit.add("outlet-add", outlet.slug, who=who, at=now)
    return outlet


def set_outlet(store: Store, outlet: Outlet, *, who: str, now: datetime) -> Outlet:
    outlet = checked_outlet(outlet)
    with store.begin() as tx:
        _check_blocked_subscribers(tx, outlet)
        tx.outlets.hold(outlet.slug)
        before = tx.outlets.get(outlet.slug).agreement
        if before != outlet.agreement:
            tx.listings.recheck_outlet(outlet.slug, now)
        tx.outlets.save(outlet)
        tx.audit.add("outlet-set", outlet.slug, who=who, at=now)
        if limits_of(before) != limits_of(outlet.agreement):
            entitle.outlet_changed(tx, outlet, now)
    return outlet


def remove_outlet(store: Store, slug: str, *, who: str, now: datetime) -> None:
    with store.begin() as tx:
        tx.outlets.remove(slug)
        tx.audit.add("outlet-remove", slug, who=who, at=now)


def checked_outlet(outlet: Outlet) -> Outlet:
    """The outlet as it may be stored; raises BadFields naming each wrong field."""
    for template in outlet.credit_templates.values():
        check_template(template)
    hours = outlet.agreement.embargo_hours
    domain = outlet.domain.strip().lower().removeprefix("https://").removeprefix("http://").rstrip("/")
    refuse(
        slug=wrong_slug(outlet.slug),
        name="" if outlet.name.strip() else "May not be empty.",
        domain="" if not domain or _DOMAIN.fullmatch(domain) else "Not a domain such as oc-media.org.",
        timezone="" if is_zone(outlet.timezone) else "Not an IANA time zone such as Asia/Tbilisi.",
        remove_selector=_wrong_selectors(outlet.furniture.selectors),
        embargo_hours="" if 0 <= hours <= MOST_HOURS else f"A whole number from 0 to {MOST_HOURS}.",
        approvals=wrong_approvals(outlet.agreement.approvals),
        territory=_wrong_territories(outlet.agreement.territories),
    )
    return replace(outlet, name=outlet.name.strip(), domain=domain)


def _wrong_territories(codes: tuple[str, ...]) -> str:
    wrong = [code for code in codes if not TERRITORY.fullmatch(code)]
    return f"Not an ISO 3166-1 code such as AM: {', '.join(wrong)}." if wrong else ""


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
        check_outlets(tx, channel.rule)
        tx.channels.add(channel)
        for stories in tx.stories.published():
            tx.channels.refill(channel.slug, stories, now)
        tx.audit.add("channel-add", channel.slug, who=who, at=now)
        return tx.channels.get(channel.slug)


def set_channel(store: Store, channel: Channel, *, who: str, now: datetime) -> Channel:
    channel = checked_channel(channel)
    with store.begin() as tx:
        check_outlets(tx, channel.rule)
        before = tx.channels.get(channel.slug, lock=True)
        moved = (before.rule, before.order) != (channel.rule, channel.order)
        tx.channels.save(channel, now)
        for stories in tx.stories.published() if moved else ():
            entitle.channel_refilled(tx, tx.channels.refill(channel.slug, stories, now), now)
        tx.audit.add("channel-set", channel.slug, who=who, at=now)
        return tx.channels.get(channel.slug)


def remove_channel(store: Store, slug: str, *, who: str, now: datetime) -> None:
    with store.begin() as tx:
        tx.channels.remove(slug, now)
        tx.audit.add("channel-remove", slug, who=who, at=now)


def add_subscriber(store: Store, subscriber: Subscriber, *, who: str, now: datetime) -> Subscriber:
    subscriber = checked_subscriber(subscriber)
    with store.begin() as tx:
        _check_blocked_outlets(tx, subscriber)
        if seq := tx.subscribers.add(subscriber, now):
            entitle.subscriber_changed(tx, subscriber.slug, before=set(), seq=seq, now=now)
        tx.audit.add("subscriber-add", subscriber.slug, who=who, at=now, channels=list(subscriber.channels))
    return subscriber


def set_subscriber(store: Store, subscriber: Subscriber, *, who: str, now: datetime) -> Subscriber:
    """What it may no longer have is withdrawn from it at once."""
    subscriber = checked_subscriber(subscriber)
    with store.begin() as tx:
        _check_blocked_outlets(tx, subscriber)
        tx.subscribers.get(subscriber.slug, lock=True)
        before = tx.subscribers.open_to(subscriber.slug)
        if seq := tx.subscribers.save(subscriber, now):
            entitle.subscriber_changed(tx, subscriber.slug, before=before, seq=seq, now=now)
        tx.audit.add("subscriber-set", subscriber.slug, who=who, at=now, channels=list(subscriber.channels))
    return subscriber


def remove_subscriber(store: Store, slug: str, *, who: str, now: datetime) -> None:
    """Its keys go with it."""
    with store.begin() as tx:
        tx.subscribers.remove(slug)
        tx.audit.add("subscriber-remove", slug, who=who, at=now)


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


def check_outlets(tx: Tx, rule: Rule) -> None:
    """A slug that is misspelt would hold nothing, or block nothing, in silence. Raises BadFields."""
    known = {outlet.slug for outlet in tx.outlets.all()}
    lists = {"outlets": rule.outlets, "block_outlets": rule.block.outlets}
    unknown = {name: [slug for slug in slugs if slug not in known] for name, slugs in lists.items()}
    refuse(**{name: f"There is no outlet {', '.join(slugs)}." if slugs else "" for name, slugs in unknown.items()})


def limits_of(agreement: Agreement) -> tuple[frozenset[str], frozenset[str]]:
    """What of an agreement decides which subscribers may have the outlet's stories."""
    return frozenset(agreement.territories), frozenset(agreement.blocked_subscribers)


def checked_subscriber(subscriber: Subscriber) -> Subscriber:
    """The subscriber as it may be stored; raises BadFields naming each wrong field."""
    grants = subscriber.grants
    grants = replace(grants, territories=tuple(sorted({code.strip().upper() for code in grants.territories})))
    refuse(
        slug=wrong_slug(subscriber.slug),
        name="" if subscriber.name.strip() else "May not be empty.",
        **wrong_grants(grants),
    )
    return replace(subscriber, grants=grants)


def _check_blocked_outlets(tx: Tx, subscriber: Subscriber) -> None:
    """A slug that is misspelt would keep nothing back, in silence. Raises BadFields."""
    known = {outlet.slug for outlet in tx.outlets.all()}
    unknown = [slug for slug in subscriber.grants.blocked_outlets if slug not in known]
    refuse(block_outlet=f"There is no outlet {', '.join(unknown)}." if unknown else "")


def _check_blocked_subscribers(tx: Tx, outlet: Outlet) -> None:
    known = {subscriber.slug for subscriber in tx.subscribers.all()}
    unknown = [slug for slug in outlet.agreement.blocked_subscribers if slug not in known]
    refuse(block_subscriber=f"There is no subscriber {', '.join(unknown)}." if unknown else "")
