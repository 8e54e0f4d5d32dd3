"""Full text of the listed stories: what the databases have for it, behind one pair of questions.

Both index the words that `core.search` makes of a text, as they are, and are asked for words only: what a person typed
never reaches a query language. A text is known by the arrival of its story (`listing.seq`), which is never used again.
"""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import TextualSelect
from sqlalchemy.orm import Session

from syndicate.core.search import Query
from syndicate.store.search import postgresql, sqlite

TABLE = "listing_text"
_BY_DATABASE: "dict[str, Index]" = {"sqlite": sqlite, "postgresql": postgresql}


class Index(Protocol):
    """What a module for one kind of database answers."""

    def add(self, session: Session, seq: int, words: Sequence[str]) -> None:
        """The text of this arrival, once."""

    def matching(self, query: Query) -> TextualSelect:
        """The arrivals that match a query that wants something; one column, `seq`."""


def index_of(session: Session) -> Index:
    return _BY_DATABASE[session.get_bind().dialect.name]
