"""Stories that come in: through the API, beside what the machine can do at best; read alone; as one very large feed.

    python bench/ingest.py [seconds per figure]

Pushes go to a really running server of one process, over connections that stay open; each is a new story of 5 KB. The
ceiling is taken in the same rounds: one committed transaction of three rows on the same database and one bare bleach of
the same body, in one loop. PostgreSQL is measured where SYNDICATE_TEST_POSTGRES_URL names one that answers. Figures
are medians of interleaved rounds; quote the ratios.
"""

import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import bleach
import psycopg
from kit.newsroom import Newsroom, Wire, postgres
from kit.stories import BODY, RSS, RSS_ITEM, STORIES

from syndicate import ingest
from syndicate.core.newsroom import Outlet

ROUNDS = 3
CLIENTS = {"SQLite": (1, 8), "PostgreSQL": (1, 4, 8)}
PUSHED = ("json", "newsml")
FEED_ITEMS, FEED_BYTES = 2_000, 49_500_000  # the client takes 50,000,000
_numbers = count(1)


def push(form: str, key: str) -> Callable[[Wire], None]:
    media_type, text = STORIES[form]
    headers = {"Authorization": f"Bearer {key}", "Content-Type": media_type}

    def once(wire: Wire) -> None:
        story = text.replace("NUMBER", f"{form}-{next(_numbers)}").encode()
        wire.request("POST", "/api/v1/articles", story, headers)
        answer = wire.getresponse()
        said = answer.read()
        assert answer.status == 201, said

    return once


def three_rows(database: str) -> Callable[[str], None]:
    """A committed transaction of three rows, with the driver alone. SQLite synchronises as Syndicate's does."""
    insert = "INSERT INTO ceiling_{} (body) VALUES ({})"
    if database.startswith("sqlite"):
        wire: Any = sqlite3.connect(f"{database.removeprefix('sqlite:///')}-ceiling", isolation_level=None)
        wire.execute("PRAGMA journal_mode = WAL")
        wire.execute("PRAGMA synchronous = FULL")
        mark, number = "?", "INTEGER PRIMARY KEY"
    else:
        wire = psycopg.connect(database, autocommit=True)
        mark, number = "%s", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    for table in "abc":
        wire.execute(f"CREATE TABLE ceiling_{table} (id {number}, body TEXT)")

    def once(body: str) -> None:
        wire.execute("BEGIN")
        for table in "abc":
            wire.execute(insert.format(table, mark), (body,))
        wire.execute("COMMIT")

    return once


def per_second(work: Callable[[], object], seconds: float) -> float:
    done, began = 0, time.perf_counter()
    while time.perf_counter() < began + seconds:
        work()
        done += 1
    return done / (time.perf_counter() - began)


def pushes(name: str, database: str, seconds: float) -> None:
    commit = three_rows(database)
    with Newsroom(database) as newsroom:
        runs: dict[str, Callable[[], float]] = {
            f"ceiling on {name}": lambda: per_second(
                lambda: commit(bleach.clean(BODY, tags={"p", "a"}, attributes={"a": ["href"]})), seconds
            )
        }
        for clients in CLIENTS[name]:
            for form in PUSHED:
                work = push(form, newsroom.key)
                runs[f"{form}, {clients} clients"] = lambda work=work, clients=clients: newsroom.per_second(  # type: ignore[misc]
                    work, clients=clients, seconds=seconds
                )
                newsroom.per_second(work, clients=clients, seconds=seconds / 4)  # warm
        figures: dict[str, list[float]] = {run: [] for run in runs}
        for _ in range(ROUNDS):
            for run, measure in runs.items():
                figures[run].append(measure())
    ceilings = figures[f"ceiling on {name}"]
    for run, found in figures.items():
        ratio = statistics.median(one / ceiling for one, ceiling in zip(found, ceilings, strict=True))
        print(f"  {run:24} {statistics.median(found):8.1f} stories/s   {ratio:5.2f} of the ceiling")


def reading(seconds: float) -> None:
    outlet = Outlet(slug="bench", name="Bench", domain="bench.example")
    for name, form in ingest.FORMATS.items():
        media_type, text = STORIES[name]
        data = text.replace("NUMBER", "1").encode()
        envelope = ingest.Envelope(outlet=outlet, received=date(2026, 3, 4), media_type=media_type)
        assert len(form.parse(data, envelope).results) == 1
        rate = per_second(lambda form=form, data=data, envelope=envelope: form.parse(data, envelope), seconds)  # type: ignore[misc]
        print(f"  {name:24} {rate:8.0f} stories/s   {len(data):6} bytes")


def large_feed() -> bytes:
    """Long paragraphs of plain words, as they fill an archive."""
    paragraph = f"<p>{'The stove was lit before six, and by eight there was a queue. ' * 10}</p>"
    body = paragraph * (FEED_BYTES // FEED_ITEMS // len(paragraph))
    items = (RSS_ITEM.replace(BODY, body).replace("NUMBER", str(number)) for number in range(FEED_ITEMS))
    return RSS.replace("ITEMS", "".join(items)).encode()


def memory(database: str) -> None:
    feed = large_feed()

    class Feed(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(feed)))
            self.end_headers()
            self.wfile.write(feed)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Feed)
    Thread(target=server.serve_forever, daemon=True).start()
    newsroom = Newsroom(database, SYNDICATE_ALLOW_HOSTS="127.0.0.1")
    newsroom.run("source", "add", f"http://127.0.0.1:{server.server_port}/feed", "--outlet", "bench", "--slug", "feed")
    idle, _ = peak(newsroom, "source", "list")
    used, told = peak(newsroom, "poll", "--source", "feed")
    assert f"{FEED_ITEMS} created" in told, told
    server.shutdown()
    print(f"  {len(feed) / 1e6:.0f} MB of {FEED_ITEMS} items: {used:.0f} MB at most, {idle:.0f} MB without it")


def peak(newsroom: Newsroom, *arguments: str) -> tuple[float, str]:
    """The most memory, in MB, that a command of its own process held, and the last line that it said."""
    command = [sys.executable, "-m", "syndicate", *arguments]
    process = subprocess.Popen(command, env=newsroom.environ, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    said = process.stdout.read().strip().rpartition("\n")[2]
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, said
    return usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024), said


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.5
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder, postgres() as address:
        pushes("SQLite", f"sqlite:///{Path(folder) / 'bench.db'}", seconds)
        if address:
            pushes("PostgreSQL", address, seconds)
        else:
            print("  PostgreSQL: not measured, none answers")
        print("reading alone:")
        reading(min(seconds, 0.3))
        print("one large feed, polled:")
        memory(f"sqlite:///{Path(folder) / 'feed.db'}")


if __name__ == "__main__":
    main()
