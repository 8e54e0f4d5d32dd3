"""What is kept of what a subscriber says of a story: as last said, since it was so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from syndicate.core.reach import Receipt, heard
from tests.newsroom import LATER, NOON

HOUR = timedelta(hours=1)
LIVE = Receipt(story_id="s", subscriber="times", version=1, url="https://times.example/1", live=True, told_at=NOON)
DOWN = replace(LIVE, live=False, url="", told_at=NOON + HOUR)


@pytest.mark.parametrize(
    ("said", "url", "live_since", "down_since"),
    [
        ([LIVE], LIVE.url, NOON, None),
        ([LIVE, replace(LIVE, told_at=LATER)], LIVE.url, NOON, None),
        (
            [LIVE, replace(LIVE, version=2, url="https://times.example/2", told_at=LATER)],
            LIVE.url[:-1] + "2",
            NOON,
            None,
        ),
        ([LIVE, DOWN], LIVE.url, NOON, NOON + HOUR),
        ([LIVE, DOWN, replace(DOWN, told_at=LATER)], LIVE.url, NOON, NOON + HOUR),
        ([LIVE, DOWN, replace(LIVE, told_at=LATER)], LIVE.url, LATER, None),
        ([DOWN], "", None, NOON + HOUR),
    ],
)
def test_what_was_said_last_is_kept_since_it_was_so(said, url, live_since, down_since):
    known = None
    for one in said:
        known = heard(known, one)
    assert (known.url, known.live_since, known.down_since) == (url, live_since, down_since)
    assert (known.version, known.live, known.told_at) == (said[-1].version, said[-1].live, said[-1].told_at)
