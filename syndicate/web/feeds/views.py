"""`/items/{id}` and `/items/{id}.{format}`, public or by a subscriber's key; feeds are answered at `door`."""

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, Response, request
from werkzeug.datastructures import MIMEAccept

from syndicate.core.errors import NotAcceptable, NotFound
from syndicate.core.newsitem import Feed, NewsItem
from syndicate.core.newsroom import Subscriber
from syndicate.outputs import FORMATS
from syndicate.service.deliver import feeds
from syndicate.service.deliver.counter import counter_of
from syndicate.web.auth import query, reader
from syndicate.web.conditional import answer
from syndicate.web.context import Context, context
from syndicate.web.feeds.door import ROUTE
from syndicate.web.feeds.wishes import format_of
from syndicate.web.representation import Representation

bp = Blueprint("feeds", __name__)
# An item's page shows pictures and embeds of other sites, and runs nothing.
PAGE_POLICY = (
    "default-src 'none'; img-src https: http:; media-src https: http:; frame-src https:; style-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)

# A page for people first; more general types last, so that they are taken only by who names them.
_ACCEPTED = {
    "text/html": "html",
    **{form.item_media_type: form.extension for form in FORMATS.values()},
    "application/json": "json",
}


@bp.get(ROUTE)
def feed(channel: str, extension: str) -> Response:
    """The door answers a feed; here it has a name in counts, and a refusal where no channel can be called so."""
    raise NotFound(f"There is no channel {channel[:80]}.")


@bp.get("/items/<story_id>")
def negotiated_item(story_id: str) -> Response:
    """In the form that Accept likes best (RFC 9110 12.5.1), for people where it does not say. Each form has one
    charset and version here, so parameters of a type say nothing more.
    """
    accepted = MIMEAccept([(kind.partition(";")[0].strip(), liking) for kind, liking in request.accept_mimetypes])
    liked = accepted.best_match(list(_ACCEPTED), "") if request.headers.get("Accept", "").strip() else "text/html"
    if liked not in _ACCEPTED:
        raise NotAcceptable("There is no such form of it.", offered=list(_ACCEPTED))
    response = item(story_id, _ACCEPTED[liked])
    response.vary.add("Accept")
    return response


@bp.get("/items/<story_id>.<extension>")
def item(story_id: str, extension: str) -> Response:
    """One item; 410 with the format's own tombstone where it was withdrawn."""
    here, form = context(), format_of(extension)
    who, now, variant = reader(), here.now(), form.variant(query(request.environ).get(form.parameter, ""))
    shown = feeds.item(here.store, here.newsroom, story_id=story_id, extension=extension, reader=who, now=now)
    (edition,) = shown.items
    document = Representation(
        variant.render_item(_counted(here, shown.feed, edition, who), edition),
        content_type=f"{variant.item_media_type}; charset=utf-8",
        changed_at=None,  # channels, agreements and rights change it too: its ETag alone tells
        true_until=shown.true_until,
    )
    response = sent(document, now=now, status=410 if edition.canceled else 200, public=shown.public and who is None)
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response


def _counted(here: Context, feed: Feed, edition: NewsItem, who: Subscriber | None) -> Feed:
    """With the counter of the one who takes it, so that a copy is counted as its site's."""
    subscriber = who.slug if who else ""
    address = counter_of(
        here.newsroom, here.secret, story_id=edition.id, subscriber=subscriber, version=edition.version
    )
    return replace(feed, counter_url=address)


def sent(document: Representation, *, now: datetime, status: int = 200, public: bool) -> Response:
    """The document for this request. Caches may keep it and must ask before each use: a withdrawal counts at once."""
    who = "public" if public else "private"
    vary = () if public else ("Authorization",)
    found = answer(document, request.environ, now=now, status=status, cache_control=f"{who}, no-cache", vary=vary)
    response = Response(found.body, found.status, found.headers)
    if found.status == 304:
        del response.headers["Content-Type"]
    return response


def cached(response: Response, *, public: bool) -> Response:
    """The same of an answer that has no validators."""
    response.headers["Cache-Control"] = "public, no-cache" if public else "private, no-cache"
    if not public:
        response.vary.add("Authorization")
    return response
