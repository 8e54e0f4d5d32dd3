"""When each key was used last, to about a minute, without a write for each request.

A process remembers which keys it has noted in this minute and hands the others to a thread of its own, so no request
waits for the database. What a killed process had not written yet is lost, which costs a minute of a date.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta

from syndicate.core.errors import SyndicateError
from syndicate.logging import get_logger
from syndicate.store import Store

AT_MOST_EVERY = timedelta(minutes=1)
log = get_logger("keys")


class Uses:
    """Shared by the threads of a process. Two that note a key in one moment do no harm: the second changes nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._noted: dict[str, datetime] = {}
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="key-use")  # its thread begins when needed
        self._last: Future[None] | None = None

    def note(self, key_id: str, now: datetime) -> None:
        """This key, which is one of ours, was used."""
        last = self._noted.get(key_id)
        if last is None or now - last >= AT_MOST_EVERY:
            self._noted[key_id] = now
            self._last = self._writer.submit(self._write, key_id, now)

    def settle(self) -> None:
        """Wait until what was noted is written."""
        if self._last:
            self._last.result()

    def _write(self, key_id: str, now: datetime) -> None:
        try:
            with self._store.begin() as tx:
                tx.keys.used(key_id, now, unless_since=now - AT_MOST_EVERY)
        except SyndicateError as error:
            log.warning("keys.use_not_noted", key=key_id, detail=error.detail)
