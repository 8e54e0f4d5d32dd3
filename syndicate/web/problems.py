"""Every refusal: RFC 9457 problem+json for programs, a plain page for people who came with a browser.

The nearest class in an error's ancestry decides the status.
"""

from collections.abc import Iterator, Mapping

from flask import Blueprint, Flask, Response, g, json, render_template, request
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from syndicate.core import errors as e
from syndicate.ingest.fields import bad_fields
from syndicate.logging import get_logger

MEDIA_TYPE = "application/problem+json"
STATUS: dict[type[e.SyndicateError], int] = {
    e.NotFound: 404,
    e.NotAllowed: 403,
    e.NotKnown: 401,
    e.TooMany: 429,
    e.Conflict: 409,
    e.NotAcceptable: 406,
    e.PreconditionFailed: 412,
    e.RuleBroken: 422,
    e.BadInput: 400,
    e.LengthRequired: 411,
    e.TooLarge: 413,
    e.UnknownFormat: 415,
    e.RemoteFailure: 502,
    e.Unavailable: 503,
    e.SyndicateError: 500,
}
_HEADERS = {401: {"WWW-Authenticate": 'Bearer realm="syndicate", Basic realm="syndicate"'}, 503: {"Retry-After": "2"}}
_PAGE = {"Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'"}
# Of these, what the request likes best; where it does not care, the first.
_OFFERED = (MEDIA_TYPE, "application/json", "text/html")

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
    return _answer(problem_of(error), status_of(error), _HEADERS.get(status_of(error), {}))


@bp.get("/problems/<slug>")
def explain(slug: str) -> Response:
    """What a problem's `type` leads to."""
    for kind in _kinds(e.SyndicateError):
        if kind.slug == slug:
            return Response(f"{kind.title}.\n", content_type="text/plain; charset=utf-8")
    raise e.NotFound(f"There is no problem type {slug[:80]}.")


def _kinds(kind: type[e.SyndicateError]) -> Iterator[type[e.SyndicateError]]:
    yield kind
    for refined in kind.__subclasses__():
        yield from _kinds(refined)


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    app.register_error_handler(e.SyndicateError, as_response)
    app.register_error_handler(ValidationError, _invalid)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _invalid(error: ValidationError) -> Response:
    return as_response(bad_fields(error))


def _http(error: HTTPException) -> Response:
    """What Werkzeug refuses before a view is reached: no such address, wrong method."""
    status = error.code or 500
    headers = {name: value for name, value in error.get_headers() if name.lower() != "content-type"}
    problem = {"type": "about:blank", "title": error.name, "status": status, "detail": error.description}
    return _answer(problem, status, headers)


def _unexpected(error: Exception) -> Response:
    """A bug of ours: logged with its trace, answered with the id under which it is found in the log."""
    log.error("http.unexpected", exc_info=error)
    problem = {
        "type": "about:blank",
        "title": "Something went wrong here",
        "status": 500,
        "detail": "The fault is ours and has been logged under this request's id.",
        "request_id": g.get("request_id", ""),
    }
    return _answer(problem, 500, {})


def _answer(problem: Mapping[str, object], status: int, headers: Mapping[str, str]) -> Response:
    if request.accept_mimetypes.best_match(_OFFERED) == "text/html":
        page = render_template("problem.html", problem=problem, request_id=g.get("request_id", ""))
        body = page.encode("utf-8", "replace")  # a name from outside may hold half a surrogate pair
        response = Response(body, status, {**headers, **_PAGE}, content_type="text/html; charset=utf-8")
    else:
        document = json.dumps({**problem, "instance": request.path})
        response = Response(document, status, headers, content_type=MEDIA_TYPE)
    response.vary.add("Accept")
    return response
