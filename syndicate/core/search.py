"""What an editor searches for, and the words by which a story is found: the same rule for both.

Text becomes words of letters and digits alone, so that no database's own idea of a word counts and nothing of what was
typed reaches a query language. Compared without case, width (NFKC) and the marks that writers leave out: accents,
Hebrew points, Arabic vowels (Unicode combining classes 10 to 36 and from 200 up); vowels of Indic scripts and the
voicing of kana are spelling and stay.
Armenian sets its stress and question marks inside of words, and writes և as ԵՒ or ԵՎ in capitals.
A script that sets no spaces between words is cut into pairs of letters, as search engines do it (Lucene's CJKBigram):
北部山谷 is found by 山谷.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import chain, islice

MOST_QUERY_CHARS, MOST_TERMS = 200, 12
MOST_WORDS, MOST_WORD_CHARS = 16_000, 64  # of a text: a tsvector counts to 16,383; nobody types a longer word
LEAST_PREFIX = 2

_TAG = re.compile(r"<[^<>]*>")
_STRETCH = re.compile(r".{1,9999}(?:\s|\Z)|.{1,10000}", re.DOTALL)
_INSIDE = "\u055a-\u055f\u0640"  # Armenian marks that stand over a letter; the stroke that lengthens Arabic
_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"  # Thai, Lao, Burmese, Khmer, kana, Han, Hangul
)
_LETTERS, _SIGNS = rf"[^\W_{_SPACELESS}]", r"[\u0300-\u036f\u0900-\u0dff]"
_RUN = re.compile(f"[{_SPACELESS}]+")
_WORD = re.compile(rf"{_RUN.pattern}|{_LETTERS}++(?:{_SIGNS}++{_LETTERS}*+)*+")


def _is_left_out(c: str) -> bool:
    mark = unicodedata.combining(c)
    return 10 <= mark <= 36 or mark >= 200 or unicodedata.category(c) == "Cf"


_MARKS = "".join(c for c in map(chr, (*range(0x80, 0x3100), *range(0xFE20, 0xFE30), 0xFEFF)) if _is_left_out(c))
_LEFT_OUT = re.compile(f"[{_INSIDE}{_MARKS}]")
_TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<bare>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand beside each other in this order; of the last a beginning is enough where `prefix` says so."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All of `wanted` and none of `unwanted`. With nothing wanted it finds nothing."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()


def parse(typed: str) -> Query:
    """Words, "words in this order" and -words that must not stand there; the last word may be its beginning only.

    Whatever is typed means something or is left out; what is longer than a person types is cut off.
    """
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for found in list(_TERM.finditer(typed[:MOST_QUERY_CHARS]))[:MOST_TERMS]:
        last = found["bare"] is not None and found.end() == len(typed.rstrip()) and not found["minus"]
        if term := _term(found["phrase"] if found["bare"] is None else found["bare"], last=last):
            (unwanted if found["minus"] else wanted).append(term)
    return Query(tuple(wanted), tuple(unwanted))


def words_of(*texts: str) -> Sequence[str]:
    """The words of a story in their order, at most `MOST_WORDS`; HTML is read as its text.

    It is read stretch by stretch and no further than that: folded, one letter may become eighteen (NFKC).
    """
    plain = (unescape(_TAG.sub(" ", text)) for text in texts)
    words = chain.from_iterable(_words(stretch[0]) for text in plain for stretch in _STRETCH.finditer(text))
    return list(islice(words, MOST_WORDS))


def _term(text: str, *, last: bool) -> Term | None:
    words = tuple(_words(text))
    if len(words) > 1 and _is_run(words[-2]) and words[-2].endswith(words[-1]):
        words = words[:-1]  # in a longer run, its last pair is not the end
    if not words:
        return None
    one_letter_of_run = len(words) == 1 and len(words[0]) == 1 and _is_run(words[0])
    return Term(words, prefix=one_letter_of_run or (last and len(words[-1]) >= LEAST_PREFIX))


def _words(text: str) -> Iterable[str]:
    text = _folded(text)
    words = _WORD.findall(text)
    return chain.from_iterable(map(_cut, words)) if _RUN.search(text) else [word[:MOST_WORD_CHARS] for word in words]


def _cut(word: str) -> Iterable[str]:
    """Of a run, each letter with the next, and the last alone, so that any of them is the beginning of a word."""
    return (word[at : at + 2] for at in range(len(word))) if _is_run(word) else (word[:MOST_WORD_CHARS],)


def _is_run(word: str) -> bool:
    return _RUN.fullmatch(word) is not None


def _folded(text: str) -> str:
    if text.isascii():
        return text.casefold()
    text = unicodedata.normalize("NFKC", text).casefold().replace("եվ", "եւ")
    return unicodedata.normalize("NFC", _LEFT_OUT.sub("", unicodedata.normalize("NFKD", text)))
