"""Which stories an outlet's agreement approves by itself: those of some sections, at some hours of its day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
MOST_APPROVALS, MOST_SECTIONS, LONGEST_SECTION = 20, 50, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Stories of one of these sections, or of all where none is named, from `after` until `before`.

    Both are times of day as `22:00`, on the outlet's clock; `after` the later one: over midnight; both empty: always.
    """

    sections: tuple[str, ...] = ()
    after: str = ""
    before: str = ""

    def covers(self, section: str, clock: str) -> bool:
        """Whether a story of that section may go by itself when the clock shows that."""
        return self._names(section) and self._holds_at(clock)

    def _names(self, section: str) -> bool:
        return not self.sections or _fold(section) in map(_fold, self.sections)

    def _holds_at(self, clock: str) -> bool:
        if self.after <= self.before:
            return self.after <= clock < self.before or not self.before
        return clock >= self.after or clock < self.before


def approves(approvals: Sequence[Approval], section: str, now: datetime, zone: tzinfo) -> bool:
    clock = f"{now.astimezone(zone):%H:%M}"
    return any(each.covers(section, clock) for each in approvals)


def wrong_approvals(approvals: Sequence[Approval]) -> str:
    """What is wrong with them, as a sentence; nothing where all can be used."""
    if len(approvals) > MOST_APPROVALS:
        return f"More than {MOST_APPROVALS} rules."
    for each in approvals:
        times = [time for time in (each.after, each.before) if time]
        if len(times) == 1 or not all(map(CLOCK.fullmatch, times)) or (times and each.after == each.before):
            return "Two different times of day such as 22:00 and 06:00, or none."
        if len(each.sections) > MOST_SECTIONS or any(not 0 < len(name) <= LONGEST_SECTION for name in each.sections):
            return f"At most {MOST_SECTIONS} sections, each of 1 to {LONGEST_SECTION} characters."
    return ""


def _fold(section: str) -> str:
    return " ".join(section.split()).casefold()
