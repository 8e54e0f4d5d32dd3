"""A text as people type it, and the HTML that it stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.cleaning import blocks_of, clean
from syndicate.core.typed import as_html, as_typed

BODIES = [
    ("<p>One.</p><p>Two <b>bold</b>.</p>", "One.\n\nTwo <b>bold</b>."),
    ("<h2>Title</h2><p>Text.</p>", "<h2>Title</h2>\n\nText."),
    ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
    ("<p>1 &lt; 2 &amp; 3</p>", "1 &lt; 2 &amp; 3"),
    ("<pre>a\n\nb</pre><p>c</p>", "<pre>a\n\nb</pre>\n\nc"),
    ("<p>Բարև</p>", "Բարև"),
    ("", ""),
]


@pytest.mark.parametrize(("html", "text"), BODIES)
def test_paragraphs_are_plain_and_other_blocks_keep_their_markup(html, text):
    assert as_typed(blocks_of(html)) == text
    assert as_html(text) == html


TYPED = [
    ("One.\r\n\r\nTwo.", "<p>One.</p><p>Two.</p>"),
    ("One.\n \n\n\nTwo.\n", "<p>One.</p><p>Two.</p>"),
    ("One line\nand another", "<p>One line\nand another</p>"),
    ("<i>Leaning</i> at the start", "<p><i>Leaning</i> at the start</p>"),
    ("<P>Loud</P>", "<P>Loud</P>"),
    ("<pre>left\n\nopen", "<pre>left\n\nopen"),
]


@pytest.mark.parametrize(("text", "html"), TYPED)
def test_what_is_typed_between_blank_lines_is_a_paragraph(text, html):
    assert as_html(text) == html


PIECES = st.lists(
    st.sampled_from(
        ["<p>a</p>", "<p>b <b>c</b></p>", "<h2>d</h2>", "<pre>e\n\nf</pre>", "<p>g<br/>h</p>", "text", "\n"]
    )
)


@given(PIECES.map("".join))
def test_opening_a_story_to_edit_it_and_saving_it_changes_nothing(html):
    body = clean(html).html
    assert clean(as_html(as_typed(blocks_of(body)))).html == body
