"""Versions side by side: who changed which blocks, and which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.core.compare import Change, Side, Who, three_way, words

A, B, C, D = "<p>a</p>", "<p>b</p>", "<p>c</p>", "<p>d</p>"
CASES = [
    ("nothing changed", [A, B], [A, B], [A, B], [Who.NOBODY, Who.NOBODY]),
    ("they changed one", [A, B], [A, B], [A, C], [Who.NOBODY, Who.THEIRS]),
    ("we changed one", [A, B], [C, B], [A, B], [Who.OURS, Who.NOBODY]),
    ("each changed another", [A, B, C], [D, B, C], [A, B, D], [Who.OURS, Who.NOBODY, Who.THEIRS]),
    ("both in the same way", [A, B], [A, C], [A, C], [Who.NOBODY, Who.BOTH]),
    ("both differently", [A, B], [A, C], [A, D], [Who.NOBODY, Who.CLASH]),
    ("they added one", [A], [A], [A, B], [Who.NOBODY, Who.THEIRS]),
    ("they took one out", [A, B], [A, B], [B], [Who.THEIRS, Who.NOBODY]),
    ("from nothing", [], [A], [B], [Who.CLASH]),
    ("nothing at all", [], [], [], []),
]


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "who"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_each_stretch_of_blocks_tells_who_changed_it(base, ours, theirs, who):
    assert [stretch.who for stretch in three_way(base, ours, theirs)] == who


BLOCKS = st.lists(st.sampled_from([A, B, C, D]), max_size=12)


@given(base=BLOCKS, ours=BLOCKS, theirs=BLOCKS)
def test_no_block_of_any_version_is_lost_and_none_is_told_twice(base, ours, theirs):
    found = three_way(base, ours, theirs)
    assert [block for stretch in found for block in stretch.base] == base
    assert [block for stretch in found for block in stretch.ours] == ours
    assert [block for stretch in found for block in stretch.theirs] == theirs


@given(base=BLOCKS, theirs=BLOCKS)
def test_where_we_changed_nothing_what_is_proposed_is_all_theirs(base, theirs):
    found = three_way(base, base, theirs)
    assert [block for stretch in found for block in stretch.of(stretch.proposed)] == theirs


@given(base=BLOCKS, ours=BLOCKS)
def test_where_they_changed_nothing_what_is_proposed_is_all_ours(base, ours):
    found = three_way(base, ours, base)
    assert [block for stretch in found for block in stretch.of(stretch.proposed)] == ours


def test_of_a_clash_nothing_is_proposed():
    (clash,) = three_way([A], [B], [C])
    assert clash.proposed is None
    assert (clash.of(Side.OURS), clash.of(Side.THEIRS)) == ((B,), (C,))


WORDS = [
    (
        "They met on Monday.",
        "They met on Tuesday.",
        [("same", "They met on "), ("gone", "Monday."), ("new", "Tuesday.")],
    ),
    ("same", "same", [("same", "same")]),
    ("", "new", [("new", "new")]),
    ("old", "", [("gone", "old")]),
    ("<p>a <b>b</b></p>", "<p>a b</p>", [("same", "a "), ("gone", "‹b›"), ("same", "b\n")]),
    (
        '<p><a href="https://a.example/">x</a></p>',
        '<p><a href="https://b.example/?a=1&amp;b=2">x</a></p>',
        [("gone", "‹a https://a.example/›"), ("new", "‹a https://b.example/?a=1&b=2›"), ("same", "x\n")],
    ),
    ("<p>1 &lt; 2</p>", "<p>1 &lt; 3</p>", [("same", "1 < "), ("gone", "2"), ("new", "3"), ("same", "\n")]),
]


@pytest.mark.parametrize(("old", "new", "pieces"), WORDS)
def test_words_that_went_and_came_are_told_as_plain_text(old, new, pieces):
    assert [(piece.change.value, piece.text) for piece in words(old, new)] == pieces


PLAIN = st.lists(st.sampled_from(["a", "b", "ա", "ж", "c.", "…"])).map(" ".join)


@given(old=PLAIN, new=PLAIN)
def test_of_two_texts_no_word_is_lost(old, new):
    pieces = words(old, new)
    assert "".join(piece.text for piece in pieces if piece.change is not Change.NEW) == old
    assert "".join(piece.text for piece in pieces if piece.change is not Change.GONE) == new


def test_a_text_too_long_to_compare_word_by_word_is_shown_as_replaced():
    old, new = "a " * 60_000, "b " * 60_000
    told = [(piece.change, len(piece.text)) for piece in words(old, new)]
    assert told == [(Change.GONE, 120_000), (Change.NEW, 120_000)]


def test_a_long_text_that_repeats_itself_is_compared_by_what_stands_in_it_once():
    old = " ".join(f"the {number} same" for number in range(5_000))
    new = old.replace(" 2500 same", " 2500 other")
    gone, came = (
        [piece.text for piece in words(old, new) if piece.change is change] for change in (Change.GONE, Change.NEW)
    )
    assert (gone, came) == (["same"], ["other"])
