"""Conditional requests exactly as RFC 9110 section 13.2.2 orders them, and the coding that a request likes best.

Pure functions of a WSGI environ, so that whoever answers, inside Flask or before it, answers alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from wsgiref.types import WSGIEnvironment

from werkzeug.http import parse_accept_header, parse_date, parse_etags

from syndicate.core.errors import PreconditionFailed
from syndicate.web.representation import CODINGS, Coded, Representation

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back: `body` is empty where there is none to send."""

    status: int
    headers: Headers
    body: bytes


def answer(
    document: Representation,
    environ: WSGIEnvironment,
    *,
    now: datetime,
    status: int = 200,
    cache_control: str,
    vary: Sequence[str] = (),
) -> Answer:
    """The document, or 304 where the request's conditions say so. Raises PreconditionFailed.

    `changed_at` grows with every change; where a burst of changes ran it ahead of the clock, no date is told or heeded
    until the clock has caught up, because an HTTP date may not lie in the future (8.8.2.1).
    """
    form = document.coded(best_coding(environ.get("HTTP_ACCEPT_ENCODING", "")))
    changed_at = document.changed_at
    modified = changed_at if changed_at and changed_at <= now else None
    headers = [("ETag", form.etag), *([("Last-Modified", document.last_modified)] if modified else [])]
    headers.append(("Cache-Control", cache_control))
    if document.links:
        headers.append(("Link", document.links))
    if varies := [*vary, *(["Accept-Encoding"] if document.compresses else [])]:
        headers.append(("Vary", ", ".join(varies)))
    if status == 200 and not _is_new(environ, form.etag, modified):
        return Answer(304, headers, b"")
    return Answer(status, [*headers, *about(document, form)], form.body)


@lru_cache(maxsize=512)
def best_coding(accepted: str) -> str:
    """What Accept-Encoding likes best of what we have (12.5.3); empty for the document as it is.

    Equals are taken in our order. `*` stands for gzip only: who names nothing may know nothing newer.
    """
    if not accepted:
        return ""
    liked = {name.lower(): quality for name, quality in parse_accept_header(accepted)}
    liked.setdefault("gzip", liked.get("*", 0))
    best = max(CODINGS, key=lambda name: liked.get(name, 0))
    return best if liked.get(best, 0) >= max(liked.get("identity", 0), 0.001) else ""


def about(document: Representation, form: Coded) -> Headers:
    """What the body is."""
    coding = [("Content-Encoding", form.coding)] if form.coding else []
    return [("Content-Type", document.content_type), *coding, ("Content-Length", str(len(form.body)))]


def _is_new(environ: WSGIEnvironment, etag: str, modified: datetime | None) -> bool:
    """Whether the document is to be sent. Raises PreconditionFailed."""
    if (match := environ.get("HTTP_IF_MATCH")) is not None:
        if not parse_etags(match).contains(_opaque(etag)):
            raise PreconditionFailed("It has changed since, or is sent in another form.", etag=_opaque(etag))
    elif modified and (since := _date(environ, "HTTP_IF_UNMODIFIED_SINCE")) and modified > since:
        raise PreconditionFailed("It has changed since.", etag=_opaque(etag))
    if (known := environ.get("HTTP_IF_NONE_MATCH")) is not None:
        return bool(known != etag and not parse_etags(known).contains_weak(_opaque(etag)))
    return not (modified and (since := _date(environ, "HTTP_IF_MODIFIED_SINCE")) and modified <= since)


def _opaque(etag: str) -> str:
    return etag.strip('"')


def _date(environ: WSGIEnvironment, header: str) -> datetime | None:
    """The date in a header; one that is none is as if it were not there (13.1.3)."""
    try:
        return parse_date(environ.get(header))
    except OverflowError:  # a year of twenty digits
        return None
