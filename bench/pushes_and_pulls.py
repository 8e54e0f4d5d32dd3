"""Stories pushed and feeds pulled through a really running server, beside what the machine can do at best.

    python bench/pushes_and_pulls.py [seconds per figure]

Pushes are compared with a ceiling measured in the same run: one committed SQLite transaction of three rows and one bare
bleach of the same body. Pulls are compared with a trivial Flask view that returns the same prebuilt bytes from the same
server. Figures are medians of interleaved rounds; quote the ratios.
"""

import http.client
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import bleach
from flask import Flask, Response

ROUNDS = 3
PARAGRAPH = (
    "<p>The stove was lit before six, and by eight there was a <a href='https://x.example/?utm_source=a'>queue</a>.</p>"
)
BODY = PARAGRAPH * (5000 // len(PARAGRAPH))
STORIES = 50


def bench_app() -> Flask:
    """The application with one trivial view beside it; runs in the server's worker."""
    from syndicate.app import from_environment

    app, kept = from_environment(), Path(os.environ["BENCH_FEED"])

    @app.get("/trivial")
    def trivial() -> Response:
        return Response(prebuilt, content_type="application/rss+xml")

    prebuilt = kept.read_bytes() if kept.exists() else b""
    return app


def serve() -> None:
    from syndicate import serving

    host, port = serving.claim("127.0.0.1", int(sys.argv[2]))
    serving.serve(
        "pushes_and_pulls:bench_app", host, port, workers=1, threads=4, on_ready=lambda url: print(url, flush=True)
    )


class Newsroom:
    def __init__(self, folder: Path) -> None:
        database = f"sqlite:///{folder}/bench.db"
        self.folder = folder
        self.environ = {**os.environ, "SYNDICATE_DATABASE_URL": database, "SYNDICATE_LOG_LEVEL": "warning"}
        self.environ["BENCH_FEED"] = str(folder / "feed.rss")
        self.run("outlet", "add", "Bench", "--slug", "bench", "--domain", "bench.example")
        self.run("channel", "add", "all", "--title", "All", "--public")
        self.key = self.run("key", "add", "--outlet", "bench")["key"]
        self.pushed = 0

    def run(self, *arguments: str) -> dict[str, str]:
        command = [sys.executable, "-m", "syndicate", *arguments, "--json"]
        return json.loads(subprocess.run(command, env=self.environ, capture_output=True, text=True, check=True).stdout)

    def start(self) -> None:
        command = [sys.executable, __file__, "serve", "0"]
        self.server = subprocess.Popen(command, env=self.environ, stdout=subprocess.PIPE, text=True)
        self.port = int(self.server.stdout.readline().rpartition(":")[2])

    def stop(self) -> None:
        self.server.terminate()
        self.server.wait()

    def push(self, wire: http.client.HTTPConnection) -> dict[str, str]:
        self.pushed += 1
        article = {"external_id": f"b{self.pushed}-{id(wire)}", "headline": f"Story {self.pushed}", "body_html": BODY}
        article["url"] = f"https://bench.example/{self.pushed}"
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        wire.request("POST", "/api/v1/articles", json.dumps(article), headers)
        answer = wire.getresponse()
        document = json.loads(answer.read())
        assert answer.status == 201, document
        return document

    def per_second(self, work: Callable[[http.client.HTTPConnection], object], clients: int, seconds: float) -> float:
        counts = [0] * clients
        ends = time.perf_counter() + seconds

        def client(number: int) -> None:
            wire = http.client.HTTPConnection("127.0.0.1", self.port)
            while time.perf_counter() < ends:
                work(wire)
                counts[number] += 1

        threads = [Thread(target=client, args=(number,)) for number in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(counts) / seconds


def pull(path: str, status: int, **headers: str) -> Callable[[http.client.HTTPConnection], None]:
    def once(wire: http.client.HTTPConnection) -> None:
        wire.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = wire.getresponse()
        answer.read()
        assert answer.status == status, (path, answer.status)

    return once


def ceiling_per_second(folder: Path, seconds: float) -> float:
    """Transactions of three rows, each after one bare bleach of the same body, with full synchronisation."""
    wire = sqlite3.connect(folder / "ceiling.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        wire.execute(f"PRAGMA {pragma}")
    for table in "abc":
        wire.execute(f"CREATE TABLE IF NOT EXISTS {table} (id INTEGER PRIMARY KEY, body TEXT)")
    done, ends = 0, time.perf_counter() + seconds
    while time.perf_counter() < ends:
        body = bleach.clean(BODY, tags={"p", "a"}, attributes={"a": ["href"]})
        wire.execute("BEGIN IMMEDIATE")
        for table in "abc":
            wire.execute(f"INSERT INTO {table} (body) VALUES (?)", (body,))
        wire.execute("COMMIT")
        done += 1
    wire.close()
    return done / seconds


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    with tempfile.TemporaryDirectory() as folder:
        newsroom = Newsroom(Path(folder))
        newsroom.start()
        wire = http.client.HTTPConnection("127.0.0.1", newsroom.port)
        for _ in range(STORIES):
            newsroom.run("story", "publish", newsroom.push(wire)["id"])
        wire.request("GET", "/feeds/all.rss")
        answer = wire.getresponse()
        Path(newsroom.environ["BENCH_FEED"]).write_bytes(answer.read())
        etag = answer.headers["ETag"]
        newsroom.stop()
        newsroom.start()
        figures: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            figures.setdefault("ceiling: transaction and bleach", []).append(ceiling_per_second(Path(folder), seconds))
            for clients in (1, 8):
                for name, work in {
                    f"push of 5 KB, {clients} clients": newsroom.push,
                    f"trivial view, {clients} clients": pull("/trivial", 200),
                    f"feed 200, {clients} clients": pull("/feeds/all.rss", 200),
                    f"feed 200 gzip, {clients} clients": pull("/feeds/all.rss", 200, Accept_Encoding="gzip"),
                    f"feed 304, {clients} clients": pull("/feeds/all.rss", 304, If_None_Match=etag),
                }.items():
                    # the feed is of published stories only, so the pushes do not change it
                    figures.setdefault(name, []).append(newsroom.per_second(work, clients, seconds))
        newsroom.stop()
        report(figures)


def report(figures: dict[str, list[float]]) -> None:
    medians = {name: statistics.median(values) for name, values in figures.items()}
    for name, median in medians.items():
        clients = name.rpartition(", ")[2]
        base = "ceiling: transaction and bleach" if name.startswith("push") else f"trivial view, {clients}"
        ratio = f"{median / medians[base]:6.2f} of {base}" if base in medians and base != name else ""
        print(f"{name:34} {median:9.1f}/s  {ratio}")


if __name__ == "__main__":
    serve() if sys.argv[1:2] == ["serve"] else main()
