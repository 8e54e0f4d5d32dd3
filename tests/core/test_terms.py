"""What an agreement asks of a story: how soon it may appear, and whether anything new may go out at all."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from syndicate.core.dates import PartialDate
from syndicate.core.errors import RuleBroken
from syndicate.core.newsroom import Agreement
from syndicate.core.rights import Rights
from syndicate.core.terms import check_goes_on, embargo
from tests.factories import an_item

CAME = datetime(2026, 3, 4, 12, tzinfo=UTC)
TBILISI = ZoneInfo("Asia/Tbilisi")
DAY = Agreement(embargo_hours=24)


def item(first_published: str, embargoed: datetime | None = None):
    date = PartialDate(first_published) if first_published else None
    return an_item(first_published=date, rights=Rights(embargoed=embargoed))


CASES = [
    ("2026-03-03T14:05:00+04:00", datetime(2026, 3, 4, 10, 5, tzinfo=UTC)),
    ("2026-03-03", datetime(2026, 3, 4, 20, tzinfo=UTC)),  # the day ended at midnight in Tbilisi
    ("2026-03", datetime(2026, 4, 1, 20, tzinfo=UTC)),
    ("2026-12", datetime(2027, 1, 1, 20, tzinfo=UTC)),
    ("2026", datetime(2027, 1, 1, 20, tzinfo=UTC)),
    ("9998", datetime(9999, 1, 1, 20, tzinfo=UTC)),
    ("", CAME + timedelta(hours=24)),
]


@pytest.mark.parametrize(("published", "opens"), CASES)
def test_the_hours_count_from_the_end_of_what_the_source_said(published, opens):
    assert embargo(DAY, item(published), TBILISI, CAME) == opens


def test_of_the_sources_embargo_and_the_agreements_the_later_counts():
    early, late = datetime(2026, 3, 3, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)
    agreed = datetime(2026, 3, 4, 10, 5, tzinfo=UTC)
    published = "2026-03-03T14:05:00+04:00"
    assert embargo(DAY, item(published, early), TBILISI, CAME) == agreed
    assert embargo(DAY, item(published, late), TBILISI, CAME) == late
    assert embargo(Agreement(), item(published, late), TBILISI, CAME) == late
    assert embargo(Agreement(), item(published), TBILISI, CAME) is None


def test_an_agreement_ends_before_its_instant():
    check_goes_on(Agreement(), CAME)
    check_goes_on(Agreement(ends=CAME), CAME - timedelta(seconds=1))
    with pytest.raises(RuleBroken, match="ended at 2026-03-04T12:00:00"):
        check_goes_on(Agreement(ends=CAME), CAME)
