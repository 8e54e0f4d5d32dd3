"""What the page says about the story rather than in it: the source's note, a byline, a dateline, a date.

They are lifted out of the body, because every output prints them again from provenance. Only whole paragraphs are
lifted, and only near the start or the end; "YEREVAN — The minister said" is the report's own first sentence and stays.
"""

import re

from syndicate.cleaning.tree import Element, drop, place_of, whole_words
from syndicate.cleaning.work import Work
from syndicate.core.notes import find_note

_AT_START, _AT_END = 3, 4  # blocks from either end in which a note may stand
_LONGEST = 800
_KEPT = "kept as provenance and printed from there"
_MOST = 12  # an honest story has one note and one byline

_NAME = r"[^\W\d_][\w.’'-]{0,30}"
_NAMES = rf"{_NAME}(?:(?:,? (?:and|et|und|и|և|və|და|و) |, | ){_NAME}){{0,9}}"
_BYLINE = re.compile(
    rf"(?:(?:(?:written |reported |story |text |words )?by|autor|von|par)[: ] ?(?P<en>(?-i:[A-ZÀ-ÞĀ-ŽА-ЯԱ-Ֆ]){_NAMES})"
    rf"|(?:автор(?:ы)?|текст|հեղինակ(?:ներ)?|müəllif(?:lər)?|ავტორ(?:ი|ები)|الكاتب|بقلم|نویسنده)\s?[:：՝]\s?(?P<other>{_NAMES}))",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_YEAR = r"(?:,? (?:19|20)\d\d)?"
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}{_YEAR}|\d{{1,2}} {_MONTH}{_YEAR}|(?:19|20)\d\d-\d\d-\d\d"
    r"|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d)"
)
_TIME = r"(?:(?:,| at| [|·•—–-])? ?\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{3,4})?)?"
_DATELINE = re.compile(
    rf"(?-i:[A-Z])[^\W\d_]{{1,20}}(?:[ -][^\W\d_]{{1,20}}){{0,3}}(?:, [^\W\d_]{{2,20}})?,? {_DATE}\s?[.—–-]?",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    rf"(?:(?:published|posted|updated|last updated|date)(?: on)?:? )?{_DATE}{_TIME}(?: by {_NAMES})?", re.IGNORECASE
)


def lift(work: Work) -> None:
    """Repeats while it finds something: what is lifted brings the next paragraph nearer to the edge."""
    _trim_rules(work.body)
    for _ in range(_MOST):
        if not (_lift_note(work) or _lift_from_top(work)):
            return
        _trim_rules(work.body)


def _lift_note(work: Work) -> bool:
    blocks = _blocks(work.body)
    for block in (*blocks[:_AT_START], *reversed(blocks[_AT_START:][-_AT_END:])):
        words = _words(block)
        note = find_note(words) if words else None
        if note is not None:
            work.note = work.note or note
            work.report.remove("source note", _KEPT, place_of(block), words)
            drop(block)
            return True
    return False


def _lift_from_top(work: Work) -> bool:
    """A byline, a dateline or a date among the first paragraphs; a body that is nothing else keeps it."""
    blocks = _blocks(work.body)
    for block in blocks[:_AT_START] if len(blocks) > 1 else ():
        words = _words(block)
        if not words or len(words) > 160:
            continue
        if found := _BYLINE.fullmatch(words):
            work.byline = work.byline or found["en"] or found["other"]
            what, why = "byline", _KEPT
        elif _DATE_LINE.fullmatch(words):
            what, why = "date line", "the page's own date"
        elif _DATELINE.fullmatch(words):
            work.dateline = work.dateline or words
            what, why = "dateline", _KEPT
        else:
            continue
        work.report.remove(what, why, place_of(block), words)
        drop(block)
        return True
    return False


def _blocks(body: Element) -> list[Element]:
    return [block for block in body if block.tag != "hr"]


def _words(block: Element) -> str:
    """The whole text of a paragraph that may be a note; nothing for any other block."""
    if block.tag not in ("p", "h4", "h5", "h6") or next(block.iter("img"), None) is not None:
        return ""
    return whole_words(block, _LONGEST)


def _trim_rules(body: Element) -> None:
    """A rule parts two things; at an edge, or beside another rule, it parts nothing any more."""
    for rule in body.findall("hr"):
        after = rule.getnext()
        if rule.getprevious() is None or after is None or after.tag == "hr":
            drop(rule)
    while len(body) and body[-1].tag == "hr":
        drop(body[-1])
