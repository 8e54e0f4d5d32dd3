"""A channel as bytes: documents joined from the pieces of stories, and what leads from one to another (RFC 5005).

The subscription document shows the newest stories. From it `next` leads, page by page, back to the first story, and
`prev-archive` through archives: of these each holds a fixed slice of the channel, and changes only where a story leaves
it, taken back or moved to the front by a correction.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from syndicate.core.errors import BadFields, NotFound
from syndicate.core.newsitem import Feed, Paging
from syndicate.core.newsroom import Channel, Newsroom, Subscriber
from syndicate.core.policy import Policy
from syndicate.outputs import FORMATS, Variant
from syndicate.service.deliver.rendering import form_of, piece, recipe
from syndicate.service.deliver.wishes import OLDEST, Wish
from syndicate.store import Store, Tx
from syndicate.store.pages import Made, Part, Piece, Shelf
from syndicate.store.takedowns import KEPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A channel in a format: its bytes, true for this state of the channel, and no longer than `true_until`.

    `links` is the value of its Link header. `stamp` is set in the subscription document that all
    share: who has it may ask what changed since.
    """

    body: bytes
    media_type: str
    changed_at: datetime
    true_until: datetime | None
    state: Hashable
    links: str
    stamp: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    live: Sequence[Piece]
    gone: Sequence[Piece]
    paging: Paging


def document(
    store: Store, newsroom: Newsroom, *, slug: str, wish: Wish, now: datetime, reader: str | None = None
) -> Document:
    """A channel as it is sent, for whom `feeds.look` lets in, as it says.

    Raises NotFound, BadFields for what has no feeds.
    """
    written = _written(wish)
    with store.read() as tx:
        shelf = _shelf(tx, slug, reader)
        found = _find(tx, newsroom, shelf, wish, now)
    return _join(newsroom, shelf, wish, written, found)


class Untold(Exception):
    """What changed since then cannot be told: the whole must be sent."""


def delta(store: Store, newsroom: Newsroom, *, slug: str, wish: Wish, stamp: datetime, now: datetime) -> Document:
    """What changed since a subscription document of this stamp was made (RFC 3229), which all readers share.

    Raises Untold where the channel's settings changed since, where more changed than a document shows, and where the
    reader may have missed that something was taken back.
    """
    written = _written(wish)
    with store.read() as tx:
        shelf = _shelf(tx, slug, None)
        limit = wish.limit or shelf.channel.length
        if not max(shelf.settled_at, shelf.channel.changed_at - KEPT) <= stamp <= shelf.channel.changed_at:
            raise Untold
        made = _made(newsroom, shelf, wish)
        live = tx.pages.live(shelf, Part(since=stamp), made, now=now, limit=limit + 1)
        gone = tx.pages.gone(shelf, made, since=stamp)
    if len(live) > limit:
        raise Untold
    return _join(newsroom, shelf, wish, written, _Found(live=live, gone=gone, paging=Paging()))


def address(newsroom: Newsroom, slug: str, wish: Wish) -> str:
    """Where a feed is read, and the topic by which hubs know it. It never holds a key."""
    plain = f"{newsroom.base_url}/feeds/{quote(slug)}.{FORMATS[wish.format].extension}"
    return f"{plain}?{wish.query}" if wish.query else plain


def policy_for(reader: Subscriber | None, policy: Policy) -> Policy:
    """In what form a channel gives its stories to this reader."""
    return policy.as_excerpt() if reader and reader.grants.excerpt_only else policy


def feed_of(newsroom: Newsroom, channel: Channel, self_url: str) -> Feed:
    """What a format needs to know of a channel, at this address of ours."""
    return Feed(
        id=f"tag:{newsroom.authority},{channel.created_at.date().isoformat()}:channel/{channel.slug}",
        title=channel.title,
        self_url=self_url,
        page_url=f"{newsroom.base_url}/feeds/{quote(channel.slug)}",
        base_url=newsroom.base_url,
        changed_at=channel.changed_at,
        publisher=newsroom.party,
        language=channel.language,
        hub=newsroom.hub_of(channel),
    )


def _links(feed: Feed) -> str:
    """The hub, the feed's own name and its pages, for formats too that have no place for them (RFC 8288, WebSub 4)."""
    named = {"hub": feed.hub, "self": feed.self_url, **feed.paging.links}
    return ", ".join(f'<{there}>; rel="{relation}"' for relation, there in named.items() if there)


def _written(wish: Wish) -> Variant:
    form = FORMATS[wish.format]
    written = form.variant(wish.variant)
    if written.join_entries is None:
        raise BadFields("There is no feed of this.", errors={form.parameter: ["Leave it out for a feed."]})
    return written


def _shelf(tx: Tx, slug: str, reader: str | None) -> Shelf:
    """A channel as this reader has it: where its rights say so, in a form of its own."""
    shelf = tx.pages.shelf(slug)
    if reader is None:
        return shelf
    policy = policy_for(tx.subscribers.get(reader), shelf.channel.policy)
    channel = replace(shelf.channel, policy=policy)
    return replace(shelf, channel=channel, reader=reader, rights_at=tx.subscribers.rights_at(reader))


def _made(newsroom: Newsroom, shelf: Shelf, wish: Wish) -> Made:
    form = form_of(wish.format, wish.variant)
    return Made(form=form, policy=shelf.channel.policy.form, recipe=recipe(newsroom.base_url))


def _find(tx: Tx, newsroom: Newsroom, shelf: Shelf, wish: Wish, now: datetime) -> _Found:
    made = _made(newsroom, shelf, wish)
    if wish.part.archive is not None:
        return _archive(tx, newsroom, shelf, wish, wish.part.archive, made, now)
    limit = wish.limit or shelf.channel.length
    live = tx.pages.live(shelf, wish.part, made, now=now, limit=limit)
    newest = wish.part.before is None and wish.part.after is None
    gone = tx.pages.gone(shelf, made, since=wish.part.since) if newest else ()
    return _Found(live=live, gone=gone, paging=_paging(tx, newsroom, shelf, wish, live))


def _archive(tx: Tx, newsroom: Newsroom, shelf: Shelf, wish: Wish, number: int, made: Made, now: datetime) -> _Found:
    if number >= shelf.slice:
        raise NotFound("There is no such archive yet.")
    live = tx.pages.live(shelf, wish.part, made, now=now, limit=None)
    before, after = tx.pages.archives(shelf, number)
    paging = Paging(
        current=address(newsroom, shelf.channel.slug, wish.elsewhere()),
        prev_archive="" if before is None else address(newsroom, shelf.channel.slug, wish.elsewhere(archive=before)),
        next_archive="" if after is None else address(newsroom, shelf.channel.slug, wish.elsewhere(archive=after)),
        archive=True,
    )
    return _Found(live=live, gone=(), paging=paging)


def _paging(tx: Tx, newsroom: Newsroom, shelf: Shelf, wish: Wish, live: Sequence[Piece]) -> Paging:
    part = wish.part
    older = bool(live) and tx.pages.is_more(shelf, Part(before=live[-1].key, since=part.since))
    newer = bool(live) and part != Part(since=part.since)
    newer = newer and tx.pages.is_more(shelf, Part(after=live[0].key, since=part.since))
    pages = Paging(
        first=address(newsroom, shelf.channel.slug, wish.elsewhere()) if older or newer else "",
        previous=address(newsroom, shelf.channel.slug, wish.elsewhere(after=live[0].key)) if newer else "",
        next=address(newsroom, shelf.channel.slug, wish.elsewhere(before=live[-1].key)) if older else "",
        last=address(newsroom, shelf.channel.slug, wish.elsewhere(after=OLDEST)) if older else "",
    )
    if part != Part():
        return pages
    if not older:  # nothing is anywhere else, in an archive neither
        return replace(pages, complete=True)
    if wish.limit and wish.limit < shelf.channel.length:  # it may not show all that is in no archive
        return pages
    before, _ = tx.pages.archives(shelf, shelf.slice)
    archive = "" if before is None else address(newsroom, shelf.channel.slug, wish.elsewhere(archive=before))
    return replace(pages, prev_archive=archive)


def _join(newsroom: Newsroom, shelf: Shelf, wish: Wish, written: Variant, found: _Found) -> Document:
    """Of a page or an archive, what it says of its last change is that of the stories in it: else none would last."""
    channel, part = shelf.channel, wish.part
    feed = feed_of(newsroom, channel, address(newsroom, channel.slug, wish))
    feed = replace(feed, changed_at=shelf.changed_at, paging=found.paging)
    if part != Part():
        feed = replace(feed, hub="")  # which tells of the newest only
    if part.archive is not None or part.before or part.after:
        feed = replace(feed, changed_at=max((one.stamp for one in found.live), default=channel.created_at))
    if written.join_entries is None:
        raise ValueError("this form has no feeds")
    bodies = [
        [one.body or piece(newsroom.base_url, one.item, channel.policy, written) for one in pieces]
        for pieces in (found.live, found.gone)
    ]
    return Document(
        body=written.join_entries(feed, *bodies),
        media_type=written.media_type,
        changed_at=channel.changed_at,
        true_until=min((one.ends_at for one in found.live if one.ends_at), default=None),
        state=(channel.created_at, channel.changed_at, shelf.rights_at),
        links=_links(feed),
        stamp=channel.changed_at if part == Part() and shelf.reader is None else None,
    )
