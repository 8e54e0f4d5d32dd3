"""A reader that others wrote, newsboat, pulls a feed of a running newsroom and shows it with its full text."""

import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime

import pytest

from syndicate.store import Store, migrating
from tests.newsroom import a_house
from tests.whole.server import Newsroom


@pytest.mark.parametrize("extension", ["rss", "atom"])
def test_newsboat_shows_a_feed_with_its_full_text(tmp_path, lacking, extension):
    if not shutil.which("newsboat"):
        lacking("newsboat", "no newsboat: it is Debian's package of that name")
    store, now = Store(f"sqlite:///{tmp_path}/syndicate.db"), datetime.now(UTC)
    migrating.upgrade(store)
    house = a_house(store)
    house.published(now=now)
    house.withdraw(house.published(external_id="gone", headline="Gone", now=now), now=now)
    room = Newsroom(tmp_path, store=store)
    room.start(0, "--no-worker")
    try:
        (tmp_path / "urls").write_text(f"{room.url}/feeds/world.{extension}\n")
        (tmp_path / "config").write_text("")
        files = ["-u", tmp_path / "urls", "-c", tmp_path / "cache.db", "-C", tmp_path / "config"]
        subprocess.run(["newsboat", *files, "-x", "reload"], check=True, timeout=60, env=room.environ)
    finally:
        room.end()
        store.close()
    with sqlite3.connect(tmp_path / "cache.db") as kept:
        items = kept.execute("SELECT title, author, content FROM rss_item").fetchall()
    ((title, author, content),) = items
    assert title == "Valley schools reopen after eleven weeks"
    assert author == "Tamar Gelashvili"
    assert "Schools in the upper valley reopened on Monday." in content
    assert "We counted the days" in content
    assert "This story originally appeared on" in content
