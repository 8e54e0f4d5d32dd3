"""Dates as feeds and pages write them: RFC 822 with all that became of it, RFC 3339 and ISO 8601, English words.

Nothing is guessed. A time without an offset is read in the outlet's zone and says so; where no zone is known it is not
read at all, for there is no hour whose day is the same in all zones from -12 to +14. A weekday that is wrong changes
nothing, because it is the part that nobody typed. Letters for military zones are not read but for Z: RFC 822 had them
the wrong way round (RFC 2822 section 4.3). A date of numbers only, 03/04/2026, is a different day on each side of the
Atlantic and is not read.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, tzinfo

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput

Warn = Callable[[str], None]

_LONGEST = 80
_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
_WEEKDAYS = "mon tue wed thu fri sat sun".split()  # noqa: SIM905

# RFC 822 5.1, and those of Europe and Asia that mean one thing only; BST, IST and AMT mean several.
_ZONES = {
    **dict.fromkeys(("ut", "utc", "gmt", "z", "wet"), "Z"),
    "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00",
    "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00",
    "west": "+01:00", "cet": "+01:00", "cest": "+02:00", "eet": "+02:00", "eest": "+03:00",
    "msk": "+03:00", "jst": "+09:00", "kst": "+09:00",
}  # fmt: skip

_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d(?:[.,]\d{1,9})?))?\s{0,2}(?P<half>[AaPp]\.?[Mm]\.?)?"
_ZONE = r"(?:\s{0,2}(?P<zone>(?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?|[A-Za-z]{1,5})(?:\s{1,2}\([^()]{0,30}\))?)?"
_CLOCK = rf"(?:(?:,|\s|\sat){{1,3}}{_TIME}{_ZONE})?"
_WEEKDAY = r"(?:(?P<weekday>[A-Za-z]{3,9})\.?,?\s{0,2})?"
_SHAPES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})[\s-](?P<month>[A-Za-z]{{3,9}})\.?,?[\s-](?P<year>\d{{4}}|\d\d){_CLOCK}",
        rf"{_WEEKDAY}(?P<month>[A-Za-z]{{3,9}})\.?\s(?P<day>\d{{1,2}}),?\s(?P<year>\d{{4}}){_CLOCK}",
        rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?:[Tt]|\s){_TIME}{_ZONE}",
    )
)


def first_date(named: Iterable[tuple[str, str]], zone: tzinfo | None, warn: Warn) -> PartialDate | None:
    """The first of (name, text) that can be read; of those before it, `warn` is told what was wrong."""
    dates = (read_date(name, text, zone, warn) for name, text in named if text.strip())
    return next((date for date in dates if date), None)


def read_date(name: str, text: str, zone: tzinfo | None, warn: Warn) -> PartialDate | None:
    """The date with its own offset and precision, or None; `warn` is told of all that was odd."""
    written = " ".join(text[: _LONGEST * 2].split())
    try:
        found = PartialDate.parse(_as_iso(written, name, warn), zone=zone)
    except BadInput as error:
        warn(f"{name} was not understood: {error.detail.rstrip('.')}.")
        return None
    if found.assumed_zone:
        warn(f"{name} has no offset: read in the outlet's time zone as {found}.")
    return found


def _as_iso(text: str, name: str, warn: Warn) -> str:
    if len(text) > _LONGEST:
        return text
    found = next((match for shape in _SHAPES if (match := shape.fullmatch(text))), None)
    if found is None:
        return text  # a year, a month, a day of ISO 8601, or nothing that is known here
    parts = found.groupdict()
    day = _day(parts)
    _check_weekday(parts.get("weekday"), day, name, warn)
    if parts["hour"] is None:
        return day
    return f"{day}T{_hour(parts)}:{parts['minute']}:{parts['second'] or '00'}{_offset(parts['zone'])}"


def _day(parts: dict[str, str]) -> str:
    return f"{_year(parts['year'])}-{_month(parts['month'])}-{int(parts['day']):02}"


def _year(digits: str) -> str:
    """Two digits as in RFC 2822 section 4.3."""
    if len(digits) == 4:
        return digits
    return f"20{digits}" if int(digits) < 50 else f"19{digits}"


def _month(word: str) -> str:
    if word.isdigit():
        return word
    low = "sep" if word.lower() == "sept" else word.lower()
    number = next((n for n, month in enumerate(_MONTHS, 1) if low in (month, month[:3])), 0)
    if not number:
        raise BadInput(f"{word!r} is no English month")
    return f"{number:02}"


def _hour(parts: dict[str, str]) -> str:
    hour, half = int(parts["hour"]), (parts["half"] or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        raise BadInput(f"{hour} {half}m is no time of day")
    return f"{hour % 12 + 12 * (half == 'p') if half else hour:02}"


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    name = zone.lower()
    if name in _ZONES:
        return _ZONES[name]
    digits = name.removeprefix("utc").removeprefix("gmt")
    if digits[0] not in "+-":
        raise BadInput(f"the zone {zone!r} has more than one meaning, or none")
    hours, colon, minutes = digits[1:].partition(":")
    if not colon and len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    if int(hours) > 14:
        raise BadInput(f"no clock on earth is {zone!r} from UTC")
    return f"{digits[0]}{int(hours):02}:{minutes or '00'}"


def _check_weekday(word: str | None, day: str, name: str, warn: Warn) -> None:
    try:
        right = _WEEKDAYS[date.fromisoformat(day).weekday()]
    except ValueError:  # no such day: reading it says so
        return
    if word and word.lower()[:3] != right:
        warn(f"{name} says {word}, but {day} is another day of the week; the date was kept.")
