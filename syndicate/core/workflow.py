"""Desk states of a republication, and the moves an editor may make: a table to read aloud."""

from enum import StrEnum

from syndicate.core.errors import MoveRefused


class Review(StrEnum):
    RECEIVED = "received"
    HELD = "held"
    APPROVED = "approved"
    PUBLISHED = "published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    KILLED = "killed"


MOVES: dict[Review, frozenset[Review]] = {
    Review.RECEIVED: frozenset({Review.APPROVED, Review.PUBLISHED, Review.HELD, Review.REJECTED}),
    Review.HELD: frozenset({Review.APPROVED, Review.PUBLISHED, Review.REJECTED}),
    Review.APPROVED: frozenset({Review.PUBLISHED, Review.RECEIVED, Review.REJECTED}),  # waits for its hour
    Review.PUBLISHED: frozenset({Review.WITHDRAWN, Review.KILLED}),  # a new source version waits as an update
    Review.REJECTED: frozenset({Review.RECEIVED}),
    Review.WITHDRAWN: frozenset({Review.PUBLISHED, Review.KILLED}),
    Review.KILLED: frozenset(),  # final: subscribers were told to remove it
}


def move(state: Review, to: Review) -> Review:
    """Return `to` if the desk allows it; raises MoveRefused, carrying the moves that are allowed."""
    if to not in MOVES[state]:
        raise MoveRefused(f"A story that is {state} cannot become {to}.", allowed=sorted(MOVES[state]))
    return to
