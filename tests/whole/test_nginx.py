"""The sample of docs/deploy before a running newsroom: what many share is cached for a moment, the rest never."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bench.kit import nginx
from syndicate.core.newsroom import Subscriber
from syndicate.service import keep, keys
from syndicate.store import Store, migrating
from tests.newsroom import ANA, NOON, House, a_house
from tests.whole.server import Newsroom, until

FEED, PRIVATE = "/feeds/world.rss", "/feeds/inner.rss"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("proxied")


@pytest.fixture(scope="session")
def house(folder) -> Iterator[House]:
    store = Store(f"sqlite:///{folder}/syndicate.db")
    migrating.upgrade(store)
    house = a_house(store)
    house.add_channel("inner", public=False)
    keep.add_subscriber(store, Subscriber(slug="times", name="Times", channels=("inner",)), who=ANA, now=NOON)
    yield house
    store.close()


@pytest.fixture(scope="session")
def key(house) -> str:
    return keys.add(house.store, subscriber="times", who=ANA, now=NOON)[1]


@pytest.fixture(scope="session")
def proxy(house, folder, lacking) -> Iterator[httpx.Client]:
    if not nginx.found():
        lacking("nginx", "no nginx: it is Debian's package of that name")
    room = Newsroom(folder, store=house.store)
    room.start(0, "--no-worker")
    try:
        upstream = room.url.removeprefix("http://")
        with nginx.running(folder / "nginx", upstream) as url, httpx.Client(base_url=url, timeout=60) as client:
            yield client
    finally:
        room.end()


def published(house, name: str, **changes) -> str:
    """A story of its own, headed by its name."""
    return house.published(external_id=name, headline=name, now=datetime.now(UTC), **changes)


def seen(folder) -> list[dict]:
    """What the proxy logged."""
    return [json.loads(line) for line in (folder / "nginx" / "syndicate.log").read_text().splitlines()]


def kept(folder) -> set[Path]:
    return {file for file in (folder / "nginx" / "cache").rglob("*") if file.is_file()}


def settled(proxy, name: str, **headers: str) -> None:
    """Asks until the feed through the proxy has this story, in the coding that is asked for."""
    until(lambda: name in proxy.get(FEED, headers=headers).text)


def test_a_public_feed_is_asked_for_once_while_many_read_it(house, proxy, folder):
    published(house, "many-read")
    settled(proxy, "many-read")
    before = len(seen(folder))
    bodies = {proxy.get(FEED).content for _ in range(50)}
    assert len(bodies) == 1
    until(lambda: len(seen(folder)) >= before + 50)
    how = Counter(line["cache"] for line in seen(folder)[before:])
    assert how["HIT"] > how["MISS"] + how["EXPIRED"] + how["REVALIDATED"]


def test_each_coding_is_cached_by_itself_and_keeps_its_validators(house, proxy):
    published(house, "in-codings", body_html="<p>" + "Eleven weeks. " * 200 + "</p>")
    for coding in ("identity", "gzip", "br"):
        accepting = {"Accept-Encoding": coding}
        until(lambda accepting=accepting: "in-codings" in proxy.get(FEED, headers=accepting).text)
        answer = proxy.get(FEED, headers=accepting)
        assert answer.headers.get("Content-Encoding", "identity") == coding
        assert "Eleven weeks" in answer.text
        assert proxy.get(FEED, headers=accepting | {"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_what_was_withdrawn_is_out_of_the_cache_in_a_moment(house, proxy):
    ref = published(house, "taken-back")
    settled(proxy, "taken-back")
    house.withdraw(ref, now=datetime.now(UTC))
    until(lambda: "taken-back" not in proxy.get(FEED).text)


def test_what_was_withdrawn_while_nobody_read_is_not_shown_even_once(house, proxy):
    """nginx may serve what is stale while it fetches anew; our answers allow it for a second only."""
    ref = published(house, "nobody-read")
    settled(proxy, "nobody-read")
    house.withdraw(ref, now=datetime.now(UTC))
    kept_for = time.monotonic() + 3.1  # nginx counts in whole seconds
    until(lambda: time.monotonic() > kept_for)
    assert "nobody-read" not in proxy.get(FEED).text


@pytest.mark.parametrize("way", ["Bearer", "Basic", "?key=", "?%6bey="])
def test_a_private_feed_is_never_kept_and_never_given_to_another(house, proxy, key, folder, way):
    before = kept(folder)
    options = {
        "Bearer": {"headers": {"Authorization": f"Bearer {key}"}},
        "Basic": {"auth": ("x", key)},
        "?key=": {"url": f"{PRIVATE}?key={key}"},
        "?%6bey=": {"url": f"{PRIVATE}?%6bey={key}"},
    }[way]
    for _ in range(2):
        answer = proxy.get(**{"url": PRIVATE} | options)
        assert answer.status_code == 200
        assert proxy.get(PRIVATE).status_code == 401
    known = {"If-None-Match": answer.headers["ETag"]} | options.get("headers", {})
    assert proxy.get(**{"url": PRIVATE} | options | {"headers": known}).status_code == 304
    assert kept(folder) == before


def test_no_log_of_the_proxy_holds_a_key(proxy, key, folder):
    before = len(seen(folder))
    proxy.get(f"{PRIVATE}?key={key}", headers={"Referer": f"https://reader.example/?u=/feeds?key={key}"})
    until(lambda: len(seen(folder)) > before)
    for file in (folder / "nginx").glob("*.log"):
        assert key not in file.read_text()


def test_changes_are_asked_of_the_newsroom_itself(house, proxy):
    published(house, "before")
    plain = {"Accept-Encoding": "identity"}
    settled(proxy, "before", **plain)
    known = proxy.get(FEED, headers=plain).headers["ETag"]
    published(house, "since")
    answer = proxy.get(FEED, headers={"A-IM": "feed", "If-None-Match": known})
    assert answer.status_code == 226
    assert answer.text.count("<item>") == 1


def test_counts_are_the_operators_and_refusals_are_ours(proxy):
    assert proxy.get("/metrics").status_code == 404
    assert proxy.get("/feeds/none.rss").json()["status"] == 404
