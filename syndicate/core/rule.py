"""Which published stories a channel holds: pure, so that it is decided when a story is published or the rule changes.

Words are compared without case and in one Unicode form (NFKC after case folding, Unicode Standard 3.13, D145).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from syndicate.core.newsitem import SourceItem

_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+")
_LANGUAGE = re.compile(r"[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,8}", re.ASCII | re.IGNORECASE)
MOST_VALUES, LONGEST_VALUE = 500, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Stories by what they say of themselves. Several values in one list: any of them.

    Outlets by slug. Topics by name or QCode; a wider topic takes its narrower ones where the story says what is wider
    (NewsML-G2 `broader`). Keywords are whole words of headline, slugline, summary or text, one after another;
    `school*` takes every word that begins so.
    """

    outlets: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()

    def answers(self, item: SourceItem, outlet: str) -> Iterator[bool]:
        """For each list that holds anything, the cheapest first: does it name this story?"""
        if self.outlets:
            yield outlet in self.outlets
        if self.sections:
            yield _fold(item.section) in _folded(self.sections)
        if self.topics:
            yield not _folded(self.topics).isdisjoint(_topics(item))
        if self.keywords:
            yield _mentions(item, self.keywords)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Selection):
    """An empty part asks nothing; all parts must agree, and nothing that `block` names is taken.

    Languages by prefix ("pt" takes "pt-BR"); licences by SPDX name; words counted in the text.
    """

    languages: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    min_words: int | None = None
    max_words: int | None = None
    block: Selection = Selection()

    def takes(self, item: SourceItem, *, outlet: str) -> bool:
        return (
            self._fits(item)
            and all(self.answers(item, outlet))
            and not any(self.block.answers(item, outlet))
            and (self.min_words is None or item.words >= self.min_words)
            and (self.max_words is None or item.words <= self.max_words)
        )

    def _fits(self, item: SourceItem) -> bool:
        language, licence = f"{item.language.casefold()}-", item.rights.licence
        if self.languages and not any(language.startswith(f"{tag}-") for tag in _folded(self.languages)):
            return False
        return not self.licences or (licence is not None and _fold(licence.spdx) in _folded(self.licences))


def wrong_values(rule: Rule) -> dict[str, str]:
    """What is wrong with a rule's own values, a sentence by field; nothing where all can be used."""
    asked = ("outlets", "sections", "topics", "keywords")
    lists = {name: getattr(rule, name) for name in (*asked, "languages", "licences")}
    lists |= {f"block_{name}": getattr(rule.block, name) for name in asked}
    found = {name: _wrong_list(values) for name, values in lists.items()}
    for name in ("keywords", "block_keywords"):
        found[name] = found[name] or _first(lists[name], _WORD.search, "{} has no letter and no digit.")
    found["languages"] = found["languages"] or _first(
        rule.languages, _LANGUAGE.fullmatch, "{} is no language tag such as hy or pt-BR."
    )
    if rule.min_words is not None and rule.max_words is not None and rule.min_words > rule.max_words:
        found["max_words"] = "Less than min_words, so that no story would fit."
    return {name: problem for name, problem in found.items() if problem}


def _wrong_list(values: tuple[str, ...]) -> str:
    if len(values) > MOST_VALUES:
        return f"More than {MOST_VALUES} values."
    right = all(0 < len(_fold(value)) <= LONGEST_VALUE for value in values)
    return "" if right else f"Each has 1 to {LONGEST_VALUE} characters."


def _first(values: tuple[str, ...], good: Callable[[str], object], sentence: str) -> str:
    return next((sentence.format(value) for value in values if not good(value)), "")


def _topics(item: SourceItem) -> Iterator[str]:
    for topic in item.topics:
        yield from (_fold(name) for name in (topic.name, topic.qcode, *topic.broader) if name)


def _mentions(item: SourceItem, keywords: tuple[str, ...]) -> bool:
    """Whether one of the keywords stands in the story. A text is cut into words, which is slow, only where it may."""
    body = unescape(_TAG.sub(" ", item.body_html))
    text = _caseless("\n".join((item.headline, item.slugline, item.summary, body)))
    likely = [phrase for phrase in _phrases(keywords) if all(word in text for word in phrase.split())]
    words = _spaced(text) if likely else ""
    return any(phrase in words for phrase in likely)


@lru_cache(maxsize=256)
def _phrases(keywords: tuple[str, ...]) -> tuple[str, ...]:
    spaced = ((_spaced(_caseless(keyword)), keyword.endswith("*")) for keyword in keywords)
    return tuple(phrase.rstrip() if begins else phrase for phrase, begins in spaced)


def _spaced(text: str) -> str:
    """The words of a text, each with a space on both sides."""
    return f" {' '.join(_WORD.findall(text))} "


@lru_cache(maxsize=256)
def _folded(values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_fold, values))


def _fold(text: str) -> str:
    return " ".join(_caseless(text).split())


def _caseless(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
