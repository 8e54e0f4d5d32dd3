"""A compressed body, piece by piece, within a limit: a bomb goes off nowhere.

Only what we ask for is read: gzip and deflate. `zlib` stops at a given size, so no piece grows beyond what is left.
"""

import zlib
from typing import Protocol

from syndicate.core.errors import RemoteFailure, RemoteRefusal

ACCEPTED = "gzip, deflate"
MOST_TIMES = 200  # what is honest compresses less; gzip cannot do more than 1,032
HARMLESS_BYTES = 1_000_000
MOST_MEMBERS = 100
_GZIP, _ZLIB, _RAW = 31, 15, -15
_GZIP_MAGIC = b"\x1f\x8b"


class Decoder(Protocol):
    def feed(self, piece: bytes) -> bytes:
        """Raises RemoteFailure, RemoteRefusal (over the limit)."""

    def end(self) -> None:
        """Raises RemoteFailure where more was to come."""


def decoder(coding: str, max_bytes: int) -> Decoder:
    """For a Content-Encoding as sent. Raises RemoteRefusal for what was not asked for."""
    name = coding.strip().lower().removeprefix("x-")
    if name in ("", "identity"):
        return Plain(max_bytes)
    if name in ("gzip", "deflate"):
        return Inflating(name, max_bytes)
    raise RemoteRefusal("The answer came in an encoding that we did not ask for.")


def _too_large(max_bytes: int) -> RemoteRefusal:
    return RemoteRefusal(f"The answer is over the limit of {max_bytes:,} bytes.", max_bytes=max_bytes)


class Plain:
    def __init__(self, max_bytes: int) -> None:
        self._left, self._max = max_bytes, max_bytes

    def feed(self, piece: bytes) -> bytes:
        self._left -= len(piece)
        if self._left < 0:
            raise _too_large(self._max)
        return piece

    def end(self) -> None:
        """The transport tells where it ends."""


class Inflating:
    def __init__(self, name: str, max_bytes: int) -> None:
        self._name, self._max = name, max_bytes
        self._zlib = zlib.decompressobj(_GZIP if name == "gzip" else _ZLIB)
        self._in = self._out = 0
        self._members = 1

    def feed(self, piece: bytes) -> bytes:
        self._begin(piece)
        self._in += len(piece)
        self._check(self._in)
        whole = b""
        try:
            while piece:
                whole += self._zlib.decompress(piece, self._max - self._out - len(whole) + 1)
                self._check(self._out + len(whole))
                piece = self._zlib.unconsumed_tail or self._next_member()
        except zlib.error:
            raise RemoteFailure("The answer is not the compressed data that it claims to be.") from None
        self._out += len(whole)
        return whole

    def end(self) -> None:
        if not self._zlib.eof and self._in:
            raise RemoteFailure("The answer broke off: its compressed data has no end.")

    def _begin(self, piece: bytes) -> None:
        """`deflate` means zlib's format (RFC 9110 8.4.1.2), but some send the bare one."""
        if self._name == "deflate" and not self._in and piece and piece[0] & 0x0F != zlib.DEFLATED:
            self._zlib = zlib.decompressobj(_RAW)

    def _next_member(self) -> bytes:
        """gzip may have several members (RFC 1952 2.2); whatever else follows the first is padding."""
        rest = self._zlib.unused_data
        if not rest.startswith(_GZIP_MAGIC) or self._members == MOST_MEMBERS:
            return b""
        self._members += 1
        self._zlib = zlib.decompressobj(_GZIP)
        return rest

    def _check(self, out: int) -> None:
        if out > self._max:
            raise _too_large(self._max)
        if out > HARMLESS_BYTES and out > self._in * MOST_TIMES:
            raise RemoteRefusal("The answer is compressed beyond belief.")
