"""Periods of a quota, and what is wrong with an agreement."""

from datetime import UTC, datetime

import pytest

from syndicate.core.grants import Grants, Period, Quota, read_quota, wrong_grants


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("period", "moment", "before", "begin", "end"),
    [
        (Period.WEEK, "2026-03-04T12:00", "2026-02-23", "2026-03-02", "2026-03-09"),
        (Period.WEEK, "2026-03-02T00:00", "2026-02-23", "2026-03-02", "2026-03-09"),  # a Monday
        (Period.WEEK, "2026-03-08T23:59:59", "2026-02-23", "2026-03-02", "2026-03-09"),  # a Sunday
        (Period.MONTH, "2026-03-04T12:00", "2026-02-01", "2026-03-01", "2026-04-01"),
        (Period.MONTH, "2026-01-01T00:00", "2025-12-01", "2026-01-01", "2026-02-01"),
        (Period.MONTH, "2028-02-29T12:00", "2028-01-01", "2028-02-01", "2028-03-01"),
        (Period.MONTH, "2026-12-31T23:59", "2026-11-01", "2026-12-01", "2027-01-01"),
    ],
)
def test_a_week_begins_on_monday_and_a_month_on_its_first(period, moment, before, begin, end):
    quota = Quota(1, period)
    assert (quota.before(at(moment)), quota.begin(at(moment)), quota.end(at(moment))) == (
        at(before),
        at(begin),
        at(end),
    )


@pytest.mark.parametrize("text", ["20/week", "1/month"])
def test_a_quota_is_written_as_it_is_read(text):
    assert str(read_quota(text)) == text


@pytest.mark.parametrize("text", ["", "20", "0/week", "-1/week", "20/year", "20 / week", "1000001/week", "٢/week"])
def test_what_is_no_quota_is_not_taken_for_one(text):
    assert read_quota(text) is None


def test_an_agreement_ends_before_its_instant():
    grants = Grants(ends=at("2026-03-04"))
    assert (grants.hold_at(at("2026-03-03T23:59:59")), grants.hold_at(at("2026-03-04"))) == (True, False)


@pytest.mark.parametrize(
    ("grants", "wrong"),
    [
        (Grants(), set()),
        (Grants(territories=("AM", "GE"), embargo_hours=6), set()),
        (Grants(territories=("Armenia",)), {"territory"}),
        (Grants(embargo_hours=-1), {"embargo_hours"}),
        (Grants(embargo_hours=10**6), {"embargo_hours"}),
    ],
)
def test_what_is_wrong_is_told_by_field(grants, wrong):
    assert set(wrong_grants(grants)) == wrong
