"""A document as it is sent: its bytes, plain and compressed, their validators, and how long all of it is true."""

import gzip
import hashlib
import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

import brotli
from werkzeug.http import http_date

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# The best first: of a feed, br makes about a fifth, and none takes more than some milliseconds for 100 KB.
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "zstd": lambda body: zstd.compress(body, 9),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
COMPRESSED_FROM_BYTES = 512
MOST_BYTES = 256_000_000
MOST_BYTES_OF_ONE = MOST_BYTES // 4
OVERHEAD_BYTES = 2_000


@dataclass(frozen=True, slots=True)
class Coded:
    """The exact bytes of one coding (empty: as they are) and their ETag, in its quotation marks."""

    coding: str
    body: bytes
    etag: str


class Representation:
    """The bytes of a document that last changed at `changed_at` (whole seconds) and is true until `true_until`.

    Without `changed_at` it is told apart by its ETag alone.

    A strong ETag is a hash of exactly the bytes sent, so each compressed form has one of its own (RFC 9110 8.8.1). A
    form is made when it is first asked for, once, while others who want it wait. With a `stamp` the ETag begins with
    it, so that who sends it back tells which state it has.
    """

    def __init__(
        self,
        body: bytes,
        *,
        content_type: str,
        changed_at: datetime | None,
        true_until: datetime | None,
        links: str = "",
        stamp: datetime | None = None,
    ) -> None:
        self.content_type, self.links = content_type, links
        self.changed_at, self.true_until = changed_at, true_until
        self.last_modified = http_date(changed_at) if changed_at else ""
        self.compresses = len(body) >= COMPRESSED_FROM_BYTES
        mark = f"{int(stamp.timestamp()):x}." if stamp else ""
        self._plain = Coded("", body, f'"{mark}{hashlib.sha256(body).hexdigest()[:32]}"')
        self._forms = {"": self._plain}
        self._lock = Lock()

    @property
    def body(self) -> bytes:
        return self._plain.body

    def coded(self, coding: str) -> Coded:
        """In one of CODINGS, where compressing pays."""
        if not self.compresses:
            return self._plain
        return self._forms.get(coding) or self._make(coding)

    @property
    def kept_bytes(self) -> int:
        """What it takes at most to keep all forms, of which none is longer than the plain one."""
        return OVERHEAD_BYTES + len(self.body) * (1 + len(CODINGS) * self.compresses)

    def _make(self, coding: str) -> Coded:
        with self._lock:
            if coding not in self._forms:
                packed = Coded(coding, CODINGS[coding](self.body), f'{self._plain.etag[:-1]}-{coding}"')
                self._forms[coding] = packed if len(packed.body) < len(self.body) else self._plain
            return self._forms[coding]


class Representations:
    """The last ones that were asked for, by what was asked and the state that they show. Shared by a process's threads.

    A new state takes the place of the old one. Bounded by bytes, what was not asked for the longest goes first; what
    would push most of the others out is not kept. What many ask for at once is made once.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[Hashable, Representation]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._makers = [Lock() for _ in range(16)]

    def find(self, asked: Hashable, state: Hashable, now: datetime) -> Representation | None:
        with self._lock:
            kept_state, found = self._kept.get(asked, (None, None))
            if found is None or kept_state != state or (found.true_until and found.true_until <= now):
                return None
            self._kept.move_to_end(asked)
            return found

    def get(
        self,
        asked: Hashable,
        state: Hashable,
        now: datetime,
        make: Callable[[], tuple[Hashable, Representation]],
    ) -> Representation:
        """What is kept, else what `make` makes, which tells the state that it found: that may be newer."""
        if found := self.find(asked, state, now):
            return found
        with self._makers[hash(asked) % len(self._makers)]:
            if found := self.find(asked, state, now):
                return found
            state, made = make()
            self.keep(asked, state, made)
            return made

    def keep(self, asked: Hashable, state: Hashable, representation: Representation) -> None:
        if representation.kept_bytes > MOST_BYTES_OF_ONE:
            return
        with self._lock:
            self._drop(asked)
            self._kept[asked] = state, representation
            self._bytes += representation.kept_bytes
            while self._bytes > MOST_BYTES:
                self._drop(next(iter(self._kept)))

    def _drop(self, asked: Hashable) -> None:
        if dropped := self._kept.pop(asked, None):
            self._bytes -= dropped[1].kept_bytes
