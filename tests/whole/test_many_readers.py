"""Many pull one feed while stories are published, corrected and withdrawn: what was answered is true from then on.

Each reader notes when it asks. What the desk had done by then must show in the answer, whichever process gives it and
however it gives it: as a document, or as "not modified" to one that the reader has. Those who follow the change log
beside them hear of each act once, in an order that is the same for all.
"""

import hashlib
import http.client
import json
import os
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from syndicate.core.newsitem import Change
from syndicate.core.newsroom import Subscriber
from syndicate.service import keep, keys
from tests.newsroom import ANA, a_house

READERS, STORIES = 64, 1000 if os.environ.get("SYNDICATE_TEST_PROFILE") == "nightly" else 100
HANDS, LENGTH = 3, 50  # of the desk, and how many stories the feed shows
FEED = "/feeds/world.atom"
MARK = re.compile(rb"story-(\d+)-v(\d)")

Act = tuple[str, str, int]  # as the change log tells it: what, the story's guid, its version


class Hand:
    """One of the desk, with every third story: publishes it; corrects some of them and withdraws others a little later.

    Each note of what is done is made when the desk has its answer.
    """

    def __init__(self, house, first: int) -> None:
        self.house, self.numbers = house, range(first, STORIES, HANDS)
        self.ids: dict[int, str] = {}
        self.acts: list[Act] = []
        self.newest: tuple[float, int] = (0.0, -1)  # the last story that is out, and since when that was answered
        self.gone: dict[tuple[int, int], float] = {}  # a version that is out no more, and since when
        self.leaving: set[int] = set()  # stories whose withdrawal has begun, or is done

    def work(self) -> None:
        for place, number in enumerate(self.numbers):
            self._publish(number, 1)
            self.newest = (time.monotonic(), number)
            if place % 3 == 0 and place >= 3:
                self._publish(self.numbers[place - 2], 2, change=Change.CORRECTION)
                self.gone[self.numbers[place - 2], 1] = time.monotonic()
            if place % 2 == 0 and place >= 6:
                self._withdraw(self.numbers[place - 5])

    def _publish(self, number: int, version: int, **how: Any) -> None:
        headline, body = f"story-{number}-v{version}", "<p>Schools in the upper valley reopened on Monday.</p>"
        pushed = self.house.push(
            external_id=f"e{number}", headline=headline, body_html=body, now=datetime.now(UTC), topics=[], summary=""
        )
        story = self.house.publish(pushed.id, now=datetime.now(UTC), **how)
        self.ids[number] = story.id
        self.acts.append(("correct" if how else "upsert", story.guid, version))

    def _withdraw(self, number: int) -> None:
        self.leaving.add(number)
        story = self.house.withdraw(self.ids[number], now=datetime.now(UTC))
        self.acts.append(("withdraw", story.guid, story.edition.version))
        self.gone[number, 1] = self.gone[number, 2] = time.monotonic()


class Reader:
    """Pulls again and again, with what it has; says what was wrong with an answer."""

    def __init__(self, desk: list[Hand], port: int) -> None:
        self.desk, self.wire = desk, http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.known, self.shown = "", frozenset[tuple[int, int]]()
        self.wrong: list[str] = []
        self.answers = {200: 0, 304: 0}

    def ask(self) -> None:
        newest, acts, asked_at = [hand.newest[1] for hand in self.desk], self._acts(), time.monotonic()
        self.wire.request("GET", FEED, headers={"If-None-Match": self.known} if self.known else {})
        answer = self.wire.getresponse()
        body = answer.read()
        if answer.status not in self.answers:
            self.wrong.append(f"{answer.status}: {body[:200]!r}")
            return
        self.answers[answer.status] += 1
        if answer.status == 200:
            self._take(body, answer.headers["ETag"])
        for hand, number in zip(self.desk, newest, strict=True):
            gone = {mark for mark in self.shown if hand.gone.get(mark, asked_at) < asked_at}
            if gone:
                self.wrong.append(f"{answer.status} shows {sorted(gone)}, which were out no more")
            missing = number >= 0 and number not in {shown for shown, _ in self.shown}
            # of one that left while we asked, or that so many others may have pushed out meanwhile, nothing is sure
            if missing and number not in hand.leaving and self._acts() - acts < LENGTH - HANDS:
                self.wrong.append(f"{answer.status} does not show {number}, which was out")

    def _acts(self) -> int:
        return sum(len(hand.acts) for hand in self.desk)

    def _take(self, body: bytes, tag: str) -> None:
        """The ETag holds a hash of the bytes, so a feed that is torn is known."""
        if hashlib.sha256(body).hexdigest()[:32] not in tag or not body.endswith(b"</feed>\n"):
            self.wrong.append("a torn feed")
        self.known, self.shown = tag, frozenset((int(number), int(version)) for number, version in MARK.findall(body))


class Follower:
    """Reads the change log from its beginning, page by page, and goes on from where it was."""

    def __init__(self, desk: list[Hand], port: int, key: str = "", limit: int = 100) -> None:
        self.desk, self.wire = desk, http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.headers, self.limit = {"Authorization": f"Bearer {key}"} if key else {}, limit
        self.cursor, self.lines = "", list[Act]()
        self.wrong: list[str] = []

    def ask(self) -> None:
        """Until it is up to date. What was answered to the desk before it asked last is told by then."""
        more, done = True, set[Act]()
        while more:
            done = {act for hand in self.desk for act in list(hand.acts)}
            self.wire.request("GET", f"/api/v1/changes?limit={self.limit}&cursor={self.cursor}", headers=self.headers)
            answer = self.wire.getresponse()
            body = json.loads(answer.read())
            if answer.status != 200:
                self.wrong.append(f"{answer.status}: {body}")
                return
            self.lines += [(line["type"], line["guid"], line["version"]) for line in body["changes"]]
            self.cursor, more = body["cursor"], body["next"] is not None
        if untold := done - set(self.lines):
            self.wrong.append(f"a gap: {sorted(untold)} were done, and not told")
        if again := [line for line, times in Counter(self.lines).items() if times > 1]:
            self.wrong.append(f"told more than once: {again}")


@contextmanager
def all_at_it(those: list[Reader | Follower]):
    """Each in a thread of its own, again and again, until the end or until it found something wrong."""
    done = threading.Event()

    def go_on(one: Reader | Follower) -> None:
        while not done.is_set() and not one.wrong:
            one.ask()

    threads = _started([lambda one=one: go_on(one) for one in those])
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()


def _started(works: list[Callable[[], None]]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    return threads


def test_readers_see_what_the_desk_has_done_and_never_what_it_took_back(room):
    house = a_house(room.store)
    assert house.channel().length == LENGTH
    times = Subscriber(slug="times", name="Times", channels=("world",))
    keep.add_subscriber(room.store, times, who=ANA, now=datetime.now(UTC))
    _, key = keys.add(room.store, subscriber="times", who=ANA, now=datetime.now(UTC))
    room.environ["SYNDICATE_WEB_WORKERS"] = "3"
    room.start()
    desk = [Hand(house, first) for first in range(HANDS)]
    readers = [Reader(desk, room.port) for _ in range(READERS)]
    followers = [Follower(desk, room.port), Follower(desk, room.port, key, limit=3)]
    with all_at_it([*readers, *followers]):
        for hand in _started([hand.work for hand in desk]):
            hand.join()
    for one in (*readers, *followers):
        assert one.wrong == []
        one.ask()
        assert one.wrong == []
    for hand in desk:
        assert [place for place, number in enumerate(hand.numbers) if number not in hand.ids] == []
    assert all(reader.answers[200] for reader in readers)
    assert sum(reader.answers[304] for reader in readers) > 0
    told, late = followers[0].lines, Follower(desk, room.port)
    late.ask()
    assert late.lines == followers[1].lines == told
    assert Counter(told) == Counter(act for hand in desk for act in hand.acts)
    for hand in desk:
        assert [line for line in told if line in set(hand.acts)] == hand.acts
