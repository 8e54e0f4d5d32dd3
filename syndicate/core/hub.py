"""Who is told when a feed of ours changes: the rules of our own hub (W3C WebSub, the hub's side).

A *listener* is one callback at one topic. A *wish* is what was asked for it and not confirmed yet: until the callback
says that it meant it, whatever stood before stays as it was (5.1). Our topics are our feeds' own addresses and nothing
else. What other hubs tell *us* is `core.source.Subscription`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

USUAL_LEASE, SHORTEST_LEASE, LONGEST_LEASE = timedelta(days=10), timedelta(hours=1), timedelta(days=30)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
GIVE_UP = timedelta(days=2)


class Mode(StrEnum):
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """`key` is the id of the key that asked, if any: a right to read is looked up anew each time, by it."""

    mode: Mode
    secret: str = ""
    lease_s: int = 0
    key: str = ""
    asked_at: datetime
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """`format`, `variant` and `limit` (0: the channel's own length) say which feed of the channel it is about.

    `told_at` is the stamp of the newest state of the channel that it was told, or that it can have read itself.

    `lease_until` is None until it is confirmed for the first time. `verified_at` is when its callback was last asked
    whether it meant it; `failing_since` when it stopped taking what it is told.
    """

    id: str
    channel: str
    format: str
    variant: str = ""
    limit: int = 0
    callback: str
    key: str = ""
    secret: str = ""
    lease_until: datetime | None = None
    told_at: datetime
    failures: int = 0
    failing_since: datetime | None = None
    verified_at: datetime | None = None
    wish: Wish | None = None
    created_at: datetime

    def hears(self, now: datetime) -> bool:
        return self.lease_until is not None and now < self.lease_until


def lease(wished_s: int) -> timedelta:
    """What a listener gets: as long as it wished, neither too short to be renewed in time nor for ever (5.1)."""
    wished = timedelta(seconds=min(wished_s, 10**9)) if wished_s > 0 else USUAL_LEASE
    return min(max(wished, SHORTEST_LEASE), LONGEST_LEASE)


def wait(failures: int, *, jitter: float, asked: timedelta = timedelta()) -> timedelta:
    """Until the next try: doubling to an hour, a half of it by chance (`jitter`, 0 to 1); longer where they ask it."""
    whole = min(FIRST_WAIT * (1 << min(max(failures, 1) - 1, 20)), LONGEST_WAIT)
    return max(whole * (0.5 + 0.5 * jitter), min(asked, LONGEST_WAIT))
