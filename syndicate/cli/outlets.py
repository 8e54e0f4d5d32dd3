"""`syndicate outlet`: the partners whose stories we republish."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import click

from syndicate.cli.agreements import QuotaText
from syndicate.cli.desk import COMMAND_LINE, Desk, command, group, plain
from syndicate.core.approval import Approval
from syndicate.core.grants import Quota
from syndicate.core.newsroom import Furniture, Outlet, PicturePolicy
from syndicate.core.permission import THE_WORK
from syndicate.core.policy import Page
from syndicate.service import keep, read

_domain = click.option("--domain", help="Its site, such as oc-media.org.")
_timezone = click.option("--timezone", help="Its IANA time zone, such as Asia/Tbilisi.")
_template = click.option(
    "--credit-template",
    "templates",
    multiple=True,
    metavar="[LANG=]TEXT",
    help="Its credit sentence in one language, with {site}, {outlet}, {date}, {byline}; [parts] may be left out.",
)
_corrections = click.option(
    "--corrections",
    type=click.Choice(["review", "straight"]),
    help="Whether a new version of a published story waits for the desk or goes straight out.",
)
_fetch_pages = click.option(
    "--fetch-pages/--no-fetch-pages",
    default=None,
    help="Whether we may read its stories from their pages, where a feed of it gives summaries only.",
)
_pictures = click.option(
    "--pictures",
    type=click.Choice([policy.value for policy in PicturePolicy]),
    help="Which of its pictures go out: those whose credit is there and no agency's, all, or none.",
)
_cleared = click.option(
    "--clear-credit",
    "cleared",
    multiple=True,
    metavar="TEXT",
    help="An agency, or a whole credit, whose pictures it may pass on to us. Given ones replace those it had.",
)
_page = click.option(
    "--page",
    type=click.Choice([page.value for page in Page]),
    help="What our pages of its stories tell search engines, whatever a channel says: canonical, noindex, both, none.",
)
_may_edit = click.option(
    "--may-edit",
    "may_edit",
    multiple=True,
    type=click.Choice([*map(str, THE_WORK), "nothing"]),
    help="What we may edit though a story's licence forbids it. Given ones replace those it had.",
)
_embargo_hours = click.option(
    "--embargo-hours", type=int, metavar="HOURS", help="How long after its own publication a story may appear here."
)
_excerpt = click.option(
    "--excerpt-only/--whole-text", "excerpt_only", default=None, help="Whether a summary appears in place of the text."
)
_quota = click.option(
    "--quota", type=QuotaText(), metavar="N/week|N/month|none", help="So many of its new stories may appear at most."
)
_ends = click.option(
    "--ends",
    metavar="DATE",
    help="From this day on, on its own calendar, nothing new goes out (2027-01-01); `never` for no end.",
)
_approve = click.option(
    "--approve",
    "approvals",
    multiple=True,
    metavar="[SECTION,…][@HH:MM-HH:MM]",
    help="Stories that need no editor, by section, by its time of day, or both; `none` for no such. Given ones replace"
    " those it had.",
)
_selectors = click.option(
    "--remove-selector",
    "selectors",
    multiple=True,
    metavar="SELECTOR",
    help="Page furniture of its own, such as .promo-box; may be repeated. Given ones replace those it had.",
)
_texts = click.option(
    "--remove-text", "texts", multiple=True, help="A whole paragraph that its pages repeat; likewise."
)


_territories = click.option(
    "--territory",
    "territories",
    multiple=True,
    metavar="CODE",
    help="A country that its stories may be published in, by ISO 3166-1, such as AM. Given ones replace those it had.",
)
_blocked = click.option(
    "--block-subscriber",
    "blocked_subscribers",
    multiple=True,
    metavar="SLUG",
    help="A subscriber that may not have its stories. Given ones replace those it had, an empty one clears.",
)


def _options(function: Callable[..., None]) -> Callable[..., None]:
    for option in (
        _blocked,
        _territories,
        _texts,
        _selectors,
        _cleared,
        _pictures,
        _page,
        _may_edit,
        _approve,
        _ends,
        _excerpt,
        _quota,
        _embargo_hours,
        _fetch_pages,
        _corrections,
        _template,
        _timezone,
        _domain,
    ):
        function = option(function)
    return function


@command("add")
@click.argument("name")
@click.option("--slug", required=True, help="Its short name in commands and ids.")
@_options
def add(desk: Desk, name: str, slug: str, **changes: Any) -> None:
    """Add an outlet."""
    outlet = _changed(Outlet(slug=slug, name=name), **changes)
    outlet = keep.add_outlet(desk.store, outlet, who=COMMAND_LINE, now=desk.now())
    desk.say(plain(outlet), f"Outlet {outlet.slug} added. A key for its pushes: syndicate key add --outlet {slug}")


@command("set")
@click.argument("slug")
@click.option("--name")
@_options
def set_(desk: Desk, slug: str, name: str | None, **changes: Any) -> None:
    """Change what is given; the rest stays."""
    outlet = read.outlet(desk.store, slug)
    outlet = _changed(replace(outlet, name=name or outlet.name), **changes)
    outlet = keep.set_outlet(desk.store, outlet, who=COMMAND_LINE, now=desk.now())
    desk.say(plain(outlet), f"Outlet {slug} changed.")


@command("list")
def list_(desk: Desk) -> None:
    """All outlets."""
    rows = [plain(outlet) for outlet in read.outlets(desk.store)]
    desk.say_table(
        "outlets", [{name: row[name] for name in ("slug", "name", "domain", "timezone")} for row in rows], rows
    )


@command("show")
@click.argument("slug")
def show(desk: Desk, slug: str) -> None:
    """One outlet."""
    desk.say_fields(plain(read.outlet(desk.store, slug)))


@command("remove")
@click.argument("slug")
def remove(desk: Desk, slug: str) -> None:
    """Remove an outlet that has no stories."""
    keep.remove_outlet(desk.store, slug, who=COMMAND_LINE, now=desk.now())
    desk.say({"removed": slug}, f"Outlet {slug} removed.")


def _changed(
    outlet: Outlet,
    *,
    domain: str | None,
    timezone: str | None,
    templates: tuple[str, ...],
    corrections: str | None,
    fetch_pages: bool | None,
    pictures: str | None,
    cleared: tuple[str, ...],
    page: str | None,
    may_edit: tuple[str, ...],
    embargo_hours: int | None,
    excerpt_only: bool | None,
    quota: Quota | str | None,
    ends: str | None,
    approvals: tuple[str, ...],
    selectors: tuple[str, ...],
    texts: tuple[str, ...],
    territories: tuple[str, ...],
    blocked_subscribers: tuple[str, ...],
) -> Outlet:
    outlet = replace(outlet, timezone=outlet.timezone if timezone is None else timezone)
    before = outlet.agreement
    new_templates = dict(_by_language(template) for template in templates)
    agreed = replace(
        before,
        corrections_straight_through=corrections == "straight" if corrections else before.corrections_straight_through,
        fetch_pages=before.fetch_pages if fetch_pages is None else fetch_pages,
        pictures=PicturePolicy(pictures or before.pictures),
        cleared_credits=_list(cleared, before.cleared_credits),
        page=Page(page) if page else before.page,
        may_edit=tuple(part for part in THE_WORK if part in may_edit) if may_edit else before.may_edit,
        embargo_hours=before.embargo_hours if embargo_hours is None else embargo_hours,
        quota=before.quota if quota is None else quota if isinstance(quota, Quota) else None,
        excerpt_only=before.excerpt_only if excerpt_only is None else excerpt_only,
        ends=_end(ends, outlet) if ends else before.ends,
        approvals=tuple(_approval(each) for each in approvals if each != "none") if approvals else before.approvals,
        territories=_list(territories, before.territories),
        blocked_subscribers=_list(blocked_subscribers, before.blocked_subscribers),
    )
    furniture = Furniture(
        selectors=selectors or outlet.furniture.selectors,
        texts=texts or outlet.furniture.texts,
    )
    return replace(
        outlet,
        domain=outlet.domain if domain is None else domain,
        credit_templates={**outlet.credit_templates, **new_templates},
        agreement=agreed,
        furniture=furniture,
    )


def _end(written: str, outlet: Outlet) -> datetime | None:
    if written == "never":
        return None
    try:
        return datetime.combine(date.fromisoformat(written), time(), outlet.zone or UTC)
    except ValueError:
        raise click.BadParameter(f"{written[:40]} is not a day such as 2027-01-01.", param_hint="--ends") from None


def _approval(written: str) -> Approval:
    """`Sport,Culture@22:00-06:00`: which sections, at what time of day; either may be left out."""
    sections, _, hours = written.partition("@")
    after, _, before = hours.partition("-")
    return Approval(sections=tuple(filter(None, map(str.strip, sections.split(",")))), after=after, before=before)


def _list(given: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, given))) if given else before


def _by_language(written: str) -> tuple[str, str]:
    language, equals, template = written.partition("=")
    is_tag = equals and 2 <= len(language) <= 35 and language.replace("-", "").isalnum()
    return (language, template) if is_tag else ("en", written)


COMMANDS = (group("outlet", "The partners whose stories we republish.", (add, set_, list_, show, remove)),)
