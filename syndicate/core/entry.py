"""A person's time at the desk: from signing in to its end, which comes by itself.

OWASP's Session Management Cheat Sheet asks for two ends: one after idle time, one absolute.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from syndicate.core.roles import Person

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
FOR_A_CODE = timedelta(minutes=10)
LINK_HOLDS = timedelta(hours=1)
SEEN_EVERY = timedelta(minutes=1)  # a look is noted no more often than that


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """`awaits_code`: nobody yet, for the second proof is still to come. `device` is the browser, in words."""

    id: str
    person: Person
    awaits_code: bool
    device: str
    created_at: datetime
    seen_at: datetime
    ends_at: datetime

    def is_over(self, now: datetime) -> bool:
        return now >= min(self.ends_at, self.seen_at + IDLE)
