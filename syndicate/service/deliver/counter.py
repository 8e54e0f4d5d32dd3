"""Counting readings without knowing readers.

A story's page, or a piece of it that another site pastes, may show a picture of one point. Its address is a token that
we signed: the story, the subscriber whose copy it is, the version. Asked for, it adds one to that day's count of that
story at that subscriber, and nothing else is kept, noted or sent: no cookie, no address, no name of a browser. So a
count is of readings and not of readers: whoever looks twice is counted twice, because nothing could tell.

Counts wait in the process and are added every few seconds, so that no reader waits for a database. A clean stop adds
them first; a killed process loses those few seconds.
"""

import hashlib
from collections import Counter
from datetime import datetime
from multiprocessing.util import Finalize
from threading import Lock, Timer

from itsdangerous import BadData, URLSafeSerializer

from syndicate.core.errors import SyndicateError
from syndicate.core.newsroom import Newsroom
from syndicate.logging import get_logger
from syndicate.store import Store
from syndicate.store.reach import Count

EVERY_S = 5.0
MAX_TOKEN_CHARS = 400
log = get_logger("counter")


def counter_of(newsroom: Newsroom, secret: bytes, *, story_id: str, subscriber: str, version: int) -> str:
    """The address that counts a reading of this version at this subscriber; empty for a page of our own."""
    return f"{newsroom.base_url}/c/{_signer(secret).dumps([story_id, subscriber, version])}.gif"


class Readings:
    """One for each process. Shared by its threads."""

    def __init__(self, store: Store, secret: bytes) -> None:
        self._store, self._secret = store, secret
        self._lock = Lock()
        self._waiting: Counter[Count] = Counter()
        self._clock: Timer | None = None
        self._at_exit: object = None

    def count(self, token: str, now: datetime) -> bool:
        """Add one; False for a token that we did not sign."""
        try:
            story_id, subscriber, _version = _signer(self._secret).loads(token[:MAX_TOKEN_CHARS])
        except (BadData, ValueError, TypeError):
            return False
        with self._lock:
            self._waiting[story_id, subscriber, now.date()] += 1
            if self._clock is None:
                self._start()
        return True

    def flush(self) -> None:
        """What waits goes to the database; where that does not answer, it waits on."""
        with self._lock:
            taken, self._waiting, self._clock = self._waiting, Counter(), None
        if not taken:
            return
        try:
            with self._store.begin() as tx:
                tx.reach.count(taken)
        except SyndicateError as error:
            log.warning("counter.waits", detail=error.detail, counts=taken.total())
            with self._lock:
                self._waiting += taken
                if self._clock is None:
                    self._start()

    def _start(self) -> None:
        """The first of a process sees to it that a clean stop loses none: also where `atexit` is not heard."""
        self._at_exit = self._at_exit or Finalize(None, self.flush, exitpriority=10)
        self._clock = Timer(EVERY_S, self.flush)
        self._clock.daemon = True
        self._clock.start()


def _signer(secret: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="counter", signer_kwargs={"digest_method": hashlib.sha256})
