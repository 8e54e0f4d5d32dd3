"""A really running `syndicate serve`, and the command line beside it, on a folder of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

WITHIN_S = 60


class Newsroom:
    """Starts, kills and asks one server. Everything it keeps is below `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {**os.environ, "SYNDICATE_DATABASE_URL": f"sqlite:///{folder}/syndicate.db"}
        self.server: subprocess.Popen[str] | None = None
        self.url = ""

    def start(self, port: int = 0) -> None:
        """Returns when the server says where it serves."""
        command = [sys.executable, "-m", "syndicate", "serve", "--port", str(port)]
        log = (self.folder / "server.log").open("a")
        self.server = subprocess.Popen(command, env=self.environ, stdout=subprocess.PIPE, stderr=log, text=True)
        log.close()
        line = self.server.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, f"it said {line!r}: {(self.folder / 'server.log').read_text()[-2000:]}"
        self.url = found[0]

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def kill(self) -> None:
        self.server.kill()
        self.server.wait()
        self.server.stdout.close()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.server.send_signal(number)
        status = self.server.wait(WITHIN_S)
        self.server.stdout.close()
        return status

    def run(self, *arguments: str, **options: Any) -> Any:
        """A command's JSON answer."""
        command = [sys.executable, "-m", "syndicate", *arguments, "--json"]
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True, check=False, **options)
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(done.stdout)

    def set_up(self) -> str:
        """One outlet and one public channel; the outlet's key."""
        self.run("outlet", "add", "OC Media", "--slug", "oc-media", "--domain", "oc-media.org")
        self.run("channel", "add", "all", "--title", "All stories", "--public")
        return self.run("key", "add", "--outlet", "oc-media")["key"]

    def client(self, key: str = "") -> httpx.Client:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=WITHIN_S)


def until(held: Callable[[], bool]) -> None:
    """Ask again and again until it is so; fails where it never is."""
    deadline, pause = time.monotonic() + WITHIN_S, threading.Event()
    while not held():
        assert time.monotonic() < deadline, "it never came to be"
        pause.wait(0.05)


def an_article(**changes: Any) -> dict[str, Any]:
    return {
        "external_id": "oc-1",
        "url": "https://oc-media.org/a-village-reopens-its-reading-room",
        "headline": "A village reopens its reading room",
        "byline": "Nare Hakobian",
        "first_published": "2026-03-03",
        "body_html": "<p>The stove was lit before six.</p><p>By eight there was a queue.</p>",
        **changes,
    }
