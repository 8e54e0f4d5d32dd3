"""Who may: wrong keys, another outlet's stories, another subscriber's channels; and that nothing is guessed."""

import base64
from datetime import datetime, timedelta

import pytest

from syndicate.service import keep, keys, read
from tests.newsroom import ANA, LATER, a_push
from tests.web.conftest import API, Site, is_problem

DOORS = [("POST", API), ("GET", API), ("GET", f"{API}/x"), ("GET", f"{API}/x/source"), ("DELETE", f"{API}/x")]
WRONG_KEYS = {
    "none": {},
    "unknown": {"Authorization": "Bearer syn_0000"},
    "empty": {"Authorization": "Bearer "},
    "no scheme": {"Authorization": "syn_0000"},
    "another scheme": {"Authorization": "Token syn_0000"},
    "no Latin letters": {"Authorization": "Bearer \u00e9\u00ff"},
    "NUL": {"Authorization": "Bearer \0"},
    "very long": {"Authorization": "Bearer " + "x" * 50_000},
}


@pytest.mark.parametrize("headers", WRONG_KEYS.values(), ids=WRONG_KEYS)
def test_without_a_valid_key_every_door_of_the_api_is_401_and_names_how_to_send_one(site, headers):
    rows = site.house.counts()
    for method, path in DOORS:
        answer = site.ask(path, method=method, headers=headers)
        is_problem(answer, 401, "not-known")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert site.house.counts() == rows


def test_a_revoked_key_is_no_key(site):
    key = next(key for key in read.keys(site.house.store) if key.outlet == "oc-media")
    assert site.push().status_code == 201
    keys.revoke(site.house.store, key.id, who=ANA, now=LATER)
    is_problem(site.push(), 401)


def test_an_outlets_key_in_an_address_or_as_a_password_opens_no_door_of_the_api(site):
    key = site.keys["oc-media"]
    is_problem(site.ask(f"{API}?key={key}"), 401)
    is_problem(site.ask(API, headers=basic("oc-media", key)), 401)


@pytest.mark.parametrize(("method", "path"), DOORS)
def test_a_subscribers_key_is_not_for_the_partner_api(site, method, path):
    is_problem(site.ask(path, method=method, by="times"), 403, "not-allowed")


def test_another_outlets_story_is_not_there(site):
    ref = site.push().json["id"]
    site.house.publish(ref)
    rows = site.house.counts()
    never = is_problem(site.ask(f"{API}/never", by="globe"), 404)
    for path in (f"{API}/{ref}", f"{API}/{ref}/source"):
        problem = is_problem(site.ask(path, by="globe"), 404, "not-found")
        assert problem["detail"] == never["detail"].replace("never", ref)
    for name in ("oc-2291", ref):
        is_problem(site.ask(f"{API}/{name}", by="globe", method="DELETE"), 404, "not-found")
    assert site.ask(API, by="globe").json["items"] == []
    assert site.ask(f"{API}?external_id=oc-2291", by="globe").json["items"] == []
    assert site.house.counts() == rows
    assert site.house.out()


def test_pushing_another_outlets_external_id_makes_a_story_of_ones_own(site):
    ref = site.push().json["id"]
    other = site.push(a_push(headline="Mine now"), by="globe")
    assert (other.status_code, other.json["result"]) == (201, "created")
    assert site.ask(f"{API}/{ref}", by="oc-media").json["headline"] != "Mine now"


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def ways(key: str) -> dict[str, dict]:
    return {
        "Bearer": {"headers": {"Authorization": f"Bearer {key}"}},
        "Basic": {"headers": basic("anybody", key)},
        "?key=": {"query_string": {"key": key}},
    }


@pytest.mark.parametrize("way", ["Bearer", "Basic", "?key="])
@pytest.mark.parametrize("form", ["rss", "newsml"])
def test_a_private_feed_opens_to_its_subscriber_by_bearer_by_password_and_by_address(site, way, form):
    site.house.published()
    answer = site.ask(f"/feeds/inner.{form}", **ways(site.keys["times"])[way])
    assert answer.status_code == 200
    assert "Valley schools reopen" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in answer.headers["Vary"]


@pytest.mark.parametrize("way", ["Bearer", "Basic", "?key="])
def test_a_wrong_key_is_401_even_on_a_public_feed(site, way):
    for channel in ("world", "inner"):
        answer = site.ask(f"/feeds/{channel}.rss", **ways("syn_wrong")[way])
        is_problem(answer, 401)
        assert "Basic" in answer.headers["WWW-Authenticate"]


def test_a_private_feed_without_a_key_is_401(site):
    is_problem(site.ask("/feeds/inner.rss"), 401, "not-known")


@pytest.mark.parametrize("channel", ["secret", "never-was"])
def test_another_subscribers_channel_is_not_there(site, channel):
    is_problem(site.ask(f"/feeds/{channel}.rss", by="times"), 404, "not-found")


def test_a_public_feed_needs_no_key_and_says_so_to_caches(site):
    answer = site.ask("/feeds/world.rss")
    assert (answer.status_code, answer.headers["Cache-Control"].split(",")[0]) == (200, "public")
    assert "Authorization" not in answer.headers.get("Vary", "")
    assert site.ask("/feeds/world.rss", by="times").status_code == 200


def test_a_partner_reads_what_is_public_with_its_own_key_and_no_more(site):
    assert site.ask("/feeds/world.rss", by="oc-media").status_code == 200
    assert site.ask("/feeds/inner.rss", by="oc-media").status_code in (401, 404)


@pytest.mark.parametrize("form", ["html", "rss", "newsml"])
def test_an_item_of_private_channels_opens_only_to_a_subscriber_of_one_of_them(site, form):
    keep.remove_channel(site.house.store, "world", who=ANA, now=LATER)
    ref = site.house.published()
    path = f"/items/{ref}.{form}"
    answer = site.ask(path, by="times")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-cache")
    is_problem(site.ask(path), 404)
    site.house.add_channel("world")
    keep.remove_channel(site.house.store, "inner", who=ANA, now=LATER)
    keep.remove_channel(site.house.store, "world", who=ANA, now=LATER)
    assert site.ask(path, by="times").status_code == 410  # it had it
    is_problem(site.ask(path), 404)


@pytest.mark.parametrize("state", ["received", "held", "approved", "rejected"])
@pytest.mark.parametrize("form", ["html", "rss", "newsml"])
def test_what_is_not_out_has_no_page(site, state, form):
    ref = site.house.brought_to(state)
    gone = is_problem(site.ask(f"/items/{ref}.{form}", by="times"), 404)
    assert gone["detail"] == is_problem(site.ask(f"/items/never.{form}", by="times"), 404)["detail"]


def test_an_embargoed_story_leaves_through_no_door_before_its_instant_and_appears_at_it(site):
    ref = site.push(a_push(rights={"embargoed": "2026-03-08T06:00:00+04:00"})).json["id"]
    site.house.publish(ref)
    instant = LATER.replace(day=8, hour=2, minute=0)
    doors = ["/feeds/world.rss", "/feeds/world.newsml", "/feeds/inner.rss"]
    for now in (LATER, instant.replace(day=8, hour=1, minute=59, second=59, microsecond=999999)):
        site.clock.now = now
        site.house.clock_strikes(now)
        for door in doors:
            answer = site.ask(door, by="times")
            assert (answer.status_code, "Valley" in answer.text) == (200, False)
        for path in (f"/items/{ref}", f"/items/{ref}.html", f"/items/{ref}.rss", f"/items/{ref}.newsml"):
            is_problem(site.ask(path, by="times"), 404)
    site.clock.now = instant
    site.house.clock_strikes(instant)
    for door in (*doors, f"/items/{ref}"):
        answer = site.ask(door, by="times")
        assert (answer.status_code, "Valley" in answer.text) == (200, True)


# Addresses with characters that no database, no path and no log may stumble over.
ODD = [
    "%00",
    "a%00b",
    "%FF%FE",
    "%ED%A0%80",
    "..%2F..%2Fetc%2Fpasswd",
    "%0A",
    "'",
    "%F0%9F%98%80",
    "x" * 3000,
    "tag:%00",
]


@pytest.mark.parametrize("odd", ODD, ids=[odd[:20] for odd in ODD])
def test_an_odd_address_is_never_a_fault_of_ours(site, odd):
    asked = [
        ("GET", f"{API}/{odd}", "oc-media"),
        ("GET", f"{API}/{odd}/source", "oc-media"),
        ("DELETE", f"{API}/{odd}", "oc-media"),
        ("GET", f"/items/{odd}", None),
        ("GET", f"/items/{odd}.rss", None),
        ("GET", f"/items/x.{odd}", None),
        ("GET", f"/feeds/{odd}.rss", None),
        ("GET", f"/feeds/world.{odd}", None),
        ("GET", f"/feeds/inner.rss?key={odd}", None),
        ("GET", f"/schemas/{odd}", None),
        ("GET", f"/problems/{odd}", None),
    ]
    for method, path, by in asked:
        answer = site.ask(path, method=method, by=by)
        assert answer.status_code in (401, 404, 405, 422), (method, path[:80], answer.status_code)
        assert answer.mimetype == "application/problem+json"
    for name in ("external_id", "cursor", "review", "since", "limit"):
        assert site.ask(f"{API}?{name}={odd}", by="oc-media").status_code in (200, 422)
    assert site.push(headers={"Idempotency-Key": odd[:200]}).status_code == 201


@pytest.mark.parametrize(
    ("by", "path"), [("times", "/feeds/inner.rss"), ("times", "/feeds"), ("times", "/api/v1/changes"), ("globe", API)]
)
def test_a_key_shows_when_it_was_used_last_to_the_minute(site: Site, by, path):
    uses = site.client.application.extensions["syndicate"].uses

    def last() -> datetime | None:
        uses.settle()
        (found,) = [key.last_used_at for key in read.keys(site.house.store) if by in (key.subscriber, key.outlet)]
        return found

    assert last() is None
    seen = []
    for passed in (0, 59, 60, 61, 200):
        site.clock.now = LATER + timedelta(seconds=passed)
        assert site.ask(path, by=by).status_code == 200
        seen.append((last() - LATER).total_seconds())
    assert seen == [0, 0, 60, 60, 200]


def test_a_key_that_has_ended_opens_nothing_by_any_door(site: Site):
    (key,) = [key for key in read.keys(site.house.store) if key.subscriber == "times"]
    keys.expire(site.house.store, key.id, LATER + timedelta(seconds=1), who=ANA, now=LATER)
    in_address = f"/feeds/inner.rss?key={site.keys['times']}"
    doors = {"/feeds/inner.rss": "times", "/feeds/inner": "times", "/api/v1/changes": "times", in_address: None}
    assert [site.ask(path, by=by).status_code for path, by in doors.items()] == [200] * 4
    site.clock.now = LATER + timedelta(seconds=1)
    for path, by in doors.items():
        is_problem(site.ask(path, by=by), 401, "not-known")
