"""From the printed story to NITF: one case for each mark, and no word lost."""

import pytest
from hypothesis import example, given
from lxml import etree

from syndicate.core.credit import Credit
from syndicate.core.newsitem import Picture, Rendition
from syndicate.outputs.body import printed_body
from syndicate.outputs.nitf_body import nitf_blocks
from syndicate.outputs.xml import text_of
from tests.factories import an_item
from tests.outputs.test_properties import BLOCK_TAGS, MARK_TAGS, trees

FILE = Rendition(href="https://m.example/a.jpg", content_type="image/jpeg", width=12, height=8)
PICTURE = Picture(caption="A bridge", credit="Ani Lusinyan", copyright_holder="Ani", renditions=(FILE,))
KNOWN = (
    '<media media-type="image"><media-metadata name="copyrightNotice" value="© Ani"/>'
    '<media-reference source="https://m.example/a.jpg"{alt} mime-type="image/jpeg" source-credit="Ani Lusinyan"'
    ' copyright="Ani" height="8" width="12"/>{caption}</media>'
)


def blocks(html, *pictures):
    item = an_item(body_html=html, pictures=pictures, credit=Credit())
    return "".join(etree.tostring(block, encoding="unicode") for block in nitf_blocks(printed_body(item), item))


MARKS = {
    "paragraphs": ("<p>a</p>\n<p>b</p>", "<p>a</p><p>b</p>"),
    "headings": ("<h2>a</h2><h4>b</h4>", "<hl2>a</hl2><hl2>b</hl2>"),
    "marks": (
        "<p>a <em>b</em> <strong>c</strong> <i>d</i><br/>e</p>",
        '<p>a <em>b</em> <em class="bold">c</em> <em class="italic">d</em><br/>e</p>',
    ),
    "marks by another name": (
        "<p>CO<sub>2</sub> <code>x</code> <q>y</q> <span>z</span></p>",
        '<p>CO<num><sub>2</sub></num> <em class="code">x</em> <q>y</q> z</p>',
    ),
    "links": (
        '<p><a href="https://e.org/1" title="t">a</a> <a href="mailto:a@e.org">b</a> <a href="/c">c</a></p>',
        '<p><a href="https://e.org/1" title="t">a</a> <a href="mailto:a@e.org">b</a> c</p>',
    ),
    "lists": (
        "<ul><li>a</li><li>b<ol start='3'><li>c</li></ol></li></ul>",
        '<ul><li>a</li><li>b<ol seqnum="3"><li>c</li></ol></li></ul>',
    ),
    "definitions": ("<dl><dt>a <b>b</b></dt><dd>c</dd></dl>", "<dl><dt>a b</dt><dd><p>c</p></dd></dl>"),
    "quote": ("<blockquote><p>a</p>b</blockquote>", "<bq><block><p>a</p><p>b</p></block></bq>"),
    "preformatted": ("<pre>a\n  b</pre><hr/>", "<pre>a\n  b</pre><hr/>"),
    "table": (
        "<table><caption>a</caption><tbody><tr><th>b</th><td colspan='2'>c</td></tr></tbody></table>",
        '<table><caption>a</caption><tbody><tr><th>b</th><td colspan="2">c</td></tr></tbody></table>',
    ),
    "rows out of order": (
        "<table><tr><td>a</td></tr><thead><tr><th>b</th></tr></thead></table>",
        "<table><thead><tr><th>b</th></tr></thead><tbody><tr><td>a</td></tr></tbody></table>",
    ),
    "aside": ("<aside><p>a</p></aside>", "<p>a</p>"),
    "player of another site": (
        '<iframe src="https://v.example/1" title="A film"></iframe>',
        '<p><a href="https://v.example/1">A film</a></p>',
    ),
    "film": (
        '<video><source src="https://v.example/1.mp4" type="video/mp4"/></video>',
        '<media media-type="video"><media-reference source="https://v.example/1.mp4" mime-type="video/mp4"/></media>',
    ),
    "figure of a quote": (
        "<figure><blockquote>a</blockquote><figcaption>b</figcaption></figure>",
        "<bq><block><p>a</p></block></bq><p>b</p>",
    ),
}
MISPLACED = {
    "loose text": ("a <b>b</b>", '<p>a <em class="bold">b</em></p>'),
    "block in a block": ("<div>a<div>b</div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
    "block in a paragraph": ("<p>a<ul><li>b</li></ul>c</p>", "<p>a</p><ul><li>b</li></ul><p>c</p>"),
    "block in a mark": ("<b><p>a</p></b>", "<p>a</p>"),
    "text in a list": ("<ul>a<li>b</li></ul>", "<p>a</p><p>b</p>"),
    "nothing in it": ("<ul></ul><p> </p><blockquote></blockquote><table></table>", ""),
    "no rows in a table": ("<table><p>a</p></table>", "<p>a</p>"),
    "text in a row": ("<table><tr><td>a</td>b</tr></table>", "<p>ab</p>"),
}


@pytest.mark.parametrize(("html", "expected"), MARKS.values(), ids=MARKS)
def test_each_mark_has_its_name_in_nitf(html, expected):
    assert blocks(html) == expected


@pytest.mark.parametrize(("html", "expected"), MISPLACED.values(), ids=MISPLACED)
def test_what_stands_where_nitf_forbids_it_finds_its_place(html, expected):
    assert blocks(html) == expected


def test_a_picture_keeps_its_credit_terms_and_size():
    shown = KNOWN.format(
        alt="", caption="<media-caption>A bridge</media-caption><media-producer>Ani Lusinyan</media-producer>"
    )
    assert blocks("<p>a</p>", PICTURE) == f"{shown}<p>a</p>"


def test_a_picture_in_the_text_stands_where_it_stood_and_only_there():
    html = '<p>a</p><p><img src="https://m.example/a.jpg" alt="b"/></p><p>c</p>'
    image = KNOWN.format(alt=' alternate-text="b"', caption="")
    assert blocks(html, PICTURE) == f'<p>a</p>{image}<p class="picture-credit">Ani Lusinyan</p><p>c</p>'


def test_a_caption_that_the_text_has_is_kept_as_it_is():
    html = '<figure><img src="https://m.example/a.jpg"/><figcaption>A <i>bridge</i></figcaption></figure>'
    legend = '<media-caption>A <em class="italic">bridge</em> (Ani Lusinyan)</media-caption>'
    assert blocks(html, PICTURE) == KNOWN.format(alt="", caption=legend)


def test_the_caption_of_a_printed_page_has_no_file():
    assert blocks("", Picture(caption="A bridge", credit="Ani")) == (
        '<media media-type="image"><media-reference/><media-caption>A bridge (Ani)</media-caption></media>'
    )


@given(trees(f"{BLOCK_TAGS} {MARK_TAGS}"))
@example("<figure>a<figcaption></figcaption></figure>")
@example('<figure><img src="https://a.example/a.jpg"/>a<figcaption>b</figcaption></figure>')
def test_no_word_of_a_text_is_lost(html):
    item = an_item(body_html=html, pictures=(), credit=Credit())
    printed = printed_body(item)
    made = nitf_blocks(printed, item)
    assert sorted("".join(map(text_of, made)).replace(" ", "")) == sorted(text_of(printed).replace(" ", ""))
