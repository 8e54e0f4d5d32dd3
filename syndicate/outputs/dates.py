"""Dates as documents write them. Nothing is rounded, and nothing is made more precise than it was."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from syndicate.core.dates import PartialDate

_WIDEST_OFFSET = timedelta(hours=14)


def utc(moment: datetime) -> str:
    """`2026-03-04T09:00:00Z`: one of our own times, an aware datetime."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def rfc822(moment: datetime) -> str:
    """`Wed, 04 Mar 2026 09:00:00 GMT`, as RSS 2.0 asks (RFC 822 with a four-digit year)."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def w3c(date: PartialDate) -> str:
    """The source's own date with its own precision and offset.

    XML Schema knows no offset with seconds (local time before 1900) nor one beyond 14 hours: those few become UTC.
    """
    moment = date.instant
    offset = moment.utcoffset() if moment else None
    if moment and offset and (offset % timedelta(minutes=1) or abs(offset) > _WIDEST_OFFSET):
        return utc(moment)
    return date.text


def basic(date: PartialDate) -> str:
    """The source's own date as NITF writes it, in ISO 8601's basic form: `20260303`, `20260303T140500+0400`.

    A month stays `2026-03`: in the basic form it would be a day of the last century.
    """
    return _basic(w3c(date))


def utc_basic(moment: datetime) -> str:
    """`20260304T090000Z`: one of our own times in the basic form."""
    return _basic(utc(moment))


def _basic(text: str) -> str:
    return text[:10].replace("-", "") + text[10:].replace(":", "") if len(text) >= 10 else text
