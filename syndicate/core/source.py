"""A feed that we pull: what it is, what the last polls left, and when it is looked at next.

Everything here is a value or a pure function: `now` is an argument, and so is the chance that spreads polls over time,
a number from 0 up to 1.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import urlsplit

MIN_INTERVAL_S, DEFAULT_INTERVAL_S, MAX_INTERVAL_S = 60, 900, 86_400
LONGEST_WAIT = timedelta(days=1)
PUSHED_PACE = 4  # where a hub tells us of news, polling is only the net below it
_SPREAD = 0.1
_SECONDS = re.compile(r"[0-9]{1,9}", re.ASCII)


class FullText(StrEnum):
    """Where a story's text comes from: the feed as it is, or, for what it only summarises, the story's own page."""

    AS_IS = "as-is"
    FETCH_PAGE = "fetch-page"


class PollResult(StrEnum):
    """What one look at a source came to. `partial`: some items were refused, or are left for the next look."""

    STORIES = "stories"
    UNCHANGED = "unchanged"
    NOT_MODIFIED = "not-modified"
    PARTIAL = "partial"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Stories that were new at one look, and how many of them named their author."""

    at: datetime
    stories: int
    signed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the polls up to now left.

    `etag` and `last_modified` exactly as they were given, and `digest` of the last bytes that were read to their end.
    `moved_to` is where permanent redirects led. `failures` in a row, since `failing_since`, the last for the reason
    `problem`. `stopped` says why it is not polled any more. `arrivals` are the latest, oldest first; `alarms` what was
    told of last.
    """

    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    moved_to: str = ""
    polled_at: datetime | None = None
    next_at: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    problem: str = ""
    stopped: str = ""
    arrivals: tuple[Arrival, ...] = ()
    alarms: tuple[str, ...] = ()

    @property
    def conditions(self) -> Mapping[str, str]:
        """The headers of a conditional request (RFC 9110 13.1)."""
        known = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in known.items() if value}

    def failed(self, problem: str, now: datetime) -> "State":
        return replace(
            self, failures=self.failures + 1, failing_since=self.failing_since or now, problem=problem, polled_at=now
        )

    def answered(self, now: datetime) -> "State":
        return replace(self, failures=0, failing_since=None, problem="", polled_at=now)

    def forgetting(self) -> "State":
        """So that the next look reads everything again."""
        return replace(self, etag="", last_modified="", digest="")


class Intent(StrEnum):
    """Where a subscription stands: asked for, confirmed by the hub, or denied by it."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A hub's promise to tell us of news (WebSub). `token` names the callback; it and `secret` are not to be guessed.

    `pushed_at` is when the hub last told us something.
    """

    hub: str
    topic: str
    token: str
    secret: str
    intent: Intent = Intent.ASKED
    tries: int = 0
    lease_until: datetime | None = None
    pushed_at: datetime | None = None
    reason: str = ""

    def holds(self, now: datetime) -> bool:
        return self.intent is Intent.CONFIRMED and self.lease_until is not None and now < self.lease_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed of an outlet. `format` is one of the input formats, or empty: its content tells. `outlet` is a slug."""

    id: str
    outlet: str
    slug: str
    address: str
    format: str = ""
    interval_s: int = DEFAULT_INTERVAL_S
    full_text: FullText = FullText.AS_IS
    created_at: datetime
    state: State = State()
    subscription: Subscription | None = None

    @property
    def asked_at(self) -> str:
        """The address that is asked: where it moved for good, else as it was given."""
        return self.state.moved_to or self.address

    def is_due(self, now: datetime) -> bool:
        return not self.state.stopped and (self.state.next_at is None or self.state.next_at <= now)

    @property
    def interval(self) -> timedelta:
        return timedelta(seconds=self.interval_s)


def next_poll(source: Source, now: datetime, chance: float) -> datetime:
    """After a look that was answered: an interval later, more or less by a tenth.

    Where a hub tells us of news the interval is four times as long, unless what it told of has not come yet: the feed
    may stand in a cache for a while.
    """
    pushes = source.subscription is not None and source.subscription.holds(now) and not _owed(source)
    wait = min(source.interval * (PUSHED_PACE if pushes else 1), LONGEST_WAIT)
    return now + wait * (1 + _SPREAD * (2 * chance - 1))


def _owed(source: Source) -> bool:
    pushed = source.subscription.pushed_at if source.subscription else None
    newest = source.state.arrivals[-1].at if source.state.arrivals else None
    return pushed is not None and (newest is None or newest < pushed)


def next_try(source: Source, now: datetime, chance: float, retry_after: timedelta | None = None) -> datetime:
    """After a failure: the interval doubled with each, up to a day, cut by chance to no less than half.

    What the server asks for by Retry-After counts, where it is longer than the interval and up to a day.
    """
    if retry_after is not None:
        return now + min(max(retry_after, source.interval), LONGEST_WAIT) * (1 + _SPREAD * chance)
    wait = min(source.interval * (1 << min(source.state.failures, 20)), LONGEST_WAIT)
    return now + wait * (0.5 + chance / 2)


def retry_after(header: str, now: datetime) -> timedelta | None:
    """Seconds or an HTTP date (RFC 9110 10.2.3); None for anything else."""
    text = header.strip()
    if _SECONDS.fullmatch(text):
        return timedelta(seconds=int(text))
    try:
        at = parsedate_to_datetime(text)
        return max((at.replace(tzinfo=UTC) if at.tzinfo is None else at) - now, timedelta(0))
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def is_of_site(address: str, *sites: str) -> bool:
    """Whether an address is on one of these hosts or below one."""
    try:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return False
    return any(site and f".{host}".endswith(f".{site.removeprefix('www.')}") for site in sites)
