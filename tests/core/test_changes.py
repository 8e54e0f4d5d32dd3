"""What one reader is told: a table of what it could see before a moment, and after."""

import pytest

from syndicate.core.changes import News, news_of, told
from syndicate.core.newsitem import Change

UPSERT, CORRECT, WITHDRAW, REVOKED = News.UPSERT, News.CORRECT, News.WITHDRAW, News.REVOKED


@pytest.mark.parametrize(
    ("change", "news"),
    [
        (Change.NEW, UPSERT),
        (Change.UPDATE, UPSERT),
        (Change.CORRECTION, CORRECT),
        (Change.WITHDRAWAL, WITHDRAW),
        (Change.KILL, WITHDRAW),
    ],
)
def test_an_edition_is_news_by_what_it_changes(change, news):
    assert news_of(change) is news


@pytest.mark.parametrize(
    ("happened", "had", "has", "ever", "line"),
    [
        (UPSERT, False, True, False, UPSERT),
        (UPSERT, True, True, True, UPSERT),
        (CORRECT, True, True, True, CORRECT),
        (CORRECT, False, True, False, UPSERT),  # new to this reader
        (CORRECT, True, False, True, REVOKED),  # corrected out of its channels
        (CORRECT, False, False, True, None),
        (WITHDRAW, True, False, True, WITHDRAW),
        (WITHDRAW, False, False, True, WITHDRAW),  # a kill after a withdrawal
        (WITHDRAW, False, False, False, None),  # it never had the story
        (None, False, True, False, UPSERT),
        (None, True, True, True, UPSERT),  # in one channel more, or fewer
        (None, True, False, True, REVOKED),
        (None, False, False, True, None),
    ],
)
def test_a_reader_is_told_what_it_must_do(happened, had, has, ever, line):
    assert told(happened, had=had, has=has, ever=ever) is line
