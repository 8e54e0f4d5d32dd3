"""Listing stories for the desk's queue: what comes in, what time changes, what was stored before there was a queue."""

from datetime import datetime

from syndicate.core.story import Story
from syndicate.service.cursors import cursor, read_cursor
from syndicate.service.read import pictures_of
from syndicate.store import Store, Tx

LIST = "list"  # the kind of job
AT_ONCE = 100


def arrive(tx: Tx, story: Story, arrived_at: datetime) -> None:
    """A version came in. After its pictures are told of, within the transaction that stores it."""
    pictures, held = _pictures(tx, story)
    tx.listings.arrive(story, arrived_at=arrived_at, pictures=pictures, held=held)


def recount_pictures(store: Store, ref: str) -> None:
    """The files of a story's pictures came, and with them what they say of their rights."""
    with store.begin() as tx:
        _recount(tx, tx.stories.get(ref, lock=True))


def recheck(store: Store, now: datetime) -> None:
    """What is due: an embargo or a right has ended, a day has passed, an agreement has changed."""
    while True:
        with store.read() as tx:
            due = tx.listings.to_recheck(now, limit=AT_ONCE)
        for story_id in due:
            with store.begin() as tx:
                story = tx.stories.get(story_id, lock=True)
                _recount(tx, story)
                tx.listings.refresh(story, now)
                tx.stories.time(story)
        if len(due) < AT_ONCE:
            return


def list_stored(store: Store, ref: str, now: datetime) -> None:
    """Some of the stories that were there before the queue was, newest first from the cursor `ref` on; then the next.

    Each is a transaction, so that nobody waits for it; one that is listed already, by what came in or by a worker that
    was killed, is left as it is.
    """
    with store.read() as tx:
        found = tx.listings.unlisted(read_cursor(ref) if ref else None, limit=AT_ONCE)
    for received_at, story_id, listed in found:
        if not listed:
            with store.begin() as tx:
                story = tx.stories.get(story_id, lock=True)
                if not tx.listings.of([story_id]):
                    arrive(tx, story, received_at)
                    tx.listings.count_alike([story_id])
    if len(found) == AT_ONCE:
        with store.begin() as tx:
            tx.jobs.want(LIST, cursor(found[-1][0], found[-1][1]), now)


def _recount(tx: Tx, story: Story) -> None:
    pictures, held = _pictures(tx, story)
    tx.listings.set_pictures(story.id, pictures=pictures, held=held)


def _pictures(tx: Tx, story: Story) -> tuple[int, int]:
    """How many pictures a story shows, and how many of them stay in."""
    if not story.source.pictures and "<img " not in story.source.body_html:
        return 0, 0
    shown = [one for one in pictures_of(tx, story) if one.picture.renditions and not one.left_out]
    return len(shown), sum(1 for one in shown if one.hold)
