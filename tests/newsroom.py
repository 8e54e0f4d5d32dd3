"""A newsroom for tests of what happens in one: an outlet that pushes, a desk that decides, a channel that is read.

Times are values: NOON is when a story comes in, LATER is two days on, and every act says its own.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import Barrier, Thread
from typing import Any, TypeVar

from sqlalchemy import func, select

from syndicate.core.edits import Part, Seen
from syndicate.core.errors import SyndicateError
from syndicate.core.newsitem import Feed, NewsItem
from syndicate.core.newsroom import Agreement, Channel, Newsroom, Outlet
from syndicate.core.rule import Rule
from syndicate.core.story import Story
from syndicate.core.workflow import Review
from syndicate.delivery.http import Client
from syndicate.media import Files, Shelf
from syndicate.service import editing, keep, publish, read, review, work
from syndicate.service.deliver import feeds
from syndicate.service.intake.prepare import Document
from syndicate.service.intake.takeback import Outcome, Sender, withdraw_by_source
from syndicate.service.receive import receive
from syndicate.store import Store
from syndicate.store.models import Base

T = TypeVar("T")

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 6, 9, 30, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)
ANA = "ana@news.example"
NEWSROOM = Newsroom(name="The Mirror", base_url="https://news.example", authority="news.example")


def a_push(**changes: Any) -> dict[str, Any]:
    """An article as a partner's program pushes it. A change to None leaves the field out."""
    article = {
        "external_id": "oc-2291",
        "url": "https://oc-media.org/valley-schools-reopen/",
        "headline": "Valley schools reopen after eleven weeks",
        "body_html": "<p>Schools in the upper valley reopened on Monday.</p>\n<p>“We counted the days,” she said.</p>",
        "byline": "Tamar Gelashvili",
        "first_published": "2026-03-03",
        "language": "en",
        "section": "International",
        "topics": ["education", "school"],
        "rights": {"license": "CC-BY-ND-4.0"},
    } | changes
    return {name: value for name, value in article.items() if value is not None}


def as_bytes(article: object) -> bytes:
    return json.dumps(article).encode()


def an_outlet(**changes: Any) -> Outlet:
    outlet = Outlet(slug="oc-media", name="OC Media", domain="oc-media.org", timezone="Asia/Tbilisi")
    return replace(outlet, **changes)


def a_channel(**changes: Any) -> Channel:
    channel = Channel(slug="world", title="World", public=True, created_at=NOON, changed_at=NOON)
    return replace(channel, **changes)


@cache
def a_client() -> Client:
    """It may go to public addresses only: no test has any."""
    return Client(user_agent="tests")


def hands_on(store: Store, **changes: Any) -> work.Hands:
    """What jobs work with in tests."""
    shelf = Shelf(Files("memory://tests"))
    return replace(work.Hands(store=store, newsroom=NEWSROOM, client=a_client(), shelf=shelf), **changes)


@dataclass(frozen=True)
class House:
    """The services on one store, said shortly: one method for each act of the outlet `oc-media` and of Ana."""

    store: Store

    def push(
        self, *, now: datetime = NOON, outlet: str = "oc-media", door: str = "", dry_run: bool = False, **changes: Any
    ) -> Outcome:
        """By the API, or by the door of a source that we pull. Raises what `receive` raises."""
        (outcome,) = receive(
            self.store,
            NEWSROOM,
            Document(data=as_bytes(a_push(**changes)), media_type="application/json"),
            Sender(outlet=outlet, who="key:k1", door=door),
            now=now,
            dry_run=dry_run,
        )
        assert isinstance(outcome, Outcome)
        return outcome

    def publish(self, ref: str, *, now: datetime = NOON, **how: Any) -> Story:
        return publish.publish(self.store, NEWSROOM, ref=ref, who=ANA, now=now, **how)

    def approve(self, ref: str, *, now: datetime = NOON, publish_at: datetime | None = None) -> Story:
        return review.approve(self.store, ref=ref, who=ANA, now=now, publish_at=publish_at)

    def hold(self, ref: str, *, now: datetime = NOON, reason: str = "a question") -> Story:
        return review.hold(self.store, ref=ref, who=ANA, reason=reason, now=now)

    def reject(self, ref: str, *, now: datetime = NOON, reason: str = "not for us") -> Story:
        return review.reject(self.store, ref=ref, who=ANA, reason=reason, now=now)

    def reopen(self, ref: str, *, now: datetime = NOON, reason: str = "") -> Story:
        return review.reopen(self.store, ref=ref, who=ANA, reason=reason, now=now)

    def withdraw(self, ref: str, *, now: datetime = NOON, reason: str = "an error") -> Story:
        return publish.withdraw(self.store, ref=ref, who=ANA, reason=reason, now=now)

    def kill(self, ref: str, *, now: datetime = NOON, reason: str = "libel") -> Story:
        return publish.kill(self.store, ref=ref, who=ANA, reason=reason, now=now)

    def edit(self, ref: str, *, now: datetime = NOON, who: str = ANA, seen: Seen | None = None, **typed: Any) -> Story:
        """Somebody saves these parts; without `seen` they had the newest of all in view."""
        with self.store.begin() as tx:
            story = tx.stories.get(ref, lock=True)
            seen = seen or Seen(story.edits_version, story.revision)
            parts = {Part(name): value for name, value in typed.items()}
            return editing.revise(tx, story, parts, seen, who=who, now=now)[0]

    def source_withdraws(self, external_id: str = "oc-2291", *, reason: str = "", now: datetime = NOON) -> Outcome:
        sender = Sender(outlet="oc-media", who="key:k1")
        return withdraw_by_source(self.store, sender, external_id=external_id, reason=reason, now=now)

    def clock_strikes(self, now: datetime) -> int:
        """How many jobs were due and are done."""
        jobs = work.claim(self.store, now=now, limit=100)
        for job in jobs:
            work.do(self.hands, job, now=now)
        return len(jobs)

    @property
    def hands(self) -> work.Hands:
        return hands_on(self.store)

    def published(self, *, now: datetime = NOON, **changes: Any) -> str:
        """The id of a story that is out."""
        story_id = self.push(now=now, **changes).id
        self.publish(story_id, now=now)
        return story_id

    def agree(self, **agreement: Any) -> None:
        self.set_outlet(agreement=Agreement(**agreement))

    def set_outlet(self, **changes: Any) -> None:
        keep.set_outlet(self.store, replace(read.outlet(self.store, "oc-media"), **changes), who=ANA, now=NOON)

    def add_channel(self, slug: str, *, now: datetime = NOON, public: bool = True, **rule: Any) -> Channel:
        channel = a_channel(slug=slug, title=slug, public=public, rule=Rule(**rule), created_at=now)
        return keep.add_channel(self.store, channel, who=ANA, now=now)

    def channel(self, slug: str = "world") -> Channel:
        return read.channel(self.store, slug)

    def story(self, ref: str) -> Story:
        return read.story_file(self.store, ref).story

    def file(self, ref: str) -> read.StoryFile:
        return read.story_file(self.store, ref)

    def acts(self, ref: str) -> list[str]:
        """The audit of a story, without its arrival."""
        return [act.what for act in self.file(ref).acts][1:]

    def announced(self, ref: str) -> list[tuple[str, int]]:
        """What the change log says of a story's editions."""
        with self.store.read() as tx:
            return list(tx.log.of_story(ref))

    def feed(self, slug: str = "world", *, now: datetime = LATER) -> tuple[Feed, list[NewsItem]]:
        _, shown = feeds.channel_feed(self.store, NEWSROOM, slug=slug, limit=200, now=now)
        return shown.feed, list(shown.items)

    def out(self, slug: str = "world", *, now: datetime = LATER) -> list[str]:
        """The headlines that a channel shows, taken-back ones left out."""
        return [item.headline for item in self.feed(slug, now=now)[1] if not item.canceled]

    def counts(self) -> dict[str, int]:
        """How many rows each table has: equal counts before and after tell that nothing was written."""
        with self.store.read() as tx:
            return {
                name: tx.session.scalars(select(func.count()).select_from(table)).one()
                for name, table in Base.metadata.tables.items()
            }

    def brought_to(self, state: Review, **changes: Any) -> str:
        """The id of a story in this state, by the shortest way there."""
        story_id = self.push(**changes).id
        for act in _WAYS[state]:
            getattr(self, act)(story_id)
        return story_id


_WAYS: dict[Review, tuple[str, ...]] = {
    Review.RECEIVED: (),
    Review.HELD: ("hold",),
    Review.APPROVED: ("approve",),
    Review.PUBLISHED: ("publish",),
    Review.REJECTED: ("reject",),
    Review.WITHDRAWN: ("publish", "withdraw"),
    Review.KILLED: ("publish", "kill"),
}


def a_house(store: Store) -> House:
    """One outlet, one public channel that takes everything."""
    house = House(store)
    keep.add_outlet(store, an_outlet(), who=ANA, now=NOON)
    keep.add_channel(store, a_channel(), who=ANA, now=NOON)
    return house


def at_once(*acts: Callable[[], T]) -> Sequence[T | SyndicateError]:
    """Run each in a thread of its own, all let go at the same moment; what they answered or refused, in order."""
    answers: dict[int, T | BaseException] = {}
    barrier = Barrier(len(acts))

    def run(number: int, act: Callable[[], T]) -> None:
        barrier.wait()
        try:
            answers[number] = act()
        except BaseException as error:  # raised again below, in the thread of the test
            answers[number] = error

    threads = [Thread(target=run, args=numbered) for numbered in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for answer in answers.values():
        if isinstance(answer, BaseException) and not isinstance(answer, SyndicateError):
            raise answer
    return [answers[number] for number in range(len(acts))]  # type: ignore[misc]
