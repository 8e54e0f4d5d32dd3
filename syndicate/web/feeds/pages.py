"""What people and crawlers read of our channels: `/feeds`, `/feeds/{channel}`, `/feeds.opml`, the news sitemap.

Pages run no script but one of ours that copies an address, and need none. No address on them carries a key.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request

from syndicate.core.newsitem import NewsItem
from syndicate.core.newsroom import Channel
from syndicate.outputs import FORMATS, newssitemap, opml, words
from syndicate.outputs.text import direction, language_tag
from syndicate.service.deliver import feeds
from syndicate.web.auth import feed_secret, reader
from syndicate.web.context import Context, context
from syndicate.web.feeds.views import cached, sent
from syndicate.web.representation import Representation

bp = Blueprint("pages", __name__)
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'"
NEWEST = 20
SITEMAP_KEPT = timedelta(minutes=5)  # an agreement that changed meanwhile is heeded after so long
NAMES = {
    "rss": "RSS 2.0",
    "atom": "Atom",
    "json": "JSON Feed",
    "ninjs": "ninjs",
    "newsml": "NewsML-G2",
    "nitf": "NITF in NewsML-G2",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A story in a list, ready to print."""

    href: str
    headline: str
    outlet: str
    date: str
    credit: str
    lang: str
    dir: str


@bp.get("/feeds")
def index() -> Response:
    """The channels that the one who asks may read."""
    here = context()
    return _page("feeds.html", newsroom=here.newsroom, channels=feeds.readable_channels(here.store, reader()))


@bp.get("/feeds/<channel>")
def channel(channel: str) -> Response:
    """A channel's newest stories, and its address in each format."""
    here = context()
    now = here.now()
    view = feeds.look(here.store, channel, feed_secret(request.environ), now)
    found, shown = feeds.channel_feed(
        here.store, here.newsroom, slug=channel, limit=NEWEST, now=now, reader=view.reader
    )
    tag = language_tag(found.language)
    return _page(
        "channel.html",
        public=shown.public,
        newsroom=here.newsroom,
        channel=found,
        lang=tag,
        dir=direction(tag) if tag else "auto",
        addresses=_addresses(here, found),
        stories=[_line(item) for item in shown.items if not item.canceled],
    )


@bp.get("/feeds.opml")
def subscriptions() -> Response:
    """What the one who asks may read, for a feed reader to import."""
    here, who = context(), reader()
    body = opml.render(here.newsroom, feeds.readable_channels(here.store, who))
    return cached(Response(body, content_type=f"{opml.MEDIA_TYPE}; charset=utf-8"), public=who is None)


@bp.get("/news-sitemap.xml")
def news_sitemap() -> Response:
    """Made anew when a public channel changed, and after a while."""
    here = context()
    now = here.now()
    public = feeds.readable_channels(here.store, None)
    key = tuple((each.slug, each.created_at, each.changed_at) for each in public)

    def make() -> tuple[Hashable, Representation]:
        items = feeds.fresh_items(here.store, oldest=newssitemap.OLDEST, limit=newssitemap.MOST_STORIES, now=now)
        return key, Representation(
            newssitemap.render(here.newsroom, items),
            content_type=f"{newssitemap.MEDIA_TYPE}; charset=utf-8",
            changed_at=max((each.changed_at for each in public), default=now.replace(microsecond=0)),
            true_until=now + SITEMAP_KEPT,
        )

    document = here.representations.get("news-sitemap", key, now, make)
    response = sent(document, now=now, public=True)
    del response.headers["Last-Modified"]  # stories leave it by the clock, which changes no channel
    return response


@bp.get("/robots.txt")
def robots() -> Response:
    """Everything may be read (RFC 9309); pages say by themselves what is not to be indexed."""
    sitemap = f"{context().newsroom.base_url}/news-sitemap.xml"
    return Response(f"User-agent: *\nDisallow:\n\nSitemap: {sitemap}\n", content_type="text/plain; charset=utf-8")


def _addresses(here: Context, channel: Channel) -> Mapping[str, str]:
    stem = f"{here.newsroom.base_url}/feeds/{quote(channel.slug)}"
    offered = [form for form in FORMATS.values() if form.render_feed]
    return {NAMES.get(form.name, form.name): f"{stem}.{form.extension}" for form in offered}


def _line(item: NewsItem) -> Line:
    tag = language_tag(item.language)
    return Line(
        href=f"/items/{item.id}",
        headline=words.headline(item),
        outlet=words.outlet(item),
        date=item.first_published.text if item.first_published else "",
        credit=item.credit.text,
        lang=tag,
        dir=direction(tag) if tag else "auto",
    )


def _page(template: str, *, public: bool | None = None, **values: object) -> Response:
    """A page for those who may see it. `public` is None where it depends on who asks."""
    body = render_template(template, public=public, **values).encode("utf-8", "replace")
    response = Response(body, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = POLICY
    asked_by_nobody = not request.authorization and "key" not in request.args
    return cached(response, public=asked_by_nobody if public is None else public)
