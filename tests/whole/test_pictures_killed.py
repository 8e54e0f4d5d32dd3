"""kill -9 amid pictures that are sent and fetched: every accepted one is there once, and no file is left over."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import httpx
import pytest
from sqlalchemy import select

from syndicate.media import Files, Shelf, file_of
from syndicate.service import keys
from syndicate.service.intake import media
from syndicate.store.models import MediaRow
from tests.ingest.forms import a_form, a_part
from tests.newsroom import ANA, a_house
from tests.partner import answer
from tests.pictures import a_picture_file
from tests.whole.server import Newsroom, an_article, until
from tests.whole.test_killed import let_the_leases_of_the_dead_end, nothing_is_due, slowly

SENT, FETCHED, KILLS = 16, 16, 3


def a_picture_of(number: int) -> bytes:
    """Some take longer to make anew than others."""
    return a_picture_file("PNG", size=(400 + 60 * number, 300))


@pytest.fixture
def shelf(room: Newsroom) -> Shelf:
    return Shelf(Files(room.environ["SYNDICATE_MEDIA_DIR"]))


@pytest.fixture
def stories(room: Newsroom, partner) -> Iterator[list[str]]:
    """Stories with pictures to fetch: every second address shows the same as the one before."""
    room.environ["SYNDICATE_ALLOW_HOSTS"] = partner.host
    house, now = a_house(room.store), datetime.now(UTC)
    ids = []
    for number in range(FETCHED):
        partner.says[f"/{number}.png"] = [slowly(answer(200, a_picture_of(number // 2)))]
        pictures = [{"url": partner.url(f"/{number}.png"), "credit": "Nino Beridze"}]
        ids.append(house.push(external_id=f"f{number}", url=None, pictures=pictures, now=now).id)
    return ids


def send(http: httpx.Client, number: int) -> str:
    """The id of an accepted story that came with its picture, or nothing where the server was killed."""
    told = an_article(external_id=f"s{number}", url="", pictures=[{"url": "upload:a.png", "credit": "Nino Beridze"}])
    data, media_type = a_form(a_part("file", a_picture_of(number), file_name="a.png"), article=json.dumps(told))
    try:
        said = http.post("/api/v1/articles", content=data, headers={"Content-Type": media_type})
    except httpx.TransportError:
        return ""
    assert said.status_code in (200, 201, 503), said.text
    return said.json()["id"] if said.is_success else ""


def test_every_accepted_picture_is_there_once_and_no_file_is_left_over(room, stories, shelf):
    random = Random(7)
    _, key = keys.add(room.store, outlet="oc-media", who=ANA, now=datetime.now(UTC))
    room.start(0, "--no-worker")
    worker, doomed = room.start_worker(), random.sample(range(SENT), KILLS)
    sent: dict[int, str] = {}
    for number in range(SENT):
        if number in doomed:
            with room.client(key) as http:
                http.timeout = 0.05 * random.randint(1, 4)  # it is killed amid this one
                send(http, number)
            room.kill(whole=True)
            worker.kill()
            worker.wait()
            let_the_leases_of_the_dead_end(room)
            room.start(room.port, "--no-worker")
            worker = room.start_worker()
        with room.client(key) as http:
            until(lambda number=number, http=http: sent.update({number: send(http, number)}) or sent[number])
    until(lambda: nothing_is_due(room))
    worker.kill()
    room.kill(whole=True)
    with room.store.read() as tx:
        kept = {one.media.sha256 for ref in (*stories, *sent.values()) for one in tx.pictures.of(ref).values()}
        rows = set(tx.session.scalars(select(MediaRow.sha256)))
    assert len(kept) == SENT
    assert kept == rows
    assert kept <= names(shelf)
    age(Path(room.environ["SYNDICATE_MEDIA_DIR"]))
    media.sweep(room.store, shelf, datetime.now(UTC))
    assert names(shelf) == kept


def names(shelf: Shelf) -> set[str]:
    """Of the files that lie there: the SHA-256 of each that is whole under its name, or nothing for one that is not."""
    return {file_of(name) for name in shelf.files.older_than(datetime.now(UTC) + timedelta(days=1))}


def age(folder: Path) -> None:
    past = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    for path in folder.rglob("*"):
        os.utime(path, (past, past))
