"""kill -9 at random points: what was accepted is done, once. The points are random and the same in every run."""

import json
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest
from sqlalchemy import Select, func, select, update

from syndicate import app
from syndicate.config import load
from syndicate.core.source import PollResult, Source
from syndicate.core.workflow import Review
from syndicate.media import file_of
from syndicate.service import keep, keys
from syndicate.service.intake import media, sources
from syndicate.store.models import AuditRow, ChangeRow, JobRow, MediaRow, PictureRow, RevisionRow, StoryRow
from tests.newsroom import ANA, House, a_house, an_outlet
from tests.partner import Asked, Partner, answer
from tests.pictures import a_picture_file
from tests.service.feeds import RSS, a_feed, an_item
from tests.whole.server import Newsroom, an_article, until

STORIES = 40
PUSHES, PUSHERS = 500, 4
FEEDS, ITEMS = 20, 5
WORDS = ("stove", "queue", "winter", "bread", "letter", "harbour", "mayor", "orchard", "bridge", "lantern", "choir")


def count(room: Newsroom, review: Review) -> int:
    with room.store.read() as tx:
        query = select(func.count()).select_from(StoryRow).where(StoryRow.review == review)
        return tx.session.scalars(query).one()


def let_the_leases_of_the_dead_end(room: Newsroom) -> None:
    """What thirty seconds of waiting do."""
    with room.store.begin() as tx:
        tx.session.execute(update(JobRow).where(JobRow.lease_until.is_not(None)).values(lease_until=datetime.now(UTC)))


@pytest.fixture
def house(room: Newsroom) -> House:
    return a_house(room.store)


@pytest.fixture
def due(house: House) -> list[str]:
    """Stories whose hour has just come."""
    now = datetime.now(UTC)
    ids = [house.push(external_id=f"e{number}", url=None, now=now).id for number in range(STORIES)]
    for story_id in ids:
        house.approve(story_id, publish_at=now + timedelta(microseconds=1), now=now)
    return ids


@pytest.mark.parametrize("seed", range(2))
def test_workers_killed_again_and_again_release_each_story_once(room, house, due, seed):
    points = sorted(Random(seed).sample(range(1, STORIES), 3))
    for point in points:
        workers = [room.start_worker() for _ in range(1 + seed)]
        until(lambda reached=point: count(room, Review.PUBLISHED) >= reached)
        for worker in workers:
            worker.kill()
            worker.wait()
        let_the_leases_of_the_dead_end(room)
    worker = room.start_worker()
    until(lambda: count(room, Review.PUBLISHED) == STORIES)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait() == 0
    for story_id in due:
        assert house.acts(story_id) == ["approve", "publish"]
        assert [version for _, version in house.announced(story_id)] == [1]
    assert Counter(house.out()) == {"Valley schools reopen after eleven weeks": STORIES}


def some_text(random: Random) -> str:
    return f"<p>{' '.join(random.choices(WORDS, k=80))}.</p>"


def slowly(said: bytes) -> Callable[[Partner, Asked], Iterator[bytes]]:
    """In pieces, so that a poll takes about a second."""

    def pieces(partner: Partner, _asked: Asked) -> Iterator[bytes]:
        step = len(said) // 20 + 1
        for at in range(0, len(said), step):
            yield said[at : at + step]
            partner.closing.wait(0.05)

    return pieces


def a_figure(partner: Partner, number: int) -> str:
    """A picture of its own, at the partner's server."""
    partner.says[f"/{number}.png"] = [answer(200, a_picture_file("PNG", (200 + number, 20)), Content_Type="image/png")]
    caption = "<figcaption>The hall. Photo: Nare Hakobian / OC Media</figcaption>"
    return f'<figure><img src="{partner.url(f"/{number}.png")}" alt="A hall">{caption}</figure>'


@pytest.fixture
def feeds(room: Newsroom, house: House, partner: Partner) -> list[Source]:
    """Twenty feeds of five stories each with a picture, due to be looked at."""
    random, now = Random("feeds"), datetime.now(UTC)
    room.environ["SYNDICATE_ALLOW_HOSTS"] = partner.host
    keep.add_outlet(room.store, an_outlet(slug="wire", name="The Wire", domain="wire.example"), who=ANA, now=now)
    for feed in range(FEEDS):
        items = [
            an_item(
                number := feed * ITEMS + place,
                title=f"Wire story {number}",
                **{
                    "link": f"https://wire.example/{number}/",
                    "guid": f"https://wire.example/?p={number}",
                    "content:encoded": f"<![CDATA[{some_text(random)}{a_figure(partner, number)}]]>",
                },
            )
            for place in range(ITEMS)
        ]
        said = answer(200, a_feed(*items), Content_Type=RSS)
        partner.says[f"/feed-{feed}"] = [slowly(said)]
    return [
        sources.add(
            room.store,
            Source(id="", outlet="wire", slug=f"f{feed}", address=partner.url(f"/feed-{feed}"), created_at=now),
            who=ANA,
            now=now,
        )
        for feed in range(FEEDS)
    ]


def push(room: Newsroom, key: str, number: int, accepted: dict[str, str]) -> None:
    """As partners' programs do: what was not answered is pushed again. Every fifth story comes with a file."""
    random = Random(f"pusher {number}")
    with room.client(key) as http:
        for story in range(number, PUSHES, PUSHERS):
            article = an_article(
                external_id=f"push-{story}",
                url=f"https://oc-media.org/{story}",
                headline=f"Pushed story {story}",
                body_html=some_text(random),
            )
            form = a_form_with_a_file(article, story) if story % 5 == 0 else {"json": article}
            until(lambda name=article["external_id"], form=form: is_accepted(http, name, form, accepted))


def is_accepted(http: httpx.Client, name: str, form: dict[str, Any], accepted: dict[str, str]) -> bool:
    try:
        said = http.post("/api/v1/articles", **form)
    except httpx.TransportError:  # it was killed, or is not there yet
        return False
    assert said.status_code in (200, 201, 503), said.text
    if said.is_success:
        accepted[name] = said.json()["id"]
    return said.is_success


def a_form_with_a_file(article: dict[str, Any], number: int) -> dict[str, Any]:
    picture = {"url": "upload:hall.png", "credit": "Nare Hakobian / OC Media"}
    told = json.dumps(article | {"pictures": [picture]})
    file = a_picture_file("PNG", (400 + number, 20))
    return {"files": {"article": (None, told, "application/json"), "file": ("hall.png", file, "image/png")}}


def kill_workers(room: Newsroom, random: Random) -> None:
    """One after another: amid the polls, and twice amid the pictures."""
    worker = room.start_worker()
    for early, late in ((1, 15), (20, 70), (75, 115)):
        point = random.randint(early, late)
        until(lambda reached=point: jobs_done(room) >= reached)
        worker.kill()
        worker.wait()
        let_the_leases_of_the_dead_end(room)
        worker = room.start_worker()


def jobs_done(room: Newsroom) -> int:
    with room.store.read() as tx:
        return sum(tally.done for tally in tx.jobs.tallies())


def kill_webs(room: Newsroom, random: Random, accepted: dict[str, str]) -> None:
    for point in sorted(random.sample(range(1, PUSHES), 3)):
        until(lambda reached=point: len(accepted) >= reached)
        room.kill(whole=True)
        room.start(room.port, "--no-worker")


def test_web_and_worker_killed_amid_pushes_and_polls_keep_every_story_once(room, house, feeds, partner):
    _, key = keys.add(room.store, outlet="oc-media", who=ANA, now=datetime.now(UTC))
    room.start(0, "--no-worker")
    accepted: dict[str, str] = {}
    with ThreadPoolExecutor(PUSHERS + 2) as threads:
        acts = [threads.submit(push, room, key, number, accepted) for number in range(PUSHERS)]
        acts += [threads.submit(kill_workers, room, Random(4)), threads.submit(kill_webs, room, Random(4), accepted)]
        for act in acts:
            act.result()
    until(lambda: nothing_is_due(room))
    with room.store.read() as tx:
        rows = tx.session.execute(select(StoryRow.external_id, StoryRow.id)).all()
        assert tx.session.scalars(once(RevisionRow)).all() == []
        assert tx.session.scalars(once(AuditRow)).all() == []
        assert tx.session.scalars(once(ChangeRow)).all() == []
    wired = {f"https://wire.example/?p={number}" for number in range(FEEDS * ITEMS)}
    assert Counter(name for name, _ in rows) == Counter({*accepted, *wired})
    assert {name: story_id for name, story_id in rows if name in accepted} == accepted
    assert len(accepted) == PUSHES
    for feed in feeds:
        polls = sources.file(room.store, feed.slug, limit=10, now=datetime.now(UTC)).polls
        assert {poll.result for poll in polls} <= {PollResult.STORIES, PollResult.UNCHANGED}
        assert polls
    pictures_are_kept_once_and_no_file_is_left_over(room)


def pictures_are_kept_once_and_no_file_is_left_over(room: Newsroom) -> None:
    """After the sweep that comes when they are a day old."""
    media.sweep(room.store, app.shelf(load(room.environ)), datetime.now(UTC) + timedelta(days=2))
    with room.store.read() as tx:
        kept = tx.session.scalars(select(MediaRow.sha256)).all()
        shown = tx.session.execute(select(PictureRow.media_sha256, PictureRow.problem)).all()
    assert len(kept) == PUSHES // 5 + FEEDS * ITEMS
    assert Counter(shown) == Counter((sha256, "") for sha256 in kept)
    folder = Path(room.environ["SYNDICATE_MEDIA_DIR"])
    names = [file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()]
    assert {file_of(name) for name in names} == set(kept)


def nothing_is_due(room: Newsroom) -> bool:
    now = datetime.now(UTC)
    with room.store.read() as tx:
        return all(kind.due == kind.under_way == kind.failing == 0 for kind in tx.jobs.waiting(now))


def once(table: Any) -> Select[tuple[str]]:
    """The stories that have more than one row in a table."""
    return select(table.story_id).where(table.story_id.is_not(None)).group_by(table.story_id).having(func.count() > 1)
