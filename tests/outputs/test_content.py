"""The story as one piece of HTML, as RSS, Atom, JSON Feed and ninjs carry it."""

import pytest

from syndicate.outputs.content import html_content
from tests.factories import a_picture, an_item

FIGURE = '<figure><img src="https://m.example/1.jpg"/><figcaption>A school.</figcaption></figure>'
DATELINE = '<p class="dateline">Tbilisi</p>'


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p>Schools in Tbilisi closed.</p>", True),
        ("<p>Schools closed.</p>", True),
        ("<p>Tbilisians protest.</p>", True),
        ("<p>Tbilisi — Schools closed.</p>", False),
        ("<p>\n <b>TBI</b>LISI, Georgia.</p>", False),
        ("<p>Tbilisi<br/>Schools closed.</p>", False),
        (f"{FIGURE}<p>Tbilisi. Schools closed.</p>", False),
        ("<figure><figcaption>Tbilisi</figcaption></figure><p>Schools closed.</p>", True),
        ("Tbilisi: Schools closed.", False),
        ("", True),
    ],
)
def test_the_dateline_is_left_out_only_where_the_text_begins_with_it(body, told):
    html = html_content(an_item(dateline="Tbilisi", body_html=body, pictures=(a_picture(),)))
    assert html.startswith(DATELINE) is told
    assert html.casefold().count(DATELINE.casefold()) == told


def test_spaces_and_capitals_make_no_other_dateline():
    html = html_content(an_item(dateline="KHULO, Georgia", body_html="<p>Khulo,\xa0Georgia (OC Media) — Schools</p>"))
    assert "dateline" not in html


def test_a_story_without_a_dateline_has_none():
    assert "dateline" not in html_content(an_item(dateline=""))
