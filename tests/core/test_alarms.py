"""What an editor is told of a source, and what not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from syndicate.core.alarms import Kind, alarms
from syndicate.core.source import Arrival, Source, State

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)  # a Wednesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOURCE = Source(
    id="s", outlet="oc-media", slug="feed", address="https://oc-media.org/feed/", created_at=NOON - 90 * DAY
)


def told(now: datetime = NOON, **state: object) -> list[tuple[Kind, str]]:
    return [(alarm.kind, alarm.text) for alarm in alarms(replace(SOURCE, state=State(**state)), now)]


def every(gap: timedelta, *signed: int, last: datetime = NOON, stories: int = 1) -> tuple[Arrival, ...]:
    """News at equal pauses, the last at `last`; of each how many stories named their author."""
    ago = range(len(signed) - 1, -1, -1)
    return tuple(Arrival(at=last - gap * back, stories=stories, signed=n) for back, n in zip(ago, signed, strict=True))


QUIET = {
    "as ever": (every(HOUR, *[1] * 9), False),
    "hourly, and silent for a day": (every(HOUR, *[1] * 9, last=NOON - DAY), False),
    "hourly, and silent for three days": (every(HOUR, *[1] * 9, last=NOON - 3 * DAY), True),
    "weekly, and silent for two weeks": (every(7 * DAY, *[1] * 9, last=NOON - 14 * DAY), False),
    "weekly, and silent for four weeks": (every(7 * DAY, *[1] * 9, last=NOON - 28 * DAY), True),
    "too young to have habits": (every(HOUR, 1, 1, 1, 1, last=NOON - 30 * DAY), False),
    "nothing yet": ((), False),
}


@pytest.mark.parametrize(("arrivals", "alarmed"), QUIET.values(), ids=QUIET)
def test_silence_is_measured_by_its_own_habits(arrivals, alarmed):
    assert (Kind.QUIET in [kind for kind, _ in told(arrivals=arrivals)]) is alarmed


AUTHORS = {
    "all signed": (every(DAY, 1, 1, 1, 1, 1, 1), False),
    "none ever": (every(DAY, 0, 0, 0, 0, 0, 0), False),
    "lost": (every(DAY, 1, 1, 1, 0, 0, 0), True),
    "lost, but only two stories ago": (every(DAY, 1, 1, 1, 1, 0, 0), False),
    "rarely signed before": (every(DAY, 0, 0, 1, 0, 0, 0), False),
    "too little before": (every(DAY, 1, 1, 0, 0, 0), False),
    "lost in one big batch": (every(DAY, 5, 5, 0, stories=5), True),
    "one of many is signed": (every(DAY, 1, 1, 1, 0, 0, 0, 1), False),
}


@pytest.mark.parametrize(("arrivals", "alarmed"), AUTHORS.values(), ids=AUTHORS)
def test_missing_authors_are_told_where_there_were_some(arrivals, alarmed):
    assert (Kind.AUTHOR_MISSING in [kind for kind, _ in told(arrivals=arrivals)]) is alarmed


def test_an_alarm_says_since_when_in_words():
    arrivals = every(DAY, 1, 1, 1, 0, 0, 0, last=NOON)
    assert told(arrivals=arrivals) == [
        (Kind.AUTHOR_MISSING, "Author missing since Monday 2 March: of 3 stories none names one.")
    ]


@pytest.mark.parametrize(("failures", "alarmed"), [(0, False), (2, False), (3, True), (99, True)])
def test_a_source_that_fails_three_times_is_told_with_the_reason(failures, alarmed):
    found = told(failures=failures, failing_since=NOON - DAY if failures else None, problem="It answered 500.")
    assert found == ([(Kind.FAILING, "Failing since Tuesday 3 March: It answered 500.")] if alarmed else [])


def test_a_stopped_source_is_not_called_failing():
    found = told(stopped="Gone.", polled_at=NOON, failures=9, failing_since=NOON, problem="x")
    assert found == [(Kind.STOPPED, "Stopped since Wednesday 4 March: Gone.")]
