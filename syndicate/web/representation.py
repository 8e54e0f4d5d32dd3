"""A document as it is sent: its bytes, plain and compressed, their validators, and how long all of it is true."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime
from functools import cached_property
from threading import Lock

GZIP_FROM_BYTES = 512
MOST_KEPT, MOST_BYTES = 64, 64_000_000
MOST_BYTES_OF_ONE = MOST_BYTES // 4


class Representation:
    """The bytes of a document that last changed at `changed_at` (whole seconds) and is true until `true_until`.

    A strong ETag is a hash of exactly the bytes sent, so the compressed form has one of its own (RFC 9110 8.8.1).
    """

    def __init__(self, body: bytes, *, content_type: str, changed_at: datetime, true_until: datetime | None) -> None:
        self.body, self.content_type = body, content_type
        self.changed_at, self.true_until = changed_at, true_until

    @cached_property
    def etag(self) -> str:
        return hashlib.sha256(self.body).hexdigest()[:32]

    @property
    def compresses(self) -> bool:
        return len(self.body) >= GZIP_FROM_BYTES

    @cached_property
    def gzipped(self) -> bytes:
        return gzip.compress(self.body, 6, mtime=0)

    @property
    def gzip_etag(self) -> str:
        return f"{self.etag}-gzip"

    @property
    def kept_bytes(self) -> int:
        """What it takes to keep both forms."""
        return len(self.body) + (len(self.gzipped) if self.compresses else 0)


class Representations:
    """The last ones that were asked for, by all that decides about their bytes. Shared by the threads of a process.

    Nothing is ever taken out because it changed: what changes has another key. Bounded by number and by bytes, oldest
    out first; what would push most of the others out is not kept.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Representation] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, key: Hashable, now: datetime) -> Representation | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None or (found.true_until and found.true_until <= now):
                return None
            self._kept.move_to_end(key)
            return found

    def keep(self, key: Hashable, representation: Representation) -> None:
        if len(representation.body) > MOST_BYTES_OF_ONE or representation.kept_bytes > MOST_BYTES_OF_ONE:
            return
        with self._lock:
            self._drop(key)
            self._kept[key] = representation
            self._bytes += representation.kept_bytes
            while len(self._kept) > MOST_KEPT or self._bytes > MOST_BYTES:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: Hashable) -> None:
        if dropped := self._kept.pop(key, None):
            self._bytes -= dropped.kept_bytes
