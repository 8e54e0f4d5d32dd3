"""Files of pictures: taken in with their story, fetched after it, handed out with what is published, swept away.

A file is written before the row that knows it. Who is stopped between the two leaves a file that nobody knows, and the
sweep takes it away; a row without its file cannot be.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from urllib.parse import urlsplit

from syndicate.core.errors import BadFields, BadInput, NotFound, RemoteFailure, RemoteRefusal, SyndicateError
from syndicate.core.media import Media, upload_href
from syndicate.core.rights import PubStatus
from syndicate.core.workflow import Review
from syndicate.delivery.http import Client, Limits, Request
from syndicate.media import Shelf, file_of, is_ours, rendition_of
from syndicate.service import listing
from syndicate.service.intake.pictures import judged, to_fetch
from syndicate.service.intake.prepare import Prepared, PreparedResult
from syndicate.store import Store

FETCH = "pictures"  # the kind of job
MOST_AT_ONCE, MOST_TRIES = 5, 5  # few at once: other work waits for the same hands
FIRST_RETRY = timedelta(minutes=1)
TOTAL_S = 30
KEPT_UNUSED = timedelta(days=1)
SWEPT_AT_ONCE = 500

_ACCEPT = {"Accept": "image/jpeg, image/png;q=0.9, image/webp;q=0.8, image/gif;q=0.7, image/avif;q=0.6"}
_LATER = frozenset({408, 425, 429})  # refusals that are not meant for ever
_GONE = (Review.REJECTED, Review.WITHDRAWN, Review.KILLED)


def take_in(
    store: Store, shelf: Shelf | None, items: Sequence[PreparedResult], *, now: datetime, dry_run: bool
) -> Sequence[PreparedResult]:
    """The items with their files kept, or, where one of them is no picture, refused; a dry run only looks at them.

    Raises Unavailable (nothing can be kept).
    """
    return [
        _with_files(store, shelf, item, now, dry_run) if isinstance(item, Prepared) and item.files else item
        for item in items
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """Fetches what a story's pictures show."""

    store: Store
    shelf: Shelf
    client: Client

    def fetch(self, ref: str, now: datetime) -> datetime | None:
        """Some of the files that a story lacks, each kept by itself; when to go on, or None. Raises NotFound."""
        with self.store.read() as tx:
            story = tx.stories.get(ref)
            kept = tx.pictures.of(story.id)
        if story.review in _GONE or story.pub_status is PubStatus.CANCELED:
            return None
        lacking = to_fetch(judged(story.source, story.outlet.agreement, kept))
        tried = {href: kept[href].tries if href in kept else 0 for href in lacking}
        due = [href for href in lacking if tried[href] < MOST_TRIES]
        failed = [self._fetch_one(story.id, href, tried[href] + 1, now) for href in due[:MOST_AT_ONCE]]
        if due:
            listing.recount_pictures(self.store, story.id)
        if len(due) > MOST_AT_ONCE:
            return now
        again = [tries for tries in failed if tries]
        return now + FIRST_RETRY * 4 ** (min(again) - 1) if again else None

    def _fetch_one(self, story_id: str, href: str, tries: int, now: datetime) -> int:
        """How often it has failed, where it is worth another try; else 0."""
        try:
            media = kept_file(self.store, self.shelf, self._download(href), now)
        except (RemoteFailure, BadInput) as failure:
            final = isinstance(failure, RemoteRefusal | BadInput)
            tries = MOST_TRIES if final else tries
            with self.store.begin() as tx:
                tx.pictures.fail(story_id, href, failure.detail, tries, now)
            return tries if tries < MOST_TRIES else 0
        with self.store.begin() as tx:
            tx.pictures.keep(story_id, href, media, now)
        return 0

    def _download(self, href: str) -> bytes:
        limits = Limits(total_s=TOTAL_S, max_bytes=self.shelf.limits.max_bytes)
        answer = self.client.send(Request(url=href, headers=_ACCEPT), limits=limits)
        if answer.status == 200:
            return answer.body
        told = f"{urlsplit(answer.url).hostname} answered {answer.status}."
        final = 400 <= answer.status < 500 and answer.status not in _LATER
        raise RemoteRefusal(told) if final else RemoteFailure(told)


def kept_file(store: Store, shelf: Shelf, data: bytes, now: datetime) -> Media:
    """The file of this content: the one that we keep already, or written anew. Raises BadInput, TooLarge, Unavailable.

    What is found here is not swept away before a story can refer to it.
    """
    with store.begin() as tx:
        known = tx.pictures.reuse(hashlib.sha256(data).hexdigest(), now)
    return known if known and shelf.holds(known) else shelf.take(data)


def rendition(store: Store, shelf: Shelf, name: str, now: datetime) -> bytes:
    """A file for readers, while a story that is out shows it. Raises NotFound, also for what has left."""
    sha256 = rendition_of(name)
    if sha256:
        with store.read() as tx:
            shown = tx.pictures.is_shown(sha256, now)
        if shown and (data := shelf.rendition(name)):
            return data
    raise NotFound("There is no such picture, or no story that is out shows it.")


def kept_rendition(shelf: Shelf, name: str) -> bytes:
    """A file for the desk, whether a story that is out shows it or not. Raises NotFound."""
    if data := shelf.rendition(name):
        return data
    raise NotFound("There is no such picture.")


def sweep(store: Store, shelf: Shelf, now: datetime) -> None:
    """Take away the files that no story refers to, and those that nobody knows, when they are a day old."""
    before = now - KEPT_UNUSED
    with store.begin() as tx:
        tx.pictures.forget_unused(before)
    for names in _batches(shelf.files.older_than(before)):
        with store.read() as tx:
            known = tx.pictures.known({file_of(name) for name in names})
        for name in names:
            if is_ours(name) and file_of(name) not in known:
                shelf.files.remove(name, if_older_than=before)


def _with_files(
    store: Store, shelf: Shelf | None, prepared: Prepared, now: datetime, dry_run: bool
) -> Prepared | SyndicateError:
    if shelf is None:
        return BadInput("Files cannot be taken in this way.")
    found: dict[str, Media] = {}
    wrong: dict[str, list[str]] = {}
    for file in prepared.files:
        try:
            media = shelf.look(file.data) if dry_run else kept_file(store, shelf, file.data, now)
        except BadInput as refusal:
            wrong[f"files.{file.name}"] = [refusal.detail]
        else:
            found[upload_href(file.name, media.sha256)] = media
    if wrong:
        return BadFields("Some files are no pictures that we can take.", errors=wrong)
    return replace(prepared, files=(), kept=found)


def _batches(names: Iterator[str]) -> Iterator[Sequence[str]]:
    while batch := list(islice(names, SWEPT_AT_ONCE)):
        yield batch
