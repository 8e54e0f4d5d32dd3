"""SQLite's FTS5 (sqlite.org/fts5.html), without a copy of the texts.

The text of an arrival is never changed or taken out: what is listed no more is found by nobody, for its arrival has no
row. Words come in ready, so the tokeniser only has to see the spaces between them.
"""

from collections.abc import Sequence

from sqlalchemy import Integer, TextualSelect, bindparam, text
from sqlalchemy.orm import Session

from syndicate.core.search import Query, Term

_ADD = text("INSERT INTO listing_text (rowid, words) VALUES (:seq, :words)")
_MATCH = "SELECT rowid AS seq FROM listing_text WHERE listing_text MATCH :query"


def add(session: Session, seq: int, words: Sequence[str]) -> None:
    session.connection().execute(_ADD, {"seq": seq, "words": " ".join(words)})


def matching(query: Query) -> TextualSelect:
    asked = " AND ".join(map(_phrase, query.wanted))
    if query.unwanted:
        asked = f"({asked}) NOT ({' OR '.join(map(_phrase, query.unwanted))})"
    return text(_MATCH).bindparams(bindparam("query", asked, unique=True)).columns(seq=Integer)


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"{"*" if term.prefix else ""}'
