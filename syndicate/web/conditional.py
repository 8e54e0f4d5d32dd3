"""Conditional requests exactly as RFC 9110 section 13.2.2 orders them."""

from datetime import datetime

from flask import Response, request
from werkzeug.http import parse_date

from syndicate.core.errors import PreconditionFailed
from syndicate.web.problems import as_response
from syndicate.web.representation import Representation


def answer(document: Representation, *, now: datetime, status: int = 200) -> Response:
    """The document, or 304 or 412 where the request's conditions say so.

    `changed_at` grows with every change; where a burst of changes ran it ahead of the clock, no date is told or heeded
    until the clock has caught up, because an HTTP date may not lie in the future (8.8.2.1).
    """
    zipped = document.compresses and request.accept_encodings.quality("gzip") > 0
    etag = document.gzip_etag if zipped else document.etag
    modified = document.changed_at if document.changed_at <= now else None
    match _verdict(etag, modified) if status == 200 else None:
        case 412:
            response = as_response(PreconditionFailed("It has changed since, or is sent in another form.", etag=etag))
        case 304:
            response = Response(status=304)
            del response.headers["Content-Type"]
        case _:
            response = Response(document.gzipped if zipped else document.body, status)
            response.content_type = document.content_type
            if zipped:
                response.content_encoding = "gzip"
    if document.compresses:
        response.vary.add("Accept-Encoding")
    response.set_etag(etag)
    if modified:  # set to None it would be the machine's own time
        response.last_modified = modified
    return response


def _verdict(etag: str, modified: datetime | None) -> int | None:
    """304, 412, or None: go on."""
    if "If-Match" in request.headers:
        if not request.if_match.contains(etag):
            return 412
    elif modified and (since := _date("If-Unmodified-Since")) and modified > since:
        return 412
    if "If-None-Match" in request.headers:
        return 304 if request.if_none_match.contains_weak(etag) else None
    if modified and (since := _date("If-Modified-Since")) and modified <= since:
        return 304
    return None


def _date(header: str) -> datetime | None:
    """The date in a header; one that is none is as if it were not there (13.1.3)."""
    try:
        return parse_date(request.headers.get(header))
    except OverflowError:  # a year of twenty digits
        return None
