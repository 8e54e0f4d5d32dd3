"""The printed story: pictures, text, and the credit sentence once."""

from dataclasses import replace

import pytest

from syndicate.core.credit import Credit
from syndicate.core.newsitem import Picture, Rendition
from syndicate.outputs.body import as_html, caption, printed_body, word_count
from tests.factories import a_picture, an_item

NONE = {"pictures": (), "credit": Credit()}
CREDIT = Credit(text="First on hetq.am.", html='First on <a href="https://hetq.am/1">hetq.am</a>.')
FILE = Rendition(href="https://m.example/a.jpg?x=1&y=2")
PICTURE = Picture(caption="A bridge", credit="Ani Lusinyan", renditions=(FILE,))


def printed(**changes):
    return as_html(printed_body(an_item(**{**NONE, **changes})))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One</p>\n<p>Two<br/>lines</p>", "<p>One</p>\n<p>Two<br/>lines</p>"),
        ("<p></p><p>a</p>", "<p></p><p>a</p>"),  # never <p/>, which an HTML parser reads as an open tag
        ("a &amp; b &lt; c", "a &amp; b &lt; c"),
        ("<p>caf&eacute;&nbsp;AT&T</p>", "<p>café\xa0AT&amp;T</p>"),
        ("<p>]]></p>", "<p>]]&gt;</p>"),
        ("<p>a<!-- b -->c<?php d ?></p>", "<p>ac</p>"),
        ("<p>a\x00b\x0bc\ud800d\ufffe</p>", "<p>ab cd</p>"),
        ("", ""),
    ],
)
def test_a_well_formed_text_is_printed_as_it_is(html, expected):
    assert printed(body_html=html) == expected


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", 0),
        ("<p>It was so.</p><h2>A subhead</h2>", 5),
        ("<ul><li>one</li><li>two</li></ul><table><tr><td>three</td><td>four</td></tr></table>", 4),
        ("<p>one<br/>two<img src='https://m.example/a.jpg'/>three</p>", 3),
        ("<p><b>I</b>n the <a href='https://m.example/'>valley</a>’s <i>schools</i></p>", 4),
        ("one <b>two</b> three&nbsp;four", 4),
        ("<p>one</p><figure><img/><figcaption>A <b>bridge</b></figcaption></figure>two", 2),
    ],
)
def test_words_are_counted_as_a_reader_counts_them(html, words):
    assert word_count(printed_body(an_item(**NONE, body_html=html))) == words


@pytest.mark.parametrize(
    "html",
    [
        "<p>One<p>Two",
        "<div><p>One</div><p>Two</p>",
        "<p a=b>One</p><p>Two</p>",
        "<x:p>One</x:p><p>Two</p>",
        "</div><p>One</p>Two",
    ],
)
def test_a_text_that_is_not_well_formed_keeps_its_words_and_loses_its_marks(html):
    assert "".join(printed_body(an_item(**NONE, body_html=html)).itertext()).replace("\n", "") == "OneTwo"


@pytest.mark.parametrize("html", ["<b>" * 100_000, "<" * 100_000, "&" * 100_000, "<a" * 100_000, "<p>" * 100_000 + "x"])
def test_hostile_marks_take_no_feed_down(html):
    assert isinstance(printed(body_html=html), str)


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (Picture(caption="A bridge", credit="Ani"), "A bridge (Ani)"),
        (Picture(caption="A bridge", credit="(official photo)"), "A bridge (official photo)"),
        (Picture(caption="A bridge (Official photo)", credit="official photo"), "A bridge (Official photo)"),
        (Picture(caption="A bridge. Photo: Ani.", credit="ANI"), "A bridge. Photo: Ani."),
        (Picture(caption="A map", credit="AP"), "A map (AP)"),
        (Picture(caption="Ani crosses a bridge", credit="Ani"), "Ani crosses a bridge (Ani)"),
        (Picture(credit="Ani"), "Ani"),
        (Picture(caption="A\n bridge"), "A bridge"),
        (Picture(), ""),
    ],
)
def test_a_caption_carries_the_picture_credit_once(picture, expected):
    assert caption(picture) == expected


def test_a_picture_outside_the_text_stands_before_it():
    html = printed(body_html="<p>Text</p>", pictures=(a_picture(),))
    assert html == (
        '<figure><img src="https://media.news.example/p/school.jpg?w=1200&amp;q=80" width="1200" height="800"'
        ' alt="Children with satchels at a gate"/>'
        "<figcaption>Pupils before School No 4 (Nino Beridze/OC Media)</figcaption></figure><p>Text</p>"
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"renditions": ()}, "<figure><figcaption>A bridge (Ani Lusinyan)</figcaption></figure>Text"),
        (
            {"renditions": (Rendition(href="javascript:x"),)},
            "<figure><figcaption>A bridge (Ani Lusinyan)</figcaption></figure>Text",
        ),
        ({"renditions": (), "caption": "", "credit": ""}, "Text"),
        ({"caption": "", "credit": ""}, '<figure><img src="https://m.example/a.jpg?x=1&amp;y=2" alt=""/></figure>Text'),
    ],
)
def test_a_figure_holds_what_is_known_of_a_picture(changes, expected):
    assert printed(body_html="Text", pictures=(replace(PICTURE, **changes),)) == expected


IMG = '<img src="https://m.example/a.jpg?x=1&amp;y=2"/>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p>a {IMG} b</p>c", f'<p>a {IMG} b</p><p class="picture-credit">Ani Lusinyan</p>c'),
        (
            f"<p>{IMG}</p><p>Ani Lusinyan saw.</p>",
            f'<p>{IMG}</p><p class="picture-credit">Ani Lusinyan</p><p>Ani Lusinyan saw.</p>',
        ),
        (f"<ul><li>{IMG}</li></ul>", f'<ul><li>{IMG}</li></ul><p class="picture-credit">Ani Lusinyan</p>'),
        (f"{IMG}c", f'{IMG}<p class="picture-credit">Ani Lusinyan</p>c'),
        (f"<figure>{IMG}</figure>", f"<figure>{IMG}<figcaption>A bridge (Ani Lusinyan)</figcaption></figure>"),
        (
            f"<figure>{IMG}<figcaption>The <i>bridge</i></figcaption></figure>",
            f"<figure>{IMG}<figcaption>The <i>bridge</i> (Ani Lusinyan)</figcaption></figure>",
        ),
        (f"<p>{IMG}</p><p>Photo: ANI LUSINYAN</p>", f"<p>{IMG}</p><p>Photo: ANI LUSINYAN</p>"),
    ],
)
def test_a_picture_in_the_text_keeps_its_place_and_gets_its_credit_once(html, expected):
    assert printed(body_html=html, pictures=(PICTURE,)) == expected


@pytest.mark.parametrize(
    ("html", "credit", "paragraphs"),
    [
        ("<p>a</p>", CREDIT, '<p>a</p><p class="credit">First on <a href="https://hetq.am/1">hetq.am</a>.</p>'),
        ("<p>a</p>", Credit(text="First on A&B."), '<p>a</p><p class="credit">First on A&amp;B.</p>'),
        (
            "<p>a</p>",
            Credit(text="First on hetq.am.", html="First on <a>hetq.am."),
            '<p>a</p><p class="credit">First on hetq.am.</p>',
        ),
        ("<p>a</p>", Credit(), "<p>a</p>"),
        ("<p>a</p><p>(First\n on <i>hetq.am</i>.)</p>", CREDIT, "<p>a</p><p>(First\n on <i>hetq.am</i>.)</p>"),
    ],
)
def test_the_credit_is_the_last_paragraph_and_is_said_once(html, credit, paragraphs):
    assert printed(body_html=html, credit=credit) == paragraphs


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/b">a</a><img src="c.jpg" alt="d"/>', '<a>a</a><img alt="d"/>'),
        ('<a href="//e.org/b">a</a>', "<a>a</a>"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="https://e.org/b">a</a><a href="mailto:a@e.org">c</a>',) * 2,
        ('<blockquote cite="b">a</blockquote>', "<blockquote>a</blockquote>"),
    ],
)
def test_an_address_that_leads_nowhere_from_another_site_is_taken_out(html, expected):
    assert printed(body_html=html) == expected


def test_a_text_that_is_nested_deeper_than_any_story_keeps_its_words():
    html = "<blockquote>" * 1000 + "a" + "</blockquote>" * 1000
    assert printed(body_html=html) == "<p>a</p>"
