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

from syndicate.store import Store

WITHIN_S = 120  # patience for a busy machine; only a failure waits so long


class Newsroom:
    """Starts, kills and asks one server, and workers beside it. What it keeps is below `folder`, or in `store`."""

    def __init__(self, folder: Path, store: Store | None = None) -> None:
        self.folder, self._store = folder, store
        database = store.engine.url.render_as_string(False) if store else f"sqlite:///{folder}/syndicate.db"
        self.environ = os.environ | {
            "SYNDICATE_DATABASE_URL": database,
            "SYNDICATE_QUEUE_URL": f"sqlite:///{folder}/queue.db",
            "SYNDICATE_MEDIA_DIR": str(folder / "media"),
            "SYNDICATE_SECRET_KEY": "for tests alone, " * 3,
        }
        self.server: subprocess.Popen[str] | None = None
        self.workers: list[subprocess.Popen[str]] = []
        self.url = ""

    @property
    def store(self) -> Store:
        """The database, for a look from outside."""
        assert self._store, "this newsroom was not given one"
        return self._store

    def start(self, port: int = 0, *options: str) -> None:
        """Returns when the server says where it serves."""
        self.server = self._started("serve", "--port", str(port), *options, stdout=subprocess.PIPE)
        line = self.server.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, f"it said {line!r}: {(self.folder / 'serve.log').read_text()[-2000:]}"
        self.url = found[0]

    def start_worker(self) -> subprocess.Popen[str]:
        """Returns when it works, and so hears signals."""
        begun = self._workers_begun()
        worker = self._started("worker")
        self.workers.append(worker)
        until(lambda: worker.poll() is not None or self._workers_begun() > begun)
        return worker

    def _workers_begun(self) -> int:
        log = self.folder / "worker.log"
        return log.read_text().count("worker.started") if log.exists() else 0

    def _started(self, *words: str, **options: Any) -> subprocess.Popen[str]:
        with (self.folder / f"{words[0]}.log").open("a") as log:
            command = [sys.executable, "-m", "syndicate", *words]
            return subprocess.Popen(command, env=self.environ, stderr=log, text=True, process_group=0, **options)

    def end(self) -> None:
        """Nothing of it is left running."""
        for worker in self.workers:
            worker.kill()
            worker.wait()
        if self.server and self.server.poll() is None:
            self.kill()

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def kill(self, *, whole: bool = False) -> None:
        """The server; its web processes follow it, and die in the same moment where `whole`."""
        os.killpg(self.server.pid, signal.SIGKILL) if whole else self.server.kill()
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
