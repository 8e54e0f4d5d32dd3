"""What was typed into a form of the desk, read field by field: every field that cannot be read is told, at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from flask import request

from syndicate.core.errors import BadFields, SyndicateError
from syndicate.core.grants import MOST_STORIES, Period, Quota
from syndicate.service.wrong import is_zone
from syndicate.web.desk import csrf

Choice = TypeVar("Choice", bound=StrEnum)
LOOK = "look"  # the name of the button that shows what would be, and changes nothing
MOST_ROWS = 50


@dataclass
class Form:
    """`typed` are the values of each field; `wrong` is why it was refused. Templates show both."""

    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    wrong: SyndicateError | None = None
    _told: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def sent(cls) -> "Form":
        return cls({name: values for name, values in request.form.lists() if name != csrf.FIELD})

    @property
    def only_looks(self) -> bool:
        return LOOK in self.typed

    def value(self, name: str) -> str:
        return next(iter(self.typed.get(name, ())), "")

    def values(self, name: str) -> Sequence[str]:
        return self.typed.get(name, ())

    def told(self, name: str) -> Sequence[str]:
        """What is wrong with a field."""
        errors = self.wrong.extra.get("errors", {}) if self.wrong else {}
        found = errors.get(name, ()) if isinstance(errors, Mapping) else ()
        return list(found)

    def line(self, name: str) -> str:
        return " ".join(self.value(name).split())

    def lines(self, name: str) -> tuple[str, ...]:
        """One value in each line; a line that says nothing is none."""
        return tuple(dict.fromkeys(filter(None, (" ".join(each.split()) for each in self.value(name).splitlines()))))

    def flag(self, name: str) -> bool:
        return bool(self.value(name))

    def number(self, name: str, otherwise: int = 0) -> int:
        """A whole number; `otherwise` where nothing is typed."""
        text = self.line(name)
        if not text:
            return otherwise
        if not (text.isascii() and text.isdigit() and len(text) <= 9):
            self.refuse(name, "A whole number.")
            return otherwise
        return int(text)

    def quota(self, name: str, period: str) -> Quota | None:
        """So many in a period; None where no number is typed."""
        stories, each = self.number(name), self.choice(period, Period)
        if stories > MOST_STORIES:
            self.refuse(name, f"At most {MOST_STORIES}.")
        return Quota(stories, each) if stories else None

    def choice(self, name: str, kind: type[Choice]) -> Choice:
        """One of these; the first where nothing is typed."""
        values = [each.value for each in kind]
        if (text := self.value(name) or values[0]) not in values:
            self.refuse(name, f"One of {', '.join(values)}.")
            return next(iter(kind))
        return kind(text)

    def end_of_day(self, name: str, zone: tzinfo) -> datetime | None:
        """The moment in which that day is over there; None where none is typed."""
        text = self.line(name)
        try:
            return datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), zone) if text else None
        except (ValueError, OverflowError):
            self.refuse(name, "A day such as 2027-01-31.")
            return None

    def rows(self, name: str) -> Iterator[tuple[int, str]]:
        """The number of each row of fields `name-0-…`, `name-1-…`, and what its fields' names begin with."""
        for number in range(MOST_ROWS):
            prefix = f"{name}-{number}-"
            if not any(each.startswith(prefix) for each in self.typed):
                return
            yield number, prefix

    def refuse(self, name: str, sentence: str) -> None:
        self._told.setdefault(name, []).append(sentence)

    def check(self) -> None:
        """Raises BadFields naming each field that could not be read."""
        if self._told:
            raise BadFields(f"Wrong: {', '.join(self._told)}.", errors=self._told)

    def refused(self, wrong: SyndicateError) -> "Form":
        """With what was typed, and why it was refused."""
        return Form(self.typed, wrong)


def last_day(ends: datetime | None, zone: tzinfo) -> str:
    """The last whole day before that moment there, as a date field has it."""
    return (ends.astimezone(zone) - timedelta(microseconds=1)).date().isoformat() if ends else ""


def zone_named(name: str) -> tzinfo:
    """UTC for a name that is none: whoever keeps it tells."""
    return ZoneInfo(name) if name and is_zone(name) else UTC
