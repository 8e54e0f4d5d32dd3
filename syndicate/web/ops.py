"""For operators: is it alive, is it ready, and one log line for each request, under one id."""

import re
import time
from uuid import uuid4

from flask import Blueprint, Flask, Response, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST
from structlog.contextvars import bind_contextvars, clear_contextvars

from syndicate.core.errors import NotFound
from syndicate.logging import get_logger
from syndicate.service import health
from syndicate.service.figures import figures
from syndicate.web.body import REFUSAL
from syndicate.web.context import context

bp = Blueprint("ops", __name__)
log = get_logger("web")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)


@bp.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
def readyz() -> Response:
    """The database answers too, with the tables of this release; otherwise 503."""
    health.check(context().store)
    return jsonify(status="ok")


@bp.get("/metrics")
def metrics() -> Response:
    """Counts for Prometheus; also while the database is away."""
    ctx = context()
    counts = ctx.metrics.exposition(lambda now: figures(ctx.store, now=now), now=ctx.now())
    return Response(counts, content_type=CONTENT_TYPE_LATEST)


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    app.before_request(_open)
    app.after_request(_close)


def _open() -> None:
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid4().hex
    g.started = time.perf_counter()
    clear_contextvars()
    bind_contextvars(request_id=g.request_id)
    if refusal := request.environ.get(REFUSAL):
        raise refusal
    if "\0" in request.path:  # no name of ours holds it, and PostgreSQL would refuse the question
        raise NotFound("There is no such address.")


def _close(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id", "")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    route = request.url_rule.rule if request.url_rule else ""
    context().metrics.count(method=request.method, route=route, status=response.status_code, seconds=seconds)
    # The path without its query, which may carry a key.
    log.info(
        "http.request",
        method=request.method,
        path=request.path,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
    )
    return response
