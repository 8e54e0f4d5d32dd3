"""A hub tells us of news: a real one on loopback asks, is answered, and pushes to the really served application."""

import hashlib
import hmac
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from werkzeug.serving import make_server
from werkzeug.wsgi import get_input_stream

from syndicate.app import create_app
from syndicate.core.source import Intent, PollResult
from syndicate.service import work
from syndicate.service.intake import sources
from tests.newsroom import ANA, NEWSROOM, NOON, a_house, hands_on
from tests.partner import Asked, Partner, answer
from tests.service.feeds import HOUR, RSS, Pulled, a_feed, an_item, pulled
from tests.web.conftest import CONFIG, Clock

DAY = timedelta(days=1)


@dataclass
class Hub:
    """It lives at /hub of the partner's server: it verifies before it answers, and pushes when told."""

    partner: Partner
    lease_s: int | None = 864_000
    topic: str = ""
    status: int = 202
    forms: list[dict[str, str]] = field(default_factory=list)
    verified: list[httpx.Response] = field(default_factory=list)

    def __call__(self, _partner: Partner, asked: Asked) -> Iterator[bytes]:
        form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        self.forms.append(form)
        if self.status == 202:
            self.verified.append(self.ask(**{"hub.mode": "subscribe", "hub.topic": self.topic or form["hub.topic"]}))
        yield answer(self.status)

    @property
    def callback(self) -> str:
        return self.forms[-1]["hub.callback"]

    def ask(self, **query: str) -> httpx.Response:
        lease = {"hub.lease_seconds": str(self.lease_s)} if self.lease_s else {}
        return httpx.get(self.callback, params={"hub.challenge": "a<b>&c", **lease, **query})

    def push(self, body: bytes = b"<rss/>", *, method: str = "sha256", secret: str = "", header: str = "") -> int:
        mac = hmac.new((secret or self.forms[-1]["hub.secret"]).encode(), body, getattr(hashlib, method, "sha256"))
        signed = {"X-Hub-Signature": header or f"{method}={mac.hexdigest()}"} if header != "none" else {}
        return httpx.post(self.callback, content=body, headers={**signed, "Content-Type": RSS}).status_code


@dataclass
class Subscribed:
    feed: Pulled
    hub: Hub
    clock: Clock
    hands: work.Hands

    def poll(self) -> None:
        self.feed.poll(self.clock.now)

    def strike(self) -> list[str]:
        """The kinds of jobs that are due and done now, but those about stories."""
        jobs = work.claim(self.hands.store, now=self.clock.now, limit=50)
        for job in jobs:
            work.do(self.hands, job, now=self.clock.now)
        return [job.kind for job in jobs if job.kind in ("poll", "subscribe")]

    @property
    def subscription(self):
        return self.feed.now.subscription


@pytest.fixture
def world(store, partner, client) -> Iterator[Subscribed]:
    """A source whose feed names a hub, and our application where that hub can reach it."""
    clock = Clock(now=NOON)
    app = create_app(CONFIG, store, now=lambda: clock.now)

    def with_an_end(environ, start_response):
        """Werkzeug's own server lets an application read on beyond the body; the one that we run on does not."""
        environ["wsgi.input"] = get_input_stream(environ)
        return app(environ, start_response)

    server = make_server("127.0.0.1", 0, with_an_end, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    newsroom = replace(NEWSROOM, base_url=f"http://127.0.0.1:{server.server_port}")
    feed, hub = pulled(a_house(store), partner, client), Hub(partner)
    feed.options = {"subscribes": True}
    partner.says["/hub"] = [hub]
    feed.says(answer(200, a_feed(an_item(1), head=links(partner)), Content_Type=RSS))
    hands = hands_on(store, newsroom=newsroom, client=client, subscribes=True)
    yield Subscribed(feed, hub, clock, hands)
    server.shutdown()
    thread.join()
    server.server_close()


def links(partner: Partner, hub: str = "/hub") -> str:
    named = f'<atom:link rel="hub" href="{partner.url(hub)}"/>'
    return f'{named}<atom:link rel="self" href="{partner.url("/feed")}"/>'


@pytest.fixture
def confirmed(world) -> Subscribed:
    assert world.strike() == ["poll"]
    assert world.strike() == ["subscribe"]
    return world


def test_a_hub_that_a_feed_names_is_asked_and_answered(confirmed):
    (form,), (verified,) = confirmed.hub.forms, confirmed.hub.verified
    assert (form["hub.mode"], form["hub.topic"]) == ("subscribe", confirmed.feed.partner.url("/feed"))
    assert len(form["hub.secret"]) >= 32
    assert (verified.status_code, verified.text) == (200, "a<b>&c")
    assert verified.headers["Content-Type"].startswith("text/plain")
    assert verified.headers["X-Content-Type-Options"] == "nosniff"
    assert (confirmed.subscription.intent, confirmed.subscription.lease_until) == (Intent.CONFIRMED, NOON + 10 * DAY)


def test_the_lease_is_renewed_before_it_ends(confirmed):
    confirmed.clock.now = NOON + 8 * DAY - HOUR
    assert "subscribe" not in confirmed.strike()
    confirmed.clock.now = NOON + 8 * DAY
    assert "subscribe" in confirmed.strike()
    assert confirmed.subscription.lease_until == NOON + 18 * DAY
    first, second = confirmed.hub.forms
    assert first == second


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_a_signed_push_makes_the_source_due_now(confirmed, method):
    confirmed.feed.says(answer(200, a_feed(an_item(2), an_item(1)), Content_Type=RSS))
    confirmed.clock.now = NOON + timedelta(minutes=1)
    assert confirmed.strike() == []
    assert confirmed.hub.push(method=method) == 202
    assert confirmed.strike() == ["poll"]
    assert len(confirmed.feed.stories()) == 2


WRONG = {
    "none": {"header": "none"},
    "another secret": {"secret": "guessed"},
    "an unknown method": {"header": "md5=abc"},
    "no method": {"header": "abc"},
    "cut short": {"header": "sha256=abcdef"},
    "not hexadecimal": {"header": "sha256=" + "zz" * 32},
}


@pytest.mark.parametrize("push", WRONG.values(), ids=WRONG)
def test_a_push_that_is_not_rightly_signed_has_no_effect_and_is_told_nothing(confirmed, push):
    assert confirmed.hub.push(**push) == 202
    assert confirmed.strike() == []
    assert confirmed.subscription.pushed_at is None


def test_looks_go_on_at_a_slower_pace_below_a_hub(confirmed):
    confirmed.poll()
    assert confirmed.feed.next_at == NOON + HOUR


ASKED = {
    "another topic": {"hub.mode": "subscribe", "hub.topic": "https://another.example/feed"},
    "the end of it": {"hub.mode": "unsubscribe"},
    "nothing": {"hub.mode": ""},
    "a denial of another topic": {"hub.mode": "denied", "hub.topic": "https://another.example/feed"},
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_what_we_did_not_ask_for_is_not_confirmed(confirmed, asked):
    before = confirmed.subscription
    response = confirmed.hub.ask(**{"hub.topic": confirmed.hub.forms[0]["hub.topic"], **asked})
    assert response.status_code == 404
    assert "a<b>&c" not in response.text
    assert confirmed.subscription == before


def test_a_hub_that_verifies_something_else_is_not_believed(world):
    world.hub.topic = "https://another.example/feed"
    world.strike()
    world.strike()
    assert world.hub.verified[0].status_code == 404
    assert world.subscription.intent is Intent.ASKED


def test_a_denial_is_kept_and_asked_again_after_a_week(confirmed):
    topic = confirmed.hub.forms[0]["hub.topic"]
    denied = confirmed.hub.ask(**{"hub.mode": "denied", "hub.topic": topic, "hub.reason": "not you"})
    assert denied.status_code == 200
    assert (confirmed.subscription.intent, confirmed.subscription.reason) == (Intent.DENIED, "not you")
    confirmed.clock.now = NOON + 7 * DAY
    assert "subscribe" in confirmed.strike()


@pytest.mark.parametrize(("lease_s", "until"), [(1, timedelta(minutes=5)), (10**12, 30 * DAY), (None, 10 * DAY)])
def test_a_lease_is_neither_too_short_nor_for_ever(world, lease_s, until):
    world.hub.lease_s = lease_s
    world.strike()
    world.strike()
    assert world.subscription.lease_until == NOON + until


def test_a_hub_that_fails_is_asked_again_later_and_later(world):
    world.hub.status = 500
    world.strike()
    assert world.strike() == ["subscribe"]
    for hours in (1, 3, 7):
        world.clock.now = NOON + hours * HOUR - timedelta(seconds=1)
        assert "subscribe" not in world.strike()
        world.clock.now = NOON + hours * HOUR
        assert "subscribe" in world.strike()


def test_another_hub_gets_another_secret_and_callback_and_the_old_callback_is_gone(confirmed):
    old, partner = confirmed.hub.callback, confirmed.feed.partner
    partner.says["/hub2"] = [confirmed.hub]
    confirmed.feed.says(answer(200, a_feed(an_item(2), head=links(partner, "/hub2")), Content_Type=RSS))
    confirmed.poll()
    confirmed.strike()
    first, second = confirmed.hub.forms
    assert first["hub.secret"] != second["hub.secret"]
    assert httpx.post(old, content=b"x").status_code == 410


def test_a_feed_that_names_no_hub_any_more_ends_it(confirmed):
    confirmed.feed.says(answer(200, a_feed(an_item(2)), Content_Type=RSS))
    confirmed.poll()
    assert confirmed.subscription is None
    assert confirmed.hub.push() == 410


def test_a_removed_source_answers_its_hub_that_it_is_gone(confirmed):
    sources.remove(confirmed.hands.store, confirmed.feed.source, who=ANA, now=NOON)
    assert confirmed.hub.push() == 410
    assert confirmed.strike() == []


def test_a_header_names_the_hub_before_the_document_does(world):
    header = f'<{world.feed.partner.url("/hub3")}>; rel="hub", </topic>; rel=self'
    world.feed.says(answer(200, a_feed(an_item(1), head=links(world.feed.partner)), Content_Type=RSS, Link=header))
    world.poll()
    found = world.subscription
    assert (found.hub, found.topic) == (world.feed.partner.url("/hub3"), world.feed.partner.url("/topic"))


def test_where_hubs_cannot_reach_us_none_is_asked(world):
    world.feed.options = {"subscribes": False}
    world.poll()
    assert world.subscription is None


def test_nobody_learns_the_token_or_the_secret_from_the_log_or_a_command(confirmed, capsys):
    token = urlsplit(confirmed.hub.callback).path.rpartition("/")[2]
    confirmed.hub.push()
    from syndicate.cli.source_lines import of_source

    told = f"{of_source(confirmed.feed.now)}"
    assert confirmed.hub.forms[0]["hub.secret"] not in told
    assert token not in told
    assert token.startswith("syn_")  # which the log leaves out


@pytest.mark.parametrize("how", ["GET", "POST"])
def test_an_unknown_callback_is_nobodys(world, how):
    world.strike()
    world.strike()
    url = world.hub.callback.rpartition("/")[0] + "/syn_unknown"
    assert httpx.request(how, url, content=b"" if how == "POST" else None).status_code == {"GET": 404, "POST": 410}[how]


def test_a_hub_is_chosen_by_the_feed_and_so_may_not_be_inside_our_network(world):
    head = '<atom:link rel="hub" href="http://169.254.169.254/hub"/>'
    world.feed.says(answer(200, a_feed(an_item(1), head=head), Content_Type=RSS))
    world.strike()
    assert world.strike() == ["subscribe"]
    assert world.subscription.intent is Intent.ASKED
    assert world.feed.log()[0].result is PollResult.STORIES
