"""A browser's tab that notes whatever goes wrong in it: violated policies, errors of scripts, requests to others."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SCREENSHOTS = Path(__file__).parents[1] / "screenshots"
PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOST_BYTES = 100_000


class WatchedPage:
    """`tab` is Playwright's page; `wrong` what was noted. Answers of 4xx are no mistake of a page that shows them."""

    def __init__(self, tab: Any, *, host: str) -> None:
        self.tab, self._host = tab, host
        self.wrong: list[str] = []
        self.bytes = 0
        tab.on("console", self._hear)
        tab.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        tab.on("request", self._ask)
        tab.on("response", self._weigh)

    def visit(self, path: str) -> "WatchedPage":
        """Go there, and be sure that it is light."""
        self.bytes = 0
        self.tab.goto(path, wait_until="load")
        assert self.bytes < MOST_BYTES, f"{path} takes {self.bytes} bytes"
        return self

    def forgive(self, what: str) -> None:
        """What a test has brought about itself is not wrong."""
        self.wrong = [each for each in self.wrong if what not in each]

    def judge(self) -> None:
        """Raises AssertionError where axe-core finds what WCAG 2.2 does not allow at A or AA."""
        from axe_playwright_python.sync_playwright import Axe

        self.tab.wait_for_load_state("load")  # before its style has come, nothing is as large as it will be
        found = Axe().run(self.tab, options={"runOnly": {"type": "tag", "values": WCAG}})
        told = [
            f"{violation['id']}: {violation['help']}: {[node['html'][:200] for node in violation['nodes'][:3]]}"
            for violation in found.response["violations"]
        ]
        assert told == [], f"{self.tab.url}: {told}"

    def shoot(self, name: str) -> None:
        """Pictures of it for people to look at: on a phone and wide, light and dark."""
        SCREENSHOTS.mkdir(exist_ok=True)
        for size, viewport in {"390": PHONE, "1440": WIDE}.items():
            for scheme in ("light", "dark"):
                self.tab.set_viewport_size(viewport)
                self.tab.emulate_media(color_scheme=scheme)
                self.tab.screenshot(path=SCREENSHOTS / f"{name}-{size}-{scheme}.png", full_page=True)
        self.tab.emulate_media(color_scheme="light")

    def _hear(self, message: Any) -> None:
        shows_a_refusal = "status of 4" in message.text and message.location.get("url", "").startswith(self.tab.url)
        if message.type == "error" and not shows_a_refusal:
            self.wrong.append(f"console: {message.text}")

    def _ask(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self._host:
            self.wrong.append(f"asked another: {request.url}")

    def _weigh(self, response: Any) -> None:
        if response.request.resource_type != "image":
            self.bytes += int(response.headers.get("content-length", 0))
