"""Running the demonstration: a newsroom of its own under `var/demo`, a server of its own, real HTTP.

Each step says what went in and what came out, and is checked: the demonstration fails where the product does.
"""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from lxml import etree
from rich.console import Console

from syndicate import serving
from syndicate.app import utc_now
from syndicate.core.newsitem import Change
from syndicate.core.newsroom import Channel, Newsroom, Role, Subscriber, User
from syndicate.demo.article import ARTICLE, CORRECTION, CORRECTION_NOTE, NEWSROOM, OUTLET
from syndicate.service import keep, keys, publish
from syndicate.service.people import users
from syndicate.store import Store, opening

FOLDER = Path("var/demo")
AUTHORITY = "courier.example"
EDITOR, CHANNEL, SUBSCRIBER = "editor@courier.example", "partners", "harbor-post"
START_WITHIN_S = 30
out = Console(highlight=False, soft_wrap=True)


class DemoFailed(Exception):
    """A step did not do what it promises."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The demonstration's newsroom with what is needed to act in it."""

    store: Store
    newsroom: Newsroom
    outlet_key: str
    reader_key: str
    password: str


def show_main_job(*, port: int, stay: bool) -> int:
    """Run every step; with `stay`, serve on until Ctrl-C. Returns the exit status."""
    try:
        host, port = serving.claim("127.0.0.1", port if stay else 0)
    except OSError as error:
        out.print(f"Port {port} is taken ({error.strerror}). Choose another: make demo PORT=8001", markup=False)
        return 1
    for number in (signal.SIGINT, signal.SIGTERM):  # either way the server goes down with us
        signal.signal(number, signal.default_int_handler)
    base_url = serving.address(host, port)
    desk = _set_up(base_url)
    try:
        with _server(base_url, port) as server, httpx.Client(base_url=base_url, timeout=30) as http:
            _wait_until_ready(http, server)
            _walk(desk, http)
            _what_next(desk, base_url)
            if stay:
                out.print(f"\nServing on {base_url} until Ctrl-C.")
                server.wait()
    except KeyboardInterrupt:
        out.print("Stopped.")
    except (DemoFailed, httpx.HTTPError) as error:
        out.print(f"The demonstration failed: {error}", markup=False)
        return 1
    return 0


def _set_up(base_url: str) -> Desk:
    _step(1, "A newsroom with one outlet, one channel, one subscriber and one editor")
    shutil.rmtree(FOLDER, ignore_errors=True)
    store, now, who = Store(f"sqlite:///{FOLDER}/syndicate.db"), utc_now(), "demo"
    opening.ensure(store)
    keep.add_outlet(store, OUTLET, who=who, now=now)
    channel = Channel(slug=CHANNEL, title=f"{NEWSROOM}: for partners", created_at=now, changed_at=now)
    keep.add_channel(store, channel, who=who, now=now)
    subscriber = Subscriber(slug=SUBSCRIBER, name="The Harbor Post", channels=(CHANNEL,))
    keep.add_subscriber(store, subscriber, who=who, now=now)
    password = secrets.token_urlsafe(12)
    users.add(store, User(email=EDITOR, role=Role.EDITOR), password=password, who=who, now=now)
    _, outlet_key = keys.add(store, outlet=OUTLET.slug, label="demo push", who=who, now=now)
    _, reader_key = keys.add(store, subscriber=SUBSCRIBER, label="demo reader", who=who, now=now)
    _told("newsroom", NEWSROOM)
    _told("outlet", f"{OUTLET.name} ({OUTLET.domain})")
    _told("channel", f"{CHANNEL}, for subscribers only")
    _told("subscriber", subscriber.name)
    _told("editor", EDITOR)
    newsroom = Newsroom(name=NEWSROOM, base_url=base_url, authority=AUTHORITY)
    return Desk(store, newsroom, outlet_key, reader_key, password)


def _walk(desk: Desk, http: httpx.Client) -> None:
    pushed = _push(desk, http)
    _step(3, "The editor publishes it")
    story = publish.publish(desk.store, desk.newsroom, ref=pushed["id"], who=EDITOR, now=utc_now())
    _told("decision", f"published by {EDITOR}, version {story.version}")
    if story.edition:
        _told("credit, compiled", story.edition.credit.text)
    _read_rss(desk, http)
    _read_newsml(desk, http, pushed["id"])
    _correct(desk, http, pushed["id"])


def _push(desk: Desk, http: httpx.Client) -> dict[str, Any]:
    _step(2, "The outlet pushes a story: POST /api/v1/articles")
    headers = {"Authorization": f"Bearer {desk.outlet_key}"}
    _told("in: body", _excerpt(ARTICLE["body_html"], "<script>", 90))
    answer = http.post("/api/v1/articles", json=ARTICLE, headers=headers)
    _expect(answer.status_code == 201, f"the push answered {answer.status_code}: {answer.text[:300]}")
    pushed: dict[str, Any] = answer.json()
    _told("out", f"201 {pushed['result']}, review: {pushed['review']}, guid: {pushed['guid']}")
    for removed in pushed["report"]["removed"]:
        _told("removed", f"{removed['what']}: {removed['why']}")
    again = http.post("/api/v1/articles", json=ARTICLE, headers=headers).json()
    _told("pushed again", f"{again['result']}: no new version")
    _expect(again["result"] == "unchanged", "the same story again was not recognised")
    article = http.get(f"/api/v1/articles/{pushed['id']}", headers=headers).json()
    _expect("script" not in article["body_html"] and "utm_" not in article["body_html"], "the body was not cleaned")
    _told("clean link", _excerpt(article["body_html"], "<a ", 90))
    return pushed


def _read_rss(desk: Desk, http: httpx.Client) -> None:
    _step(4, f"The subscriber reads RSS: GET /feeds/{CHANNEL}.rss")
    refused = http.get(f"/feeds/{CHANNEL}.rss")
    _told("without a key", f"{refused.status_code} {refused.json()['title']}")
    answer = http.get(f"/feeds/{CHANNEL}.rss", headers={"Authorization": f"Bearer {desk.reader_key}"})
    _expect(answer.status_code == 200, f"the feed answered {answer.status_code}")
    names = {"dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/"}
    names["content"] = "http://purl.org/rss/1.0/modules/content/"
    item = etree.fromstring(answer.content).find("channel/item")
    if item is None:
        raise DemoFailed("the feed has no item")
    for name in ("title", "dc:creator", "source", "dcterms:issued", "guid"):
        _told(name, item.findtext(name, namespaces=names) or "")
    body = item.findtext("content:encoded", namespaces=names) or ""
    _told("end of the body", body[-250:].strip())
    _expect(body.count("originally appeared") == 1, "the credit does not stand in the body exactly once")
    headers = {"Authorization": f"Bearer {desk.reader_key}", "If-None-Match": answer.headers["ETag"]}
    unchanged = http.get(f"/feeds/{CHANNEL}.rss", headers=headers)
    _told("asked again", f"{unchanged.status_code}, {len(unchanged.content)} bytes")
    _expect(unchanged.status_code == 304, "an unchanged feed was sent again")


def _read_newsml(desk: Desk, http: httpx.Client, story_id: str) -> None:
    _step(5, "and NewsML-G2: GET /items/{id}.newsml")
    item = _newsml(desk, http, story_id)
    names = {"n": "http://iptc.org/std/nar/2006-10-01/"}
    for path in ("n:contentMeta/n:contentCreated", "n:contentMeta/n:infoSource/n:name", "n:contentMeta/n:by"):
        _told(
            path.rpartition(":")[2] if "infoSource" not in path else "infoSource",
            item.findtext(path, namespaces=names) or "",
        )
    _expect(item.findtext("n:contentMeta/n:contentCreated", namespaces=names) == "2026-03-03", "the day became a time")
    _told("version", item.get("version", ""))


def _correct(desk: Desk, http: httpx.Client, story_id: str) -> None:
    _step(6, "The outlet corrects a number; the editor lets the correction out")
    wrong, right = CORRECTION
    corrected = {
        **ARTICLE,
        "body_html": ARTICLE["body_html"].replace(wrong, right),
        "updated": "2026-03-05T09:00:00+04:00",
    }
    headers = {"Authorization": f"Bearer {desk.outlet_key}"}
    answer = http.post("/api/v1/articles", json=corrected, headers=headers).json()
    _told("pushed", f"{answer['result']}; version {answer['version']} stays out until the desk decides")
    publish.publish(
        desk.store,
        desk.newsroom,
        ref=story_id,
        who=EDITOR,
        now=utc_now(),
        change=Change.CORRECTION,
        note=CORRECTION_NOTE,
    )
    item = _newsml(desk, http, story_id)
    names = {"n": "http://iptc.org/std/nar/2006-10-01/"}
    signal_code = item.find("n:itemMeta/n:signal", namespaces=names)
    _told(
        "newsItem",
        f"same guid, version {item.get('version')}, {'' if signal_code is None else signal_code.get('qcode')}",
    )
    _expect(item.get("version") == "2", "the correction is not version 2")
    stale = http.post("/api/v1/articles", json=ARTICLE, headers=headers)
    _told("the old one again", f"{stale.status_code} {stale.json()['title']}")
    _expect(stale.status_code == 409, "an older version was taken")


def _newsml(desk: Desk, http: httpx.Client, story_id: str) -> Any:
    answer = http.get(f"/items/{story_id}.newsml", headers={"Authorization": f"Bearer {desk.reader_key}"})
    _expect(answer.status_code == 200, f"the item answered {answer.status_code}")
    return etree.fromstring(answer.content)


def _what_next(desk: Desk, base_url: str) -> None:
    out.print("\n[bold]To go on with[/bold]")
    _told("feed", f"{base_url}/feeds/{CHANNEL}.rss?key={desk.reader_key}")
    _told("NewsML-G2", f"{base_url}/feeds/{CHANNEL}.newsml?key={desk.reader_key}")
    _told("outlet's key", desk.outlet_key)
    _told("subscriber's key", desk.reader_key)
    _told("editor", f"{EDITOR}, password {desk.password}")
    _told("API described", f"{base_url}/docs")
    out.print("\nCommands on this newsroom:", markup=False)
    for name, value in _environ(base_url).items():
        out.print(f"   export {name}='{value}'", markup=False)
    out.print(f"   {Path(sys.executable).parent / 'syndicate'} story list", markup=False)


def _environ(base_url: str) -> dict[str, str]:
    return {
        "SYNDICATE_DATABASE_URL": f"sqlite:///{FOLDER.resolve()}/syndicate.db",
        "SYNDICATE_QUEUE_URL": f"sqlite:///{FOLDER.resolve()}/queue.db",
        "SYNDICATE_MEDIA_DIR": str(FOLDER.resolve() / "media"),
        "SYNDICATE_BASE_URL": base_url,
        "SYNDICATE_NAME": NEWSROOM,
        "SYNDICATE_TAG_AUTHORITY": AUTHORITY,
    }


@contextmanager
def _server(base_url: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a process of its own, as anybody would start it; its log goes to a file."""
    environ = {**os.environ, **_environ(base_url)}
    command = [sys.executable, "-m", "syndicate", "serve", "--port", str(port)]
    with (FOLDER / "server.log").open("wb") as log:
        # The arguments are our own; nothing of a user's is in them.
        server = subprocess.Popen(command, env=environ, stdout=log, stderr=log)  # noqa: S603
    try:
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def _wait_until_ready(http: httpx.Client, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if http.get("/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise DemoFailed(f"the server did not start; see {FOLDER / 'server.log'}")


def _expect(held: bool, otherwise: str) -> None:
    if not held:
        raise DemoFailed(otherwise)


def _step(number: int, title: str) -> None:
    out.print(f"\n[bold]{number}. {title}[/bold]")


def _told(name: str, text: str) -> None:
    out.print(f"   {name + ':':<18} {text}", markup=False)


def _excerpt(html: str, around: str, length: int) -> str:
    at = max(html.find(around), 0)
    return f"…{html[at : at + length]}…"
