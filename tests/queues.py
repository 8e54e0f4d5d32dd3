"""Real queues: on a SQLite file, and on the servers that SYNDICATE_TEST_REDIS_URL and SYNDICATE_TEST_POSTGRES_URL name.

Each queue that a test opens has a name of its own, so that tests in parallel do not meet.
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import pytest

from syndicate.queue import Queue

VARIABLE = "SYNDICATE_TEST_REDIS_URL"
STORAGES = ("sqlite", "redis", "postgresql")


@pytest.fixture
def redis_url(lacking: Callable[[str, str], NoReturn]) -> str:
    if not (url := os.environ.get(VARIABLE)):
        lacking("redis", f"no Redis: set {VARIABLE}, such as redis://127.0.0.1:6379/9")
    return url


class OwnRedis:
    """A Redis that a test may kill. It keeps nothing, so that one started again is an empty one."""

    def __init__(self, program: str, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._command = [program, "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--dir", str(folder)]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()


@pytest.fixture
def own_redis(lacking: Callable[[str, str], NoReturn], tmp_path: Path) -> Iterator[OwnRedis]:
    if not (program := shutil.which("redis-server")):
        lacking("redis", "there is no redis-server here")
    redis = OwnRedis(program, tmp_path)
    yield redis
    redis.kill()


@pytest.fixture
def queue_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """The URL of a queue on one of STORAGES."""
    own_schema = "_postgresql_queue_url"
    return lambda kind: {
        "sqlite": lambda: f"sqlite:///{tmp_path / 'queue.db'}",
        "redis": lambda: request.getfixturevalue("redis_url"),
        "postgresql": lambda: request.getfixturevalue(own_schema),
    }[kind]()


@pytest.fixture
def open_queue(queue_url: Callable[[str], str]) -> Iterator[Callable[[str], Queue]]:
    """Opens a queue on one of STORAGES; each call opens the same one anew, as another process would."""
    newsroom = uuid4().hex
    opened: list[tuple[str, Queue]] = []

    def opening(kind: str) -> Queue:
        url = queue_url(kind)
        opened.append((url, Queue(url, newsroom=newsroom)))
        return opened[-1][1]

    yield opening
    for url in {url for url, _ in opened}:
        opened.append((url, Queue(url, newsroom=newsroom)))
        flush(opened[-1][1])
    for _, queue in opened:
        queue.close()


def flush(queue: Queue) -> None:
    """What an operator's FLUSHDB or a lost file does."""
    queue.waiting()
    queue._huey.flush()


@pytest.fixture(params=STORAGES)
def queue(request: pytest.FixtureRequest, open_queue: Callable[[str], Queue]) -> Queue:
    return open_queue(request.param)
