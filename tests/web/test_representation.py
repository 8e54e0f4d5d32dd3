"""What is rendered is kept in its newest state, within a bound of bytes, and each form of it is made once."""

import random
from threading import Barrier

import pytest

from syndicate.web.conditional import best_coding
from syndicate.web.representation import MOST_BYTES, Representation, Representations
from tests.newsroom import LATER, NOON, at_once

QUARTER = MOST_BYTES // 4
RANDOM = random.Random(7).randbytes(900_000)  # as large compressed as plain


def of(body: bytes) -> Representation:
    return Representation(body, content_type="text/plain", changed_at=NOON, true_until=None)


def kept_of(bodies: list[bytes]) -> list[int]:
    """The numbers of those that are there after all were kept."""
    kept = Representations()
    for number, body in enumerate(bodies):
        kept.keep(number, "state", of(body))
    return [number for number in range(len(bodies)) if kept.find(number, "state", NOON)]


ALMOST_A_QUARTER = bytes(QUARTER // 4 - 10_000)  # plain and in three codings
CASES = {
    "few and small": ([b"x"] * 3, [0, 1, 2]),
    "too many bytes, the oldest goes": ([ALMOST_A_QUARTER] * 5, [1, 2, 3, 4]),
    "one that is too large pushes nothing out": ([b"x", bytes(QUARTER), b"x"], [0, 2]),
    "nothing is so small that it costs nothing": ([b""] * 130_000, list(range(2_000, 130_000))),
}


@pytest.mark.parametrize(("bodies", "expected"), CASES.values(), ids=CASES)
def test_the_newest_are_kept_within_the_bound(bodies, expected):
    assert kept_of(bodies) == expected


def test_what_compressing_does_not_make_shorter_is_sent_as_it_is():
    one = of(RANDOM)
    assert one.coded("gzip") is one.coded("")


def test_a_new_state_takes_the_place_of_the_old_one():
    kept, newer = Representations(), of(b"new")
    kept.keep("feed", 1, of(b"old"))
    kept.keep("feed", 2, newer)
    assert kept.find("feed", 1, NOON) is None
    assert kept.find("feed", 2, NOON) is newer


def test_what_is_true_no_longer_is_not_found():
    kept = Representations()
    kept.keep("feed", 1, Representation(b"x", content_type="text/plain", changed_at=NOON, true_until=LATER))
    assert kept.find("feed", 1, NOON)
    assert kept.find("feed", 1, LATER) is None


def test_what_many_ask_for_at_once_is_made_once_and_compressed_once():
    kept, made, together = Representations(), [], Barrier(8)

    def make():
        made.append(of(bytes(900_000)))
        return "state", made[-1]

    def ask():
        together.wait()
        return kept.get("feed", "state", NOON, make).coded("gzip").body

    bodies = at_once(*[ask] * 8)
    assert [len(one.coded("gzip").body) < 1000 for one in made] == [True]
    assert len({id(body) for body in bodies}) == 1


ACCEPTED = {
    "": "",
    "gzip": "gzip",
    "GZIP": "gzip",
    "gzip, deflate, br, zstd": "br",
    "gzip, deflate, zstd": "zstd",
    "br;q=0.5, gzip": "gzip",
    "br;q=0, gzip;q=0": "",
    "*": "gzip",
    "*;q=0": "",
    "*, gzip;q=0": "",
    "gzip;q=0.5, identity": "",
    "gzip, identity": "gzip",
    "identity;q=0": "",
    "deflate, x-unknown": "",
    "gzip;q=abc": "",
    ",;=,": "",
}


@pytest.mark.parametrize(("accepted", "coding"), ACCEPTED.items())
def test_the_coding_is_the_one_that_is_liked_best(accepted, coding):
    assert best_coding(accepted) == coding
