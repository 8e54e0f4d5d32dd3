"""`/feeds/{channel}.{format}` and `/items/{id}.{format}`, public or by a subscriber's key."""

from collections.abc import Hashable
from dataclasses import replace

from flask import Blueprint, Response, request

from syndicate.core.errors import BadFields, NotFound
from syndicate.core.newsroom import Channel
from syndicate.outputs import FORMATS, Format
from syndicate.service import feeds
from syndicate.service.keep import MOST_ITEMS
from syndicate.web.auth import reader
from syndicate.web.conditional import answer
from syndicate.web.context import context
from syndicate.web.representation import Representation

bp = Blueprint("feeds", __name__)
# An item's page shows pictures and embeds of other sites, and runs nothing.
PAGE_POLICY = (
    "default-src 'none'; img-src https: http:; media-src https: http:; frame-src https:; style-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


@bp.get("/feeds/<channel>.<extension>")
def feed(channel: str, extension: str) -> Response:
    """Rendered once for each state of the channel: its stamp grows with every change that shows."""
    form, here, asked = _format(extension), context(), _limit()
    if form.render_feed is None:
        raise NotFound(f"There are no feeds in {extension}.")
    now = here.now()
    state = feeds.readable_channel(here.store, channel, reader())
    limit = asked or state.length
    document = here.representations.find(_state_key(state, extension, limit), now)
    if document is None:
        shown = feeds.channel_feed(here.store, here.newsroom, slug=channel, extension=extension, limit=limit, now=now)
        document = _represent(form.render_feed(shown.feed, shown.items), form.media_type, shown)
        state = replace(state, changed_at=shown.feed.changed_at)  # it may have changed since we looked
        here.representations.keep(_state_key(state, extension, limit), document)
    return cached(answer(document, now=now), public=state.public)


@bp.get("/items/<story_id>")
def item_page(story_id: str) -> Response:
    return item(story_id, "html")


@bp.get("/items/<story_id>.<extension>")
def item(story_id: str, extension: str) -> Response:
    """One item; 410 with the format's own tombstone where it was withdrawn."""
    form, here = _format(extension), context()
    now = here.now()
    shown = feeds.item(here.store, here.newsroom, story_id=story_id, extension=extension, reader=reader(), now=now)
    (edition,) = shown.items
    document = _represent(form.render_item(shown.feed, edition), form.item_media_type, shown)
    response = answer(document, now=now, status=410 if edition.canceled else 200)
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return cached(response, public=shown.public)


def _format(extension: str) -> Format:
    for form in FORMATS.values():
        if form.extension == extension:
            return form
    raise NotFound(f"There is no format {extension[:20]}: ask for one of {', '.join(sorted(FORMATS))}.")


def _limit() -> int | None:
    """How many stories are asked for; None: as many as the channel says."""
    text = request.args.get("limit")
    if text is None:
        return None
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_ITEMS:
        return int(text[:9])
    raise BadFields("limit is out of range.", errors={"limit": [f"A whole number from 1 to {MOST_ITEMS}."]})


def _state_key(channel: Channel, extension: str, limit: int) -> Hashable:
    """All that decides about the bytes of a feed. A channel removed and added anew differs by when it was made."""
    return channel.slug, channel.created_at, channel.changed_at, extension, limit


def _represent(body: bytes, media_type: str, shown: feeds.Shown) -> Representation:
    content_type = f"{media_type}; charset=utf-8"
    changed_at = shown.feed.changed_at
    return Representation(body, content_type=content_type, changed_at=changed_at, true_until=shown.true_until)


def cached(response: Response, *, public: bool) -> Response:
    """Caches may keep it and must ask before each use: a withdrawal counts from the moment it is made."""
    response.headers["Cache-Control"] = "public, no-cache" if public else "private, no-cache"
    if not public:
        response.vary.add("Authorization")
    return response
