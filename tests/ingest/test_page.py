"""Saved web pages: what they tell machines, what they show readers, and what is doubted."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.core.errors import BadInput, SyndicateError, TooLarge
from syndicate.core.newsroom import Outlet
from syndicate.ingest import Envelope, Parsed, detect, page
from tests.ingest.told import told

GOLDEN = Path(__file__).parent / "golden" / "page"
TIDEWATER = Outlet(slug="tidewater-review", name="Tidewater Review", domain="tidewater.example")
DOCUMENTS = sorted(GOLDEN.glob("*.html"))


def read(data, media_type="text/html", **changes):
    data = data if isinstance(data, bytes) else data.encode()
    return page.parse(data, Envelope(outlet=TIDEWATER, received=date(2026, 3, 10), media_type=media_type, **changes))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_a_page_is_read_as_its_golden_file_says(document, update_golden):
    try:
        written = told(read(document.read_bytes()))
    except BadInput as refusal:
        written = f"refused: {refusal.detail}\n"
    golden = document.with_suffix(".json")
    if update_golden:
        golden.write_text(written, encoding="utf-8")  # then read the diff before committing
    assert written == golden.read_text(encoding="utf-8")


STORY = (GOLDEN / "saved-by-a-browser.html").read_text(encoding="utf-8")


def a_page(head="", story=STORY):
    return story.replace("</head>", f"{head}</head>")


def item_of(head):
    (parsed,) = read(a_page(head)).results
    return parsed.item


@pytest.mark.parametrize("media_type", ["", "text/html", "text/html; charset=utf-8"])
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_a_page_is_known_by_its_type_or_its_beginning(document, media_type):
    assert detect(document.read_bytes(), media_type).name == "html"


def test_an_xhtml_page_with_a_declaration_is_a_page():
    document = f'<?xml version="1.0" encoding="utf-8"?>\n{STORY}'
    assert detect(document.encode(), "").name == "html"
    assert read(document, "application/xhtml+xml").results[0].item.headline == "Night ferry is back"


def test_the_address_that_it_was_fetched_from_is_an_address():
    bare = STORY.replace("saved from", "kept from")
    (parsed,) = read(bare, address="https://tidewater.example/fetched").results
    assert parsed.item.external_id == "https://tidewater.example/fetched"


@pytest.mark.parametrize(
    ("head", "headline"),
    [
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Salt &amp; Son"}</script>',
            "Salt & Son",
        ),
        ('<script type="application/ld+json">{"@type":"Recipe","headline":"Soup"}</script>', "Night ferry is back"),
        ('<meta property="og:title" content="The ferry">', "The ferry"),
        ("", "Night ferry is back"),
    ],
)
def test_the_headline_is_the_strongest_voices(head, headline):
    assert item_of(head).headline == headline


def test_the_windows_title_is_taken_whole_where_nothing_else_tells():
    (parsed,) = read(STORY.replace("<h1>Night ferry is back</h1>", "")).results
    assert parsed.item.headline == "Night ferry is back - Tidewater Review"


def test_the_article_of_this_page_is_chosen_from_those_that_it_lists():
    nodes = [
        f'{{"@type":"NewsArticle","url":"https://tidewater.example/{name}","headline":"{name}"}}'
        for name in ("swan", "ferry", "pier")
    ]
    head = f'<script type="application/ld+json">[{",".join(nodes)}]</script>'
    assert item_of(head).headline == "ferry"


def test_no_date_is_taken_from_the_text_or_the_address():
    (parsed,) = read(STORY.replace("tidewater.example/ferry", "tidewater.example/2026/03/03/ferry")).results
    assert parsed.item.first_published is None
    assert parsed.warnings == ("The page does not say when it was published.",)


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type":"Article","license":"CC BY 4.0"}</script>',
        '<link rel="license" href="http://creativecommons.org/licenses/by/4.0/deed.en">',
        '<meta name="dcterms.license" content="CC BY 4.0">',
    ],
)
def test_a_licence_is_read_wherever_it_is_stated(head):
    assert item_of(head).rights.license == "CC-BY-4.0"


def test_the_licence_of_a_picture_is_not_the_storys():
    note = '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY</a></figcaption>'
    assert read(STORY.replace("</figcaption>", note)).results[0].item.rights.license == ""


def test_what_does_not_belong_to_the_story_is_left_out_and_what_does_is_kept():
    body = item_of("").body_html
    for mark in ("<figcaption>", "<blockquote>", "<ul>", "<table>", "<h2>", "/people/ines-marsh"):
        assert mark in body
    assert not any(words in body for words in ("Imprint", "Read also", "Home", "<h1"))


def test_letters_are_read_by_the_charset_that_the_page_declares():
    russian = STORY.replace("Night ferry is back", "Ночной паром").replace("<head>", '<head><meta charset="koi8-r">')
    data = russian.encode("koi8-r", "xmlcharrefreplace")
    assert read(data, "text/html").results[0].item.headline == "Ночной паром"


@pytest.mark.parametrize("document", ["", "<!-- -->", "just text", "<html></html>"])
def test_what_is_no_article_is_refused_in_words(document):
    with pytest.raises(BadInput):
        read(document, address="https://tidewater.example/ferry")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<b>a</b>" * 25_001, "25,000 elements"),
        ("<div>" * 300 + "text" + "</div>" * 300, "nested too deeply"),
        ("<div>" * 200 + "<a>b</a>" * 1000, "links"),
        ("a" * 5_000_001, "5,000,000 characters"),
    ],
)
def test_a_page_that_no_article_has_is_refused_before_it_costs_much(body, said):
    with pytest.raises(TooLarge, match=said):
        read(f"<html><body>{body}</body></html>", address="https://tidewater.example/ferry")


HOSTILE = {
    "json-ld in json-ld": '<script type="application/ld+json">' + '{"@graph":[' * 3000 + "</script>",
    "many scopes": '<div itemscope itemref="a b">' * 1200,
    "scopes in scopes": ('<div itemscope itemprop="author">' * 200 + "</div>" * 200) * 4,
    "much microdata": '<p itemscope itemtype="https://schema.org/Article">' + '<i itemprop="name">x</i>' * 9000,
    "deep": "<div>" * 3000,
    "open quotes": "<a href='" * 3000,
    "long words": "a" * 1_000_000,
    "a bracket": '<link rel="canonical" href="http://[">' * 10,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_or_refused(name):
    document = a_page('<link rel="canonical" href="https://tidewater.example/ferry">')
    try:
        (parsed,) = read(document.replace("</article>", HOSTILE[name])).results
    except SyndicateError:
        return
    assert parsed.item.external_id == "https://tidewater.example/ferry"


@settings(max_examples=40)
@given(st.data())
def test_no_page_however_broken_raises_anything_but_our_own_errors(data):
    document = data.draw(st.sampled_from(DOCUMENTS)).read_bytes()
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(document)))
        end = data.draw(st.integers(start, min(len(document), start + 300)))
        document = document[:start] + data.draw(st.binary(max_size=12)) + document[end:]
    with suppress(SyndicateError):
        assert isinstance(read(document).results[0], Parsed)


NAMES = st.sampled_from(["@type", "@id", "name", "url", "@value", "author", "image"])
PROPERTIES = ["headline", "author", "image", "publisher", "isBasedOn", "datePublished", "license", "keywords", "@id"]


@settings(max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
        max_leaves=20,
    ),
    st.sampled_from(PROPERTIES),
)
def test_a_property_may_hold_anything(value, name):
    article = json.dumps({"@type": "NewsArticle", name: value}).replace("<", " ")
    with suppress(SyndicateError):
        read(a_page(f'<script type="application/ld+json">{article}</script>'))
