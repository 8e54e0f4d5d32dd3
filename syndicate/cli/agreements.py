"""What an agreement with a subscriber says, as options of a command, and read back in plain words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import click

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput
from syndicate.core.grants import Grants, Quota, read_quota

NEVER, NO_QUOTA = "never", "none"


class End(click.ParamType[datetime | str]):
    """A day, of which it holds to the end in UTC, an instant, or `never`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime | str:
        if value == NEVER:
            return NEVER
        try:
            told = PartialDate.parse(str(value))
            if instant := told.instant:
                return instant.astimezone(UTC)
            day = date.fromisoformat(told.text)
            return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
        except (BadInput, ValueError, OverflowError):
            self.fail("write a day such as 2026-12-31, an instant, or never", param, ctx)


def moment(written: datetime | str | None) -> datetime | None:
    """What `End` read, as it is kept."""
    return written if isinstance(written, datetime) else None


class QuotaText(click.ParamType[Quota | str]):
    name = "quota"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Quota | str:
        if value == NO_QUOTA:
            return NO_QUOTA
        return read_quota(str(value)) or self.fail("write it as 20/week, 80/month, or none", param, ctx)


_OPTIONS = (
    click.option("--ends", type=End(), help="The last day of the agreement, or never."),
    click.option(
        "--territory",
        "territories",
        multiple=True,
        metavar="CODE",
        help="A country that it publishes in, by ISO 3166-1, such as AM; may be repeated. Given ones replace others.",
    ),
    click.option("--embargo-hours", type=int, help="It gets a story so many hours after we published it."),
    click.option("--quota", type=QuotaText(), metavar="N/week|N/month|none", help="It gets so many stories at most."),
    click.option("--excerpt-only/--whole", default=None, help="Whether it gets summaries in place of texts."),
    click.option(
        "--block-outlet",
        "blocked_outlets",
        multiple=True,
        metavar="SLUG",
        help="An outlet that it does not want; may be repeated. Given ones replace others, an empty one clears.",
    ),
)


def options(function: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def changed(
    grants: Grants,
    *,
    ends: datetime | str | None,
    territories: tuple[str, ...],
    embargo_hours: int | None,
    quota: Quota | str | None,
    excerpt_only: bool | None,
    blocked_outlets: tuple[str, ...],
) -> Grants:
    """With what was given; the rest stays."""
    given: dict[str, Any] = {"ends": ends, "embargo_hours": embargo_hours, "quota": quota, "excerpt_only": excerpt_only}
    given = {name: value for name, value in given.items() if value is not None}
    lists = {"territories": territories, "blocked_outlets": blocked_outlets}
    given |= {name: tuple(filter(None, values)) for name, values in lists.items() if values}
    nothing = {name: None for name, value in given.items() if value in (NEVER, NO_QUOTA)}
    return replace(grants, **(given | nothing))
