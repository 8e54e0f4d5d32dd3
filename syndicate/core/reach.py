"""Where stories run: what subscribers say of it, and how often their readers asked for the counter's picture.

A receipt is the obligation of one subscriber for one story: what it said last about where it has it, and since when.
Counts are of days and of nothing smaller, and know no reader.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """`version` is the last that was live at `url`, or is down; `live_since` and `down_since` are of what is now."""

    story_id: str
    subscriber: str
    name: str = ""
    version: int
    url: str
    live: bool
    live_since: datetime | None = None
    down_since: datetime | None = None
    told_at: datetime

    @property
    def status(self) -> str:
        return "live" if self.live else "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A subscriber that had a story, and what it told of it last, if anything."""

    subscriber: str
    name: str
    receipt: Receipt | None = None

    @property
    def took_it_down(self) -> bool:
        return self.receipt is not None and not self.receipt.live


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """One story at one subscriber. Without one (`subscriber` empty) it is our own page, and what was copied from it."""

    story_id: str
    guid: str
    external_id: str
    headline: str
    subscriber: str
    name: str
    receipt: Receipt | None
    days: Mapping[date, int] = field(default_factory=dict)

    @property
    def views(self) -> int:
        return sum(self.days.values())


def heard(known: Receipt | None, said: Receipt) -> Receipt:
    """What is kept after a subscriber said this: said again, it changes nothing but when it was said last.

    "It is down" needs no address: it is where it was.
    """
    url = said.url or (known.url if known else "")
    since = known.live_since if known and known.live else said.told_at
    if said.live:
        return replace(said, url=url, live_since=since, down_since=None)
    down_since = known.down_since if known and not known.live else said.told_at
    return replace(said, url=url, live_since=known.live_since if known else None, down_since=down_since)
