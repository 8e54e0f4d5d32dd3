"""For operators: is it alive, is it ready, and one log line for each request, under one id."""

from flask import Blueprint, Flask, Response, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST

from syndicate.core.errors import NotFound
from syndicate.service import health
from syndicate.service.figures import figures
from syndicate.web.body import REFUSAL
from syndicate.web.context import context
from syndicate.web.visit import Visit

bp = Blueprint("ops", __name__)


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
    g.visit = Visit.begin(request.environ)
    g.request_id = g.visit.id
    if refusal := request.environ.get(REFUSAL):
        raise refusal
    if "\0" in request.path:  # no name of ours holds it, and PostgreSQL would refuse the question
        raise NotFound("There is no such address.")


def _close(response: Response) -> Response:
    visit = g.get("visit") or Visit.begin(request.environ)
    route = request.url_rule.rule if request.url_rule else ""
    status = response.status_code
    for name, value in visit.end(
        context().metrics, method=request.method, route=route, path=request.path, status=status
    ):
        response.headers.setdefault(name, value)
    return response
