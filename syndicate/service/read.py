"""What may be seen, and by whom. Every question here costs the same few queries however much it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from syndicate.core import preflight
from syndicate.core.errors import NotFound
from syndicate.core.newsitem import NewsItem
from syndicate.core.newsroom import Channel, Key, Outlet, Subscriber, User
from syndicate.core.preflight import Check, Look
from syndicate.core.reach import Receipt
from syndicate.core.story import Story
from syndicate.core.workflow import Review
from syndicate.service.cursors import cursor, read_cursor
from syndicate.service.intake.pictures import Judged, judged
from syndicate.store import Store, Tx
from syndicate.store.decisions import Question
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
    questions: Sequence[Question]
    receipts: Sequence[Receipt]


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
            after=read_cursor(after) if after else None,
        )
    shown = found[:limit]
    return StoryPage(stories=shown, after=cursor(shown[-1].received_at, shown[-1].id) if len(found) > limit else "")


def story_file(store: Store, ref: str, *, outlet: str | None = None) -> StoryFile:
    """One story with its history. Of another outlet it is not there: raises NotFound, as for one that never was."""
    with store.read() as tx:
        return file_of(tx, _owned(tx.stories.get(ref), outlet), alike=not outlet)


def file_of(tx: Tx, story: Story, *, alike: bool = True) -> StoryFile:
    """The same within a transaction; `alike` says whether to tell of other outlets' stories."""
    return StoryFile(
        story=story,
        revision=tx.stories.get_revision(story),
        editions=tx.stories.editions(story.id),
        channels=tx.channels.holding(story.id) if story.edition else (),
        acts=tx.audit.of_story(story.id),
        pictures=pictures_of(tx, story),
        alike=tx.likenesses.of(story.id) if alike else {},
        questions=tx.questions.of(story.id),
        receipts=tx.reach.receipts(story.id),
    )


def checks(file: StoryFile, now: datetime) -> Sequence[Check]:
    """What this story would meet where it is going, if it went out as its source last sent it, with our edits."""
    return preflight.checks(_look(file.story, file.alike, file.pictures, now))


def checks_of(tx: Tx, story: Story, now: datetime) -> Sequence[Check]:
    """The same within a transaction."""
    return preflight.checks(_look(story, tx.likenesses.of(story.id), pictures_of(tx, story), now))


def _look(story: Story, alike: Mapping[str, int], pictures: Sequence[Judged], now: datetime) -> Look:
    return Look(
        item=story.as_agreed,
        now=now,
        first_created=story.edition.first_created if story.edition else None,
        agreed_until=story.outlet.agreement.ends,
        alike=alike,
        held=[(one.picture, one.hold) for one in pictures if one.hold and not one.left_out],
    )


def pictures_of(tx: Tx, story: Story) -> Sequence[Judged]:
    """The pictures of the next edition, and those that stay in."""
    kept = tx.pictures.of(story.id)
    return judged(story.as_edited, story.outlet.agreement, kept, story.edits.pictures or ())


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


def _owned(story: Story, outlet: str | None) -> Story:
    if outlet is not None and story.outlet.slug != outlet:
        raise NotFound(f"There is no story {story.id}.")
    return story
