"""One request from beginning to end, however it is answered: its id, its line in the log, its part in the counts."""

import re
import secrets
import time
from dataclasses import dataclass
from wsgiref.types import WSGIEnvironment

from structlog.contextvars import bind_contextvars, clear_contextvars

from syndicate.logging import get_logger
from syndicate.web.metrics import Metrics

VISIT = "syndicate.visit"
log = get_logger("web")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Visit:
    id: str
    started: float

    @classmethod
    def begin(cls, environ: WSGIEnvironment) -> "Visit":
        """The one that is under way already, or a new one: with the id that a proxy gave it, or one of ours."""
        if known := environ.get(VISIT):
            return known  # type: ignore[no-any-return]
        given = environ.get("HTTP_X_REQUEST_ID", "")
        visit = cls(given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(16), time.perf_counter())
        clear_contextvars()
        bind_contextvars(request_id=visit.id)
        return visit

    def end(self, metrics: Metrics, *, method: str, route: str, path: str, status: int) -> list[tuple[str, str]]:
        """Counted, and logged without the query, which may hold a key. Gives the headers that every answer has."""
        seconds = time.perf_counter() - self.started
        metrics.count(method=method, route=route, status=status, seconds=seconds)
        log.info("http.request", method=method, path=path, status=status, ms=round(seconds * 1000, 1))
        return [("X-Request-Id", self.id), ("X-Content-Type-Options", "nosniff")]
