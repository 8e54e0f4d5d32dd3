"""Many pull one feed while stories are published, corrected and withdrawn: what was answered is true from then on.

Each reader notes when it asks. What the desk had done by then must show in the answer, whichever process gives it and
however it gives it: as a document, or as "not modified" to one that the reader has.
"""

import hashlib
import http.client
import os
import re
import threading
import time
from datetime import UTC, datetime

from tests.newsroom import a_house

READERS, STORIES = 64, 1000 if os.environ.get("SYNDICATE_TEST_PROFILE") == "nightly" else 100
FEED = "/feeds/world.atom"
MARK = re.compile(rb"story-(\d+)-v(\d)")


class Desk:
    """Publishes story after story; corrects one in three of them and withdraws one in two, a little later."""

    def __init__(self, house) -> None:
        self.house, self.ids = house, {}
        self.newest: tuple[float, int] = (0.0, -1)  # the last story that is out, and since when that was answered
        self.gone: dict[tuple[int, int], float] = {}  # a version that is out no more, and since when
        self.leaving: set[int] = set()  # stories whose withdrawal has begun, or is done

    def work(self) -> None:
        for number in range(STORIES):
            self.ids[number] = self._push(number, 1)
            self.house.publish(self.ids[number], now=datetime.now(UTC))
            self.newest = (time.monotonic(), number)
            if number % 3 == 0 and number >= 10:
                self._correct(number - 5)
            if number % 2 == 0 and number >= 20:
                self._withdraw(number - 15)

    def _push(self, number: int, version: int) -> str:
        headline, body = f"story-{number}-v{version}", "<p>Schools in the upper valley reopened on Monday.</p>"
        return self.house.push(
            external_id=f"e{number}", headline=headline, body_html=body, now=datetime.now(UTC), topics=[], summary=""
        ).id

    def _correct(self, number: int) -> None:
        self._push(number, 2)
        self.house.publish(self.ids[number], now=datetime.now(UTC))
        self.gone[number, 1] = time.monotonic()

    def _withdraw(self, number: int) -> None:
        self.leaving.add(number)
        self.house.withdraw(self.ids[number], now=datetime.now(UTC))
        self.gone[number, 1] = self.gone[number, 2] = time.monotonic()


class Reader:
    """Pulls again and again, with what it has; says what was wrong with an answer."""

    def __init__(self, desk: Desk, port: int) -> None:
        self.desk, self.wire = desk, http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.known, self.shown = "", frozenset[tuple[int, int]]()
        self.wrong: list[str] = []
        self.answers = {200: 0, 304: 0}

    def pull(self) -> None:
        (since, newest), asked_at = self.desk.newest, time.monotonic()
        self.wire.request("GET", FEED, headers={"If-None-Match": self.known} if self.known else {})
        answer = self.wire.getresponse()
        body = answer.read()
        if answer.status not in self.answers:
            self.wrong.append(f"{answer.status}: {body[:200]!r}")
            return
        self.answers[answer.status] += 1
        if answer.status == 200:
            self._take(body, answer.headers["ETag"])
        gone = {mark for mark in self.shown if self.desk.gone.get(mark, asked_at) < asked_at}
        if gone:
            self.wrong.append(f"{answer.status} shows {sorted(gone)}, which were out no more")
        missing = since and newest not in {number for number, _ in self.shown}
        if missing and newest not in self.desk.leaving:  # of one that left while we asked, nothing is sure
            self.wrong.append(f"{answer.status} does not show {newest}, which was out")

    def _take(self, body: bytes, tag: str) -> None:
        """The ETag holds a hash of the bytes, so a feed that is torn is known."""
        if hashlib.sha256(body).hexdigest()[:32] not in tag or not body.endswith(b"</feed>\n"):
            self.wrong.append("a torn feed")
        self.known, self.shown = tag, frozenset((int(number), int(version)) for number, version in MARK.findall(body))


def test_readers_see_what_the_desk_has_done_and_never_what_it_took_back(room):
    desk = Desk(a_house(room.store))
    room.environ["SYNDICATE_WEB_WORKERS"] = "3"
    room.start()
    readers, done = [Reader(desk, room.port) for _ in range(READERS)], threading.Event()

    def follow(reader: Reader) -> None:
        while not done.is_set() and not reader.wrong:
            reader.pull()

    threads = [threading.Thread(target=follow, args=(reader,)) for reader in readers]
    for thread in threads:
        thread.start()
    try:
        desk.work()
    finally:
        done.set()
        for thread in threads:
            thread.join()
    for reader in readers:
        reader.pull()
        assert reader.wrong == []
    assert all(reader.answers[200] for reader in readers)
    assert sum(reader.answers[304] for reader in readers) > 0
