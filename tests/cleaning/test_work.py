"""How much work cleaning is, counted and not timed; and that many threads may do it at once."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from syndicate.cleaning import clean
from tests.cleaning.hostile import HOSTILE
from tests.cleaning.soups import BASE

SHAPES = {
    "paragraphs": "<p>a <b>b</b> c</p>",
    "bare lines": "a\n\n",
    "breaks": "a<br><br>",
    "list items": "<ul><li>a</li></ul>",
    "pictures with captions": "<div><img src=/a.jpg><p class=caption>b</p></div>",
    "captions without pictures": "<p class=caption>b</p>",
    "share boxes": "<div class=sharedaddy>a</div>",
    "hidden things": "<p hidden>a</p>",
    "source notes": "<p>This story originally appeared on www.example.org.</p><p>b</p>",
    "related links": "<h3>Related stories</h3><ul><li><a href=/x>y</a></li></ul>",
    "players": "<iframe src=https://www.youtube.com/embed/AbCdEfGhIjK></iframe>",
    "footnotes": "<a href=#a>1</a><p id=a>b</p>",
    "lists of a word processor": "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>a</p>",
    "rules": "<hr><p>a</p>",
}


def calls(html: str) -> int:
    """How many Python functions are called, ours and the libraries'."""
    counted = 0

    def count(frame, event, argument):
        nonlocal counted
        counted += event == "call"

    sys.setprofile(count)
    try:
        clean(html, base_url=BASE)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("name", SHAPES)
def test_twice_as_long_is_twice_the_work(name):
    calls(SHAPES[name])  # what is remembered between bodies is remembered now
    once, twice = calls(SHAPES[name] * 150), calls(SHAPES[name] * 300)
    assert twice < 2.3 * once


def test_many_threads_clean_alike():
    bodies = list(HOSTILE.values()) * 3
    alone = [clean(html, base_url=BASE).html for html in bodies]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda html: clean(html, base_url=BASE).html, bodies))
    assert together == alone


def test_a_language_of_its_own_is_said_only_where_it_differs():
    cleaned = clean('<div lang="hy"><p>ա</p><p lang="en">a <i lang="hy">բ</i></p></div>', language="hy")
    assert cleaned.html == '<p>ա</p><p lang="en">a <em lang="hy">բ</em></p>'
