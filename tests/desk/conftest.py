"""The desk for tests: people of each role, asking through the Flask client, or a real browser at a running server."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server
from werkzeug.test import TestResponse
from werkzeug.wsgi import LimitedStream

from syndicate.app import create_app
from syndicate.config import Config
from syndicate.core.newsroom import Role, User
from syndicate.service.people import entry, users
from syndicate.store import Store
from tests.desk.watched import WatchedPage
from tests.newsroom import ANA, LATER, NEWSROOM, NOON, House

ROLES = [role.value for role in Role]
PASSWORD = "a lantern in the valley"
CONFIG = Config(
    name=NEWSROOM.name,
    base_url="http://localhost",
    max_body_bytes=200_000,
    media_dir="memory://desk",
    secret_key="for tests alone, " * 3,
)
_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


@dataclass
class Clock:
    now: Any = LATER


@dataclass
class Visitor:
    """Somebody's browser, without JavaScript: it keeps cookies and sends back the form's token."""

    client: FlaskClient

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def post(self, path: str, *, token: str | None = None, **fields: Any) -> TestResponse:
        """The form of a page of ours; `token` sends another than the page has."""
        fields["csrf"] = self.token() if token is None else token
        return self.client.post(path, data=fields)

    def token(self) -> str:
        """As it stands in any page that they see now."""
        page = self.client.get("/desk/account", follow_redirects=True).get_data(as_text=True)
        found = _TOKEN.search(page)
        assert found, page[:500]
        return found[1]


@dataclass
class Desk:
    """A newsroom with a person for each role: admin@, editor@ and viewer@news.example, all with PASSWORD."""

    app: Flask
    house: House
    clock: Clock
    visitors: dict[str, Visitor] = field(default_factory=dict)

    @property
    def store(self) -> Store:
        return self.house.store

    def nobody(self) -> Visitor:
        """A new browser that is not signed in."""
        return Visitor(self.app.test_client())

    def signed_in(self, role: str) -> Visitor:
        """A new browser with a session of its own."""
        visitor = self.nobody()
        visitor.client.set_cookie("desk", self.token_for(role))
        return visitor

    def token_for(self, role: str) -> str:
        with self.store.begin() as tx:
            person = tx.users.person(address_of(role))
            return entry.open_session(tx, person, awaits_code=False, device="tests", now=self.clock.now).token


def address_of(role: str) -> str:
    return f"{role}@news.example"


@pytest.fixture
def desk(house: House) -> Desk:
    for role in Role:
        users.add(house.store, User(email=address_of(role), role=role), password=PASSWORD, who=ANA, now=NOON)
    clock = Clock()
    return Desk(create_app(CONFIG, house.store, now=lambda: clock.now), house, clock)


@dataclass
class Site:
    """The desk on a really running server, for a browser. `desk.clock` is its clock."""

    desk: Desk
    url: str
    browser: Any
    pages: list[WatchedPage] = field(default_factory=list)

    def page(self, role: str = "", **options: Any) -> WatchedPage:
        """A tab of a browser of its own, signed in for this role; what goes wrong in it fails the test at its end.

        `options` are Playwright's for a context: `viewport`, `color_scheme`, `java_script_enabled`, `locale`.
        """
        context = self.browser.new_context(base_url=self.url, **{"viewport": {"width": 1440, "height": 900}} | options)
        context.set_default_timeout(15_000)
        if role:
            context.add_cookies([{"name": "desk", "value": self.desk.token_for(role), "url": self.url}])
        self.pages.append(WatchedPage(context.new_page(), host=urlsplit(self.url).netloc))
        return self.pages[-1]


def _ending(app: Flask) -> Callable[..., Any]:
    """A body ends where its length says; this server would wait for more, which granian does not."""

    def ended(environ: dict[str, Any], start_response: Any) -> Any:
        environ["wsgi.input"] = LimitedStream(environ["wsgi.input"], int(environ.get("CONTENT_LENGTH") or 0))
        return app(environ, start_response)

    return ended


@pytest.fixture(scope="session")
def browser(lacking: Callable[[str, str], NoReturn]) -> Iterator[Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        lacking("browser", "no chromium on this machine: apt-get install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        lacking("browser", "playwright is not installed: pip install playwright")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def site(desk: Desk, browser: Any) -> Iterator[Site]:
    server = make_server("127.0.0.1", 0, _ending(desk.app), threaded=True)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    site = Site(desk, f"http://127.0.0.1:{server.port}", browser)
    yield site
    for page in site.pages:
        page.tab.context.close()
    server.shutdown()
    serving.join()
    for page in site.pages:
        assert page.wrong == []
