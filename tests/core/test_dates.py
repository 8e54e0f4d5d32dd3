"""Partial dates: a day stays a day, an instant keeps its offset, and nothing is made up."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.core.dates import PartialDate, Precision
from syndicate.core.errors import BadInput

TBILISI = ZoneInfo("Asia/Tbilisi")
BOSTON = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("written", "text", "precision"),
    [
        ("2026", "2026", Precision.YEAR),
        ("2026-03", "2026-03", Precision.MONTH),
        (" 2026-03-03 ", "2026-03-03", Precision.DAY),
        ("2026-03-03T14:05:00+04:00", "2026-03-03T14:05:00+04:00", Precision.INSTANT),
        ("2026-03-03T14:05+0400", "2026-03-03T14:05:00+04:00", Precision.INSTANT),
        ("2026-03-03T14:05:00 +04:00", "2026-03-03T14:05:00+04:00", Precision.INSTANT),
        ("2026-03-03 14:05:00 +04:00", "2026-03-03T14:05:00+04:00", Precision.INSTANT),
        ("2026-03-03t10:05:00z", "2026-03-03T10:05:00Z", Precision.INSTANT),
        ("2026-03-03T10:05:00+00:00", "2026-03-03T10:05:00Z", Precision.INSTANT),
    ],
)
def test_a_date_keeps_the_precision_it_was_written_with(written, text, precision):
    parsed = PartialDate.parse(written)
    assert (str(parsed), parsed.precision, parsed.assumed_zone) == (text, precision, False)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "March 3",
        "03/03/2026",
        "26-03-03",
        "2026-3-3",
        "2026-02-30",
        "2026-13",
        "0000-01-01",
        "9999-12-31",
        "2026-03-03T25:00:00Z",
        "2026-03-03T10:05:00+99:00",
        "2026-03-03T10:05:00",  # local, and whose clock it was nobody said
        "٢٠٢٦-٠٣-٠٣",
        "2026-03-03 and later",
        "2" * 1000,
    ],
)
def test_anything_else_is_refused_and_shown_briefly(written):
    with pytest.raises(BadInput) as refused:
        PartialDate.parse(written)
    assert len(refused.value.detail) < 200


def test_a_local_time_is_read_on_the_outlets_clock_and_says_so():
    parsed = PartialDate.parse("2026-07-03T14:05:00", zone=BOSTON)
    assert parsed == PartialDate("2026-07-03T14:05:00-04:00", assumed_zone=True)
    assert PartialDate.parse("2026-07-03T14:05:00Z", zone=BOSTON) == PartialDate("2026-07-03T14:05:00Z")


def test_a_naive_moment_is_no_date_of_ours():
    with pytest.raises(BadInput):
        PartialDate.of(datetime(2026, 3, 3, 14, 5))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize(
    ("text", "zone", "day"),
    [
        ("2026", TBILISI, None),
        ("2026-03", TBILISI, None),
        ("2026-03-03", TBILISI, date(2026, 3, 3)),
        ("2026-03-03", BOSTON, date(2026, 3, 3)),  # a day is not moved by anybody's clock
        ("2026-03-03T22:00:00Z", None, date(2026, 3, 3)),
        ("2026-03-03T22:00:00Z", TBILISI, date(2026, 3, 4)),
        ("2026-03-03T02:00:00Z", BOSTON, date(2026, 3, 2)),
    ],
)
def test_the_day_is_the_one_on_the_outlets_calendar(text, zone, day):
    assert PartialDate(text).day_in(zone) == day


@pytest.mark.parametrize(
    ("first", "second", "before"),
    [
        ("2026-03-02", "2026-03-03", True),
        ("2026-03-03", "2026-03-03", False),
        ("2026", "2026-03-03", False),
        ("2025", "2026-03-03", True),
        ("2026-03-03", "2026-03-03T23:00:00Z", False),
        ("2026-03-03T00:00:00Z", "2026-03-03", False),
        ("2026-03-03T14:00:00+04:00", "2026-03-03T10:30:00Z", True),
        ("2026-03-03T14:00:00+04:00", "2026-03-03T10:00:00Z", False),
    ],
)
def test_earlier_is_said_only_when_it_is_certain(first, second, before):
    assert PartialDate(first).is_before(PartialDate(second)) is before


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1000, 1, 2), datetime(9998, 12, 30), timezones=OFFSETS)  # noqa: DTZ001 - naive bounds


@given(MOMENTS)
def test_an_instant_and_its_offset_survive_being_written_and_read(moment):
    written = PartialDate.of(moment)
    assert PartialDate.parse(written.text) == written
    assert written.instant == moment
    assert written.instant is not None
    assert written.instant.utcoffset() == moment.utcoffset()


@given(st.dates(date(1000, 1, 1), date(9998, 12, 31)))
def test_a_day_survives_being_written_and_read(day):
    assert PartialDate.parse(PartialDate.of(day).text).day_in(UTC) == day


@given(st.text(alphabet="0123456789-:+TtZz .,") | st.text())
def test_any_text_is_a_canonical_date_or_bad_input(text):
    try:
        parsed = PartialDate.parse(text)
    except BadInput:
        return
    assert PartialDate.parse(parsed.text) == parsed
