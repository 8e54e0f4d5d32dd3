"""Conditional requests exactly as RFC 9110 section 13.2.2 orders them, and gzip with a validator of its own."""

import gzip
import hashlib
from datetime import datetime

from flask import Response, request

GZIP_FROM_BYTES = 512


def answer(body: bytes, *, content_type: str, changed_at: datetime, now: datetime, status: int = 200) -> Response:
    """The document, or 304 or 412 where the request's conditions say so.

    The ETag is a hash of the bytes sent. `changed_at` is whole seconds and grows with every change; where a burst of
    changes ran it ahead of the clock, no date is told or heeded until the clock has caught up, because an HTTP date
    may not lie in the future (8.8.2.1).
    """
    etag = hashlib.sha256(body).hexdigest()[:32]
    response = Response(status=status, content_type=content_type)
    if len(body) >= GZIP_FROM_BYTES:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings.quality("gzip") > 0:
            body, etag = gzip.compress(body, 6, mtime=0), f"{etag}-gzip"
            response.content_encoding = "gzip"
    modified = changed_at if changed_at <= now else None
    response.set_etag(etag)
    if modified:  # set to None it would be the machine's own time
        response.last_modified = modified
    verdict = _verdict(etag, modified) if status == 200 else None
    if verdict is None:
        response.set_data(body)
        return response
    response.status_code = verdict
    del response.headers["Content-Type"]
    response.headers.pop("Content-Encoding", None)
    return response


def _verdict(etag: str, modified: datetime | None) -> int | None:
    """304, 412, or None: go on."""
    if "If-Match" in request.headers:
        if not request.if_match.contains(etag):
            return 412
    elif modified and request.if_unmodified_since and modified > request.if_unmodified_since:
        return 412
    if "If-None-Match" in request.headers:
        return 304 if request.if_none_match.contains_weak(etag) else None
    if modified and request.if_modified_since and modified <= request.if_modified_since:
        return 304
    return None
