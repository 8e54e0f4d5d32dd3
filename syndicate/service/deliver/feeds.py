"""What a reader may have: which channels, which items. Each costs the same few queries however long it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from syndicate.core.entitlement import WORDS, Reason
from syndicate.core.errors import NotAllowed, NotFound, NotKnown
from syndicate.core.newsitem import Feed, NewsItem, item_url
from syndicate.core.newsroom import Channel, Newsroom, Subscriber
from syndicate.core.policy import Policy
from syndicate.service import keys
from syndicate.service.deliver.documents import feed_of, policy_for
from syndicate.service.deliver.shaping import together, under
from syndicate.service.read import channels
from syndicate.store import Store
from syndicate.store.views import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A channel or one item as a reader may have it: items live and taken back, in a document that last changed then.

    `true_until` is the first instant at which the rights to one of the items end. `public`: everybody has it just so.
    """

    feed: Feed
    items: Sequence[NewsItem]
    public: bool

    @property
    def true_until(self) -> datetime | None:
        ends = (item.rights.expires for item in self.items if not item.canceled)
        return min((end for end in ends if end), default=None)


def look(store: Store, slug: str, secret: str, now: datetime) -> View:
    """A channel as the owner of this key, if one was sent, may read it now: the whole question of access, in one.

    Raises NotFound; NotKnown for a wrong key, and where the channel needs a key and none was sent; NotAllowed where the
    agreement has ended.
    """
    found = store.view(slug, keys.hashed(secret) if secret else None, now)
    if secret and not found.key_id:
        raise NotKnown("This key is not valid, was revoked, or has expired.")
    if found.public or found.given:
        return found
    if found.ended:
        raise NotAllowed(WORDS[Reason.ENDED], reason=Reason.ENDED)
    if found.there and not found.reads:
        raise NotKnown("This channel needs a subscriber's key.")
    raise NotFound(f"There is no channel {slug}.")


def readable_channels(store: Store, reader: Subscriber | None) -> Sequence[Channel]:
    """The public ones, and those that the reader was given."""
    return [channel for channel in channels(store) if _may_read(channel, reader)]


def fresh_items(store: Store, *, oldest: timedelta, limit: int, now: datetime) -> Sequence[NewsItem]:
    """What we published lately for everybody to read and for search engines to find, newest first."""
    since, found, hidden = now - oldest, dict[str, NewsItem](), set[str]()
    with store.read() as tx:
        rows = tx.channels.fresh(since, now=now, limit=limit * 3)  # a story may stand in several channels
    for item, where, agreement in rows:
        if where.policy.page.also(agreement.page).noindex:
            hidden.add(item.id)
        elif item.first_created >= since:
            found.setdefault(item.id, item)
    return [item for item in found.values() if item.id not in hidden][:limit]


def channel_feed(
    store: Store, newsroom: Newsroom, *, slug: str, limit: int, now: datetime, reader: str | None = None
) -> tuple[Channel, Shown]:
    """A channel's newest stories, for whom `look` lets in, as it says. Raises NotFound."""
    with store.read() as tx:
        channel = tx.channels.get(slug)
        page = tx.channels.page(channel.slug, now=now, limit=limit, reader=reader)
        policy = policy_for(tx.subscribers.get(reader) if reader else None, channel.policy)
    items = tuple(under(item, policy) for item in (*page.items, *page.withdrawn))
    public = channel.public and reader is None
    feed = feed_of(newsroom, channel, f"{newsroom.base_url}/feeds/{slug}")
    return channel, Shown(feed=feed, items=items, public=public)


def item(
    store: Store, newsroom: Newsroom, *, story_id: str, extension: str, reader: Subscriber | None, now: datetime
) -> Shown:
    """One published (or withdrawn) story, in the form in which the reader's channels give it.

    Raises NotFound where it is not out, or not in a channel of this reader, or kept from it by its rights. One that it
    had until these changed, or a channel was taken from it or narrowed, is shown as taken back.
    """
    missing = NotFound("There is no such item, or it needs a subscriber's key.")
    with store.read() as tx:
        try:
            story = tx.stories.get(story_id)
        except NotFound:
            raise missing from None
        channels = tx.channels.holding(story.id)
        standing = tx.entitlements.of(reader.slug, [story.id]).get(story.id) if reader else None
        back_at = tx.entitlements.given_back(reader.slug, story.id) if reader and standing else None
        readable = [channel for channel in channels if _may_read(channel, reader)]
        lost_at = tx.reach.lost_at(story.id, reader.slug) if reader and not readable else None
    if story.edition is None or not (readable or lost_at):
        raise missing
    if standing and not standing.taken_at:
        raise missing
    if story.ends_at and story.ends_at <= now:
        raise missing  # the clock takes it back within a moment; until then it is not shown either
    edition = story.edition
    if standing and not standing.allowed:
        lost_at = lost_at or standing.decided_at or now
    if lost_at and not edition.canceled:
        edition = edition.revoked(lost_at)
    if back_at and not edition.canceled:
        edition = edition.given_back(back_at)
    shared = together(channel.policy for channel in readable) if readable else Policy()
    policy = policy_for(reader, shared)
    page = policy.page.also(story.outlet.agreement.page)
    feed = replace(item_feed(newsroom, edition, extension), canonical=page.canonical, noindex=page.noindex)
    public = all(channel.public for channel in readable) and not standing and policy == shared
    return Shown(feed=feed, items=(under(edition, policy),), public=public)


def item_feed(newsroom: Newsroom, edition: NewsItem, extension: str) -> Feed:
    """The document of a single story. Its address names it, because the guid names the story in it (RFC 4287 4.2.6)."""
    page = item_url(newsroom.base_url, edition)
    return Feed(
        id=page,
        title=newsroom.name,
        self_url=f"{page}.{extension}",
        page_url=page,
        base_url=newsroom.base_url,
        changed_at=edition.version_created,
        publisher=newsroom.party,
        language=edition.language,
    )


def _may_read(channel: Channel, reader: Subscriber | None) -> bool:
    return channel.public or (reader is not None and channel.slug in reader.channels)
