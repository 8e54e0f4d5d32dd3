"""A story as the desk's queue lists it: one glance, and what it may be filtered by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from syndicate.core import preflight
from syndicate.core.preflight import Check, Look, Severity
from syndicate.core.rights import Rights
from syndicate.core.story import Story
from syndicate.core.workflow import Review

WAITS = frozenset({Review.RECEIVED, Review.HELD, Review.APPROVED})
MOST_LICENCE_CHARS = 100
MOST_SEQ = 2**31 - 1  # as databases count arrivals
OWN_TERMS = "own-terms"
_A_DAY = timedelta(days=1)


class Light(StrEnum):
    """The worst that the checks found."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Age(StrEnum):
    """How long ago the newest version came in."""

    UNDER_1H = "under-1h"
    UNDER_24H = "under-24h"
    UNDER_7D = "under-7d"
    OVER_24H = "over-24h"
    OVER_7D = "over-7d"

    @property
    def span(self) -> timedelta:
        return timedelta(hours={"1h": 1, "24h": 24, "7d": 7 * 24}[self.partition("-")[2]])

    @property
    def is_younger(self) -> bool:
        return self.startswith("under")


class Shown(StrEnum):
    """What is asked of a story's pictures: some, none, or some that stay in."""

    WITH = "with"
    WITHOUT = "without"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list is to hold: all that is said must be so. `state` None is every state; `alike` and `update` only ask
    where they are true. `words` are as typed (see `core.search`). `licence` is a value of `licence_key`.
    """

    state: Review | None = None
    outlet: str = ""
    section: str = ""
    topic: str = ""
    language: str = ""
    licence: str = ""
    age: Age | None = None
    pictures: Shown | None = None
    checks: Light | None = None
    update: bool = False
    alike: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One row. `seq` counts arrivals: it grows with each version that comes in, and is this version's own.

    `outlet` is the slug, `outlet_name` as printed; `language` the primary subtag; `licence` a value of `licence_key`.
    `pictures_held` of the `pictures` stay in. `first_published` is as precise as its source gave it. `alike` is the
    percentage of the likest other story, 0 where there is none. `light` is that of the checks with all of this.
    """

    seq: int
    story_id: str
    review: Review
    outlet: str
    outlet_name: str
    headline: str
    byline: str
    section: str
    language: str
    licence: str
    first_published: str
    received_at: datetime
    arrived_at: datetime
    changed_at: datetime
    publish_at: datetime | None
    embargoed: datetime | None
    ends_at: datetime | None
    words: int
    pictures: int
    pictures_held: int
    update_waits: bool
    alike: int
    light: Light


def licence_key(rights: Rights) -> str:
    """The name by which a licence is listed: SPDX's, else as it is written; `own-terms` where there are terms only."""
    if licence := rights.licence:
        return licence.spdx
    written = " ".join(rights.license.split())[:MOST_LICENCE_CHARS]
    return written or (OWN_TERMS if rights.usage_terms else "")


def primary_language(tag: str) -> str:
    """The primary subtag of a language tag (RFC 5646), in small letters: "hy" of "hy-AM"."""
    return tag.partition("-")[0].strip().lower()[:20]


def topic_key(name: str) -> str:
    """One name for a topic however it is written: no case, single spaces."""
    return " ".join(name.split()).casefold()[:200]


def worst(checks: Sequence[Check]) -> Light:
    found = {check.severity for check in checks}
    return Light.RED if Severity.RED in found else Light.AMBER if found else Light.GREEN


def own_light(story: Story, now: datetime) -> Light:
    """The worst that the checks find in a story by itself: neither its likeness to others nor the rights of its
    pictures, which are listed beside it.
    """
    first = story.edition.first_created if story.edition else None
    return worst(
        preflight.checks(
            Look(item=story.as_agreed, now=now, first_created=first, agreed_until=story.outlet.agreement.ends)
        )
    )


def recheck_at(story: Story, now: datetime) -> datetime | None:
    """When time alone may change what the checks find: an embargo, a right or the agreement ends; for what waits, the
    next day.
    """
    moments = (story.embargoed, story.source.rights.expires, story.outlet.agreement.ends)
    ends = [moment for moment in moments if moment and moment > now]
    return min([*ends, now + _A_DAY] if story.review in WAITS else ends, default=None)
