"""Files of pictures: fetched after their story or sent with it; kept once, shown while it is out, swept when unused."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicate.core.errors import BadFields, NotFound, Unavailable
from syndicate.core.media import Told
from syndicate.core.newsroom import PicturePolicy
from syndicate.core.picture_rights import Reason
from syndicate.media import Files, Limits, Shelf, file_of
from syndicate.service import work
from syndicate.service.intake import media
from syndicate.service.intake.prepare import Document
from syndicate.service.intake.takeback import Outcome, Sender
from syndicate.service.receive import receive
from tests.ingest.forms import a_form, a_part
from tests.newsroom import LATER, NEWSROOM, NOON, House, a_push, hands_on
from tests.partner import Partner, answer, redirect
from tests.pictures import a_picture_file, a_png_that_says, exif, pixel

PICTURE = a_picture_file(size=(800, 400))
OTHER = a_picture_file("PNG", size=(30, 30))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ALWAYS = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass
class Desk:
    """A newsroom that fetches from a partner on loopback and keeps its files in a folder."""

    house: House
    partner: Partner
    hands: work.Hands
    folder: Path

    def says(self, path: str = "/a.jpg", *answers: bytes) -> str:
        self.partner.says[path] = list(answers) or [answer(200, PICTURE)]
        return self.partner.url(path)

    def push(self, *urls: str, credit: str = "Nino Beridze", **changes) -> str:
        pictures = [{"url": url, "credit": credit} for url in urls]
        return self.house.push(**({"pictures": pictures} | changes)).id

    def fetch(self, ref: str, now: datetime = NOON) -> datetime | None:
        return work.pictures(self.hands, ref, now)

    def send(self, *files: bytes, now: datetime = NOON, dry_run: bool = False, **changes) -> Outcome:
        """An article with its files, by their numbers."""
        names = [f"{number}.jpg" for number in range(len(files))]
        told = {"pictures": [{"url": f"upload:{name}", "credit": "Nino Beridze"} for name in names]} | changes
        parts = [a_part("file", data, file_name=name) for name, data in zip(names, files, strict=True)]
        data, media_type = a_form(*parts, article=json.dumps(a_push(**told)))
        (outcome,) = receive(
            self.house.store,
            NEWSROOM,
            Document(data=data, media_type=media_type),
            Sender(outlet="oc-media", who="key:k1"),
            now=now,
            shelf=self.hands.shelf,
            dry_run=dry_run,
        )
        assert isinstance(outcome, Outcome)
        return outcome

    def states(self, ref: str) -> list[tuple[bool, str]]:
        """Of each picture whether we keep it, and what the matter is if not."""
        pictures = self.house.file(ref).pictures
        return [(one.media is not None, one.kept.problem if one.kept else "") for one in pictures]

    def files(self) -> set[str]:
        """The SHA-256 of every file that lies in the folder."""
        return {file_of(name) for name in self.hands.shelf.files.older_than(ALWAYS)}

    def shown(self, ref: str) -> list[str]:
        """The names of the renditions that the edition shows, first ones first."""
        base = f"{NEWSROOM.base_url}/media/"
        return [picture.url.removeprefix(base) for picture in self.house.story(ref).edition.pictures]

    def handed_out(self, name: str, now: datetime = LATER) -> bytes:
        return media.rendition(self.house.store, self.hands.shelf, name, now)

    def age(self, days: float) -> None:
        """All files were written so long before LATER."""
        past = (LATER - timedelta(days=days)).timestamp()
        for path in self.folder.rglob("*"):
            os.utime(path, (past, past))


@pytest.fixture
def desk(house, partner, client, tmp_path):
    shelf = Shelf(Files(str(tmp_path / "media")), Limits(max_bytes=150_000, max_pixels=1_000_000))
    return Desk(house, partner, hands_on(house.store, client=client, shelf=shelf), tmp_path / "media")


def test_a_story_with_pictures_wants_them_fetched_and_its_edition_shows_ours(desk):
    url = desk.says()
    ref = desk.push(url, body_html=f'<p>Text.</p><p><img src="{url}"></p>')
    (job,) = [job for job in work.claim(desk.house.store, now=NOON, limit=9) if job.kind == media.FETCH]
    work.do(desk.hands, job, now=NOON)
    assert desk.states(ref) == [(True, "")]
    desk.house.publish(ref)
    (name,) = desk.shown(ref)
    shown = f'src="https://news.example/media/{name}" width="800" height="400"'
    assert shown in desk.house.story(ref).edition.body_html
    assert pixel(desk.handed_out(name), 0.25, 0.5)[0] > 150
    thumb = desk.house.story(ref).edition.pictures[0].renditions[1]
    assert (thumb.name, thumb.width, thumb.content_type) == ("thumb", 400, "image/jpeg")


@pytest.mark.parametrize(
    "changes",
    [
        {"pictures": []},
        {"pictures": [{"url": "https://oc-media.org/a.jpg", "credit": "AFP"}]},
    ],
    ids=["no picture", "an agency's"],
)
def test_what_nobody_may_show_is_not_fetched(desk, changes):
    desk.push(**changes)
    assert media.FETCH not in {job.kind for job in work.claim(desk.house.store, now=NOON, limit=9)}


def test_where_no_pictures_are_agreed_none_is_fetched(desk):
    desk.house.agree(pictures=PicturePolicy.NONE)
    ref = desk.push(desk.says())
    assert desk.fetch(ref) is None
    assert desk.partner.asked == []


@pytest.mark.parametrize("act", ["reject", "source_withdraws"])
def test_a_story_that_will_not_run_needs_no_pictures(desk, act):
    ref = desk.push(desk.says())
    getattr(desk.house, act)(*([ref] if act == "reject" else []))
    assert desk.fetch(ref) is None
    assert desk.partner.asked == []


def test_an_update_makes_no_second_copy(desk):
    url = desk.says()
    ref = desk.push(url)
    desk.fetch(ref)
    files = desk.files()
    desk.push(url, body_html="<p>Corrected.</p>")
    assert desk.fetch(ref) is None
    assert (len(desk.partner.asked), desk.files()) == (1, files)


def test_one_picture_in_two_stories_is_one_file(desk):
    one = desk.push(desk.says("/a.jpg"))
    other = desk.push(desk.says("/b.jpg"), external_id="2", url="https://oc-media.org/2")
    desk.fetch(one)
    desk.fetch(other)
    assert desk.states(one) == desk.states(other) == [(True, "")]
    assert len(desk.files()) == 1


def test_a_picture_that_has_moved_is_fetched_where_it_is(desk):
    desk.says("/b.jpg")
    ref = desk.push(desk.says("/a.jpg", redirect("/b.jpg")))
    desk.fetch(ref)
    assert desk.states(ref) == [(True, "")]


REFUSALS = {
    "gone": (answer(404), "answered 404."),
    "forbidden": (answer(403), "answered 403."),
    "a page": (answer(200, b"<!doctype html><p>Log in</p>"), "This is a web page"),
    "too many bytes": (answer(200, PICTURE + b"\0" * 160_000), "over the limit"),
    "too many pixels": (answer(200, a_png_that_says(9000, 9000)), "at most 1,000,000 pixels"),
    "cut off": (answer(200, PICTURE[:500]), "breaks off"),
    "inside our network": (redirect("http://169.254.169.254/latest/meta-data"), "not on the public network"),
}


@pytest.mark.parametrize(("said", "problem"), REFUSALS.values(), ids=REFUSALS)
def test_what_cannot_be_had_is_asked_for_once_and_says_why(desk, said, problem):
    ref = desk.push(desk.says("/a.jpg", said))
    assert desk.fetch(ref) is None
    ((kept, told),) = desk.states(ref)
    assert not kept
    assert problem in told
    assert desk.fetch(ref) is None
    assert len([asked for asked in desk.partner.asked if asked.path == "/a.jpg"]) == 1


@pytest.mark.parametrize("said", [answer(500), answer(503), answer(429), answer(200, b"x", Content_Length="5")])
def test_what_may_come_later_is_asked_for_again_and_then_given_up(desk, said):
    ref = desk.push(desk.says("/a.jpg", said))
    waits = [desk.fetch(ref) for _ in range(media.MOST_TRIES)]
    assert waits == [NOON + MINUTE * 4**tries for tries in range(media.MOST_TRIES - 1)] + [None]
    assert desk.fetch(ref) is None
    assert len(desk.partner.asked) == media.MOST_TRIES
    assert desk.states(ref)[0][1]


def test_a_picture_that_comes_after_all_has_no_problem_any_more(desk):
    ref = desk.push(desk.says("/a.jpg", answer(500), answer(200, PICTURE)))
    assert desk.fetch(ref) == NOON + MINUTE
    assert desk.fetch(ref) is None
    assert desk.states(ref) == [(True, "")]


def test_a_new_version_tries_anew_what_had_failed(desk):
    url = desk.says("/a.jpg", answer(404), answer(200, PICTURE))
    ref = desk.push(url)
    desk.fetch(ref)
    desk.push(url, body_html="<p>Corrected.</p>")
    desk.fetch(ref)
    assert desk.states(ref) == [(True, "")]


def test_many_pictures_are_fetched_a_few_at_a_time(desk):
    urls = [desk.says(f"/{number}.png", answer(200, OTHER)) for number in range(media.MOST_AT_ONCE + 2)]
    ref = desk.push(*urls)
    assert desk.fetch(ref) == NOON
    assert desk.fetch(ref) is None
    assert set(desk.states(ref)) == {(True, "")}


def test_a_credit_in_the_file_clears_a_picture_that_has_none_and_is_told_as_the_files(desk):
    url = desk.says("/a.jpg", answer(200, a_picture_file(exif=exif(t0x013B="Nino Beridze"))))
    ref = desk.push(url, credit="")
    assert desk.house.file(ref).pictures[0].hold.reason is Reason.NO_CREDIT
    desk.fetch(ref)
    (one,) = desk.house.file(ref).pictures
    assert (one.hold, one.picture.credit, one.by_file) == (None, "Nino Beridze", ("credit",))
    desk.house.publish(ref)
    assert [picture.credit for picture in desk.house.story(ref).edition.pictures] == ["Nino Beridze"]


def test_an_agency_in_the_file_holds_a_picture_whatever_its_source_says(desk):
    ref = desk.push(desk.says("/a.jpg", answer(200, a_picture_file(exif=exif(t0x8298=b"(c) AFP")))))
    desk.fetch(ref)
    desk.house.publish(ref)
    assert desk.house.file(ref).pictures[0].hold.agency == "AFP"
    assert desk.shown(ref) == []


def test_a_picture_that_comes_after_publication_is_ours_from_the_next_version_on(desk):
    url = desk.says()
    ref = desk.push(url)
    desk.house.publish(ref)
    desk.fetch(ref)
    assert desk.shown(ref) == [url]
    desk.push(url, body_html="<p>Corrected.</p>")
    desk.house.publish(ref, now=LATER)
    assert [file_of(name) in desk.files() for name in desk.shown(ref)] == [True]


def test_a_file_that_comes_with_its_story_is_kept_and_shown(desk):
    ref = desk.send(PICTURE, OTHER).id
    assert desk.states(ref) == [(True, ""), (True, "")]
    desk.house.publish(ref)
    assert all(desk.handed_out(name) for name in desk.shown(ref))


def test_the_same_files_again_are_no_news_and_another_file_is(desk):
    first = desk.send(PICTURE)
    files = desk.files()
    assert desk.send(PICTURE).result == "unchanged"
    assert desk.files() == files
    assert desk.send(OTHER).result == "updated"
    assert desk.house.story(first.id).revision == 2


def test_what_is_out_keeps_its_picture_while_an_update_with_another_waits(desk):
    ref = desk.send(PICTURE).id
    desk.house.publish(ref)
    (before,) = desk.shown(ref)
    desk.send(OTHER)
    assert desk.handed_out(before)
    desk.house.publish(ref, now=LATER)
    (after,) = desk.shown(ref)
    assert desk.handed_out(after)
    with pytest.raises(NotFound):
        desk.handed_out(before)


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_file_that_is_no_picture_refuses_the_article_by_the_name_of_the_file(desk, dry_run):
    before = desk.house.counts()
    with pytest.raises(BadFields) as refused:
        desk.send(PICTURE, b"<svg/>", dry_run=dry_run)
    (name, (told,)) = next(iter(refused.value.extra["errors"].items()))
    assert (name, "an SVG drawing" in told) == ("files.1.jpg", True)
    assert desk.house.counts() == before


def test_a_dry_run_with_files_keeps_nothing(desk):
    before = desk.house.counts()
    assert desk.send(PICTURE, dry_run=True).result == "created"
    assert (desk.files(), desk.house.counts()) == (set(), before)


def test_a_full_store_refuses_the_article_and_keeps_no_row(desk, monkeypatch):
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    before = desk.house.counts()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable):
        desk.send(PICTURE)
    assert desk.house.counts() == before


@pytest.mark.parametrize("act", ["withdraw", "kill"])
def test_a_picture_leaves_with_its_story(desk, act):
    ref = desk.send(PICTURE).id
    desk.house.publish(ref)
    (name,) = desk.shown(ref)
    getattr(desk.house, act)(ref)
    with pytest.raises(NotFound):
        desk.handed_out(name)


def test_a_picture_of_a_story_whose_right_has_ended_is_not_handed_out(desk):
    ref = desk.send(PICTURE, rights={"expires": "2026-03-05T00:00:00Z"}).id
    desk.house.publish(ref)
    (name,) = desk.shown(ref)
    assert desk.handed_out(name, NOON)
    with pytest.raises(NotFound):
        desk.handed_out(name, LATER)


def test_a_picture_that_another_story_shows_stays(desk):
    ref = desk.send(PICTURE).id
    other = desk.send(PICTURE, external_id="2", url="https://oc-media.org/2").id
    for each in (ref, other):
        desk.house.publish(each)
    (name,) = desk.shown(ref)
    desk.house.withdraw(ref)
    assert desk.handed_out(name)


def test_a_picture_of_a_story_that_is_not_out_is_not_handed_out(desk):
    ref = desk.send(PICTURE).id
    (one,) = desk.house.file(ref).pictures
    with pytest.raises(NotFound):
        desk.handed_out(one.media.renditions[0].href)


def test_who_is_killed_between_file_and_row_leaves_what_the_sweep_takes(desk):
    desk.hands.shelf.take(PICTURE)  # and no row was written
    desk.hands.shelf.files.keep("unfinished/" + "0" * 32, b"half")
    ref = desk.send(OTHER).id
    desk.age(days=0.9)
    media.sweep(desk.house.store, desk.hands.shelf, LATER)
    assert len(desk.files()) == 3
    desk.age(days=1.1)
    media.sweep(desk.house.store, desk.hands.shelf, LATER)
    assert desk.files() == {one.media.sha256 for one in desk.house.file(ref).pictures}


def test_the_sweep_leaves_what_is_not_ours(desk):
    mine = desk.folder / "notes.txt"
    desk.folder.mkdir()
    mine.write_text("Do not remove.")
    desk.age(days=400)
    media.sweep(desk.house.store, desk.hands.shelf, LATER)
    assert mine.exists()


def test_a_file_that_no_story_refers_to_goes_unless_somebody_just_asked_for_it(desk):
    """As where a worker was killed between keeping a file and telling of which story it is."""
    found = desk.hands.shelf.take(PICTURE)
    ref = desk.push("https://oc-media.org/x.jpg")
    with desk.house.store.begin() as tx:
        tx.pictures.keep(ref, "a", found, NOON)
        tx.pictures.keep(ref, "a", desk.hands.shelf.take(OTHER), NOON)
    desk.age(days=3)
    assert media.kept_file(desk.house.store, desk.hands.shelf, PICTURE, LATER) == found
    media.sweep(desk.house.store, desk.hands.shelf, LATER)
    assert found.sha256 in desk.files()
    media.sweep(desk.house.store, desk.hands.shelf, LATER + DAY * 2)
    assert found.sha256 not in desk.files()


def test_a_file_that_was_lost_is_written_again_when_it_comes_again(desk):
    media = desk.house.file(desk.send(PICTURE).id).pictures[0].media
    lost = media.renditions[0].href
    assert desk.hands.shelf.files.remove(lost, if_older_than=ALWAYS)
    desk.send(PICTURE)
    assert desk.hands.shelf.rendition(lost)


def test_what_a_file_says_is_kept_with_it(desk):
    ref = desk.send(a_picture_file(exif=exif(t0x8298="© Nino".encode()))).id
    assert desk.house.file(ref).pictures[0].media.told == Told(copyright_notice="© Nino")
