"""Keeping outlets, channels, subscribers, people and keys: checked at the door, one audit line for each act."""

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import select

from syndicate.core.errors import BadFields, Conflict, NotAllowed, NotFound
from syndicate.core.newsroom import Role, Scope, Subscriber, User
from syndicate.service import keep, keys, read
from syndicate.service.people import users
from syndicate.store import Store
from syndicate.store.models import AuditRow, KeyRow, UserRow
from tests.newsroom import ANA, LATER, NOON, SECOND, House, a_channel, an_outlet

GLOBE = Subscriber(slug="globe", name="Globe", channels=("world",))
BEA = User(email="bea@news.example", role=Role.EDITOR)
PASSWORD = "correct horse"


def rows(store: Store, table: type) -> list:
    with store.read() as tx:
        found = list(tx.session.scalars(select(table)))
        tx.session.expunge_all()
        return found


def last_act(house: House) -> tuple[str, str, str]:
    row = max(rows(house.store, AuditRow), key=lambda row: row.id)
    return row.what, row.subject, row.who


ACTS = {
    "outlet-add": lambda s: keep.add_outlet(s, an_outlet(slug="new"), who=ANA, now=NOON),
    "outlet-set": lambda s: keep.set_outlet(s, an_outlet(name="OC"), who=ANA, now=NOON),
    "outlet-remove": lambda s: keep.remove_outlet(s, "oc-media", who=ANA, now=NOON),
    "channel-add": lambda s: keep.add_channel(s, a_channel(slug="new"), who=ANA, now=NOON),
    "channel-set": lambda s: keep.set_channel(s, a_channel(title="New"), who=ANA, now=NOON),
    "channel-remove": lambda s: keep.remove_channel(s, "world", who=ANA, now=NOON),
    "subscriber-add": lambda s: keep.add_subscriber(s, replace(GLOBE, slug="new"), who=ANA, now=NOON),
    "subscriber-set": lambda s: keep.set_subscriber(s, replace(GLOBE, channels=()), who=ANA, now=NOON),
    "subscriber-remove": lambda s: keep.remove_subscriber(s, "globe", who=ANA, now=NOON),
    "user-add": lambda s: users.add(
        s, User(email="c@d.example", role=Role.ADMIN), password=PASSWORD, who=ANA, now=NOON
    ),
    "user-set": lambda s: users.save(s, replace(BEA, role=Role.VIEWER), password=None, who=ANA, now=NOON),
    "user-remove": lambda s: users.remove(s, BEA.email, who=ANA, now=NOON),
    "key-add": lambda s: keys.add(s, outlet="oc-media", who=ANA, now=NOON),
    "key-label": lambda s: keys.label(s, read.keys(s)[0].id, "CMS", who=ANA, now=NOON),
    "key-revoke": lambda s: keys.revoke(s, read.keys(s)[0].id, who=ANA, now=NOON),
}


@pytest.fixture
def kept(house: House) -> House:
    """A house with a subscriber, a person and a subscriber's key."""
    keep.add_subscriber(house.store, GLOBE, who=ANA, now=NOON)
    with house.store.begin() as tx:
        tx.users.add(BEA, password_hash="a slow hash, made once", now=NOON)
    keys.add(house.store, subscriber="globe", who=ANA, now=NOON)
    return house


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_one_audit_line(kept, act):
    before = len(rows(kept.store, AuditRow))
    ACTS[act](kept.store)
    assert len(rows(kept.store, AuditRow)) == before + 1
    assert last_act(kept)[::2] == (act, ANA)


@pytest.mark.parametrize("act", [act for act in ACTS if act.endswith(("set", "remove", "label", "revoke"))])
def test_what_is_not_there_cannot_be_changed_or_removed(kept, act):
    for kind in ("outlet-remove", "channel-remove", "subscriber-remove", "user-remove"):
        ACTS[kind](kept.store)
    if act.startswith("key"):
        with pytest.raises(IndexError):
            ACTS[act](kept.store)  # the subscriber took its key with it
    else:
        with pytest.raises(NotFound):
            ACTS[act](kept.store)


WRONG_OUTLETS = {
    "slug": an_outlet(slug="OC Media"),
    "name": an_outlet(slug="x", name="  "),
    "domain": an_outlet(slug="x", domain="not a domain"),
    "timezone": an_outlet(slug="x", timezone="Asia/Atlantis"),
    "credit_template": an_outlet(slug="x", credit_templates={"en": "On {date}."}),
}


@pytest.mark.parametrize("field", WRONG_OUTLETS)
def test_an_outlet_with_a_wrong_field_is_refused_naming_it(house, field):
    before = house.counts()
    with pytest.raises(BadFields) as refused:
        keep.add_outlet(house.store, WRONG_OUTLETS[field], who=ANA, now=NOON)
    assert list(refused.value.extra["errors"]) == [field]
    assert house.counts() == before


@pytest.mark.parametrize("zone", ["../etc/passwd", "/etc/passwd", "Asia", "Asia/Tbilisi\0", "x" * 5000])
def test_a_time_zone_is_never_a_path_into_the_machine(house, zone):
    with pytest.raises(BadFields):
        keep.set_outlet(house.store, an_outlet(timezone=zone), who=ANA, now=NOON)


@pytest.mark.parametrize("written", ["https://OC-Media.org/", "oc-media.org", " http://oc-media.org "])
def test_a_domain_is_kept_in_one_form_however_it_was_written(house, written):
    assert keep.set_outlet(house.store, an_outlet(domain=written), who=ANA, now=NOON).domain == "oc-media.org"


def test_a_key_is_256_random_bits_shown_once_and_stored_as_a_hash(house):
    key, secret = keys.add(house.store, outlet="oc-media", label="CMS", who=ANA, now=NOON)
    _, another = keys.add(house.store, outlet="oc-media", who=ANA, now=NOON)
    assert secret != another
    assert len(secret.removeprefix("syn_")) == 43  # 32 bytes in base64
    row = next(row for row in rows(house.store, KeyRow) if row.id == key.id)
    assert row.secret_hash == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in repr([vars(row) for row in rows(house.store, KeyRow)])
    assert secret not in repr([vars(row) for row in rows(house.store, AuditRow)])
    assert secret not in repr(read.keys(house.store))


def test_an_outlets_key_writes_and_reads_articles_and_a_subscribers_reads_feeds(kept):
    outlets, _ = keys.add(kept.store, outlet="oc-media", who=ANA, now=NOON)
    subscribers, _ = keys.add(kept.store, subscriber="globe", who=ANA, now=NOON)
    assert outlets.scopes == {Scope.ARTICLES_READ, Scope.ARTICLES_WRITE}
    assert subscribers.scopes == {Scope.FEEDS_READ}


def test_a_key_is_found_by_its_secret_until_it_is_revoked(house):
    key, secret = keys.add(house.store, outlet="oc-media", who=ANA, now=NOON)
    assert keys.find(house.store, secret, LATER) == key
    for wrong in (secret[:-1], secret + "x", secret.upper(), "", key.id, "\udcff\0"):
        assert keys.find(house.store, wrong, LATER) is None
    keys.revoke(house.store, key.id, who=ANA, now=NOON)
    assert keys.find(house.store, secret, LATER) is None
    assert keys.revoke(house.store, key.id, who=ANA, now=LATER).revoked_at == NOON


def test_a_key_opens_nothing_from_its_end_on_unless_it_is_given_longer(house):
    key, secret = keys.add(house.store, outlet="oc-media", expires_at=LATER, who=ANA, now=NOON)
    assert keys.find(house.store, secret, LATER - SECOND) == key
    assert keys.find(house.store, secret, LATER) is None
    keys.expire(house.store, key.id, None, who=ANA, now=LATER)
    assert keys.find(house.store, secret, LATER + SECOND)


def test_a_key_cannot_end_before_now(house):
    with pytest.raises(BadFields):
        keys.add(house.store, outlet="oc-media", expires_at=NOON, who=ANA, now=NOON)
    key, _ = keys.add(house.store, outlet="oc-media", who=ANA, now=NOON)
    with pytest.raises(BadFields):
        keys.expire(house.store, key.id, NOON, who=ANA, now=LATER)


def test_a_subscriber_that_is_removed_takes_its_keys_with_it(kept):
    _, secret = keys.add(kept.store, subscriber="globe", who=ANA, now=NOON)
    keep.remove_subscriber(kept.store, "globe", who=ANA, now=NOON)
    assert keys.find(kept.store, secret, LATER) is None


def test_a_subscribers_channels_can_be_changed(kept):
    kept.add_channel("second")
    keep.set_subscriber(kept.store, replace(GLOBE, channels=("second",)), who=ANA, now=NOON)
    assert read.subscriber(kept.store, "globe").channels == ("second",)
    with pytest.raises(NotFound, match="third"):
        keep.set_subscriber(kept.store, replace(GLOBE, channels=("third",)), who=ANA, now=NOON)
    assert read.subscriber(kept.store, "globe").channels == ("second",)


def test_a_password_is_kept_as_a_slow_hash_only(house):
    users.add(house.store, BEA, password=PASSWORD, who=ANA, now=NOON)
    (row,) = rows(house.store, UserRow)
    assert row.password_hash.startswith("$argon2id$")
    assert PASSWORD not in repr([vars(row) for row in rows(house.store, AuditRow)])


@pytest.mark.parametrize("password", ["", "seven77", "x" * 1001])
def test_a_password_that_is_too_short_or_too_long_is_refused(house, password):
    with pytest.raises(BadFields) as refused:
        users.add(house.store, BEA, password=password, who=ANA, now=NOON)
    assert list(refused.value.extra["errors"]) == ["password"]


@pytest.mark.parametrize("email", ["", "bea", "a@b@c", "a b@c", "a@b\n", "@c"])
def test_an_address_that_is_none_is_refused(house, email):
    with pytest.raises(BadFields):
        users.add(house.store, User(email=email + "\x01", role=Role.EDITOR), password=PASSWORD, who=ANA, now=NOON)


def test_one_address_is_one_person_however_it_is_written(kept):
    with pytest.raises(Conflict):
        users.add(kept.store, User(email=" Bea@News.example", role=Role.ADMIN), password=PASSWORD, who=ANA, now=NOON)
    assert read.user(kept.store, "BEA@news.example").role is Role.EDITOR


def test_a_password_is_changed_only_where_a_new_one_is_given(kept):
    (before,) = rows(kept.store, UserRow)
    users.save(kept.store, BEA, password=None, who=ANA, now=NOON)
    assert rows(kept.store, UserRow)[0].password_hash == before.password_hash
    users.save(kept.store, BEA, password="battery staple", who=ANA, now=NOON)
    assert rows(kept.store, UserRow)[0].password_hash != before.password_hash


@pytest.mark.parametrize(("role", "decides"), [(Role.ADMIN, True), (Role.EDITOR, True), (Role.VIEWER, False)])
def test_editors_and_admins_decide_and_viewers_look(kept, role, decides):
    users.save(kept.store, replace(BEA, role=role), password=None, who=ANA, now=NOON)
    if decides:
        assert users.editor(kept.store, " BEA@news.example ") == BEA.email
    else:
        with pytest.raises(NotAllowed, match="viewer"):
            users.editor(kept.store, BEA.email)


def test_a_stranger_decides_nothing(house):
    with pytest.raises(NotFound):
        users.editor(house.store, "nobody@news.example")
