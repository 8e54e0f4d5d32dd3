"""Feeds pulled through a really running server, beside a trivial Flask view of the same bytes, and beside nginx.

    python bench/feeds.py [--seconds 1] [--rounds 3] [--clients 1 8 64] [--stories 1000 100000 1000000]

A channel of fifty stories of 5 KB, public and by key, on one process of four threads. Newsrooms of all sizes run side
by side, and figures are medians of interleaved rounds; quote the ratios.
"""

import argparse
import json
import os
import statistics
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from flask import Flask, Response
from kit import load as clients
from kit import nginx
from kit.archive import fill
from kit.newsroom import Newsroom
from kit.stories import STORIES

from syndicate.config import load
from syndicate.service import publish as desk
from syndicate.service.deliver import rendering
from syndicate.store import Store

SHOWN = 50
TRIVIAL = "trivial Flask view"
Name = tuple[str, int]  # what is asked for, of a newsroom with so many stories


def trivial_app() -> Flask:
    """Nothing but one view that returns bytes that are there already."""
    app, body = Flask("trivial"), Path(os.environ["BENCH_FEED"]).read_bytes()

    @app.get("/trivial")
    def trivial() -> Response:
        return Response(body, content_type="application/rss+xml")

    return app


def publish(bench: Newsroom, database: str, folder: Path) -> str:
    """Fifty stories in a public channel and a private one; the key of a subscriber who reads both."""
    files = [folder / f"{number}.json" for number in range(SHOWN)]
    for number, file in enumerate(files):
        file.write_text(STORIES["json"][1].replace("NUMBER", str(number)))
    bench.run("channel", "add", "all", "--title", "All", "--public")
    taken = json.loads(bench.run("import", "--outlet", "bench", "--json", *map(str, files)))
    store, now = Store(database), datetime.now(UTC)
    for one in taken:
        desk.publish(store, load().newsroom, ref=one["id"], who="bench@bench.example", now=now)
    rendering.render(store, load().newsroom, now)
    store.close()
    bench.run("subscriber", "add", "Reader", "--slug", "reader", "--channel", "all")
    return str(json.loads(bench.run("key", "add", "--subscriber", "reader", "--json"))["key"])


@contextmanager
def served(newsroom: Newsroom, factory: str, **environ: str) -> Iterator[str]:
    """The address of another application on the same server."""
    other = SimpleNamespace(**vars(newsroom))
    other.environ, other._factory = newsroom.environ | environ, factory
    started = Newsroom.__enter__(other)  # type: ignore[arg-type]
    try:
        yield f"http://127.0.0.1:{started._port}"
    finally:
        Newsroom.__exit__(other, None, None, None)  # type: ignore[arg-type]


@contextmanager
def site(stories: int, *, beside: bool) -> Iterator[dict[str, tuple[str, dict[str, str]]]]:
    """What is asked of a newsroom with so many stories; `beside` it the trivial view and nginx, with its bytes."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        database, feed = f"sqlite:///{folder}/bench.db", folder / "feed.rss"
        newsroom = Newsroom(database, BENCH_FEED=str(feed))
        key = publish(newsroom, database, folder)
        store = Store(database)
        fill(store, stories)
        store.close()
        ours = stack.enter_context(served(newsroom, "syndicate.app:from_environment")) + "/feeds/all.rss"
        with urllib.request.urlopen(ours) as answer:
            feed.write_bytes(answer.read())
            etag = answer.headers["ETag"]
        print(f"{stories:,} stories, a feed of {feed.stat().st_size:,} bytes")
        asked: dict[str, tuple[str, dict[str, str]]] = {
            "200": (ours, {}),
            "304": (ours, {"If_None_Match": etag}),
            "200 gzip": (ours, {"Accept_Encoding": "gzip"}),
            "200 by key": (ours, {"Authorization": f"Bearer {key}"}),
        }
        if beside:
            asked[TRIVIAL] = (stack.enter_context(served(newsroom, "feeds:trivial_app")) + "/trivial", {})
        if beside and nginx.found():
            more = f"location = /file {{ alias {feed}; default_type application/rss+xml; }}"
            upstream = ours.removeprefix("http://").partition("/")[0]
            proxied = stack.enter_context(nginx.running(folder / "nginx", upstream, more=more))
            asked |= {"nginx: a file": (f"{proxied}/file", {}), "nginx: our sample": (f"{proxied}/feeds/all.rss", {})}
        yield asked


def rounds(figures: dict[Name, Callable[[], float]], count: int) -> dict[Name, float]:
    """Each is measured once before any is measured again: what else the machine does falls on all alike."""
    found: dict[Name, list[float]] = {name: [] for name in figures}
    for _ in range(count):
        for name, measure in figures.items():
            found[name].append(measure())
    return {name: statistics.median(each) for name, each in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=1, help="each figure, each round; whole seconds")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 64])
    parser.add_argument("--stories", type=int, nargs="+", default=[1000])
    asked = parser.parse_args()
    if not clients.FOUND:
        raise SystemExit("The load comes from wrk: install Debian's package of that name.")
    if not nginx.found():
        print("no nginx here: what it would serve is left out")
    fewest = asked.stories[0]
    with ExitStack() as stack:
        sites = {many: stack.enter_context(site(many, beside=many == fewest)) for many in asked.stories}
        for many in asked.clients:
            figures: dict[Name, Callable[[], float]] = {
                (what, stories): partial(clients.per_second, url, clients=many, seconds=asked.seconds, **headers)
                for stories, wanted in sites.items()
                for what, (url, headers) in wanted.items()
                if stories == fewest or what in ("200", "304")
            }
            medians = rounds(figures, asked.rounds)
            for (what, stories), rate in medians.items():
                base = "nginx: a file" if what.startswith("nginx") else TRIVIAL
                print(
                    f"  {many:3} clients  {stories:9,} stories  {what:20} {rate:9.1f}/s"
                    f"   {rate / medians[base, fewest]:5.2f} of {base}"
                    + (f"   {medians[what, fewest] / rate:5.2f} times the cost" if stories != fewest else "")
                )


if __name__ == "__main__":
    main()
