"""PostgreSQL's tsvector under a GIN index (postgresql.org/docs/current/datatype-textsearch.html).

Vectors and queries are written by us, word by word: no configuration of the server parses, stems or drops anything.
Limits: 16,383 as the highest position, 255 positions of one word.
"""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Integer, TextualSelect, bindparam, text
from sqlalchemy.orm import Session

from syndicate.core.search import Query, Term

MOST_POSITIONS = 255
_ADD = text("INSERT INTO listing_text (seq, words) VALUES (:seq, CAST(:words AS tsvector))")
_MATCH = "SELECT seq FROM listing_text WHERE words @@ CAST(:query AS tsquery)"


def add(session: Session, seq: int, words: Sequence[str]) -> None:
    session.connection().execute(_ADD, {"seq": seq, "words": _vector(words)})


def matching(query: Query) -> TextualSelect:
    asked = " & ".join([*map(_phrase, query.wanted), *(f"!({_phrase(term)})" for term in query.unwanted)])
    return text(_MATCH).bindparams(bindparam("query", asked, unique=True)).columns(seq=Integer)


def _vector(words: Sequence[str]) -> str:
    """Such as `'school':1,7 'valley':2`; words are letters and digits, so nothing is to be escaped."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words, start=1):
        places[word].append(place)
    return " ".join(f"'{word}':{','.join(map(str, at[:MOST_POSITIONS]))}" for word, at in places.items())


def _phrase(term: Term) -> str:
    *before, last = (f"'{word}'" for word in term.words)
    return f"({' <-> '.join([*before, f'{last}:*' if term.prefix else last])})"
