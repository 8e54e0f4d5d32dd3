"""What an editor should know of a source that nobody looks at: it fell silent, it fails, it lost its authors.

Pure: a source and the moment in, sentences out. Nothing is told of a source that is too young to have habits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median

from syndicate.core.source import Arrival, Source

MIN_LOOKS, QUIET_TIMES, QUIET_AT_LEAST = 5, 3, timedelta(days=2)
MIN_STORIES, FAILURES_TO_TELL = 3, 3
KEPT_ARRIVALS = 40


class Kind(StrEnum):
    STOPPED = "stopped"
    FAILING = "failing"
    QUIET = "quiet"
    AUTHOR_MISSING = "author-missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """What is wrong with a source, since when, as a sentence."""

    kind: Kind
    since: datetime
    text: str


def alarms(source: Source, now: datetime) -> Sequence[Alarm]:
    """All that is wrong, the gravest first."""
    found = (_stopped(source, now), _failing(source), _quiet(source, now), _author_missing(source))
    return [alarm for alarm in found if alarm]


def _stopped(source: Source, now: datetime) -> Alarm | None:
    if not source.state.stopped:
        return None
    since = source.state.polled_at or now
    return Alarm(kind=Kind.STOPPED, since=since, text=f"Stopped since {_day(since)}: {source.state.stopped}")


def _failing(source: Source) -> Alarm | None:
    since = source.state.failing_since
    if since is None or source.state.failures < FAILURES_TO_TELL or source.state.stopped:
        return None
    return Alarm(kind=Kind.FAILING, since=since, text=f"Failing since {_day(since)}: {source.state.problem}")


def _quiet(source: Source, now: datetime) -> Alarm | None:
    """Silent for three times its usual pause between news, and for two days at least."""
    moments = [arrival.at for arrival in source.state.arrivals]
    if len(moments) < MIN_LOOKS:
        return None
    usual = timedelta(seconds=median((b - a).total_seconds() for a, b in pairwise(moments)))
    since = moments[-1]
    if now - since <= max(QUIET_TIMES * usual, QUIET_AT_LEAST):
        return None
    return Alarm(kind=Kind.QUIET, since=since, text=f"Gone quiet: nothing new since {_day(since)}.")


def _author_missing(source: Source) -> Alarm | None:
    """Its latest stories name no author, where at least half of those before did."""
    arrivals = source.state.arrivals
    last_signed = max((at for at, arrival in enumerate(arrivals) if arrival.signed), default=-1)
    before, since = arrivals[: last_signed + 1], arrivals[last_signed + 1 :]
    had_authors = _stories(before) >= MIN_STORIES and _signed(before) * 2 >= _stories(before)
    if not had_authors or _stories(since) < MIN_STORIES:
        return None
    text = f"Author missing since {_day(since[0].at)}: of {_stories(since)} stories none names one."
    return Alarm(kind=Kind.AUTHOR_MISSING, since=since[0].at, text=text)


def _stories(arrivals: Sequence[Arrival]) -> int:
    return sum(arrival.stories for arrival in arrivals)


def _signed(arrivals: Sequence[Arrival]) -> int:
    return sum(arrival.signed for arrival in arrivals)


def _day(moment: datetime) -> str:
    """Such as `Tuesday 3 March`: in words of our own, for a locale would change them."""
    return f"{_DAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]}"


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
