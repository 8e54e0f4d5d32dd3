"""What is rendered is kept for the next who asks, within bounds of number and of bytes."""

import random

import pytest

from syndicate.web.representation import MOST_BYTES, MOST_KEPT, Representation, Representations
from tests.newsroom import NOON

RANDOM = random.Random(7).randbytes(9_000_000)  # as large compressed as plain
QUARTER = MOST_BYTES // 4


def of(body: bytes) -> Representation:
    return Representation(body, content_type="text/plain", changed_at=NOON, true_until=None)


def kept_of(bodies: list[bytes]) -> list[int]:
    """The numbers of those that are there after all were kept."""
    kept = Representations()
    for number, body in enumerate(bodies):
        kept.keep(number, of(body))
    return [number for number in range(len(bodies)) if kept.find(number, NOON)]


HALF_OF_ONE = RANDOM[: QUARTER // 2 - 10_000]  # with its compressed form just what one may take
CASES = {
    "few and small": ([b"x"] * 3, [0, 1, 2]),
    "too many": ([b"x"] * (MOST_KEPT + 2), list(range(2, MOST_KEPT + 2))),
    "too many bytes, the oldest goes": ([HALF_OF_ONE] * 5, [1, 2, 3, 4]),
    "one that is too large pushes nothing out": ([b"x", bytes(QUARTER + 1), b"x"], [0, 2]),
    "the compressed form counts": ([b"x", RANDOM], [0]),
    "the largest that is kept": ([bytes(QUARTER - 100_000)], [0]),
}


@pytest.mark.parametrize(("bodies", "expected"), CASES.values(), ids=CASES)
def test_the_newest_are_kept_within_both_bounds(bodies, expected):
    assert kept_of(bodies) == expected


def test_what_is_kept_anew_under_its_key_counts_once():
    kept = Representations()
    kept.keep("first", of(b"x"))
    for _ in range(5):
        kept.keep("again", of(HALF_OF_ONE))
    assert kept.find("first", NOON)
