"""Rows of the queue in plain words of the reader's language."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal

from syndicate.core.licences import find_licence
from syndicate.core.listing import OWN_TERMS, Age, Light, Shown
from syndicate.core.workflow import MOVES, Review
from syndicate.web import words
from syndicate.web.words import N_, gettext

STATES = {
    Review.RECEIVED: N_("New"),
    Review.HELD: N_("On hold"),
    Review.APPROVED: N_("Approved"),
    Review.PUBLISHED: N_("Published"),
    Review.REJECTED: N_("Rejected"),
    Review.WITHDRAWN: N_("Withdrawn"),
    Review.KILLED: N_("Killed"),
    None: N_("All"),
}
AGES = {
    Age.UNDER_1H: N_("the last hour"),
    Age.UNDER_24H: N_("the last 24 hours"),
    Age.UNDER_7D: N_("the last 7 days"),
    Age.OVER_24H: N_("waits over 24 hours"),
    Age.OVER_7D: N_("waits over 7 days"),
}
PICTURES = {
    Shown.WITH: N_("with pictures"),
    Shown.WITHOUT: N_("without pictures"),
    Shown.HELD: N_("pictures stay in"),
}
LIGHTS = {Light.RED: N_("checks fail"), Light.AMBER: N_("worth a look"), Light.GREEN: N_("nothing found")}


WORK = {
    "release": N_("stories at their hour"),
    "rights": N_("rights of subscribers"),
    "compare": N_("comparing texts"),
    "poll": N_("looking at sources"),
    "subscribe": N_("asking hubs for news"),
    "pictures": N_("fetching pictures"),
    "list": N_("listing older stories"),
    "render": N_("rendering stories"),
    "sweep": N_("tidying up"),
}
_ACTS = {"approve": Review.APPROVED, "hold": Review.HELD, "reject": Review.REJECTED}


def acts(review: Review) -> list[str]:
    """What the list offers to decide about a story that stands there."""
    return [act for act, to in _ACTS.items() if to in MOVES[review]]


def count(number: int, most: int) -> str:
    """A number, or "1,000+" where it was counted no further."""
    shown = format_decimal(min(number, most), locale=words.language())
    return f"{shown}+" if number > most else shown


def language_name(tag: str) -> str:
    """A language by its name: "Armenian"; the tag itself where it has none."""
    return _language_name(tag, words.language())


def licence_words(key: str) -> str:
    """What a licence lets us do, in a few words; the source's own words where we do not know it."""
    if licence := find_licence(key):
        return f"{licence.name}: {licence.in_words}"
    if key == OWN_TERMS:
        return gettext("terms of its own")
    return key or gettext("no licence named")


def licence_name(key: str) -> str:
    """How a licence is called where one is chosen."""
    licence = find_licence(key)
    return licence.name if licence else gettext("terms of its own") if key == OWN_TERMS else key


@lru_cache(maxsize=1024)
def _language_name(tag: str, language: str) -> str:
    try:
        return Locale.parse(tag).get_display_name(language) or tag
    except (UnknownLocaleError, ValueError):
        return tag
