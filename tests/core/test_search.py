"""What a text is found by, in any language, and what a typed query means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.core.search import (
    MOST_QUERY_CHARS,
    MOST_TERMS,
    MOST_WORD_CHARS,
    MOST_WORDS,
    Query,
    Term,
    parse,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Café ÉCOLE Straße", ["cafe", "ecole", "strasse"]),
        ("ＦＵＬＬ width №5", ["full", "width", "no5"]),
        ("Ёлка, елка", ["елка", "елка"]),
        ("Ինչո՞ւ ԵՎ և Եւ", ["ինչու", "եւ", "եւ", "եւ"]),
        ("ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ საქართველო", ["საქართველო", "საქართველო"]),
        ("مُحَمَّد أحمد محمـد", ["محمد", "احمد", "محمد"]),
        ("שָׁלוֹם", ["שלום"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("北部山谷", ["北部", "部山", "山谷", "谷"]),
        ("AI技術", ["ai", "技術", "術"]),
        ("がか", ["がか", "か"]),
        ("학교가", ["학교", "교가", "가"]),
        ("<p>one</p><p>two &amp; three</p>", ["one", "two", "three"]),
        ("soft\u00adhyphen zero\u200bwidth", ["softhyphen", "zerowidth"]),
        ("foo_bar e-mail 3,5", ["foo", "bar", "e", "mail", "3", "5"]),
        ("", []),
    ],
    ids=[
        *("accents and case", "width", "yo", "Armenian marks and ew", "Georgian capitals", "Arabic vowels", "points"),
        *("Indic vowels stay", "Han in pairs", "Latin beside Han", "voiced kana stay", "Hangul in pairs", "HTML"),
        *("unseen characters", "punctuation", "nothing"),
    ],
)
def test_a_text_is_found_by_its_words(text, words):
    assert list(words_of(text)) == words


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("Valley sch", Query((Term(("valley",)), Term(("sch",), prefix=True)))),
        ('"upper valley" -closed', Query((Term(("upper", "valley")),), (Term(("closed",)),))),
        ('-"upper valley" school', Query((Term(("school",), prefix=True),), (Term(("upper", "valley")),))),
        ("e-mail today", Query((Term(("e", "mail")), Term(("today",), prefix=True)))),
        ('"left open', Query((Term(("left", "open")),))),
        ("山谷", Query((Term(("山谷",), prefix=True),))),
        ("山", Query((Term(("山",), prefix=True),))),
        ('"AI技術 world"', Query((Term(("ai", "技術", "術", "world")),))),
        ("a", Query((Term(("a",)),))),
        ("-only", Query((), (Term(("only",)),))),
        ('" - "" * : ( AND', Query((Term(("and",)),))),
        ("   ", Query()),
    ],
    ids=[
        *("the last may be a beginning", "a phrase and a word that must not be", "a phrase that must not be"),
        *("a hyphen inside", "an open quote", "two of Han", "one of Han", "a phrase across scripts"),
        *("one letter is no beginning", "nothing wanted", "signs mean nothing", "blanks"),
    ],
)
def test_what_is_typed_means_something_or_is_left_out(typed, query):
    assert parse(typed) == query


def test_the_beginning_of_any_run_finds_it():
    (term,) = parse("部山谷").wanted
    words = list(words_of("北部山谷"))
    at = words.index(term.words[0])
    assert tuple(words[at : at + len(term.words)]) == term.words


@given(st.text(max_size=400))
def test_a_query_is_words_of_letters_and_digits_whatever_is_typed(typed):
    query = parse(typed)
    terms = [*query.wanted, *query.unwanted]
    assert len(terms) <= MOST_TERMS
    for word in (word for term in terms for word in term.words):
        assert word == "".join(word.split())
        assert not set(word) & set("\"'\\&|!:*()<>-")


@given(st.text(max_size=400))
def test_a_text_finds_itself_word_by_word(text):
    words = words_of(text)
    assert list(words_of(" ".join(text.split()))) == list(words)
    assert all(0 < len(word) <= MOST_WORD_CHARS for word in words)


def test_a_text_and_a_query_have_an_end():
    assert len(words_of("a " * (MOST_WORDS + 5))) == MOST_WORDS
    assert parse("x" * (MOST_QUERY_CHARS + 5)).wanted == (Term(("x" * MOST_WORD_CHARS,)),)


def test_letters_that_become_many_are_read_no_further_than_a_text_has_words():
    """U+FDFA is eighteen letters in four words once it is folded."""
    assert list(words_of("\ufdfa " * 500_000))[:5] == ["صلى", "الله", "عليه", "وسلم", "صلى"]


@pytest.mark.parametrize("bad", ['"' * 200, "-" * 200, "<" * 200, "é" * 200, '-"' * 100], ids=ascii)
def test_hostile_text_is_read_in_one_go(bad):
    """A pattern that tried every way to read it would not come back within the life of this test."""
    assert len(words_of(bad * 5_000)) <= MOST_WORDS
    assert len(parse(bad).wanted) <= MOST_TERMS
