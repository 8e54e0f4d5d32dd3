"""The short way in for feed readers: before Flask, which costs several times what a pull does (docs/performance.md).

It answers what `pull` answers. What `pull` refuses goes on to Flask, which refuses it as everything else.
"""

import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from syndicate.web.body import REFUSAL
from syndicate.web.context import Context
from syndicate.web.feeds.pull import pull
from syndicate.web.visit import VISIT, Visit

ROUTE = "/feeds/<channel>.<extension>"
_FEED = re.compile(r"/feeds/([a-z0-9-]+)\.([a-z0-9]+)", re.ASCII)
_REASON = {200: "200 OK", 226: "226 IM Used", 304: "304 Not Modified"}


class Door:
    """WSGI middleware."""

    def __init__(self, app: WSGIApplication, here: Context) -> None:
        self._app, self._here = app, here

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        feed = _FEED.fullmatch(path) if method in ("GET", "HEAD") and REFUSAL not in environ else None
        if not feed:
            return self._app(environ, start_response)
        visit = environ[VISIT] = Visit.begin(environ)
        try:
            answer = pull(self._here, environ, *feed.groups())
        except Exception as refusal:
            environ[REFUSAL] = refusal
            return self._app(environ, start_response)
        headers = visit.end(self._here.metrics, method=method, route=ROUTE, path=path, status=answer.status)
        start_response(_REASON[answer.status], [*answer.headers, *headers])
        return [] if method == "HEAD" else [answer.body]
