"""What a reader is told of a story, from what it could see before a moment of the log and what it can see after it."""

from enum import StrEnum

from syndicate.core.newsitem import Change


class News(StrEnum):
    """A line of the change log. `correct` is for those who have the story; to others a corrected story is new."""

    UPSERT = "upsert"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    REVOKED = "access-revoked"


class Place(StrEnum):
    """What a moment did to a story in one channel."""

    IN = "in"
    STAY = "stay"
    OUT = "out"


_NEWS = {Change.CORRECTION: News.CORRECT, Change.WITHDRAWAL: News.WITHDRAW, Change.KILL: News.WITHDRAW}


def news_of(change: Change) -> News:
    """What an edition is to those who have the story already."""
    return _NEWS.get(change, News.UPSERT)


def told(happened: News | None, *, had: bool, has: bool, ever: bool) -> News | None:
    """The line for one reader; None where the moment is no news for it.

    `happened` is the edition that was made, None where only places or rights changed. `ever`: it had the story at
    some time before, so that it must hear of each withdrawal and of the kill that follows one.
    """
    if has:
        return News.CORRECT if had and happened is News.CORRECT else News.UPSERT
    if happened is News.WITHDRAW and (had or ever):
        return News.WITHDRAW
    return News.REVOKED if had else None
