"""Dates as precise as the source gave them, never more: a day stays a day, an instant keeps its offset.

The written form is ISO 8601 as in the W3C profile "Date and Time Formats" and NewsML-G2's
`TruncatedDateTimeType`: `2026`, `2026-03`, `2026-03-03` or `2026-03-03T14:05:00+04:00`.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from syndicate.core.errors import BadInput


class Precision(StrEnum):
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    INSTANT = "instant"


_SHAPE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?P<time>[Tt ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?\s?(?P<offset>[Zz]|[+-]\d\d:?\d\d)?)?)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A point on the calendar with the precision of its `text`, which is always a canonical form.

    `assumed_zone` tells that the source gave a local time without an offset and that the offset in `text`
    is our reading of it by the outlet's time zone.
    """

    text: str
    assumed_zone: bool = False

    @classmethod
    def parse(cls, text: str, *, zone: tzinfo | None = None) -> "PartialDate":
        """Read an ISO 8601 date. A local time without an offset needs `zone`, the outlet's own.

        Raises BadInput where the text is no such date, or is a local time and no zone is known.
        """
        found = _SHAPE.fullmatch(text.strip())
        if not found:
            raise BadInput(f"{_shown(text)} is not a date: write 2026-03-03 or 2026-03-03T14:05:00+04:00")
        if not 1000 <= int(found["year"]) <= 9998:  # the ends of the calendar overflow when a zone is applied
            raise BadInput(f"{_shown(text)} is not a year a newspaper could print")
        try:
            if found["time"]:
                return cls._instant(text.strip(), bool(found["offset"]), zone)
            date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
        except (ValueError, OverflowError) as error:
            raise BadInput(f"{_shown(text)} is not on the calendar: {error}") from None
        return cls(text.strip())

    @classmethod
    def _instant(cls, text: str, has_offset: bool, zone: tzinfo | None) -> "PartialDate":
        written = f"{text[:10]}T{text[11:]}".replace(" ", "").replace(",", ".").upper()
        moment = datetime.fromisoformat(written)
        if has_offset:
            return cls.of(moment)
        if zone is None:
            raise BadInput(f"{_shown(text)} has no offset: add one (Z or +04:00), or set the outlet's time zone")
        return cls(moment.replace(tzinfo=zone).isoformat(), assumed_zone=True)

    @classmethod
    def of(cls, moment: date | datetime) -> "PartialDate":
        """A day, or an instant with its offset. Raises BadInput for a naive datetime."""
        if isinstance(moment, datetime) and moment.tzinfo is None:
            raise BadInput(f"{moment.isoformat()} has no offset from UTC")
        if isinstance(moment, datetime) and not moment.utcoffset():
            return cls(moment.replace(tzinfo=None).isoformat() + "Z")
        return cls(moment.isoformat())

    @property
    def precision(self) -> Precision:
        return {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}.get(len(self.text), Precision.INSTANT)

    @property
    def instant(self) -> datetime | None:
        """The exact moment with its own offset, or None where the source gave a day or less."""
        return datetime.fromisoformat(self.text) if self.precision is Precision.INSTANT else None

    def day_in(self, zone: tzinfo | None) -> date | None:
        """The calendar day; of an instant, the day on the outlet's own calendar where its zone is known."""
        if self.precision in (Precision.YEAR, Precision.MONTH):
            return None
        if moment := self.instant:
            return (moment.astimezone(zone) if zone else moment).date()
        return date.fromisoformat(self.text)

    def is_before(self, other: "PartialDate") -> bool:
        """Earlier for certain: compared at the coarser precision, so a day is not before an instant of that day."""
        mine, theirs = self.instant, other.instant
        if mine and theirs:
            return mine < theirs
        shared = min(len(self.text), len(other.text))
        return self.text[:shared] < other.text[:shared]

    def __str__(self) -> str:
        return self.text


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:40] + "…")
