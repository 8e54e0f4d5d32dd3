"""`/media/…`: pictures of published stories, made for readers. The files that came in are never handed out.

Anybody who knows an address may have the picture, for a subscriber's readers carry no key; the address holds a SHA-256,
which nobody guesses. It always names the same picture, so a browser may keep it for good. Caches that many share ask
again after five minutes: a picture leaves with its story.
"""

import hashlib

from flask import Blueprint, Response, request

from syndicate.media import TYPES
from syndicate.service import media
from syndicate.service.pictures import PATH
from syndicate.web.context import context

bp = Blueprint("media", __name__)
HEADERS = {
    "Cache-Control": "public, max-age=31536000, s-maxage=300, immutable",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@bp.get(f"{PATH}<path:name>")
def rendition(name: str) -> Response:
    here = context()
    data = media.rendition(here.store, here.shelf, name, here.now())
    response = Response(data, content_type=TYPES[name.rpartition(".")[2]], headers=HEADERS)
    response.set_etag(hashlib.sha256(data).hexdigest()[:32])
    response.make_conditional(request)
    return response
