"""A document as it is sent: its bytes, plain and compressed, their validators, and how long all of it is true."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime
from functools import cached_property
from threading import Lock

GZIP_FROM_BYTES = 512
MOST_KEPT = 64


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


class Representations:
    """The last ones that were asked for, by all that decides about their bytes. Shared by the threads of a process.

    Nothing is ever taken out because it changed: what changes has another key.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Representation] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable, now: datetime) -> Representation | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None or (found.true_until and found.true_until <= now):
                return None
            self._kept.move_to_end(key)
            return found

    def keep(self, key: Hashable, representation: Representation) -> None:
        with self._lock:
            self._kept[key] = representation
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
