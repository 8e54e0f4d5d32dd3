"""What a story would meet where it is going, told to an editor before it goes: pure rules, a table to read aloud.

Red is refused there or here, amber wants a look. Sources: Google News Publisher Center (1 MB an article), MSN partner
hub (title of 21 to 150 characters, published in the last 365 days, never in the future), SmartNews SmartFormat 2.1
(UTF-8 only), NewsML-G2 2.35 and ninjs 3.0 (what these can say of an item).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from syndicate.core.dates import PartialDate, Precision
from syndicate.core.newsitem import Picture, SourceItem
from syndicate.core.picture_rights import PictureHold
from syndicate.core.rights import Hold, hold_on
from syndicate.core.text import FORBIDDEN

GOOGLE_NEWS_BYTES = 1_000_000
MSN_TITLE = range(21, 151)
A_YEAR = timedelta(days=365)


class Severity(StrEnum):
    RED = "red"
    AMBER = "amber"


class Destination(StrEnum):
    ALL = "all"
    GOOGLE_NEWS = "google-news"
    MSN = "msn"
    SMARTNEWS = "smartnews"
    NEWSML = "newsml"
    NINJS = "ninjs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One finding. `words` tell what is wrong and what to do, for an editor."""

    code: str
    destination: Destination
    severity: Severity
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A story as it would go out at `now`. `first_created` is when we published it first, None before that.

    `agreed_until` is when the agreement with its outlet ends. `alike` are stories that say nearly the same, by id, in
    percent; `held` the pictures that stay in, and why.
    """

    item: SourceItem
    now: datetime
    first_created: datetime | None = None
    agreed_until: datetime | None = None
    alike: Mapping[str, int] = field(default_factory=dict)
    held: Sequence[tuple[Picture, PictureHold]] = ()


def checks(look: Look) -> tuple[Check, ...]:
    """All findings, red ones first, in the order of the table."""
    found = [
        Check(code=code, destination=destination, severity=severity, words=words)
        for code, destination, severity, find in _RULES
        for words in find(look)
    ]
    return tuple(sorted(found, key=lambda check: check.severity is Severity.AMBER))


def _unless(known: Callable[[SourceItem], object], words: str) -> Callable[[Look], Iterator[str]]:
    def find(look: Look) -> Iterator[str]:
        if not known(look.item):
            yield words

    return find


def _on_hold(look: Look) -> Iterator[str]:
    rights = look.item.rights
    match hold_on(rights, look.now):
        case Hold.EMBARGOED if rights.embargoed:
            yield f"Embargoed until {rights.embargoed.isoformat()}: it cannot go out before. Approve it, and it waits."
        case Hold.EXPIRED if rights.expires:
            yield f"The right to publish it ended at {rights.expires.isoformat()}. Ask the outlet for more time."
        case Hold.WITHHELD | Hold.CANCELED as hold:
            yield f"Its source says that it is {hold}. Leave it, or ask the outlet."


def _agreement(look: Look) -> Iterator[str]:
    if look.agreed_until and look.now >= look.agreed_until and look.first_created is None:
        yield f"The agreement with its outlet ended at {look.agreed_until.isoformat()}. Renew it, or leave the story."


def _licence(look: Look) -> Iterator[str]:
    licence = look.item.rights.licence
    if licence and not licence.derivatives:
        yield f"Its licence, {licence.name}, forbids edits: publish headline and text as they came."


def _commerce(look: Look) -> Iterator[str]:
    licence = look.item.rights.licence
    if licence and not licence.commercial:
        yield f"Its licence, {licence.name}, is not for commercial use: send it to nobody who sells it."


def _alike(look: Look) -> Iterator[str]:
    for story_id, percent in look.alike.items():
        yield f"It looks like story {story_id} ({percent} %). Compare them before both are out."


def _held_pictures(look: Look) -> Iterator[str]:
    for picture, hold in look.held:
        named = picture.caption or picture.credit or picture.url
        yield f"A picture stays in, {hold.words}: {named[:100]}. Ask the outlet, or clear it in the agreement."


def _future(look: Look) -> Iterator[str]:
    date = look.item.first_published
    if date and PartialDate.of(look.now).is_before(date):
        yield f"Its original date, {date}, lies in the future. Ask the outlet."


def _old(look: Look) -> Iterator[str]:
    date = look.item.first_published
    if date and date.is_before(PartialDate.of(look.now - A_YEAR)):
        yield f"It appeared first on {date}, more than a year ago. Is it news?"


def _size(look: Look) -> Iterator[str]:
    size = len(look.item.body_html.encode("utf-8", "replace"))
    if size > GOOGLE_NEWS_BYTES:
        yield f"Its text has {size:,} bytes; Google News reads {GOOGLE_NEWS_BYTES:,}. Ask the outlet for a shorter one."


def _title(look: Look) -> Iterator[str]:
    length = len(look.item.headline)
    if look.item.headline and length not in MSN_TITLE:
        yield f"The headline has {length} characters; MSN takes {MSN_TITLE[0]} to {MSN_TITLE[-1]}."


def _stale(look: Look) -> Iterator[str]:
    if look.first_created and look.now - look.first_created >= A_YEAR:
        yield "We published it more than 365 days ago; MSN refuses it."


def _characters(look: Look) -> Iterator[str]:
    for name in ("headline", "summary", "byline", "body_html"):
        if found := FORBIDDEN.search(getattr(look.item, name)):
            yield f"{name} holds the character U+{ord(found[0]):04X}, which no feed may carry. Send the story anew."


def _date_without_time(look: Look) -> Iterator[str]:
    date = look.item.first_published
    if date and date.precision is not Precision.INSTANT:
        yield f"The original date, {date}, has no time: it goes as one of the altIds, for ninjs knows no day alone."


_ALL, _RED, _AMBER = Destination.ALL, Severity.RED, Severity.AMBER
_RULES: Sequence[tuple[str, Destination, Severity, Callable[[Look], Iterator[str]]]] = (
    ("on-hold", _ALL, _RED, _on_hold),
    ("agreement-ended", _ALL, _RED, _agreement),
    ("no-headline", _ALL, _RED, _unless(lambda item: item.headline, "It has no headline. Ask the outlet for one.")),
    ("no-text", _ALL, _RED, _unless(lambda item: item.words, "It has no text. Ask the outlet for it.")),
    (
        "no-source",
        _ALL,
        _RED,
        _unless(lambda item: item.site, "Neither its address nor its source's site is known: it cannot be credited."),
    ),
    (
        "no-url",
        _ALL,
        _AMBER,
        _unless(
            lambda item: item.original_url,
            "Its original address is not known, so that the credit links to the site only. Ask the outlet.",
        ),
    ),
    (
        "no-original-date",
        _ALL,
        _AMBER,
        _unless(
            lambda item: item.first_published,
            "Its original date is not known, so that the credit names none. Ask the outlet.",
        ),
    ),
    ("future-date", _ALL, _AMBER, _future),
    ("old-story", _ALL, _AMBER, _old),
    ("licence-forbids-edits", _ALL, _AMBER, _licence),
    ("licence-non-commercial", _ALL, _AMBER, _commerce),
    (
        "no-licence",
        _ALL,
        _AMBER,
        _unless(
            lambda item: item.rights.license or item.rights.usage_terms,
            "It names no licence and no terms of use: see that the agreement covers it.",
        ),
    ),
    ("looks-alike", _ALL, _AMBER, _alike),
    ("picture-without-rights", _ALL, _AMBER, _held_pictures),
    ("too-large", Destination.GOOGLE_NEWS, _RED, _size),
    ("title-length", Destination.MSN, _AMBER, _title),
    ("too-old", Destination.MSN, _RED, _stale),
    ("forbidden-character", Destination.SMARTNEWS, _RED, _characters),
    (
        "no-language",
        Destination.NEWSML,
        _AMBER,
        _unless(
            lambda item: item.language,
            "Its language is not known: receivers of NewsML-G2 sort by it. Ask the outlet to send it.",
        ),
    ),
    ("date-without-time", Destination.NINJS, _AMBER, _date_without_time),
)
