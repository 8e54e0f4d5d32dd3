"""`syndicate source` and `syndicate poll`: the feeds that we pull."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import click

from syndicate import app, ingest
from syndicate.cli import source_lines as lines
from syndicate.cli.desk import COMMAND_LINE, Desk, command, group, plain
from syndicate.core.newsroom import Agreement, Outlet
from syndicate.core.source import FullText, Source
from syndicate.logging import set_up
from syndicate.service import read, work
from syndicate.service.intake import sources, trial
from syndicate.service.intake.poll import POLL

_OPTIONS = (
    click.option("--format", "form", type=click.Choice(sorted(ingest.FORMATS)), help="Else its content tells."),
    click.option("--interval", type=int, metavar="SECONDS", help="How long between two looks; 900 if not said."),
    click.option(
        "--full-text",
        type=click.Choice([rule.value for rule in FullText]),
        help="What to do about summaries: hold them as they are, or fetch the page, where the agreement lets us.",
    ),
)


def _options(function: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@command("add")
@click.argument("address")
@click.option("--outlet", required=True, help="Whose stories these are (slug).")
@click.option("--slug", default="", help="Its short name in commands; the host of its address if not said.")
@_options
def add(
    desk: Desk,
    address: str,
    outlet: str,
    slug: str,
    form: str | None,
    interval: int | None,
    full_text: str | None,
) -> None:
    """Add a feed; the worker looks at it at once, and then again and again."""
    source = _changed(_blank(desk, address, outlet, slug), form=form, interval=interval, full_text=full_text)
    source = sources.add(desk.store, source, who=COMMAND_LINE, now=desk.now())
    desk.say(
        lines.of_source(source),
        f"Source {source.outlet}/{source.slug} added. What it gives: syndicate source try {source.slug}",
    )


@command("set")
@click.argument("source", metavar="SOURCE")
@click.option("--address", help="Its new address.")
@_options
def set_(
    desk: Desk, source: str, address: str | None, form: str | None, interval: int | None, full_text: str | None
) -> None:
    """Change what is given; it is looked at anew, and one that had stopped begins again."""
    found = sources.named(desk.store, source)
    found = _changed(
        replace(found, address=address or found.address), form=form, interval=interval, full_text=full_text
    )
    found = sources.change(desk.store, found, who=COMMAND_LINE, now=desk.now())
    desk.say(lines.of_source(found), f"Source {found.outlet}/{found.slug} changed.")


@command("list")
@click.option("--outlet", default="", help="Only this outlet's (slug).")
def list_(desk: Desk, outlet: str) -> None:
    """All sources: when they were looked at, what came, what is wrong."""
    files = sources.overview(desk.store, outlet=outlet, now=desk.now())
    desk.say_table("sources", [lines.row(file) for file in files], [lines.of_file(file) for file in files])


@command("show")
@click.argument("source", metavar="SOURCE")
def show(desk: Desk, source: str) -> None:
    """One source with what is known of it, and its last look."""
    desk.say_fields(lines.of_file(sources.file(desk.store, source, limit=1, now=desk.now())))


@command("log")
@click.argument("source", metavar="SOURCE")
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True)
def log(desk: Desk, source: str, limit: int) -> None:
    """The last looks at a source, the newest first."""
    file = sources.file(desk.store, source, limit=limit, now=desk.now())
    desk.say_table("looks", [lines.line(poll) for poll in file.polls], [plain(poll) for poll in file.polls])


@command("remove")
@click.argument("source", metavar="SOURCE")
def remove(desk: Desk, source: str) -> None:
    """Remove a source; its stories stay."""
    found = sources.named(desk.store, source)
    sources.remove(desk.store, found, who=COMMAND_LINE, now=desk.now())
    desk.say({"removed": f"{found.outlet}/{found.slug}"}, f"Source {found.outlet}/{found.slug} removed.")


@command("try")
@click.argument("source", metavar="SOURCE|ADDRESS")
@click.option("--outlet", default="", help="Read it as this outlet's (slug): its time zone, its furniture.")
@_options
def try_(desk: Desk, source: str, outlet: str, form: str | None, interval: int | None, full_text: str | None) -> None:
    """Fetch a feed and show its last ten stories before and after cleaning. Stores nothing."""
    found = _blank(desk, source, outlet, "") if "://" in source else sources.named(desk.store, source)
    found = _changed(found, form=form, interval=interval, full_text=full_text)
    whose = read.outlet(desk.store, found.outlet) if found.outlet else _nobody(found)
    result = trial.try_source(app.client(desk.config), found, whose, now=desk.now())
    if desk.as_json:
        desk.say({**asdict(result), "counts": result.counts}, "")
        return
    for line in lines.of_trial(result):
        click.echo(line)


@command("poll")
@click.option("--source", default="", help="Only this one, due or not.")
@click.option("--outlet", default="", help="Only this outlet's, due or not.")
def poll(desk: Desk, source: str, outlet: str) -> None:
    """Look now: at the sources that are due, or at those that are named."""
    set_up("error")  # what came is printed, not logged
    hands, now = app.hands(desk.config, desk.store), desk.now()
    rows = [_look(desk, hands, found, now) for found in _wanted(desk, source, outlet, now)]
    desk.say_table("sources to look at", rows, rows)


def _wanted(desk: Desk, source: str, outlet: str, now: datetime) -> Sequence[Source]:
    if source:
        return [sources.named(desk.store, source)]
    found = [file.source for file in sources.overview(desk.store, outlet=outlet, now=now)]
    return found if outlet else [each for each in found if each.is_due(now)]


def _look(desk: Desk, hands: work.Hands, source: Source, now: datetime) -> dict[str, Any]:
    name = f"{source.outlet}/{source.slug}"
    job = None if source.state.stopped else work.take(desk.store, POLL, source.id, now=now)
    if job is None:
        why = source.state.stopped or "Another is at it at this moment."
        return {"source": name, "result": "not looked at", "told": why, "detail": {}}
    work.do(hands, job, now=now)
    (last,) = sources.file(desk.store, name, limit=1, now=now).polls
    return {"source": name, "result": last.result.value, "told": lines.told(last), "detail": dict(last.detail)}


def _blank(desk: Desk, address: str, outlet: str, slug: str) -> Source:
    return Source(id="", outlet=outlet, slug=slug, address=address, created_at=desk.now())


def _changed(source: Source, *, form: str | None, interval: int | None, full_text: str | None) -> Source:
    return replace(
        source,
        format=source.format if form is None else form,
        interval_s=source.interval_s if interval is None else interval,
        full_text=FullText(full_text) if full_text else source.full_text,
    )


def _nobody(source: Source) -> Outlet:
    """An outlet that is not there yet: what its agreement would allow is tried too."""
    host = urlsplit(source.address).hostname or ""
    return Outlet(slug="try", name=host, domain=host, agreement=Agreement(fetch_pages=True))


COMMANDS = (group("source", "The feeds that we pull.", (add, set_, list_, show, log, try_, remove)), poll)
