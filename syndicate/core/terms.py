"""What an agreement with an outlet asks of each of its stories, over what the source says of the story itself.

`embargo_hours` count from the moment at which the source published a story. A day that came without a time counts from
its end, a month and a year likewise: nothing goes out too early. A story without a date counts from when it came.
"""

from datetime import date, datetime, time, timedelta, tzinfo

from syndicate.core.dates import PartialDate
from syndicate.core.errors import RuleBroken
from syndicate.core.newsitem import SourceItem
from syndicate.core.newsroom import Agreement

MOST_HOURS = 24 * 365


def embargo(agreement: Agreement, item: SourceItem, zone: tzinfo, received_at: datetime) -> datetime | None:
    """The first instant at which the story may appear: the source's own, or the agreement's where that is later."""
    if not agreement.embargo_hours:
        return item.rights.embargoed
    since = _over(item.first_published, zone) if item.first_published else received_at
    agreed = since + timedelta(hours=agreement.embargo_hours)
    return max(agreed, item.rights.embargoed or agreed)


def check_goes_on(agreement: Agreement, at: datetime) -> None:
    """Something new may go out at that moment. Raises RuleBroken where the agreement has ended by then."""
    if agreement.ends and at >= agreement.ends:
        raise RuleBroken(
            f"The agreement with its outlet ended at {agreement.ends.isoformat()}: nothing new of it goes out.",
            ended=agreement.ends.isoformat(),
        )


def check_quota(agreement: Agreement, out: int, at: datetime) -> None:
    """One more new story may go out, after so many in the period of that moment. Raises RuleBroken."""
    quota = agreement.quota
    if quota and out >= quota.stories:
        raise RuleBroken(
            f"Its outlet agreed to {quota.stories} new stories a {quota.period}, and as many are out:"
            f" the next may follow from {quota.end(at).isoformat()} on.",
            quota=str(quota),
            again_at=quota.end(at).isoformat(),
        )


def _over(published: PartialDate, zone: tzinfo) -> datetime:
    """The first moment at which the date has certainly come."""
    if moment := published.instant:
        return moment
    return datetime.combine(_next(published), time(), zone)


def _next(published: PartialDate) -> date:
    """The day after the day, the month or the year."""
    if day := published.day_in(None):
        return day + timedelta(days=1)
    year, month = (int(part) for part in f"{published.text}-12"[:7].split("-"))
    return date(year + month // 12, month % 12 + 1, 1)
