"""The pages of channels, subscribers, keys and deliveries: kept by admins, told in words, refused at the field."""

from datetime import UTC, datetime, timedelta

import pytest

from syndicate.core.grants import Period, Quota
from syndicate.core.hub import Listener
from syndicate.core.newsroom import Order
from syndicate.core.policy import Embeds, Page, Pictures, Text
from syndicate.service import keys, read
from syndicate.web.desk import channel_form
from tests.desk.asked import counting
from tests.desk.watched import PHONE
from tests.newsroom import NOON

CHANNEL = {
    "title": "The world",
    "public": "yes",
    "order": "published",
    "length": "20",
    "language": "en",
    "outlets": "oc-media",
    "sections": "International\nWorld",
    "topics": "",
    "keywords": "school*",
    "languages": "en",
    "licences": "cc-by-nd-4.0",
    "min_words": "1",
    "max_words": "",
    "block_keywords": "horoscope",
    "text": "summary",
    "pictures": "none",
    "embeds": "links",
    "page": "both",
}
SUBSCRIBER = {
    "name": "Globe",
    "channel": ["world"],
    "ends": "2026-12-31",
    "embargo_hours": "2",
    "quota": "20",
    "period": "week",
    "excerpt_only": "yes",
    "territory": "am\nGE",
    "block_outlet": "oc-media",
}


@pytest.fixture
def admin(desk):
    return desk.signed_in("admin")


@pytest.fixture
def globe(admin):
    answer = admin.post("/desk/subscribers", name="Globe", slug="globe")
    assert answer.location == "/desk/subscribers/globe"
    return "/desk/subscribers/globe"


def test_a_channel_is_kept_as_it_was_typed(desk, admin):
    assert admin.post("/desk/channels/world", **CHANNEL).location == "/desk/channels/world"
    channel = desk.house.channel()
    rule, policy = channel.rule, channel.policy
    assert (channel.title, channel.public, channel.order, channel.length) == ("The world", True, Order.PUBLISHED, 20)
    assert (rule.outlets, rule.sections, rule.keywords) == (("oc-media",), ("International", "World"), ("school*",))
    assert (rule.licences, rule.min_words, rule.max_words) == (("CC-BY-ND-4.0",), 1, None)
    assert rule.block.keywords == ("horoscope",)
    assert (policy.text, policy.pictures, policy.embeds, policy.page) == (
        Text.SUMMARY,
        Pictures.NONE,
        Embeds.LINKS,
        Page.BOTH,
    )
    admin.post("/desk/channels/world", **channel_form.shown(channel).typed)
    assert desk.house.channel().rule == rule


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("length", "0"),
        ("length", "many"),
        ("outlets", "nobody"),
        ("keywords", "---"),
        ("languages", "the English"),
        ("min_words", "few"),
        ("max_words", "0"),
        ("order", "random"),
        ("embeds", "all"),
        ("block_outlets", "nobody"),
    ],
)
def test_a_wrong_value_of_a_channel_is_told_at_its_field(desk, admin, field, typed):
    before = desk.house.channel()
    answer = admin.post("/desk/channels/world", **{**CHANNEL, field: typed})
    assert (answer.status_code, f'id="{field}-wrong"' in answer.text) == (422, True)
    assert "horoscope" in answer.text
    assert desk.house.channel() == before


def test_a_licence_that_is_not_known_is_told(desk, admin):
    answer = admin.post("/desk/channels/world", **{**CHANNEL, "licences": "Ours"})
    assert (answer.status_code, "Not known: Ours." in answer.text) == (422, True)


def test_what_a_rule_would_hold_is_shown_before_it_is_kept(desk, admin):
    desk.house.published(headline="Schools reopen")
    desk.house.published(external_id="b", url="https://oc-media.org/b/", headline="A horoscope of school days")
    before = desk.house.channel()
    answer = admin.post("/desk/channels/world", **CHANNEL, look="yes")
    shown = answer.text.partition('id="preview"')[2].partition("</section>")[0]
    assert "1 of the newest 2 stories" in shown
    assert ("Schools reopen" in shown, "horoscope" in shown) == (True, False)
    assert desk.house.channel() == before


def test_a_channel_tells_who_reads_it_and_where(desk, admin, globe):
    admin.post(globe, name="Globe", channel="world")
    page = admin.get("/desk/channels/world").text
    assert 'value="https://news.example/feeds/world.rss"' in page or "/feeds/world.rss" in page
    assert 'href="/desk/subscribers/globe"' in page


def test_a_channel_is_added_and_removed(desk, admin):
    assert admin.post("/desk/channels", title="Sport", slug="sport").location == "/desk/channels/sport"
    assert not desk.house.channel("sport").public
    assert admin.post("/desk/channels", title="Sport again", slug="sport").status_code == 409
    wrong = admin.post("/desk/channels", title="", slug="A B")
    assert (wrong.status_code, 'id="slug-wrong"' in wrong.text) == (422, True)
    assert admin.get("/desk/channels/sport/remove").status_code == 200
    assert admin.post("/desk/channels/sport/remove").location == "/desk/channels"
    assert admin.get("/desk/channels/sport").status_code == 404


def test_a_subscriber_is_kept_as_it_was_typed_and_said_in_words(desk, admin, globe):
    assert admin.post(globe, **SUBSCRIBER).location == globe
    kept = read.subscriber(desk.store, "globe")
    assert kept.channels == ("world",)
    assert kept.grants.ends == datetime(2027, 1, 1, tzinfo=UTC)
    assert (kept.grants.territories, kept.grants.embargo_hours) == (("AM", "GE"), 2)
    assert (kept.grants.quota, kept.grants.excerpt_only) == (Quota(20, Period.WEEK), True)
    assert kept.grants.blocked_outlets == ("oc-media",)
    page = admin.get(globe).text
    assert "It gets 20 stories a week at most, and has had 0." in page
    assert 'value="2026-12-31"' in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("ends", "soon"),
        ("embargo_hours", "99999"),
        ("quota", "many"),
        ("territory", "Armenia"),
        ("block_outlet", "nobody"),
    ],
)
def test_a_wrong_value_of_a_subscriber_is_told_at_its_field(desk, admin, globe, field, typed):
    before = read.subscriber(desk.store, "globe")
    answer = admin.post(globe, **{**SUBSCRIBER, field: typed})
    assert (answer.status_code, f'id="{field}-wrong"' in answer.text) == (422, True)
    assert read.subscriber(desk.store, "globe") == before


def test_what_rights_would_mean_is_shown_before_they_are_kept(desk, admin, globe):
    before = read.subscriber(desk.store, "globe")
    assert "It gets summaries, not whole texts." in admin.post(globe, **SUBSCRIBER, look="yes").text
    assert read.subscriber(desk.store, "globe") == before


def test_a_key_is_shown_once_and_opens_until_it_is_revoked(desk, admin, globe):
    minted = admin.post("/desk/keys", owner="subscriber:globe", label="CMS", expires="2026-12-31")
    secret = minted.text.partition('id="secret"')[2].partition('value="')[2].partition('"')[0]
    assert secret.startswith("syn_")
    assert secret not in admin.get("/desk/keys").text
    (key,) = read.keys(desk.store)
    assert (key.subscriber, key.label, key.expires_at) == ("globe", "CMS", datetime(2027, 1, 1, tzinfo=UTC))
    assert keys.find(desk.store, secret, desk.clock.now)
    admin.post(f"/desk/keys/{key.id}/label", label="The new CMS")
    assert "The new CMS" in admin.get("/desk/keys").text
    assert admin.get(f"/desk/keys/{key.id}/revoke").status_code == 200
    assert admin.post(f"/desk/keys/{key.id}/revoke").location == "/desk/keys"
    assert keys.find(desk.store, secret, desk.clock.now) is None
    with desk.store.read() as tx:
        assert all(secret not in str(act) for act in tx.audit.page(limit=50))


@pytest.mark.parametrize(
    ("field", "typed"),
    [("owner", "outlet:nobody"), ("owner", "user:ana"), ("owner", ""), ("label", "x" * 101), ("expires", "2020-01-01")],
)
def test_a_key_that_cannot_be_minted_is_told_at_its_field(desk, admin, field, typed):
    asked = {"owner": "outlet:oc-media", "label": "CMS", "expires": "", field: typed}
    answer = admin.post("/desk/keys", **asked)
    assert (answer.status_code, f'id="{field}-wrong"' in answer.text) == (422, True)
    assert read.keys(desk.store) == []


def test_who_listens_is_told_those_who_fail_first(desk, admin, globe):
    key, _ = keys.add(desk.store, subscriber="globe", who="ana", now=NOON)
    with desk.store.begin() as tx:
        for number, failures in enumerate((0, 3)):
            listener = Listener(
                id=f"listener-{number}",
                channel="world",
                format="rss",
                callback=f"https://globe.example/{number}?secret=1",
                key=key.id,
                lease_until=desk.clock.now + timedelta(days=1),
                told_at=NOON,
                failures=failures,
                created_at=NOON,
            )
            tx.listeners.add(listener)
    for address in ("/desk/deliveries", globe):
        page = admin.get(address).text
        assert page.index("https://globe.example/1") < page.index("https://globe.example/0")
        assert "3 times not taken" in page
        assert "secret=1" not in page


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_only_admins_keep_these_and_the_others_may_look(desk, globe, role):
    key, _ = keys.add(desk.store, subscriber="globe", who="ana", now=NOON)
    visitor, before = desk.signed_in(role), desk.house.counts()
    forms = [
        ("/desk/channels", {"title": "New", "slug": "new"}),
        ("/desk/channels/world", CHANNEL),
        ("/desk/channels/world/remove", {}),
        ("/desk/subscribers", {"name": "New", "slug": "new"}),
        (globe, SUBSCRIBER),
        (f"{globe}/remove", {}),
        ("/desk/keys", {"owner": "outlet:oc-media"}),
        (f"/desk/keys/{key.id}/label", {"label": "mine"}),
        (f"/desk/keys/{key.id}/revoke", {}),
    ]
    assert {address: visitor.post(address, **typed).status_code for address, typed in forms} == dict.fromkeys(
        (address for address, _ in forms), 403
    )
    assert desk.house.counts() | {"desk_session": 0} == before | {"desk_session": 0}
    for address in ("/desk/channels", "/desk/channels/world", "/desk/subscribers", globe, "/desk/keys"):
        assert visitor.get(address).status_code == 200


@pytest.mark.parametrize("page", ["channels", "subscribers", "keys"])
def test_lists_ask_as_many_questions_for_one_as_for_many(desk, admin, globe, page):
    keys.add(desk.store, subscriber="globe", who="ana", now=NOON)
    with counting(desk.store) as few:
        admin.get(f"/desk/{page}")
    for number in range(8):
        admin.post("/desk/channels", title=f"Channel {number}", slug=f"channel-{number}")
        admin.post("/desk/subscribers", name=f"Paper {number}", slug=f"paper-{number}")
        admin.post(f"/desk/subscribers/paper-{number}", name=f"Paper {number}", channel=f"channel-{number}")
        keys.add(desk.store, subscriber=f"paper-{number}", who="ana", now=NOON)
    admin.get(f"/desk/{page}")
    with counting(desk.store) as many:
        admin.get(f"/desk/{page}")
    assert len(many) == len(few)


def test_a_key_is_minted_and_revoked_in_the_browser(site):
    page = site.page("admin").visit("/desk/keys")
    page.tab.get_by_label("Label", exact=True).fill("CMS")
    page.tab.get_by_role("button", name="Mint, and show it once").click()
    page.tab.get_by_role("button", name="Copy: Key").wait_for()
    page.judge()
    page.tab.get_by_role("link", name="Back to the keys").click()
    page.shoot("keys-minted")
    page.tab.get_by_role("link", name="Revoke").click()
    page.judge()
    page.tab.get_by_role("button", name="Revoke").click()
    page.tab.get_by_text("The key opens nothing any more.").wait_for()


def test_what_a_channel_would_hold_follows_what_is_typed(site):
    site.desk.house.published(headline="Schools reopen")
    page = site.page("admin").visit("/desk/channels/world")
    page.tab.get_by_text("1 of the newest 1 stories").wait_for()
    page.tab.get_by_label("Words", exact=True).fill("weather")
    page.tab.get_by_text("0 of the newest 1 stories").wait_for()
    page.judge()
    page.shoot("channel-typed")


def test_no_page_is_wider_than_a_phone(site):
    keys.add(site.desk.store, outlet="oc-media", label="CMS of the newsroom", who="ana", now=NOON)
    site.desk.house.push()
    page = site.page("admin", viewport=PHONE)
    widths = {}
    for name in (
        "outlets",
        "outlets/oc-media",
        "sources",
        "channels",
        "channels/world",
        "subscribers",
        "keys",
        "audit",
    ):
        page.visit(f"/desk/{name}")
        widths[name] = page.tab.evaluate("document.documentElement.scrollWidth")
    assert widths == dict.fromkeys(widths, PHONE["width"])
