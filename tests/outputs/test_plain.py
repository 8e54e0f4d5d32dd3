"""The story as text: what a mark becomes, what stands where, and no word lost."""

import pytest
from hypothesis import given

from syndicate.core.credit import Credit
from syndicate.core.newsitem import Picture
from syndicate.outputs.body import printed_body
from syndicate.outputs.plain import render_item
from syndicate.outputs.plain_body import paragraphs
from tests.factories import CREDIT, a_feed, a_picture, an_item
from tests.outputs.stories import EVERY_FIELD, KILLED, NOTHING_OPTIONAL, UPDATE, WITHDRAWN
from tests.outputs.test_properties import BLOCK_TAGS, ITEMS, MARK_TAGS, trees

MARKS = {
    "paragraphs": ("<p>a\nb</p>\n<p>c</p>", ["a b", "c"]),
    "broken line": ("<p>a<br/>b</p>", ["a\nb"]),
    "marks": ("<h2>a</h2><p><b>b</b> <i>c</i> <q>d</q></p>", ["a", "b c “d”"]),
    "link": ('<p><a href="https://e.org/x">a</a></p>', ["a (https://e.org/x)"]),
    "link that names itself": ('<p><a href="https://e.org/">https://e.org/</a></p>', ["https://e.org/"]),
    "address of a person": ('<p><a href="mailto:a@e.org">write</a></p>', ["write (a@e.org)"]),
    "list": ("<ul><li>a</li><li>b<ol start='9'><li>c</li><li>d</li></ol></li></ul>", ["- a\n- b\n  9. c\n  10. d"]),
    "definitions": ("<dl><dt>a</dt><dd>b</dd></dl>", ["a\n  b"]),
    "quote": ("<blockquote><p>a</p><p>b</p></blockquote>", ["> a\n>\n> b"]),
    "table": ("<table><caption>a</caption><tr><th>b</th><td></td><td>c</td></tr></table>", ["a\nb |  | c"]),
    "preformatted": ("<pre>a\n  b</pre>", ["a\n  b"]),
    "rule": ("<p>a</p><hr/><p>b</p>", ["a", "* * *", "b"]),
    "player of another site": (
        '<iframe src="https://v.example/1" title="A film"></iframe>',
        ["A film: https://v.example/1"],
    ),
    "figure of a quote": ("<figure><blockquote>a</blockquote><figcaption>b</figcaption></figure>", ["> a", "b"]),
    "picture by its description": ('<p>a <img src="https://e.org/x" alt="b"/></p>', ["a [Picture: b]"]),
    "text in a list": ("<ul>a<li>b</li>c</ul>", ["a\n- b\nc"]),
    "block in a mark": ("<b>a<p>b</p></b>", ["a", "b"]),
}


def read(html):
    return paragraphs(printed_body(an_item(body_html=html, pictures=(), credit=Credit())))


@pytest.mark.parametrize(("html", "expected"), MARKS.values(), ids=MARKS)
def test_each_mark_has_its_look_in_text(html, expected):
    assert read(html) == expected


@given(trees(f"{BLOCK_TAGS} {MARK_TAGS}"))
def test_no_word_of_a_text_is_lost(html):
    printed = printed_body(an_item(body_html=html, pictures=(), credit=Credit()))
    said = "".join(printed.itertext())
    for address in ("https://e.org/a", "[Picture: "):
        said = said.replace(address, "")
    shown = "".join(read(html)).replace("https://e.org/a", "").replace("[Picture: ", "")
    assert sorted(filter(str.isalpha, shown)) == sorted(filter(str.isalpha, said))


@given(ITEMS)
def test_a_text_has_no_control_characters_and_no_empty_beginning(item):
    text = render_item(a_feed(), item).decode()
    assert text.endswith("\n")
    assert not text.startswith("\n")
    assert not any(ord(character) < 32 and character not in "\n\t" for character in text)


def test_a_story_is_told_from_its_section_to_its_rights():
    text = render_item(a_feed(), EVERY_FIELD).decode()
    order = ["International", EVERY_FIELD.headline, "By Tamar", "KHULO", "First published by OC Media on 2026-03-03\n"]
    order += [
        "Republished by",
        "[Picture: Pupils",
        "Schools in",
        CREDIT.text,
        "\n--\n",
        "Original: https://oc-media.org/",
    ]
    places = [text.index(part) for part in [*order, "© 2026 OC Media", "Not for print", "Licence: CC BY-ND 4.0"]]
    assert places == sorted(places)


def test_pictures_have_their_own_terms_at_the_end_and_their_caption_in_the_text():
    text = render_item(a_feed(), an_item(pictures=(a_picture(), Picture(caption="A printed one")))).decode()
    assert "[Picture: A printed one]" in text
    assert text.endswith(
        "Picture “Pupils before School No 4 (Nino Beridze/OC Media)”: © Nino Beridze. Editorial use only.\n"
    )


def test_a_story_with_little_said_of_it_has_no_foot():
    assert render_item(a_feed(), NOTHING_OPTIONAL).decode().endswith("\n\nA text.\n")


def test_a_change_is_dated():
    assert (
        ", last changed on 2026-03-06T09:30:00Z: https://news.example/items/s7k2"
        in render_item(a_feed(), UPDATE).decode()
    )


@pytest.mark.parametrize(
    ("item", "says", "hides"),
    [
        (WITHDRAWN, ["Valley schools", "withdrawn", "The outlet asked for it."], ["eleven weeks.", "Beridze"]),
        (KILLED, ["killed", "A court forbade it.", "OC Media"], ["Valley schools", "Beridze"]),
    ],
)
def test_a_story_that_is_gone_says_what_happened_and_nothing_else(item, says, hides):
    text = render_item(a_feed(), item).decode()
    assert all(one in text for one in says)
    assert not any(one in text for one in hides)
