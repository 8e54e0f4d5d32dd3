"""One rule for the characters of text, at the door and on the way out."""

import pytest

from syndicate.core.text import printable
from syndicate.ingest.text import many_lines, one_line
from syndicate.outputs.text import line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x85b", "a b"),
        ("a\x0bb\x0cc", "a b c"),
        ("a\x00b\ud800\uffff", "ab"),
        ("a\tb\nc\r\nd", "a\tb\nc\r\nd"),
        ("\u200cی\U0001f600", "\u200cی\U0001f600"),
    ],
)
def test_what_cannot_be_carried_is_left_out_and_what_parted_words_still_does(text, expected):
    assert printable(text) == expected


@pytest.mark.parametrize("code", [*range(0x100), 0x2028, 0xD800, 0xFDD0, 0xFFFE, 0xFFFF])
def test_what_was_let_in_goes_out_unchanged(code):
    text = f"a{chr(code)}b"
    assert printable(many_lines(text)) == many_lines(text)
    assert printable(one_line(text)) == line(one_line(text)) == one_line(text)
