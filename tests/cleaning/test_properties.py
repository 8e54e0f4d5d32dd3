"""What holds for every body whatsoever. Each property is tried on generated soups, many of them hostile."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from syndicate.cleaning import clean, flow
from syndicate.cleaning.addresses import clean_address
from syndicate.cleaning.vocabulary import ADDRESS_ATTRIBUTES, ELEMENTS, SCHEMES, allowed, names
from tests.cleaning.soups import BASE, bodies, read_xml, scheme_of


def cleaned(html: str) -> str:
    return clean(html, base_url=BASE).html


@given(bodies)
def test_cleaning_twice_changes_nothing(html):
    once = cleaned(html)
    assert cleaned(once) == once


@given(bodies)
def test_what_comes_out_is_xml_of_our_vocabulary_and_nothing_else(html):
    for element in read_xml(cleaned(html)).iterdescendants():
        assert element.tag in ELEMENTS
        for name, value in element.attrib.items():
            assert allowed(element.tag, name)
            if name in ADDRESS_ATTRIBUTES and not value.startswith("#story-"):
                assert scheme_of(value) in SCHEMES


@given(bodies)
def test_an_html_parser_and_an_xml_parser_read_the_same_tree(html):
    out = cleaned(html)
    as_xml = read_xml(out)
    as_html = lxml_html.fragment_fromstring(out, create_parent="div")
    assert etree.tostring(as_html, method="c14n") == etree.tostring(as_xml, method="c14n")


NESTING = sorted(
    names("""
    <b> </b> <p> </p> <i> </i> <br> <div> </div> <ul> <li> </ul> <td> <table> <tr> </table> <span> </span> <blockquote>
    </blockquote> <h2> </h2> <dl> <dt> </dl> <figure> <figcaption> </figure> <pre> </pre> <section> </section>
""")
)


@given(st.lists(st.sampled_from(["word", "word", *NESTING])))
def test_no_word_is_lost_or_moved_whatever_the_nesting(pieces):
    numbered = [f" w{number} " if piece == "word" else piece for number, piece in enumerate(pieces)]
    sent = [piece.strip() for piece in numbered if piece.startswith(" w")]
    kept = " ".join(read_xml(cleaned("".join(numbered))).itertext()).split()
    assert kept == sent


INLINE = st.sampled_from([
    *("word", "word", " ", "  ", "\n", ".", "&nbsp;", "w\u200cx", "\u200e", "\u2003", "<br>", "<img src='/a.jpg'>"),
    *("<em>", "</em>", "<b>", "</b>", "<u>", "</u>", "<i lang='de'>", "</i>", "<span class='credit'>", "</span>"),
    *("<a href='/x' class='y'>word</a>", "<a href=' //e.example/a ' title='t  u' rel='x nofollow'>", "<a id='q'>"),
    *("</a>", "<a href='#q'>to</a>", "<code>word</code>", "<strong> word</strong>"),
])  # fmt: skip
AROUND = st.sampled_from(
    ["<p>{}</p>", "<p>{}</p>", "<p class='x'>{}</p>", "<p lang='hy'>{}</p>", "<div>{}<p>word</div>"]
)
PARAGRAPHS = st.builds(lambda around, pieces: around.format("".join(pieces)), AROUND, st.lists(INLINE, max_size=8))


@given(st.lists(PARAGRAPHS, max_size=5).map("".join) | bodies)
def test_a_paragraph_that_is_taken_over_is_the_one_that_would_have_been_built(html):
    with pytest.MonkeyPatch.context() as without:
        without.setattr(flow, "settle", lambda paragraph: False)
        built = clean(html, base_url=BASE)
    taken = clean(html, base_url=BASE)
    assert (taken.html, taken.report) == (built.html, built.report)


@given(st.text())
@example("http:/\\evil.example")
@example("\x01javascript:alert(1)")
@example("https://user:secret@example.org/")
def test_an_address_that_was_cleaned_is_clean(value):
    once = clean_address(value, BASE)
    assert once is None or clean_address(once) == once


@pytest.mark.parametrize("kind", ["soups", "text"])
@given(text=st.text(max_size=200))
def test_plain_text_of_any_characters_is_taken(kind, text):
    read_xml(cleaned(text if kind == "text" else f"<p>{text}</p>"))
