"""Every refusal as RFC 9457 problem+json. The nearest class in the error's ancestry decides the status."""

from flask import Blueprint, Flask, Response, json, request
from marshmallow import ValidationError
from structlog.contextvars import get_contextvars
from werkzeug.exceptions import HTTPException

from syndicate.core import errors as e
from syndicate.ingest.article import flat_errors
from syndicate.logging import get_logger

MEDIA_TYPE = "application/problem+json"
STATUS: dict[type[e.SyndicateError], int] = {
    e.NotFound: 404,
    e.Gone: 410,
    e.NotAllowed: 403,
    e.NotKnown: 401,
    e.Conflict: 409,
    e.RuleBroken: 422,
    e.BadInput: 400,
    e.TooLarge: 413,
    e.UnknownFormat: 415,
    e.Unavailable: 503,
    e.SyndicateError: 500,
}
_HEADERS = {401: {"WWW-Authenticate": 'Bearer realm="syndicate", Basic realm="syndicate"'}, 503: {"Retry-After": "2"}}

bp = Blueprint("problems", __name__)
log = get_logger("web")


def status_of(error: e.SyndicateError) -> int:
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def problem_of(error: e.SyndicateError) -> dict[str, object]:
    """The members of RFC 9457 section 3.1, and the error's own facts beside them."""
    return {
        **error.extra,
        "type": f"/problems/{error.slug}",
        "title": error.title,
        "status": status_of(error),
        "detail": error.detail,
    }


def as_response(error: e.SyndicateError) -> Response:
    status = status_of(error)
    body = json.dumps({**problem_of(error), "instance": request.path})
    return Response(body, status, headers=_HEADERS.get(status), content_type=MEDIA_TYPE)


@bp.get("/problems/<slug>")
def explain(slug: str) -> Response:
    """What a problem's `type` leads to."""
    kinds: tuple[type[e.SyndicateError], ...] = (
        *STATUS,
        e.BadFields,
        e.StaleVersion,
        e.MoveRefused,
        e.OnHold,
        e.UnreadableItem,
    )
    for kind in kinds:
        if kind.slug == slug:
            return Response(f"{kind.title}.\n", content_type="text/plain; charset=utf-8")
    raise e.NotFound(f"There is no problem type {slug[:80]}.")


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    app.register_error_handler(e.SyndicateError, as_response)
    app.register_error_handler(ValidationError, _invalid)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _invalid(error: ValidationError) -> Response:
    wrong = dict(flat_errors(error.messages if isinstance(error.messages, dict) else {"": error.messages}))
    return as_response(e.BadFields(f"Wrong: {', '.join(wrong)}.", errors=wrong))


def _http(error: HTTPException) -> Response:
    """What Werkzeug refuses before a view is reached: no such address, wrong method, body too large."""
    body = {
        "type": "about:blank",
        "title": error.name,
        "status": error.code,
        "detail": error.description,
        "instance": request.path,
    }
    headers = [(name, value) for name, value in error.get_headers() if name.lower() not in ("content-type",)]
    return Response(json.dumps(body), error.code, headers=headers, content_type=MEDIA_TYPE)


def _unexpected(error: Exception) -> Response:
    """A bug of ours: logged with its trace, answered with the id under which it is found in the log."""
    log.error("http.unexpected", exc_info=error)
    body = {
        "type": "about:blank",
        "title": "Something went wrong here",
        "status": 500,
        "detail": "The fault is ours and has been logged under this request id.",
        "request_id": get_contextvars().get("request_id", ""),
        "instance": request.path,
    }
    return Response(json.dumps(body), 500, content_type=MEDIA_TYPE)
