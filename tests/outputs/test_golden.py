"""Golden documents: each shows one thing, byte for byte.

Each is also valid by its schemas, so that a wrong one cannot bless itself.
"""

from collections.abc import Callable, Container
from pathlib import Path

import pytest
from lxml import etree

from syndicate.core.newsitem import NewsItem
from tests.outputs.conftest import OUR_PROFILES, SPECIFICATIONS
from tests.outputs.stories import CHANNELS, FEED, STORIES
from tests.outputs.writers import WRITERS, extension

GOLDEN = Path(__file__).parent / "golden"
STORY_CASES = [(form, shows) for form in WRITERS for shows in STORIES]
CHANNEL_CASES = [(form, shows) for form in WRITERS for shows in CHANNELS if WRITERS[form].render_feed]


def _of(forms: Container[str]) -> list[tuple[str, str]]:
    return [case for case in STORY_CASES + CHANNEL_CASES if case[0] in forms]


def _path(form: str, shows: str) -> Path:
    return GOLDEN / form / f"{shows}.{extension(form)}"


def _rendered(form: str, shows: str) -> bytes:
    if shows in STORIES:
        return WRITERS[form].render_item(FEED, STORIES[shows])
    render_feed: Callable[..., bytes] | None = WRITERS[form].render_feed
    assert render_feed
    items: tuple[NewsItem, ...] = CHANNELS[shows]
    return render_feed(FEED, items)


@pytest.mark.parametrize(("form", "shows"), STORY_CASES + CHANNEL_CASES)
def test_a_document_is_the_golden_one(form, shows, update_golden):
    got = _rendered(form, shows)
    if update_golden:
        _path(form, shows).parent.mkdir(parents=True, exist_ok=True)
        _path(form, shows).write_bytes(got)
    assert got.decode() == _path(form, shows).read_bytes().decode()


def test_no_golden_document_is_left_over():
    expected = {_path(form, shows) for form, shows in STORY_CASES + CHANNEL_CASES}
    assert {path for path in GOLDEN.rglob("*.*") if path.is_file()} == expected


@pytest.mark.parametrize(("form", "shows"), _of(SPECIFICATIONS))
def test_a_golden_document_is_valid_by_the_official_schema(form, shows, official):
    assert official[form](_path(form, shows).read_bytes()) == ""


@pytest.mark.parametrize(("form", "shows"), _of(OUR_PROFILES))
def test_a_golden_document_is_valid_by_our_published_profile(form, shows, profiles):
    assert profiles[form](_path(form, shows).read_bytes()) == ""


@pytest.mark.parametrize("shows", STORIES)
def test_a_golden_page_is_read_the_same_by_html_and_xml_parsers(shows):
    page = _path("html", shows).read_bytes()
    as_xml = etree.fromstring(page)
    as_html = etree.fromstring(page, etree.HTMLParser(encoding="utf-8"))
    assert [e.tag for e in as_xml.iter()] == [e.tag for e in as_html.iter()]
    assert "".join(as_xml.itertext()).split() == "".join(as_html.itertext()).split()


@pytest.mark.parametrize("form", WRITERS)
def test_the_same_story_gives_the_same_bytes(form):
    assert _rendered(form, "every-field") == _rendered(form, "every-field")
