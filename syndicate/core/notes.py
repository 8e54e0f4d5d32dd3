"""The note by which a page says where its story came from: "(This story originally appeared on … on March 3.)"

Wordings differ from newspaper to newspaper, so they are data: a new one is a new row of `WORDINGS`. A note is always
a whole paragraph, and a short one: longer text is report, whatever it begins with. The length limit also bounds the
time that the patterns may take, on any input.
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput

MAX_NOTE_CHARS = 400

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE = (
    rf"(?:(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{_MONTH})(?:,? (?P<year2>\d{{4}}))?"
    rf"|(?P<month3>{_MONTH}),? (?P<year3>\d{{4}}))"
)
_WHAT = r"(?:(?:this|the)(?: \w+){0,2} (?:story|article|report|piece|post|text|interview|essay|column|commentary|analysis|op-ed|item|content|investigation|feature) )?"
_FIRST = r"(?:(?:is|was|has been) )?(?:it )?(?:originally|first|initially|previously)"
_AGAIN = r"(?:re-?published|re-?printed|re-?posted|reproduced|used|shared|republication)"
_SOURCE = r"(?P<source>\S.{0,118}?\S)"
_LICENCE = r"(?P<licence>(?:an? |the )?(?:CC|Creative Commons)\b[ \w./-]{0,60}?)(?: licen[cs]e)?"
_WHEN = rf"(?:,? (?:on |in )?\(?{_DATE}\)?)?"
_PERMISSION = (
    rf"(?:[.,;]? (?:and )?(?:it )?(?:is |was )?(?:{_AGAIN} )?(?:here )?(?:with|by) (?:kind |their )?permission)?"
)
_UNDER = rf"(?:[.,;]? (?:and )?(?:it )?(?:is |was )?(?:{_AGAIN} )?(?:here )?under {_LICENCE})?"
_READ = r"(?:[.;] (?:you can )?read (?:the|it|more)\b.{0,80})?"
_END = rf"{_UNDER}{_PERMISSION}{_READ}[.!]?"

WORDINGS: dict[str, str] = {
    "originally appeared": rf"{_WHAT}{_FIRST} (?:appeared|ran|aired) (?:on|in|at|with) {_SOURCE}{_WHEN}{_END}",
    "originally published": (
        rf"{_WHAT}{_FIRST} (?:published|posted|printed|reported|released|produced|broadcast)"
        rf" (?:on|in|at|by|with) {_SOURCE}{_WHEN}{_END}"
    ),
    "appeared first": rf"{_WHAT}(?:appeared|was published) (?:first|originally) (?:on|in|at) {_SOURCE}{_WHEN}{_END}",
    "with permission": (
        rf"{_WHAT}(?:is |was |has been )?{_AGAIN} (?:here )?(?:with|by) (?:the )?(?:kind )?permission (?:from|of|by)"
        rf" {_SOURCE}{_WHEN}{_UNDER}{_READ}[.!]?"
    ),
    "republished from": rf"{_WHAT}(?:is |was |has been )?{_AGAIN} (?:here )?from {_SOURCE}{_WHEN}{_END}",
    "produced by": (
        rf"{_WHAT}(?:is |was )?(?:produced|written|provided) by {_SOURCE}{_WHEN}"
        rf"(?:,? (?:and )?(?:is |was )?(?:{_AGAIN} )?(?:here )?)under {_LICENCE}{_READ}[.!]?"
    ),
}
_PATTERNS = tuple(re.compile(wording, re.IGNORECASE) for wording in WORDINGS.values())
_HOST = re.compile(r"(?:https?://)?(?P<host>(?:[\w-]{1,63}\.){1,5}[a-z]{2,24})(?:[/?#]\S*)?", re.IGNORECASE)
_SMALL = frozenset("the of and for in de la le der das für y et al el & an a".split())
_LINKING = ("the website of ", "the site of ", "the web site of ", "the website ", "the pages of ")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """What a note said. `source` is a name or a site as written; the date may lack its year."""

    text: str
    source: str
    licence: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def site(self) -> str:
        """The host where the note names a site or an address, else nothing."""
        found = _HOST.fullmatch(self.source)
        return found["host"].lower() if found else ""

    @property
    def address(self) -> str:
        """The story's own address where the note gives one with a path, else nothing."""
        parts = urlsplit(self.source)
        return self.source if parts.scheme in ("http", "https") and parts.path not in ("", "/") else ""

    def original_date(self, issue: date | None) -> PartialDate | None:
        """The date as precise as the note gave it; a missing year is the last one in which it was not after `issue`.

        A note of December 30 in an issue of January 8 is last year's. Without an issue date nothing is guessed.
        """
        if self.month is None:
            return None
        if self.day is None:
            return PartialDate(f"{self.year:04d}-{self.month:02d}")
        if self.year is not None:
            return _day(self.year, self.month, self.day)
        if issue is None:
            return None
        days = (_day(year, self.month, self.day) for year in range(issue.year, issue.year - 9, -1))  # for February 29
        return next((day for day in days if day and day.text <= issue.isoformat()), None)


def find_note(paragraph: str) -> SourceNote | None:
    """Read one whole paragraph as a source note, or None where it is anything else."""
    if len(paragraph) > 2 * MAX_NOTE_CHARS:  # before any work: white space around it is all that may go
        return None
    text = " ".join(paragraph.split())
    bare = text.strip("()[]*_–—- \u200b")
    if not 8 <= len(bare) <= MAX_NOTE_CHARS:
        return None
    for pattern in _PATTERNS:
        found = pattern.fullmatch(bare)
        if found and (source := _named(found["source"])):
            return SourceNote(text=text, source=source, **_licence(found), **_date(found))
    return None


def _named(source: str) -> str:
    """The source where it is a name or a site: "in print" and "Reuters on Tuesday, then" are neither."""
    name = source.strip(" ,.;:\"“”'’()")
    for words in _LINKING:
        if name.lower().startswith(words):
            name = name[len(words) :]
    if _HOST.fullmatch(name):
        return name
    parts = [part for part in re.split(r"[\s,/–—-]+", name) if part]
    proper = all(part.casefold() in _SMALL or not part.lstrip("“\"'’(")[:1].islower() for part in parts)
    return name if parts and proper and parts[0].casefold() not in _SMALL - {"the"} else ""


def _licence(found: re.Match[str]) -> dict[str, str]:
    words = found.groupdict().get("licence") or ""
    return {"licence": re.sub(r"^(?:an?|the) ", "", words.strip(" .,"), flags=re.IGNORECASE)}


def _date(found: re.Match[str]) -> dict[str, int | None]:
    if iso := found["iso"]:
        year, month, day = (int(part) for part in iso.split("-"))
        return {"year": year, "month": month, "day": day}
    name = found["month"] or found["month2"] or found["month3"]
    if not name:
        return {}
    year_text, day_text = found["year"] or found["year2"] or found["year3"], found["day"] or found["day2"]
    return {
        "year": int(year_text) if year_text else None,
        "month": _MONTHS.index(name[:3].lower()) + 1,
        "day": int(day_text) if day_text else None,
    }


def _day(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate.parse(f"{year:04d}-{month:02d}-{day:02d}")
    except BadInput:
        return None
