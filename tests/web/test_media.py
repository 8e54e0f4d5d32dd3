"""`/media/…`: a picture of a published story, with headers that let browsers keep it and caches ask again."""

import json

import pytest

from tests.ingest.forms import a_form, a_part
from tests.newsroom import LATER, NOON, a_push
from tests.pictures import a_picture_file
from tests.web.conftest import is_problem


@pytest.fixture
def ref(site) -> str:
    article = a_push(pictures=[{"url": "upload:school.jpg", "credit": "Nino Beridze"}])
    file = a_part("file", a_picture_file(size=(900, 600)), file_name="school.jpg")
    data, media_type = a_form(file, article=json.dumps(article))
    answer = site.push(data, content_type=media_type)
    assert answer.status_code == 201, answer.json
    site.house.publish(answer.json["id"], now=NOON)
    return answer.json["id"]


@pytest.fixture
def path(site, ref) -> str:
    """The address of its larger rendition, without our host."""
    return site.house.story(ref).edition.pictures[0].url.removeprefix("https://news.example")


def test_a_picture_is_handed_out_as_what_it_is_and_may_be_kept(site, path):
    answer = site.ask(path)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.data.startswith(b"\xff\xd8")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, s-maxage=300, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_who_has_it_already_is_told_so(site, path):
    etag = site.ask(path).headers["ETag"]
    again = site.ask(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    assert "immutable" in again.headers["Cache-Control"]


def test_its_head_is_that_of_the_whole(site, path):
    whole, head = site.ask(path), site.ask(path, method="HEAD")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


def test_a_part_is_answered_by_the_whole(site, path):
    assert site.ask(path, headers={"Range": "bytes=0-9"}).status_code == 200


def test_feeds_and_pages_show_it_from_here(site, ref, path):
    for document in ("/feeds/world.rss", f"/items/{ref}.html", f"/items/{ref}.newsml"):
        assert path in site.ask(document).text, document


def test_it_leaves_with_its_story(site, ref, path):
    site.house.withdraw(ref, now=LATER)
    is_problem(site.ask(path), 404, "not-found")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x",
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "ab/{}",
        "ab/{}-web.png",
        "ab/{}-web.jpg%00",
        "/ab/{}-web.jpg",
    ],
)
def test_whatever_else_is_asked_for_is_not_there(site, name):
    assert site.ask(f"/media/{name.format('ab' * 32)}").status_code == 404


@pytest.mark.parametrize("signature", ["x", "0" * 32, "\u0661\u0662", "%ff"])
def test_a_preview_is_for_whoever_was_given_its_address(site, path, signature):
    name = path.removeprefix("/media/")
    is_problem(site.ask(f"/media/preview/{signature}/{name}"), 404)


def test_the_file_that_came_in_is_never_handed_out(site, path):
    assert site.ask(path.partition("-")[0]).status_code == 404


def test_an_article_tells_that_its_file_is_kept_by_the_name_it_was_sent_under(site, ref):
    article = site.ask(f"/api/v1/articles/{ref}", by="oc-media").json
    (state,) = article["picture_states"]
    assert (state["url"], state["kept"], state["hold"]) == ("upload:school.jpg", True, "")
    assert article["pictures"][0]["url"] == "upload:school.jpg"


def test_a_file_that_is_no_picture_is_refused_by_its_name(site):
    article = a_push(pictures=[{"url": "upload:school.jpg", "credit": "N. B."}])
    data, media_type = a_form(article=json.dumps(article), files=["school.jpg"])
    problem = is_problem(site.push(data, content_type=media_type), 422, "invalid-fields")
    assert list(problem["errors"]) == ["files.school.jpg"]
