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
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_DATE = (
    rf"{_WEEKDAY}(?:(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{_MONTH})(?:,? (?P<year2>\d{{4}}))?"
    rf"|(?P<month3>{_MONTH}),? (?P<year3>\d{{4}})"
    r"|(?<=in )(?P<year4>\d{4}))"
)
# "The report was first published by …" and "It was …" are how a report speaks of another thing: a note says "this".
_OURS = r"story|article|piece|post|text|essay|column|commentary|interview|op-ed"
_THING = rf"{_OURS}|report|analysis|item|content|investigation|feature|dispatch|translation|version"
_WHAT = rf"(?:(?:this(?: [\w-]{{1,30}}){{0,2}} (?:{_THING})|this|the (?:above |original |full )?(?:{_OURS})) )?"
_IS = r"(?:(?:is|was|has been|is being) )?"
_FIRST = rf"{_IS}(?:originally|first|initially|previously)"
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
        rf"{_WHAT}{_FIRST} (?:published|posted|printed|released|produced|broadcast)"
        rf" (?:on|in|at|by|with) {_SOURCE}{_WHEN}{_END}"
    ),
    "appeared first": rf"{_WHAT}(?:appeared|was published) (?:first|originally) (?:on|in|at) {_SOURCE}{_WHEN}{_END}",
    "with permission": (
        rf"{_WHAT}{_IS}{_AGAIN} (?:here )?(?:with|by) (?:the )?(?:kind )?permission (?:from|of|by)"
        rf" {_SOURCE}{_WHEN}{_UNDER}{_READ}[.!]?"
    ),
    "republished from": rf"{_WHAT}{_IS}{_AGAIN} (?:here )?from {_SOURCE}{_WHEN}{_END}",
    "produced by": (
        rf"{_WHAT}{_IS}(?:produced|written|provided) by {_SOURCE}{_WHEN}"
        rf"(?:,? (?:and )?(?:is |was )?(?:{_AGAIN} )?(?:here )?)under {_LICENCE}{_READ}[.!]?"
    ),
}
_PATTERNS = tuple(re.compile(wording, re.IGNORECASE) for wording in WORDINGS.values())
_HOST = re.compile(
    r"""(?:https?://)?(?P<host>(?:[\w-]{1,63}\.){1,5}[a-z]{2,24})(?:[/?#][^\s"<>\\^`{|}]*)?""", re.IGNORECASE
)
_SPACED = re.compile(r"[\s,/–—-]+")
_SMALL = frozenset(
    ("the", "of", "and", "for", "in", "de", "la", "le", "der", "das", "für", "y", "et", "al", "el", "&", "an", "a")
)
_LINKING = ("the website of ", "the site of ", "the web site of ", "the website ", "the pages of ")
_CALENDAR = re.compile(rf"{_MONTH}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\W*|\d+", re.IGNORECASE)


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
        if not _HOST.fullmatch(self.source):
            return ""
        parts = urlsplit(self.source)
        return self.source if parts.scheme in ("http", "https") and parts.path not in ("", "/") else ""

    def original_date(self, issue: date | None) -> PartialDate | None:
        """The date as precise as the note gave it; a missing year is the last one in which it was not after `issue`.

        A note of December 30 in an issue of January 8 is last year's. Without an issue date nothing is guessed.
        None also for a day that is on no calendar.
        """
        if self.year is not None:
            return _calendar(self.year, self.month, self.day)
        if issue is None or self.day is None:
            return None
        # Nine years back, because February 29 may be that far away.
        days = (_calendar(year, self.month, self.day) for year in range(issue.year, issue.year - 9, -1))
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
            year, month, day = _date(found)
            return SourceNote(text=text, source=source, licence=_licence(found), year=year, month=month, day=day)
    return None


def _named(source: str) -> str:
    """The source where it is a name or a site: "1987", "print" and "Reuters on Tuesday, then" are neither."""
    name = source.strip(" ,.;:\"“”'’()")
    for words in _LINKING:
        if name.lower().startswith(words):
            name = name[len(words) :]
    if _HOST.fullmatch(name):
        return name
    parts = [part for part in _SPACED.split(name) if part]
    proper = all(part.casefold() in _SMALL or not part.lstrip("“\"'’(")[:1].islower() for part in parts)
    if not parts or not proper or parts[0].casefold() in _SMALL - {"the", "la", "le", "das", "der", "al", "el"}:
        return ""
    return "" if all(_CALENDAR.fullmatch(part.strip(".,")) for part in parts) else name


def _licence(found: re.Match[str]) -> str:
    words: str = found.groupdict().get("licence") or ""
    return re.sub(r"^(?:an?|the) ", "", words.strip(" .,"), flags=re.IGNORECASE)


def _date(found: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    """Year, month and day as far as the note has them; nothing of it is checked against a calendar yet."""
    if iso := found["iso"]:
        year, month, day = iso.split("-")
        return int(year), int(month), int(day)
    name = found["month"] or found["month2"] or found["month3"]
    if not name:
        return int(found["year4"]) if found["year4"] else None, None, None
    year, day = found["year"] or found["year2"] or found["year3"], found["day"] or found["day2"]
    return int(year) if year else None, _MONTHS.index(name[:3].lower()) + 1, int(day) if day else None


def _calendar(year: int, month: int | None, day: int | None) -> PartialDate | None:
    """A year, month or day that exists, as far as the parts are known."""
    text = "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)])
    try:
        return PartialDate.parse(text)
    except BadInput:
        return None
