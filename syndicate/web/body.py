"""Receiving a request's body, before the application runs.

The server hands over a body that broke off as if it were whole, lets a slow one hold a thread for as long as it likes,
and answers a large one before it is read, so that its sender sees a broken connection instead of the reason. So here
a body is read to its end: bounded, its length checked, what is over the limit dropped, and never on all threads.
A refusal is left in the environ: the application raises it, so that it is answered and logged as any other.
"""

import io
import tempfile
from collections.abc import Iterable
from threading import BoundedSemaphore
from typing import IO, Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from syndicate.core.errors import BadInput, LengthRequired, SyndicateError, TooLarge, Unavailable

REFUSAL = "syndicate.refusal"
DRAIN_TIMES = 8  # how far past the limit a body is still read so that its sender hears why it was refused
IN_MEMORY_BYTES = 1_000_000
FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 5_000  # of a form: each costs some microseconds, and ten million bytes would hold millions of them
# Half of it is none, so it may come without its length.
SHOW_THEIR_END = frozenset(
    {"application/json", "application/feed+json", "application/ninjs+json", "multipart/form-data"}
)
WAIT_S = 0.2
_PIECE = 1 << 16


class Bodies:
    """WSGI middleware. `slots` is how many bodies may be on their way at once; others hear 503 after a short wait."""

    def __init__(self, app: WSGIApplication, *, max_bytes: int, slots: int) -> None:
        self._app, self._max_bytes = app, max_bytes
        self._slots = BoundedSemaphore(slots)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            self._receive(environ)
        except SyndicateError as refusal:
            environ[REFUSAL] = refusal
            environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(), "0"
            environ.pop("HTTP_TRANSFER_ENCODING", None)
        return self._app(environ, start_response)

    def _receive(self, environ: WSGIEnvironment) -> None:
        declared = _declared(environ)
        if not declared and "HTTP_TRANSFER_ENCODING" not in environ:
            return
        if not self._slots.acquire(timeout=WAIT_S):
            raise Unavailable("Too many bodies are on their way at this moment.")
        try:
            body, seen = self._read(environ["wsgi.input"])
        finally:
            self._slots.release()
        if max(seen, declared) > self._max_bytes:
            raise TooLarge(f"At most {self._max_bytes} bytes are read.", max_bytes=self._max_bytes)
        if not declared and _media_type(environ) not in SHOW_THEIR_END:
            raise LengthRequired("Send a Content-Length: without one, text that broke off looks like a whole one.")
        if seen < declared:
            raise BadInput(f"The body broke off: {seen} of {declared} bytes arrived.")
        if _media_type(environ) == FORM and _fields(body) > MOST_FIELDS:
            raise TooLarge(f"A form has at most {MOST_FIELDS} fields.", max_fields=MOST_FIELDS)
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = body, str(seen)
        environ.pop("HTTP_TRANSFER_ENCODING", None)

    def _read(self, source: Any) -> tuple[IO[bytes], int]:
        kept, seen = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES), 0  # noqa: SIM115 - the request ends it
        while seen <= self._max_bytes * DRAIN_TIMES and (piece := source.read(_PIECE)):
            seen += len(piece)
            if seen <= self._max_bytes:
                kept.write(piece)
        kept.seek(0)
        return kept, seen


def _media_type(environ: WSGIEnvironment) -> str:
    return str(environ.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower()


def _fields(body: IO[bytes]) -> int:
    """How many a form may have; the body is at its beginning again."""
    separators = sum(piece.count(b"&") for piece in iter(lambda: body.read(_PIECE), b""))
    body.seek(0)
    return separators + 1


def _declared(environ: WSGIEnvironment) -> int:
    text = environ.get("CONTENT_LENGTH") or "0"
    if not (text.isascii() and text.isdigit()):
        raise BadInput("Content-Length is not a number.")
    return int(text[:18])
