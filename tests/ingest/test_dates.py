"""Dates as they are written in the wild: read exactly, or not at all."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.ingest.dates import first_date, read_date

YEREVAN = ZoneInfo("Asia/Yerevan")


def read(text, zone=None):
    warnings = []
    date = read_date("pubDate", text, zone, warnings.append)
    return (str(date) if date else None), warnings


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Tue, 03 Mar 2026 18:30:00 +0400", "2026-03-03T18:30:00+04:00"),
        ("Tue, 03 Mar 2026 18:30:00 GMT", "2026-03-03T18:30:00Z"),
        ("Tue, 3 Mar 2026 18:30 EST", "2026-03-03T18:30:00-05:00"),
        ("Tue, 3 Mar 2026 18:30 PDT", "2026-03-03T18:30:00-07:00"),
        ("3 Mar 26 18:30 CET", "2026-03-03T18:30:00+01:00"),
        ("03 Mar 99 18:30 UT", "1999-03-03T18:30:00Z"),
        ("Tuesday, 03 March 2026 06:30 PM +04:00", "2026-03-03T18:30:00+04:00"),
        ("Tue, 03-Mar-2026 18:30:00 -0000", "2026-03-03T18:30:00Z"),
        ("Tue,  03 Mar\n 2026 18:30:00 GMT+4", "2026-03-03T18:30:00+04:00"),
        ("Tue, 03 Mar 2026 18:30:00 +0400 (GET)", "2026-03-03T18:30:00+04:00"),
        ("Sept. 3, 2026 at 12:05 a.m. EDT", "2026-09-03T00:05:00-04:00"),
        ("March 3, 2026", "2026-03-03"),
        ("03 Mar 2026", "2026-03-03"),
        ("2026-03-03", "2026-03-03"),
        ("2026-03", "2026-03"),
        ("2026", "2026"),
        ("2026-03-03T18:30:00+04:00", "2026-03-03T18:30:00+04:00"),
        ("2026-03-03T18:30:00.250Z", "2026-03-03T18:30:00.250000Z"),
        ("2026-03-03T18:30:00+04", "2026-03-03T18:30:00+04:00"),
        ("2026-03-03 18:30:00 UTC", "2026-03-03T18:30:00Z"),
        ("2026-03-03 18:30 +0545", "2026-03-03T18:30:00+05:45"),
        ("2036-03-03T18:30:00Z", "2036-03-03T18:30:00Z"),
    ],
)
def test_a_date_keeps_its_precision_and_its_offset(text, date):
    assert read(text) == (date, [])


def test_a_wrong_weekday_is_told_and_changes_nothing():
    date, (warning,) = read("Mon, 03 Mar 2026 18:30:00 GMT")
    assert date == "2026-03-03T18:30:00Z"
    assert "pubDate says Mon" in warning


@pytest.mark.parametrize("text", ["2026-03-03T18:30:00", "2026-03-03 18:30", "Tue, 03 Mar 2026 18:30:00"])
def test_a_local_time_is_read_in_the_outlets_zone_and_says_so(text):
    date, (warning,) = read(text, YEREVAN)
    assert date == "2026-03-03T18:30:00+04:00"
    assert warning == "pubDate has no offset: read in the outlet's time zone as 2026-03-03T18:30:00+04:00."


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-03T18:30:00",
        "Tue, 03 Mar 2026 18:30:00 IST",
        "Tue, 03 Mar 2026 18:30:00 A",
        "03/04/2026",
        "вт, 03 мар 2026 18:30:00 +0400",
        "Tue, 31 Feb 2026 18:30:00 GMT",
        "Tue, 03 Mar 2026 25:30:00 GMT",
        "Tue, 03 Mar 2026 13:30 PM GMT",
        "Tue, 03 Mar 2026 18:30:00 +9999",
        "0000-00-00 00:00:00",
        "Tue, 03 Mär 2026",
        "yesterday",
        "2026-03-03T18:30:00Z" + "0" * 100_000,
        "٣ Mar 2026",
    ],
)
def test_what_leaves_a_doubt_is_no_date_and_is_told(text):
    date, (warning,) = read(text)
    assert date is None
    assert warning.startswith("pubDate was not understood: ")
    assert len(warning) < 200


def test_the_first_date_that_can_be_read_counts_and_the_bad_one_before_it_is_told():
    warnings = []
    named = [("dcterms:issued", "soon"), ("pubDate", "2026-03-03"), ("dc:date", "2026-03-04")]
    assert str(first_date(named, None, warnings.append)) == "2026-03-03"
    assert ["dcterms:issued" in warning for warning in warnings] == [True]


@given(st.text(alphabet="0123456789-+:TZ ,MaruePm()GE", max_size=60) | st.text())
def test_any_text_is_a_date_or_a_warning(text):
    date, warnings = read(text)
    assert date or warnings
