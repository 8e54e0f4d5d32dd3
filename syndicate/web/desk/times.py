"""Instants as people read them: in the reader's own zone and language, exact in `<time datetime>`."""

from datetime import UTC, datetime, timedelta, tzinfo

from babel.dates import format_datetime, format_timedelta
from flask import g
from markupsafe import Markup

from syndicate.web import words
from syndicate.web.context import context

_NOW = timedelta(seconds=45)
_FORM = "d MMM y, HH:mm"


def zone() -> tzinfo:
    """The reader's, as their account says; UTC for the others."""
    found = g.get("desk_session")
    return (found.person.zone if found else None) or UTC


def when(at: datetime | None, there: tzinfo | None = None) -> Markup:
    """The instant in the reader's zone; where `there` is another, what the clock showed there beside it."""
    if at is None:
        return Markup("")
    shown = format_datetime(at, _FORM, tzinfo=zone(), locale=_locale())
    told = Markup('<time datetime="{}">{}</time>').format(at.isoformat(), shown)
    if there is None or at.astimezone(there).utcoffset() == at.astimezone(zone()).utcoffset():
        return told
    local = format_datetime(at, "d MMM, HH:mm zzzz", tzinfo=there, locale=_locale())
    return told + Markup(' <span class="there">{}</span>').format(local)


def ago(at: datetime | None) -> Markup:
    """How long ago, or how soon: "3 hours ago", "in 2 days"; the instant itself is its title."""
    if at is None:
        return Markup("")
    away = at - context().now()
    near = abs(away) < _NOW
    told = words.gettext("just now") if near else format_timedelta(away, add_direction=True, locale=_locale())
    exact = format_datetime(at, _FORM, tzinfo=zone(), locale=_locale())
    return Markup('<time datetime="{}" title="{}">{}</time>').format(at.isoformat(), exact, told)


def _locale() -> str:
    return words.language()
