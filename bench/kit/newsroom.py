"""A newsroom of its own on a really running server, and clients that keep it busy."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from types import TracebackType
from typing import Self

import psycopg

Wire = http.client.HTTPConnection
POSTGRES = os.environ.get("SYNDICATE_TEST_POSTGRES_URL", "")
SCHEMA = "syndicate_bench"


class Newsroom:
    """An outlet `bench` with a key, on an empty database. `factory` makes the application: `module:function`."""

    def __init__(self, database: str, *, factory: str = "syndicate.app:from_environment", **environ: str) -> None:
        self.environ = {**os.environ, **environ, "SYNDICATE_DATABASE_URL": database, "SYNDICATE_LOG_LEVEL": "warning"}
        self.environ["PYTHONPATH"] = os.pathsep.join(path for path in (sys.path[0], environ.get("PYTHONPATH")) if path)
        self._factory = factory
        self.run("db", "upgrade")
        self.run("outlet", "add", "Bench", "--slug", "bench", "--domain", "bench.example")
        self.key = json.loads(self.run("key", "add", "--outlet", "bench", "--json"))["key"]

    def run(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "syndicate", *arguments]
        return subprocess.run(command, env=self.environ, stdout=subprocess.PIPE, text=True, check=True).stdout

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "kit.newsroom", self._factory]
        self._server = subprocess.Popen(command, env=self.environ, stdout=subprocess.PIPE, text=True)
        assert self._server.stdout
        self._port = int(self._server.stdout.readline().rpartition(":")[2])
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.terminate()
        self._server.wait()

    def wire(self) -> Wire:
        return http.client.HTTPConnection("127.0.0.1", self._port)

    def per_second(self, work: Callable[[Wire], object], *, clients: int, seconds: float) -> float:
        """How often they do it together; each has one connection and waits for each answer."""
        counts = [0] * clients
        ends = time.perf_counter() + seconds

        def client(number: int) -> None:
            wire = self.wire()
            while time.perf_counter() < ends:
                work(wire)
                counts[number] += 1

        began = time.perf_counter()
        threads = [Thread(target=client, args=(number,)) for number in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(counts) / (time.perf_counter() - began)


@contextmanager
def postgres(schema: str = SCHEMA) -> Iterator[str]:
    """The address of an empty schema that is dropped at the end; empty where no PostgreSQL answers."""
    try:
        wire = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3) if POSTGRES else None
    except psycopg.OperationalError:
        wire = None
    if wire is None:
        yield ""
        return
    with wire:
        wire.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        wire.execute(f"CREATE SCHEMA {schema}")
        yield f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}options=-csearch_path%3D{schema}"
        wire.execute(f"DROP SCHEMA {schema} CASCADE")


def main() -> None:
    from syndicate import serving

    host, port = serving.claim("127.0.0.1", 0)
    serving.serve(sys.argv[1], host, port, workers=1, threads=4, on_ready=lambda url: print(url, flush=True))


if __name__ == "__main__":
    main()
