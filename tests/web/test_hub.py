"""Our own hub, asked as subscribers ask it; their callbacks are a real server on loopback, the worker's jobs real."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest

from syndicate.app import create_app
from syndicate.core.hub import GIVE_UP, LONGEST_LEASE, SHORTEST_LEASE, USUAL_LEASE, lease, wait
from syndicate.core.newsroom import Subscriber
from syndicate.core.source import Intent
from syndicate.delivery.http import Client
from syndicate.service import keep, keys, read, work
from syndicate.service.deliver import documents, hub, hub_news
from syndicate.service.intake import sources
from syndicate.store import Store, migrating
from tests.newsroom import ANA, LATER, NEWSROOM, SECOND, a_house, an_outlet, hands_on
from tests.partner import Answer, Asked, Partner, answer, redirect
from tests.serving import served
from tests.web.conftest import CONFIG, Clock, Site, is_problem

SOON = timedelta(seconds=2)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WORLD, INNER = "https://news.example/feeds/world.rss", "https://news.example/feeds/inner.atom"
SECRET = "between us"
ASKING = (hub.VERIFY, hub_news.TELL, hub_news.PUBLISH)


def meant(_partner: Partner, asked: Asked) -> Iterator[bytes]:
    """It confirms what it is asked, and takes what it is told."""
    query = parse_qs(urlsplit(asked.path).query)
    yield answer(200, query.get("hub.challenge", [""])[0].encode())


@dataclass
class World:
    """Subscribers' callbacks are paths of the partner's server; the clock is set by hand."""

    site: Site
    partner: Partner
    hands: work.Hands
    done: list[str] = field(default_factory=list)

    def ask(self, path: str = "/cb", *, by: str | None = None, says: Answer | None = meant, **changes: str):
        if says is not None:
            self.partner.says[path.partition("?")[0]] = [says]
        form = {"hub.mode": "subscribe", "hub.topic": WORLD, "hub.callback": self.partner.url(path)}
        form |= {f"hub.{name}": value for name, value in changes.items()}
        return self.site.ask("/hub", method="POST", by=by, data={name: v for name, v in form.items() if v is not None})

    def subscribed(self, path: str = "/cb", **how) -> None:
        assert self.ask(path, **how).status_code == 202
        self.strike()

    @property
    def now(self) -> datetime:
        return self.site.clock.now

    def after(self, passed: timedelta) -> list[str]:
        self.site.clock.now += passed
        return self.strike()

    def strike(self) -> list[str]:
        """Do what is due until nothing is; the kinds of jobs that asked or told somebody."""
        done: list[str] = []
        while jobs := work.claim(self.hands.store, now=self.now, limit=100):
            for job in jobs:
                work.do(self.hands, job, now=self.now)
            done += [job.kind for job in jobs if job.kind in ASKING]
        return done

    def publish(self, number: int = 1) -> str:
        return self.site.house.published(external_id=f"n{number}", url=None, headline=f"News {number}", now=self.now)

    def told(self, path: str = "/cb") -> list[Asked]:
        return [asked for asked in self.partner.asked if asked.method == "POST" and asked.path == path]

    def questions(self) -> list[dict[str, str]]:
        queries = [parse_qs(urlsplit(asked.path).query) for asked in self.partner.asked if asked.method == "GET"]
        return [{name: values[0] for name, values in query.items()} for query in queries]

    def listeners(self) -> list[str]:
        """The paths of the callbacks that hear, in order."""
        with self.hands.store.read() as tx:
            found = [tx.listeners.get(ref) for slug in ("world", "inner") for ref in tx.listeners.of(slug)]
        return sorted(urlsplit(one.callback).path for one in found if one.hears(self.now))


@pytest.fixture
def world(site: Site, partner: Partner, client: Client) -> World:
    made = World(site, partner, hands_on(site.house.store, client=client))
    made.strike()
    return made


def test_a_callback_that_meant_it_is_told_the_whole_feed_signed(world):
    world.subscribed("/cb?a=1&b=%20c", secret=SECRET, lease_seconds="7200")
    (question,) = world.questions()
    assert question["hub.mode"] == "subscribe"
    assert (question["hub.topic"], question["hub.lease_seconds"], question["a"], question["b"]) == (
        WORLD,
        "7200",
        "1",
        " c",
    )
    world.publish()
    assert world.after(SOON) == ["hub-tell"]
    (told,) = world.told("/cb?a=1&b=%20c")
    assert told.body == world.site.ask("/feeds/world.rss").data
    assert told.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert told.headers["Link"] == f'<https://news.example/hub>; rel="hub", <{WORLD}>; rel="self"'
    method, _, signature = told.headers["X-Hub-Signature"].partition("=")
    assert method == "sha256"
    assert signature == hmac.new(SECRET.encode(), told.body, hashlib.sha256).hexdigest()
    assert feedparser.parse(told.body).entries[0].title == "News 1"


def test_a_feed_of_another_length_or_version_is_a_topic_too(world):
    path = "/feeds/world.ninjs?version=2.1&limit=1"
    world.subscribed(topic=f"https://news.example{path}")
    for number in range(2):
        world.publish(number)
    world.after(SOON)
    assert world.told()[0].body == world.site.ask(path).data
    assert world.told()[0].headers["Link"] == world.site.ask(path).headers["Link"]


def test_without_a_secret_nothing_is_signed(world):
    world.subscribed()
    world.publish()
    world.after(SOON)
    assert "X-Hub-Signature" not in world.told()[0].headers


def test_a_withdrawal_is_told_like_any_change(world):
    world.subscribed()
    story = world.publish()
    world.after(SOON)
    world.site.house.withdraw(story, now=world.now)
    world.after(SOON)
    assert b"deleted-entry" in world.told()[1].body


def test_fifty_changes_are_told_as_one_and_the_feed_is_made_once_for_all_who_listen(world, monkeypatch):
    for number in range(3):
        world.subscribed(f"/cb{number}")
    made, make = [], documents.document
    monkeypatch.setattr(documents, "document", lambda *asked, **how: made.append(1) or make(*asked, **how))
    for number in range(50):
        world.publish(number)
    assert world.after(SOON) == ["hub-tell"] * 3
    assert [len(world.told(f"/cb{number}")) for number in range(3)] == [1, 1, 1]
    assert len(made) == 1
    assert world.after(DAY) == []


def test_changes_that_never_rest_are_told_all_the_same(world):
    world.subscribed()
    for number in range(6):
        world.publish(number)
        world.after(SECOND)
    assert len(world.told()) == 3


def test_what_changed_before_the_callback_was_asked_is_told_too(world):
    world.ask()
    world.publish()
    world.strike()
    world.after(SOON)
    assert len(world.told()) == 1


REFUSED = {
    "no mode": ({"mode": None}, 422, "hub.mode"),
    "another mode": ({"mode": "publish"}, 422, "hub.mode"),
    "no topic": ({"topic": None}, 422, "hub.topic"),
    "somebody else's topic": ({"topic": "https://other.example/feed"}, 422, "hub.topic"),
    "a page": ({"topic": "https://news.example/feeds/world"}, 422, "hub.topic"),
    "a format without feeds": ({"topic": "https://news.example/feeds/world.txt"}, 422, "hub.topic"),
    "a question that no feed asks": ({"topic": f"{WORLD}?page=2"}, 422, "hub.topic"),
    "a question in another order": (
        {"topic": "https://news.example/feeds/world.ninjs?limit=2&version=2.1"},
        422,
        "hub.topic",
    ),
    "a key in the topic": ({"topic": f"{WORLD}?key=syn_abcdefgh"}, 422, "hub.topic"),
    "no callback": ({"callback": None}, 422, "hub.callback"),
    "a callback that is none": ({"callback": "ftp://a.example/"}, 422, "hub.callback"),
    "a callback with a password": ({"callback": "https://u:p@a.example/"}, 422, "hub.callback"),
    "a callback without a port": ({"callback": "https://a.example:x/"}, 422, "hub.callback"),
    "a callback with a line break": ({"callback": "https://a.example/\r\nX: y"}, 422, "hub.callback"),
    "a callback without an end": ({"callback": f"https://a.example/{'a' * 2000}"}, 422, "hub.callback"),
    "a long secret": ({"secret": "é" * 100}, 422, "hub.secret"),
    "a secret that no database keeps": ({"secret": "a\0b"}, 422, "hub.secret"),
    "a lease that is none": ({"lease_seconds": "-1"}, 422, "hub.lease_seconds"),
    "no such channel": ({"topic": "https://news.example/feeds/none.rss"}, 404, ""),
    "a channel that needs a key": ({"topic": INNER}, 401, ""),
    "a channel of others": ({"topic": "https://news.example/feeds/secret.rss", "by": "times"}, 404, ""),
    "an outlet's key": ({"topic": INNER, "by": "oc-media"}, 401, ""),
    "a wrong key": ({"by": "syn_wrong"}, 401, ""),
}


@pytest.mark.parametrize(("asked", "status", "where"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_request_is_refused_and_nobody_is_asked(world, asked, status, where):
    problem = is_problem(world.ask(**asked), status)
    assert not where or list(problem["errors"]) == [where]
    assert world.strike() == []
    assert world.partner.asked == []


def test_a_browser_is_no_subscriber(world):
    form = {"hub.mode": "subscribe", "hub.topic": WORLD, "hub.callback": world.partner.url("/cb")}
    for name, value in {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}.items():
        is_problem(world.site.ask("/hub", method="POST", data=form, headers={name: value}), 403)
    is_problem(world.site.ask("/hub", method="POST", json=form), 415)


NOT_MEANT = {
    "not found": answer(404),
    "another word": answer(200, b"yes"),
    "nothing": answer(200),
    "the challenge on a page of errors": lambda p, asked: [next(meant(p, asked)).replace(b" 200 ", b" 400 ")],
    "a redirect": redirect("/elsewhere", 302),
}


@pytest.mark.parametrize("says", NOT_MEANT.values(), ids=NOT_MEANT)
def test_who_did_not_mean_it_hears_nothing(world, says):
    world.partner.says["/elsewhere"] = [meant]
    world.subscribed(says=says)
    world.publish()
    world.after(SOON)
    assert [asked.method for asked in world.partner.asked] == ["GET"]
    assert world.listeners() == []


def test_a_callback_that_fails_is_asked_three_times_and_may_come_back_meanwhile(world):
    world.subscribed("/never", says=answer(500))
    world.subscribed("/soon", says=answer(503))
    world.partner.says["/soon"] = [meant]
    for _ in range(5):
        world.after(2 * MINUTE)
    assert Counter(urlsplit(asked.path).path for asked in world.partner.asked) == {"/never": 3, "/soon": 2}
    assert world.listeners() == ["/soon"]


def test_wishes_in_somebody_s_name_do_not_make_us_ask_more_than_twice_a_minute(world):
    for _ in range(20):
        world.ask(says=answer(404))
        world.after(SECOND)
    assert len(world.questions()) == 1
    world.after(MINUTE)
    assert len(world.questions()) == 2


def test_a_host_has_so_many_callbacks_and_no_more(world, monkeypatch):
    monkeypatch.setattr(hub, "MOST_AT_HOST", 3)
    for number in range(3):
        world.subscribed(f"/cb{number}")
    is_problem(world.ask("/cb3"), 422, "rule-broken")
    assert world.ask("/cb0").status_code == 202  # one that is there may renew


def test_so_many_wishes_wait_and_no_more(world, monkeypatch):
    monkeypatch.setattr(hub, "MOST_WISHES", 2)
    world.ask("/a")
    world.ask("/b")
    is_problem(world.ask("/c"), 503, "unavailable")
    world.strike()
    assert world.ask("/c").status_code == 202


def test_a_renewal_that_is_not_confirmed_leaves_what_stood(world):
    world.subscribed(secret="first")
    world.ask(says=answer(404), secret="second")
    world.after(MINUTE)
    world.partner.says["/cb"] = [meant]
    world.publish()
    world.after(SOON)
    (told,) = world.told()
    signed = hmac.new(b"first", told.body, hashlib.sha256).hexdigest()
    assert told.headers["X-Hub-Signature"] == f"sha256={signed}"


def test_a_renewal_takes_the_new_secret_and_lease(world):
    world.subscribed(secret="first", lease_seconds="3600")
    world.ask(secret="second", lease_seconds="86400")
    world.after(MINUTE)
    world.publish()
    world.after(2 * HOUR)
    (told,) = world.told()
    assert told.headers["X-Hub-Signature"].endswith(hmac.new(b"second", told.body, hashlib.sha256).hexdigest())


def test_who_wants_no_more_is_asked_and_then_hears_nothing(world):
    world.subscribed()
    world.ask(mode="unsubscribe", says=answer(404))
    world.after(MINUTE)
    assert world.listeners() == ["/cb"]
    world.ask(mode="unsubscribe")
    world.after(MINUTE)
    assert world.listeners() == []
    assert "hub.lease_seconds" not in world.questions()[-1]
    world.publish()
    world.after(SOON)
    assert world.told() == []


def test_nobody_learns_whether_a_callback_listens(world):
    world.subscribed()
    answers = [world.ask(path, mode="unsubscribe", says=None) for path in ("/cb", "/other")]
    assert [(said.status_code, said.data) for said in answers] == [(202, b"")] * 2


def test_a_lease_ends_unless_it_is_renewed_and_the_sweep_forgets_it(world):
    world.subscribed(lease_seconds="3600")
    world.publish()
    world.after(HOUR)
    assert world.told() == []
    hub_news.sweep(world.hands.store, world.now + SECOND)
    with world.hands.store.read() as tx:
        assert tx.listeners.of("world") == []


@pytest.mark.parametrize(
    ("wished", "given"), [(0, USUAL_LEASE), (1, SHORTEST_LEASE), (86_400, DAY), (10**30, LONGEST_LEASE)]
)
def test_a_lease_is_neither_too_short_nor_for_ever(wished, given):
    assert lease(wished) == given


def test_waits_grow_to_an_hour_and_are_never_all_alike():
    assert [wait(n, jitter=1) for n in (1, 2, 3, 30)] == [30 * SECOND, MINUTE, 2 * MINUTE, HOUR]
    assert wait(2, jitter=0) == 30 * SECOND
    assert wait(1, jitter=0, asked=10 * MINUTE) == 10 * MINUTE


def test_one_that_fails_is_told_later_and_later_and_the_newest_only(world):
    world.subscribed()
    world.partner.says["/cb"] = [answer(500)]
    world.publish(1)
    world.after(SOON)
    world.publish(2)
    assert world.after(SOON) == []  # a change does not make it come sooner
    world.after(MINUTE)
    world.partner.says["/cb"] = [meant]
    world.after(2 * MINUTE)
    told = world.told()
    assert [asked.body.count(b"<item>") for asked in told] == [1, 2, 2]
    assert world.after(DAY) == []


def test_one_that_asks_for_patience_is_given_it(world):
    world.subscribed()
    world.partner.says["/cb"] = [answer(429, Retry_After="600")]
    world.publish()
    world.after(SOON)
    assert world.after(9 * MINUTE) == []
    assert world.after(MINUTE) == ["hub-tell"]


def test_one_that_fails_for_two_days_is_given_up(world):
    world.subscribed()
    world.partner.says["/cb"] = [answer(500)]
    world.publish()
    world.after(SOON)
    world.after(GIVE_UP)
    assert world.listeners() == []
    assert world.after(DAY) == []


def test_410_ends_it_at_once(world):
    world.subscribed()
    world.partner.says["/cb"] = [answer(410)]
    world.publish()
    world.after(SOON)
    assert world.listeners() == []


def test_a_redirect_is_no_success(world):
    world.subscribed()
    world.partner.says["/cb"], world.partner.says["/elsewhere"] = [redirect("/elsewhere", 307)], [meant]
    world.publish()
    world.after(SOON)
    assert world.told("/elsewhere") == []
    world.after(MINUTE)
    assert len(world.told()) == 2


def test_an_address_inside_our_network_is_not_asked(world):
    world.hands = replace(world.hands, client=Client(user_agent="tests"))
    world.subscribed()
    assert world.partner.asked == []
    assert world.listeners() == []


def test_a_channel_that_needs_a_key_is_for_whoever_brings_it(world):
    world.subscribed(by="times", topic=INNER, secret=SECRET)
    world.publish()
    world.after(SOON)
    (told,) = world.told()
    assert told.body == world.site.ask("/feeds/inner.atom", by="times").data
    assert world.site.keys["times"].encode() not in told.body
    assert world.site.keys["times"] not in f"{told.headers}{world.questions()}"


def _revoke(world: World) -> None:
    (key,) = [key for key in read.keys(world.hands.store) if key.subscriber]
    keys.revoke(world.hands.store, key.id, who=ANA, now=world.now)


def _take_away(world: World) -> None:
    keep.set_subscriber(world.hands.store, Subscriber(slug="times", name="Times"), who=ANA, now=world.now)


ENDINGS = {
    "its key is revoked": _revoke,
    "the channel is taken away": _take_away,
    "the subscriber is removed": lambda w: keep.remove_subscriber(w.hands.store, "times", who=ANA, now=w.now),
    "the channel is removed": lambda w: keep.remove_channel(w.hands.store, "inner", who=ANA, now=w.now),
}


@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)
@pytest.mark.parametrize("noticed", ["by a change", "by the sweep"])
def test_who_may_not_read_any_more_hears_nothing_more_and_is_told_so(world, end, noticed):
    world.subscribed(by="times", topic=INNER)
    end(world)
    if noticed == "by a change":
        world.publish()
    else:
        hub_news.sweep(world.hands.store, world.now)
    world.after(SOON)
    assert world.told() == []
    denied = world.questions()[-1]
    assert (denied["hub.mode"], denied["hub.topic"]) == ("denied", INNER)
    assert denied["hub.reason"]
    assert world.listeners() == []


def test_a_public_channel_is_told_on_when_the_key_that_came_with_it_is_gone(world):
    world.subscribed(by="times")
    keep.remove_subscriber(world.hands.store, "times", who=ANA, now=world.now)
    world.publish()
    world.after(SOON)
    assert len(world.told()) == 1


def test_a_channel_that_is_public_no_more_is_not_told_to_the_public(world):
    world.subscribed()
    store = world.hands.store
    keep.set_channel(store, replace(read.channel(store, "world"), public=False), who=ANA, now=world.now)
    world.after(SOON)
    assert world.told() == []
    assert world.questions()[-1]["hub.mode"] == "denied"


def test_a_right_that_ends_before_the_callback_is_asked_is_denied(world):
    world.ask(by="times", topic=INNER)
    _revoke(world)
    world.strike()
    assert [asked["hub.mode"] for asked in world.questions()] == ["denied"]


@pytest.mark.parametrize("extension", ["rss", "atom", "json", "ninjs", "newsml", "nitf"])
def test_every_feed_names_its_hub_and_itself_and_never_a_key(world, extension):
    for slug, key in (("world", ""), ("inner", f"?key={world.site.keys['times']}")):
        said = world.site.ask(f"/feeds/{slug}.{extension}{key}")
        own = f"https://news.example/feeds/{slug}.{extension}"
        assert said.headers["Link"] == f'<https://news.example/hub>; rel="hub", <{own}>; rel="self"'
        assert world.site.keys["times"].encode() not in said.data
        unchanged = world.site.ask(f"/feeds/{slug}.{extension}{key}", headers={"If-None-Match": said.headers["ETag"]})
        assert (unchanged.status_code, unchanged.headers["Link"]) == (304, said.headers["Link"])


@pytest.fixture
def outside(world) -> World:
    """The same newsroom, with somebody else's hub."""
    world.partner.says["/their-hub"] = [answer(204)]
    address = world.partner.url("/their-hub")
    config = replace(CONFIG, hub_url=address)
    world.site.client = create_app(config, world.hands.store, now=lambda: world.now).test_client()
    world.hands = replace(world.hands, newsroom=config.newsroom)
    return world


def test_an_outside_hub_is_told_of_public_feeds_and_of_no_others(outside):
    outside.publish()
    assert outside.after(SOON) == ["hub-publish"]
    (told,) = outside.told("/their-hub")
    form = parse_qs(told.body.decode())
    assert form["hub.mode"] == ["publish"]
    assert set(form["hub.url"]) == {
        f"https://news.example/feeds/world.{extension}"
        for extension in ("rss", "atom", "json", "ninjs", "newsml", "nitf")
    }


def test_feeds_name_the_outside_hub_where_it_can_read_them_and_ours_sends_there(outside):
    address = outside.partner.url("/their-hub")
    assert f'<{address}>; rel="hub"' in outside.site.ask("/feeds/world.rss").headers["Link"]
    assert address.encode() in outside.site.ask("/feeds/world.rss").data
    assert "hub" not in outside.site.ask("/feeds/inner.rss", by="times").headers["Link"]
    assert address in is_problem(outside.ask(), 404)["detail"]


def test_an_outside_hub_that_fails_is_told_again(outside):
    outside.partner.says["/their-hub"] = [answer(500), answer(204)]
    outside.publish()
    outside.after(SOON)
    assert outside.after(MINUTE) == ["hub-publish"]
    assert len(outside.told("/their-hub")) == 2


def test_nothing_secret_stands_in_the_log(world, log):
    world.subscribed("/cb?capability=1234", by="times", topic=INNER, secret=SECRET)
    world.partner.says["/cb"] = [answer(500)]
    world.publish()
    world.after(SOON)
    for secret in (SECRET, "capability", world.site.keys["times"]):
        assert secret not in log.getvalue()


def test_our_own_subscriber_s_side_listens_to_our_own_hub(store, tmp_path):
    """Two newsrooms, one of which pulls the other's feed: it hears of a story, looks, and has it."""
    theirs, clock = Store(f"sqlite:///{tmp_path / 'theirs.db'}"), Clock()
    migrating.upgrade(theirs)
    publisher, house = a_house(store), a_house(theirs)
    keep.add_outlet(theirs, an_outlet(slug="wire", name="The Wire", domain="wire.example"), who=ANA, now=LATER)
    config = replace(CONFIG, tag_authority="news.example")
    ours = served(lambda url: create_app(replace(config, base_url=url), store, now=lambda: clock.now))
    with (
        ours as ours_at,
        served(lambda url: create_app(replace(CONFIG, base_url=url), theirs, lambda: clock.now)) as theirs_at,
    ):
        allowed = Client(user_agent="tests", allow_hosts=f"{urlsplit(ours_at).netloc},{urlsplit(theirs_at).netloc}")
        newsroom = replace(NEWSROOM, base_url=ours_at)
        ours_hands = hands_on(store, newsroom=newsroom, client=allowed)
        elsewhere = replace(NEWSROOM, base_url=theirs_at, authority="theirs.example")
        their_hands = hands_on(theirs, newsroom=elsewhere, client=allowed, subscribes=True)

        def strike(hands: work.Hands) -> list[str]:
            jobs = work.claim(hands.store, now=clock.now, limit=50)
            for job in jobs:
                assert work.do(hands, job, now=clock.now) == ""
            return [job.kind for job in jobs]

        address = f"{ours_at}/feeds/world.rss"
        source = sources.add(
            theirs,
            sources.Source(id="", outlet="wire", slug="f", address=address, created_at=LATER),
            who=ANA,
            now=LATER,
        )
        assert strike(their_hands) == ["poll"]
        assert strike(their_hands) == ["subscribe"]
        assert hub.VERIFY in strike(ours_hands)
        with theirs.read() as tx:
            assert tx.sources.get(source.id).subscription.intent is Intent.CONFIRMED
        publisher.published(now=clock.now)
        clock.now += SOON
        strike(ours_hands)
        assert strike(ours_hands) == [hub_news.TELL]
        assert "poll" in strike(their_hands)
        assert [story.source.headline for story in read.stories(theirs, limit=9).stories] == [
            "Valley schools reopen after eleven weeks"
        ]
        assert house.out() == []
    theirs.close()
