"""Feeds pulled through a really running server, beside a trivial view of the same bytes on the same server.

    python bench/feeds.py [seconds per figure]

Figures are medians of interleaved rounds; quote the ratios.
"""

import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, Response
from kit.newsroom import Newsroom, Wire
from kit.stories import STORIES

from syndicate.config import load
from syndicate.service import publish as desk
from syndicate.store import Store

ROUNDS = 3
SHOWN = 50


def bench_app() -> Flask:
    """The application with one trivial view beside it; runs in the server's worker."""
    from syndicate.app import from_environment

    app, kept = from_environment(), Path(os.environ["BENCH_FEED"])

    @app.get("/trivial")
    def trivial() -> Response:
        return Response(prebuilt, content_type="application/rss+xml")

    prebuilt = kept.read_bytes() if kept.exists() else b""
    return app


def pull(path: str, status: int, **headers: str) -> Callable[[Wire], None]:
    def once(wire: Wire) -> None:
        wire.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = wire.getresponse()
        answer.read()
        assert answer.status == status, (path, answer.status)

    return once


def publish(bench: Newsroom, database: str, folder: Path) -> None:
    files = [folder / f"{number}.json" for number in range(SHOWN)]
    for number, file in enumerate(files):
        file.write_text(STORIES["json"][1].replace("NUMBER", str(number)))
    bench.run("channel", "add", "all", "--title", "All", "--public")
    taken = json.loads(bench.run("import", "--outlet", "bench", "--json", *map(str, files)))
    store, now = Store(database), datetime.now(UTC)
    for one in taken:
        desk.publish(store, load().newsroom, ref=one["id"], who="bench@bench.example", now=now)
    store.close()


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = folder / "feed.rss"
        database = f"sqlite:///{folder}/bench.db"
        newsroom = Newsroom(database, factory="feeds:bench_app", BENCH_FEED=str(kept))
        publish(newsroom, database, folder)
        with newsroom:
            wire = newsroom.wire()
            wire.request("GET", "/feeds/all.rss")
            answer = wire.getresponse()
            kept.write_bytes(answer.read())
            etag = answer.headers["ETag"]
        figures: dict[str, list[float]] = {}
        with newsroom:
            for _ in range(ROUNDS):
                for clients in (1, 8):
                    for what, work in {
                        "trivial view": pull("/trivial", 200),
                        "feed 200": pull("/feeds/all.rss", 200),
                        "feed 200 gzip": pull("/feeds/all.rss", 200, Accept_Encoding="gzip"),
                        "feed 304": pull("/feeds/all.rss", 304, If_None_Match=etag),
                    }.items():
                        rate = newsroom.per_second(work, clients=clients, seconds=seconds)
                        figures.setdefault(f"{what}, {clients} clients", []).append(rate)
    for figure, found in figures.items():
        base = figures[f"trivial view, {figure.rpartition(', ')[2]}"]
        ratio = statistics.median(one / trivial for one, trivial in zip(found, base, strict=True))
        print(f"  {figure:28} {statistics.median(found):9.1f}/s   {ratio:5.2f} of the trivial view")


if __name__ == "__main__":
    main()
