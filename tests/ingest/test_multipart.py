"""An article with its files in one form: which part is which, which picture is which file, and what is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.core.errors import BadFields, BadInput, SyndicateError, TooLarge
from syndicate.core.newsitem import Picture, Rendition
from syndicate.ingest import File, detect
from tests.ingest.forms import BOUNDARY, a_form, a_part
from tests.ingest.reading import read, told


def an_article(*urls: str) -> str:
    pictures = [{"url": url, "credit": "Sam Okoro"} for url in urls]
    return json.dumps({"external_id": "a", "headline": "Ferry", "body_html": "<p>It stops.</p>", "pictures": pictures})


def read_one(form: tuple[bytes, str]):
    (parsed,) = read(*form).results
    return parsed


def refusal(form: tuple[bytes, str]) -> str:
    with pytest.raises(BadInput) as refused:
        read(*form)
    return refused.value.detail


def test_a_picture_names_its_file_and_keeps_its_credit():
    parsed = read_one(a_form(article=an_article("upload:quay.jpg"), files=["quay.jpg"]))
    assert parsed.files == (File(name="quay.jpg", data=b"bytes of quay.jpg"),)
    assert parsed.item.pictures == (Picture(credit="Sam Okoro", renditions=(Rendition(href="upload:quay.jpg"),)),)
    assert parsed.warnings == ()


@pytest.mark.parametrize(
    "href",
    [
        "upload:the quay.jpg",
        "cid:the%20quay.jpg",
        "the quay.jpg",
        "media/the%20quay.jpg",
        "https://cdn.example/1/the%20quay.jpg?w=8",
    ],
)
def test_every_way_to_name_a_file_is_understood(href):
    item = {
        "uri": "tag:tidewater.example,2026:1",
        "headline": "Ferry",
        "body_text": "It stops.",
        "associations": {
            "quay": {"type": "picture", "byline": "Sam Okoro", "renditions": {"original": {"href": href}}}
        },
    }
    form = a_form(article=json.dumps(item), article_type="application/ninjs+json", files=["the quay.jpg"])
    (picture,) = read_one(form).item.pictures
    assert (picture.url, picture.credit) == ("upload:the quay.jpg", "Sam Okoro")


def test_an_xml_article_names_its_files_too():
    article = """<nitf><head><docdata><doc-id id-string="a"/></docdata></head>
      <body><body.head><hedline><hl1>Ferry</hl1></hedline></body.head><body.content><p>It stops.</p>
      <media media-type="image"><media-reference source="quay.jpg"/><media-caption>The quay</media-caption></media>
      </body.content></body></nitf>"""
    form = a_form(article=article, article_type="application/nitf+xml", files=["quay.jpg"])
    (picture,) = read_one(form).item.pictures
    assert (picture.url, picture.caption) == ("upload:quay.jpg", "The quay")


def test_a_file_of_which_the_article_does_not_speak_is_a_picture_without_a_credit_and_that_is_said():
    parsed = read_one(a_form(article=an_article("https://a.example/map.png"), files=["quay.jpg"]))
    assert [picture.url for picture in parsed.item.pictures] == ["https://a.example/map.png", "upload:quay.jpg"]
    assert parsed.item.pictures[1].credit == ""
    assert parsed.warnings == ("The article does not speak of the file 'quay.jpg': its picture has no credit.",)


def test_a_picture_whose_file_did_not_come_is_refused():
    for form in (
        a_form(article=an_article("upload:quay.jpg"), files=["map.png"]),
        (an_article("upload:quay.jpg").encode(), ""),
    ):
        with pytest.raises(BadFields) as refused:
            read(*form)
        assert list(refused.value.extra["errors"]) == ["pictures.0.url"]


@pytest.mark.parametrize(
    ("article", "media_type", "headline"),
    [
        (an_article(), "application/json", "Ferry"),
        (an_article(), "", "Ferry"),
        (an_article(), "application/octet-stream", "Ferry"),
        ('{"uri": "a:b", "headline": "Tram", "body_text": "It runs."}', "application/ninjs+json", "Tram"),
        (
            "The Last Tram\n\nIt will run on Friday, its owner said to the men.\n",
            "text/plain; charset=utf-8",
            "The Last Tram",
        ),
    ],
    ids=["json", "untold", "octet-stream", "ninjs", "clip"],
)
def test_the_article_may_have_any_format(article, media_type, headline):
    part = a_part("article", article, media_type=media_type, file_name="story")
    assert read_one(a_form(part, files=["quay.jpg"])).item.headline == headline


def test_the_only_part_that_can_be_an_article_is_the_article_whatever_its_name():
    story = a_part("story", an_article(), media_type="application/json")
    parsed = read_one(a_form(story, a_part("token", "abc"), files=["quay.jpg"]))
    assert parsed.item.external_id == "a"
    assert "The form's field 'token' is not read." in parsed.warnings


def test_a_name_is_that_of_the_file_without_its_folders():
    parts = [a_part("f", "1", file_name="../../etc/quay.jpg"), a_part("f", "2", file_name="C:\\pictures\\карта.png")]
    names = [file.name for file in read_one(a_form(*parts, article=an_article())).files]
    assert names == ["quay.jpg", "карта.png"]


STORY = a_part("story", an_article(), media_type="application/json")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (a_form(STORY, STORY), "several articles"),
        (a_form(article=an_article(), files=["a.jpg", "a.jpg"]), "Two files are named 'a.jpg'"),
        (a_form(files=["a.jpg"]), "no article"),
        (a_form(), "no multipart form|no article"),
        (a_form(a_part("more", "x", media_type="multipart/mixed; boundary=y"), article=an_article()), "inside a form"),
        (
            a_form(article=f"[{an_article()},{an_article()}]", article_type="application/x-ndjson", files=["a.jpg"]),
            "several",
        ),
        ((a_form(article=an_article())[0], "multipart/form-data"), "no boundary"),
        ((a_form(article=an_article())[0], f"multipart/form-data; boundary={'x' * 71}"), "no boundary"),
        ((a_form(article=an_article())[0], "multipart/form-data; boundary=other"), "no multipart form"),
        ((a_form(article=an_article())[0][:-8], f"multipart/form-data; boundary={BOUNDARY}"), "breaks off"),
        (a_form(a_part("x", "y", media_type="a" * 5000), article=an_article()), "header size"),
    ],
    ids=["two", "same-name", "none", "empty", "nested", "many", "untold", "long", "other", "broken-off", "header"],
)
def test_a_form_that_cannot_be_meant_is_refused_in_words(form, words):
    assert any(word in refusal(form) for word in words.split("|"))


def test_too_many_parts_are_refused_before_they_are_kept():
    with pytest.raises(TooLarge):
        read(*a_form(*[a_part("x", "y")] * 200, article=an_article()))


def test_a_form_saved_to_a_file_is_read_by_its_first_line():
    data, media_type = a_form(article=an_article("upload:quay.jpg"), files=["quay.jpg"])
    assert told(read(data)) == told(read(data, media_type))


FORM = a_form(article=an_article("upload:quay.jpg"), files=["quay.jpg", "map.png"])
PIECES = (
    f"--{BOUNDARY}".encode(),
    b"\r\n",
    b"--",
    b"Content-Disposition: form-data; name=",
    b'"',
    b";",
    b"\x00",
    b"article",
)


@given(st.integers(0, len(FORM[0])), st.integers(0, 40), st.lists(st.sampled_from(PIECES), max_size=5).map(b"".join))
def test_a_form_with_a_wound_is_read_or_refused(start, length, between):
    data = FORM[0][:start] + between + FORM[0][start + length :]
    try:
        read(data, FORM[1])
        detect(data)
    except SyndicateError:
        pass
