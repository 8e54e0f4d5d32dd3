"""What may be seen, and by whom. Every question here costs the same few queries however much it answers."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from syndicate.core import preflight
from syndicate.core.errors import BadFields, NotFound, NotKnown
from syndicate.core.newsitem import Feed, NewsItem
from syndicate.core.newsroom import Channel, Key, Newsroom, Outlet, Subscriber, User
from syndicate.core.preflight import Check, Look
from syndicate.core.story import Story
from syndicate.core.workflow import Review
from syndicate.service.pictures import Judged, judged
from syndicate.service.shaping import together, under
from syndicate.store import Store
from syndicate.store.journal import Act
from syndicate.store.stories import Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """`after` asks for the page behind this one; empty on the last."""

    stories: Sequence[Story]
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFile:
    """All that is known of one story. `alike` are other stories that say nearly the same, by id, in percent."""

    story: Story
    revision: Revision
    editions: Sequence[NewsItem]
    channels: Sequence[Channel]
    acts: Sequence[Act]
    pictures: Sequence[Judged]
    alike: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A feed or one item as a reader may have it: items live and taken back, in a document that last changed then.

    `true_until` is the first instant at which the rights to one of the items end.
    """

    feed: Feed
    items: Sequence[NewsItem]
    public: bool

    @property
    def true_until(self) -> datetime | None:
        ends = (item.rights.expires for item in self.items if not item.canceled)
        return min((end for end in ends if end), default=None)


def stories(
    store: Store,
    *,
    limit: int,
    outlet: str | None = None,
    review: Review | None = None,
    external_id: str | None = None,
    changed_since: datetime | None = None,
    after: str = "",
) -> StoryPage:
    """Newest received first, of one outlet or of all. Raises BadFields for a cursor that is not ours."""
    with store.read() as tx:
        found = tx.stories.page(
            limit=limit + 1,
            outlet=outlet,
            review=review,
            external_id=external_id,
            changed_since=changed_since,
            after=_read_cursor(after) if after else None,
        )
    shown = found[:limit]
    return StoryPage(stories=shown, after=_cursor(shown[-1]) if len(found) > limit else "")


def story_file(store: Store, ref: str, *, outlet: str | None = None) -> StoryFile:
    """One story with its history. Of another outlet it is not there: raises NotFound, as for one that never was."""
    with store.read() as tx:
        story = _owned(tx.stories.get(ref), outlet)
        return StoryFile(
            story=story,
            revision=tx.stories.get_revision(story),
            editions=tx.stories.editions(story.id),
            channels=tx.channels.holding(story.id) if story.edition else (),
            acts=tx.audit.of_story(story.id),
            pictures=judged(story.source, story.outlet.agreement, tx.pictures.of(story.id)),
            alike={} if outlet else tx.likenesses.of(story.id),
        )


def checks(file: StoryFile, now: datetime) -> Sequence[Check]:
    """What this story would meet where it is going, if it went out as its source last sent it."""
    story = file.story
    return preflight.checks(
        Look(
            item=story.source,
            now=now,
            first_created=story.edition.first_created if story.edition else None,
            alike=file.alike,
            held=[(one.picture, one.hold) for one in file.pictures if one.hold],
        )
    )


def revision(store: Store, ref: str, *, outlet: str) -> Revision:
    """The newest of what the source sent, byte for byte. Raises NotFound, also for another outlet's story."""
    with store.read() as tx:
        return tx.stories.get_revision(_owned(tx.stories.get(ref), outlet))


def outlet(store: Store, slug: str) -> Outlet:
    with store.read() as tx:
        return tx.outlets.get(slug)


def outlets(store: Store) -> Sequence[Outlet]:
    with store.read() as tx:
        return tx.outlets.all()


def channel(store: Store, slug: str) -> Channel:
    with store.read() as tx:
        return tx.channels.get(slug)


def channels(store: Store) -> Sequence[Channel]:
    with store.read() as tx:
        return tx.channels.all()


def subscriber(store: Store, slug: str) -> Subscriber:
    with store.read() as tx:
        return tx.subscribers.get(slug)


def subscribers(store: Store) -> Sequence[Subscriber]:
    with store.read() as tx:
        return tx.subscribers.all()


def user(store: Store, email: str) -> User:
    with store.read() as tx:
        return tx.users.get(email.strip().lower())


def users(store: Store) -> Sequence[User]:
    with store.read() as tx:
        return tx.users.all()


def key(store: Store, key_id: str) -> Key:
    with store.read() as tx:
        return tx.keys.get(key_id)


def keys(store: Store) -> Sequence[Key]:
    with store.read() as tx:
        return tx.keys.all()


def readable_channel(store: Store, slug: str, reader: Subscriber | None) -> Channel:
    """Raises NotFound, and NotKnown where the channel needs a key and none was given."""
    found = channel(store, slug)
    if _may_read(found, reader):
        return found
    if reader is None:
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
    for item, channel, agreement in rows:
        if channel.policy.page.also(agreement.page).noindex:
            hidden.add(item.id)
        elif item.first_created >= since:
            found.setdefault(item.id, item)
    return [item for item in found.values() if item.id not in hidden][:limit]


def channel_feed(store: Store, newsroom: Newsroom, *, slug: str, extension: str, limit: int, now: datetime) -> Shown:
    """A channel as a document, for whom `readable_channel` lets in. Raises NotFound."""
    with store.read() as tx:
        channel = tx.channels.get(slug)
        page = tx.channels.page(slug, now=now, limit=limit)
    feed = Feed(
        id=f"tag:{newsroom.authority},{channel.created_at.date().isoformat()}:channel/{channel.slug}",
        title=channel.title,
        self_url=f"{newsroom.base_url}/feeds/{quote(channel.slug)}.{extension}",
        base_url=newsroom.base_url,
        changed_at=channel.changed_at,
        publisher=newsroom.party,
        language=channel.language,
    )
    items = tuple(under(item, channel.policy) for item in (*page.items, *page.withdrawn))
    return Shown(feed=feed, items=items, public=channel.public)


def item(
    store: Store, newsroom: Newsroom, *, story_id: str, extension: str, reader: Subscriber | None, now: datetime
) -> Shown:
    """One published (or withdrawn) story, in the form in which the reader's channels give it.

    Raises NotFound where it is not out, or not in a channel of this reader.
    """
    missing = NotFound("There is no such item, or it needs a subscriber's key.")
    with store.read() as tx:
        try:
            story = tx.stories.get(story_id)
        except NotFound:
            raise missing from None
        channels = tx.channels.holding(story.id)
    readable = [channel for channel in channels if _may_read(channel, reader)]
    if story.edition is None or not readable:
        raise missing
    if story.ends_at and story.ends_at <= now:
        raise missing  # the clock takes it back within a moment; until then it is not shown either
    policy = together(channel.policy for channel in readable)
    page = policy.page.also(story.outlet.agreement.page)
    feed = replace(item_feed(newsroom, story.edition, extension), canonical=page.canonical, noindex=page.noindex)
    public = all(channel.public for channel in readable)
    return Shown(feed=feed, items=(under(story.edition, policy),), public=public)


def item_feed(newsroom: Newsroom, edition: NewsItem, extension: str) -> Feed:
    """The document of a single story."""
    return Feed(
        id=edition.guid,
        title=newsroom.name,
        self_url=f"{newsroom.base_url}/items/{edition.id}.{extension}",
        base_url=newsroom.base_url,
        changed_at=edition.version_created,
        publisher=newsroom.party,
        language=edition.language,
    )


def _owned(story: Story, outlet: str | None) -> Story:
    if outlet is not None and story.outlet.slug != outlet:
        raise NotFound(f"There is no story {story.id}.")
    return story


def _may_read(channel: Channel, reader: Subscriber | None) -> bool:
    return channel.public or (reader is not None and channel.slug in reader.channels)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _cursor(story: Story) -> str:
    micros = (story.received_at - _EPOCH) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(f"{micros}:{story.id}".encode()).decode().rstrip("=")


def _read_cursor(text: str) -> tuple[datetime, str]:
    try:
        micros, _, story_id = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii").partition(":")
        if not story_id.isprintable():  # PostgreSQL would refuse the question for a NUL
            raise ValueError(story_id)
        return _EPOCH + timedelta(microseconds=int(micros)), story_id
    except (binascii.Error, ValueError, OverflowError):
        raise BadFields("This cursor is not one of ours.", errors={"cursor": ["Take it from `next`."]}) from None
