"""The states of the desk, read against the contract's own words."""

import pytest

from syndicate.core.errors import MoveRefused
from syndicate.core.workflow import MOVES, Review, move

CONTRACT = """
received -> approved | published | held | rejected
held -> approved | published | rejected
approved -> published | received | rejected
published -> withdrawn | killed
rejected -> received
withdrawn -> published | killed
killed ->
"""
WRITTEN = {
    state.strip(): {to.strip() for to in moves.split("|") if to.strip()}
    for state, _, moves in (line.partition("->") for line in CONTRACT.strip().splitlines())
}


def test_the_table_is_the_contracts():
    assert {str(state): set(map(str, moves)) for state, moves in MOVES.items()} == WRITTEN


@pytest.mark.parametrize("state", Review)
@pytest.mark.parametrize("to", Review)
def test_a_move_is_made_or_refused_with_the_moves_that_are_allowed(state, to):
    if to in WRITTEN[state]:
        assert move(state, to) is to
    else:
        with pytest.raises(MoveRefused, match=f"{state} cannot become {to}") as refused:
            move(state, to)
        assert refused.value.extra["allowed"] == sorted(WRITTEN[state])


@pytest.mark.parametrize("state", Review)
def test_every_state_can_be_reached(state):
    reached = {Review.RECEIVED}
    while more := {to for there in reached for to in MOVES[there]} - reached:
        reached |= more
    assert state in reached
