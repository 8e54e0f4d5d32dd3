"""What a subscriber agreed with us: until when, where, how soon, how much and in what form it may have stories."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

TERRITORY = re.compile(r"[A-Z]{2}", re.ASCII)  # ISO 3166-1 alpha-2
MOST_HOURS, MOST_STORIES = 24 * 365, 1_000_000
_QUOTA = re.compile(r"([1-9][0-9]{0,6})/(week|month)", re.ASCII)


class Period(StrEnum):
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Quota:
    """So many stories in each period: a week begins on Monday (ISO 8601), a month on its first, at midnight UTC."""

    stories: int
    period: Period

    def begin(self, at: datetime) -> datetime:
        """The first moment of the period in which this moment lies."""
        midnight = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        back = midnight.weekday() if self.period is Period.WEEK else midnight.day - 1
        return midnight - timedelta(days=back)

    def end(self, at: datetime) -> datetime:
        """The first moment of the next."""
        return self.begin(self.begin(at) + timedelta(days=7 if self.period is Period.WEEK else 31))

    def before(self, at: datetime) -> datetime:
        """The first moment of the one before."""
        return self.begin(self.begin(at) - timedelta(seconds=1))

    def __str__(self) -> str:
        return f"{self.stories}/{self.period}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grants:
    """Each part limits; the plain one limits nothing.

    `ends`: an agreement ends before its instant. `territories` are the countries that the subscriber publishes in, by
    ISO 3166-1 alpha-2, for outlets that allow some only. `embargo_hours` after our publication a story is available.
    `excerpt_only`: a summary in place of the text. `blocked_outlets` are outlets that the subscriber does not want.
    """

    ends: datetime | None = None
    territories: tuple[str, ...] = ()
    embargo_hours: int = 0
    quota: Quota | None = None
    excerpt_only: bool = False
    blocked_outlets: tuple[str, ...] = ()

    def hold_at(self, now: datetime) -> bool:
        """Whether the agreement still holds."""
        return self.ends is None or now < self.ends

    @property
    def limits_stories(self) -> bool:
        """Whether it can keep single stories back."""
        return bool(self.embargo_hours or self.quota or self.blocked_outlets)


def read_quota(text: str) -> Quota | None:
    """From `20/week` or `80/month`; None where it is neither."""
    found = _QUOTA.fullmatch(text)
    return Quota(int(found[1]), Period(found[2])) if found and int(found[1]) <= MOST_STORIES else None


def wrong_grants(grants: Grants) -> dict[str, str]:
    """What is wrong with their values, a sentence by field."""
    wrong = [code for code in grants.territories if not TERRITORY.fullmatch(code)]
    found = {
        "territory": f"Not an ISO 3166-1 code such as AM: {', '.join(wrong)}." if wrong else "",
        "embargo_hours": "" if 0 <= grants.embargo_hours <= MOST_HOURS else f"A whole number from 0 to {MOST_HOURS}.",
    }
    return {name: problem for name, problem in found.items() if problem}
