"""`/media/…`: pictures of published stories, made for readers. The files that came in are never handed out.

Anybody who knows an address may have the picture, for a subscriber's readers carry no key; the address holds a SHA-256,
which nobody guesses. It always names the same picture, so a browser may keep it for good. Caches that many share ask
again after five minutes: a picture leaves with its story.
"""

import hashlib
import hmac
import re
from datetime import datetime, timedelta

from flask import Blueprint, Response, request

from syndicate.core.errors import NotFound
from syndicate.media import TYPES
from syndicate.service.intake import media
from syndicate.service.intake.pictures import PATH
from syndicate.web.context import context

bp = Blueprint("media", __name__)
HEADERS = {
    "Cache-Control": "public, max-age=31536000, s-maxage=300, immutable",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREVIEWS = f"{PATH}preview/"
_SHOWN = re.compile(rf'"{re.escape(PATH)}(?P<name>[\w./-]+)')
_IMAGE = re.compile(r"<img\b[^>]*>")
_EMBED = re.compile(r"<(?P<what>iframe|video|audio)\b[^>]*>.*?</(?P=what)>", re.DOTALL)
_SOURCE = re.compile(r'\ssrc="([^"]*)"')


@bp.get(f"{PREVIEWS}<signature>/<path:name>")
def preview(signature: str, name: str) -> Response:
    """A picture for a frame of the desk, whose requests carry no cookie: whoever was given this address may have it.

    It holds for a day or two.
    """
    here = context()
    today, given = here.now(), signature.encode()
    ours = (_signature(name, day).encode() for day in (today, today - timedelta(days=1)))
    if not any(hmac.compare_digest(given, each) for each in ours):
        raise NotFound("There is no such picture.")
    data = media.kept_rendition(here.shelf, name)
    headers = {**HEADERS, "Cache-Control": "private, max-age=3600"}
    return Response(data, content_type=TYPES[name.rpartition(".")[2]], headers=headers)


def preview_of(name: str) -> str:
    """The address of a picture of ours for the desk."""
    return f"{PREVIEWS}{_signature(name, context().now())}/{name}"


def with_previews(html: str) -> str:
    """Clean HTML for a frame of the desk: our pictures by addresses for the desk, and of what would be loaded from
    elsewhere only that it stands there.
    """
    html = html.replace(f'"{context().newsroom.base_url}{PATH}', f'"{PATH}')
    html = _SHOWN.sub(lambda found: f'"{preview_of(found["name"])}', html)
    html = _IMAGE.sub(lambda found: found[0] if PREVIEWS in found[0] else _instead("picture", found[0]), html)
    return _EMBED.sub(lambda found: _instead(found["what"], found[0]), html)


def _instead(what: str, markup: str) -> str:
    """Words in place of what is not loaded; the address comes out of clean HTML, and is escaped there."""
    source = _SOURCE.search(markup)
    return f'<span class="elsewhere">[{what}: {source[1] if source else ""}]</span>'


def _signature(name: str, day: datetime) -> str:
    message = f"picture:{day:%Y-%m-%d}:{name}".encode()
    return hmac.new(context().secret, message, hashlib.sha256).hexdigest()[:32]


@bp.get(f"{PATH}<path:name>")
def rendition(name: str) -> Response:
    here = context()
    data = media.rendition(here.store, here.shelf, name, here.now())
    response = Response(data, content_type=TYPES[name.rpartition(".")[2]], headers=HEADERS)
    response.set_etag(hashlib.sha256(data).hexdigest()[:32])
    response.make_conditional(request)
    return response
