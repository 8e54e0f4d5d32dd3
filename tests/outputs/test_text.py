"""Text, addresses, languages and dates as documents may carry them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from syndicate.core.dates import PartialDate
from syndicate.core.text import printable
from syndicate.outputs.dates import rfc822, utc, w3c
from syndicate.outputs.text import direction, language_tag, line, media_type, web_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("é 𝒳 \U0001f600 ‏ ﷽\n", "é 𝒳 \U0001f600 ‏ ﷽\n"),
        ("a\x00b\x1b[0mc", "ab[0mc"),
        ("a\x0bb\x85c\x1ed", "a b c d"),  # a word processor's line break is white space
        ("\ud83d\ude00x\ufffe\uffff\ufdd0", "x"),
    ],
)
def test_characters_that_xml_forbids_are_taken_out(text, expected):
    assert printable(text) == expected


def test_a_line_has_no_white_space_but_spaces():
    assert line(" a\r\n\t b\u00a0c ") == "a b\u00a0c"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://oc-media.org/a?b=1&c=%20#d", "https://oc-media.org/a?b=1&c=%20#d"),
        (" http://Example.org:8080/A_(b),c;d='e'!$*~@ ", "http://Example.org:8080/A_(b),c;d='e'!$*~@"),
        ("https://e.org/հոդված 1?q=ա", "https://e.org/%D5%B0%D5%B8%D5%A4%D5%BE%D5%A1%D5%AE%201?q=%D5%A1"),
        ("https://e.org/50%?a=[1]|2", "https://e.org/50%25?a=%5B1%5D%7C2"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://user:secret@e.org:81/x", "https://e.org:81/x"),
        ("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
        ("https://e.org/a\x00\ud800b", "https://e.org/ab"),
        ("javascript:alert(1)", ""),
        ("/relative", ""),
        ("//e.org/x", ""),
        ("https://", ""),
        ("https://[", ""),
        ("https://e.org:99999999/", ""),
        ("https://" + "a" * 70 + "é.org/", ""),
        ("https://a b/", ""),
        ("", ""),
    ],
)
def test_an_address_is_absolute_and_in_ascii_or_nothing(text, expected):
    assert web_address(text) == expected
    assert web_address(expected) == expected


@pytest.mark.parametrize(
    ("text", "tag", "reads"),
    [
        ("en", "en", "ltr"),
        ("hy_AM", "hy-AM", "ltr"),
        ("ar-EG", "ar-EG", "rtl"),
        ("fa", "fa", "rtl"),
        ("az-Arab", "az-Arab", "rtl"),
        ("ku-Latn-TR", "ku-Latn-TR", "ltr"),
        ("ur-Latn", "ur-Latn", "ltr"),
        ("english", "", "ltr"),
        ("e n", "", "ltr"),
        ("", "", "ltr"),
    ],
)
def test_a_language_is_a_tag_with_a_direction_or_nothing(text, tag, reads):
    assert (language_tag(text), direction(language_tag(text))) == (tag, reads)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("image/jpeg", "image/jpeg"),
        ("Image/SVG+xml; charset=utf-8", "image/svg+xml"),
        ("jpeg", ""),
        ("a/b/c", ""),
        ("", ""),
    ],
)
def test_a_media_type_has_two_names_and_no_parameters(text, expected):
    assert media_type(text) == expected


@pytest.mark.parametrize("text", ["2026", "2026-03", "2026-03-03", "2026-03-03T14:05:00+04:00", "2026-03-03T10:05:00Z"])
def test_a_date_keeps_the_precision_and_offset_of_its_source(text):
    assert w3c(PartialDate(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1890-01-01T00:00:00-00:01:15", "1890-01-01T00:01:15Z"), ("2026-03-03T00:00:00+15:00", "2026-03-02T09:00:00Z")],
)
def test_an_offset_that_xml_schema_does_not_know_becomes_utc(text, expected):
    assert w3c(PartialDate(text)) == expected


def test_our_own_times_are_utc_with_the_right_weekday():
    moment = datetime(2026, 3, 4, 2, 0, tzinfo=timezone(timedelta(hours=4)))
    assert (rfc822(moment), utc(moment)) == ("Tue, 03 Mar 2026 22:00:00 GMT", "2026-03-03T22:00:00Z")
    assert rfc822(datetime(2026, 3, 4, tzinfo=UTC)).startswith("Wed, ")
