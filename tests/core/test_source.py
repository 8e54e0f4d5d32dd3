"""When a source is looked at next: tables to read aloud."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.core.source import (
    Arrival,
    Intent,
    Source,
    State,
    Subscription,
    is_of_site,
    next_poll,
    next_try,
    retry_after,
)

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SOURCE = Source(id="s", outlet="oc-media", slug="feed", address="https://oc-media.org/feed/", created_at=NOON)


def failed(times: int, **source: object) -> Source:
    return replace(SOURCE, state=State(failures=times), **source)


FAILURES = [  # failures, interval in seconds, the shortest and the longest wait
    (1, 900, 15 * MINUTE, 30 * MINUTE),
    (2, 900, 30 * MINUTE, HOUR),
    (3, 900, HOUR, 2 * HOUR),
    (6, 900, 8 * HOUR, 16 * HOUR),
    (7, 900, 12 * HOUR, DAY),
    (1_000, 900, 12 * HOUR, DAY),
    (1, 60, MINUTE, 2 * MINUTE),
    (1, 86_400, 12 * HOUR, DAY),
]


@pytest.mark.parametrize(("times", "interval_s", "shortest", "longest"), FAILURES)
def test_after_failures_the_wait_doubles_up_to_a_day(times, interval_s, shortest, longest):
    source = failed(times, interval_s=interval_s)
    assert next_try(source, NOON, 0.0) == NOON + shortest
    assert next_try(source, NOON, 1.0) == NOON + longest


@pytest.mark.parametrize(
    ("asked", "waited"),
    [(timedelta(0), 15 * MINUTE), (MINUTE, 15 * MINUTE), (2 * HOUR, 2 * HOUR), (9 * DAY, DAY)],
)
def test_what_a_server_asks_for_counts_between_the_interval_and_a_day(asked, waited):
    assert next_try(failed(5), NOON, 0.0, asked) == NOON + waited
    assert next_try(failed(5), NOON, 1.0, asked) == NOON + waited * 1.1


HEADERS = {
    "120": 2 * MINUTE,
    " 0 ": timedelta(0),
    "Wed, 04 Mar 2026 13:00:00 GMT": HOUR,
    "Wednesday, 04-Mar-26 13:00:00 GMT": HOUR,
    "Wed, 04 Mar 2026 11:00:00 GMT": timedelta(0),
    "": None,
    "soon": None,
    "-5": None,
    "1.5": None,
    "9" * 40: None,
    "٣٠": None,
    "Wed, 99 Mar 2026 13:00:00 GMT": None,
}


@pytest.mark.parametrize(("header", "wait"), HEADERS.items())
def test_retry_after_is_seconds_or_a_date(header, wait):
    assert retry_after(header, NOON) == wait


@given(st.text(max_size=60))
def test_no_header_raises(header):
    assert (retry_after(header, NOON) or timedelta(0)) >= timedelta(0)


PUSHED = Subscription(
    hub="https://hub.example/",
    topic="https://oc-media.org/feed/",
    token="t",
    secret="s",
    intent=Intent.CONFIRMED,
    lease_until=NOON + DAY,
)
PACE = {
    "no hub": (None, (), 15 * MINUTE),
    "a hub that tells": (PUSHED, (), HOUR),
    "a hub that has not confirmed": (replace(PUSHED, intent=Intent.ASKED), (), 15 * MINUTE),
    "a lease that has ended": (replace(PUSHED, lease_until=NOON), (), 15 * MINUTE),
    "told, and it came": (replace(PUSHED, pushed_at=NOON - HOUR), (NOON - HOUR,), HOUR),
    "told, and it has not come": (replace(PUSHED, pushed_at=NOON - HOUR), (NOON - DAY,), 15 * MINUTE),
}


@pytest.mark.parametrize(("subscription", "came", "wait"), PACE.values(), ids=PACE)
def test_where_a_hub_tells_of_news_looking_is_the_net_below(subscription, came, wait):
    state = State(arrivals=tuple(Arrival(at=at, stories=1, signed=1) for at in came))
    source = replace(SOURCE, subscription=subscription, state=state)
    assert next_poll(source, NOON, 0.5) == NOON + wait


@given(st.floats(0, 1, exclude_max=True), st.integers(60, 86_400))
def test_chance_spreads_looks_by_a_tenth(chance, interval_s):
    wait = next_poll(replace(SOURCE, interval_s=interval_s), NOON, chance) - NOON
    assert 0.89 <= wait.total_seconds() / interval_s <= 1.11


SITES = [
    ("https://oc-media.org/a/", ("oc-media.org",), True),
    ("https://www.oc-media.org/a/", ("oc-media.org",), True),
    ("https://en.oc-media.org/a/", ("oc-media.org",), True),
    ("https://oc-media.org/a/", ("www.oc-media.org",), True),
    ("https://not-oc-media.org/a/", ("oc-media.org",), False),
    ("https://oc-media.org.evil.example/", ("oc-media.org",), False),
    ("https://oc-media.org/", ("", ""), False),
    ("http://[", ("oc-media.org",), False),
]


@pytest.mark.parametrize(("address", "sites", "is_there"), SITES)
def test_an_address_is_of_a_site_or_not(address, sites, is_there):
    assert is_of_site(address, *sites) is is_there
