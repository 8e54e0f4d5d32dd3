"""A channel as bytes: what is asked of it, and the document joined from the pieces of its stories."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from syndicate.core.errors import BadFields
from syndicate.core.newsitem import Feed
from syndicate.core.newsroom import Channel, Newsroom, Subscriber
from syndicate.core.policy import Policy
from syndicate.outputs import FORMATS, Variant
from syndicate.service.rendering import form_of, piece, recipe
from syndicate.store import Store
from syndicate.store.pages import Made, Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of a channel, beside who asks: a format (a name of `FORMATS`), one of its variants, so many stories
    at most.
    """

    format: str
    variant: str = ""
    limit: int | None = None

    @property
    def query(self) -> str:
        """The same question as the query of an address: whoever follows it gets the same document."""
        asked = {FORMATS[self.format].parameter: self.variant, "limit": self.limit}
        return urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A channel in a format: its bytes, true for this state of the channel, and no longer than `true_until`.

    `links` is the value of its Link header.
    """

    body: bytes
    media_type: str
    changed_at: datetime
    true_until: datetime | None
    state: Hashable
    links: str


def document(
    store: Store, newsroom: Newsroom, *, slug: str, wish: Wish, now: datetime, reader: str | None = None
) -> Document:
    """A channel as it is sent, for whom `feeds.look` lets in, as it says.

    Raises NotFound, BadFields for what has no feeds.
    """
    form = FORMATS[wish.format]
    written = form.variant(wish.variant)
    if written.join_entries is None:
        raise BadFields("There is no feed of this.", errors={form.parameter: ["Leave it out for a feed."]})
    with store.read() as tx:
        channel = tx.channels.get(slug)
        policy = policy_for(tx.subscribers.get(reader) if reader else None, channel.policy)
        rights_at = tx.subscribers.rights_at(reader) if reader else None
        made = Made(form_of(form.name, wish.variant), policy.form, recipe(newsroom.base_url))
        live = tx.pages.live(slug, made, now=now, limit=wish.limit or channel.length, reader=reader)
        gone = tx.pages.gone(slug, made, reader=reader)
    feed = feed_of(newsroom, channel, address(newsroom, slug, wish))
    bodies = [_rendered(newsroom, policy, written, pieces) for pieces in (live, gone)]
    return Document(
        body=written.join_entries(feed, *bodies),
        media_type=written.media_type,
        changed_at=channel.changed_at,
        true_until=min((one.ends_at for one in live if one.ends_at), default=None),
        state=(channel.created_at, channel.changed_at, rights_at),
        links=_links(feed),
    )


def address(newsroom: Newsroom, slug: str, wish: Wish) -> str:
    """Where a feed is read, and the topic by which hubs know it. It never holds a key."""
    plain = f"{newsroom.base_url}/feeds/{quote(slug)}.{FORMATS[wish.format].extension}"
    return f"{plain}?{wish.query}" if wish.query else plain


def _links(feed: Feed) -> str:
    """The hub and the feed's own name, for formats too that have no place for them (WebSub 4, RFC 8288)."""
    own = f'<{feed.self_url}>; rel="self"'
    return f'<{feed.hub}>; rel="hub", {own}' if feed.hub else own


def policy_for(reader: Subscriber | None, policy: Policy) -> Policy:
    """In what form a channel gives its stories to this reader."""
    return policy.as_excerpt() if reader and reader.grants.excerpt_only else policy


def feed_of(newsroom: Newsroom, channel: Channel, self_url: str) -> Feed:
    """What a format needs to know of a channel, at this address of ours."""
    return Feed(
        id=f"tag:{newsroom.authority},{channel.created_at.date().isoformat()}:channel/{channel.slug}",
        title=channel.title,
        self_url=self_url,
        base_url=newsroom.base_url,
        changed_at=channel.changed_at,
        publisher=newsroom.party,
        language=channel.language,
        hub=newsroom.hub_of(channel),
    )


def _rendered(newsroom: Newsroom, policy: Policy, written: Variant, pieces: Sequence[Piece]) -> list[bytes]:
    """Those that nobody rendered before are rendered now."""
    return [one.body or piece(newsroom.base_url, one.item, policy, written) for one in pieces]
