"""What every command shares: settings and store opened on first use, one way to print, one way to refuse."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from enum import Enum
from functools import cached_property
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from syndicate.config import BadSetting, Config, load
from syndicate.core.errors import SyndicateError
from syndicate.core.newsroom import Newsroom
from syndicate.store import Store, opening
from syndicate.web.problems import problem_of

COMMAND_LINE = "command line"
PIPED_WIDTH = 300


class Desk:
    """The newsroom as a command sees it."""

    as_json = False

    @cached_property
    def config(self) -> Config:
        return load()

    @cached_property
    def store(self) -> Store:
        store = self.opened()
        opening.ensure(store)
        return store

    def opened(self) -> Store:
        """The database as it is, whatever its tables."""
        try:
            return Store(self.config.database_url)
        except (ValueError, OSError) as error:
            raise BadSetting(f"SYNDICATE_DATABASE_URL: {error}") from None

    @property
    def newsroom(self) -> Newsroom:
        return self.config.newsroom

    def now(self) -> datetime:
        return datetime.now(UTC)

    def say(self, document: object, text: str) -> None:
        """One JSON document, or one line for a person."""
        click.echo(json_text(document) if self.as_json else text)

    def say_fields(self, facts: Mapping[str, Any]) -> None:
        """One thing, a line for each of its fields."""
        if self.as_json:
            click.echo(json_text(facts))
            return
        width = max(map(len, facts), default=0)
        for name, value in facts.items():
            click.echo(f"{name:<{width}}  {value if isinstance(value, str | int | None) else json_text(value)}")

    def say_table(self, title: str, rows: Sequence[Mapping[str, Any]], document: object = None) -> None:
        """Several things; as JSON the `document`, else the rows themselves."""
        if self.as_json:
            click.echo(json_text(rows if document is None else document))
            return
        if not rows:
            click.echo(f"No {title}.")
            return
        table = Table(box=None, pad_edge=False)
        for position, name in enumerate(rows[0]):
            table.add_column(name, overflow="fold", no_wrap=position == 0)  # the first is what commands take
        for row in rows:
            table.add_row(*(_cell(value) for value in row.values()))
        Console(width=None if sys.stdout.isatty() else PIPED_WIDTH).print(table, markup=False)


class Refusing(click.Group):
    """A refusal is one clear line, or one problem document with --json, and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        ctx.obj = desk = Desk()
        try:
            return super().invoke(ctx)
        except SyndicateError as error:
            refuse(desk, error)
        except BadSetting as error:
            if desk.as_json:
                click.echo(json_text({"problem": {"title": "A setting cannot be used", "detail": str(error)}}))
            click.echo(f"syndicate: {error}", err=True)
        raise SystemExit(1)


def refuse(desk: Desk, error: SyndicateError) -> None:
    if desk.as_json:
        click.echo(json_text({"problem": problem_of(error)}))
        return
    click.echo(f"syndicate: {error.detail}", err=True)
    errors = error.extra.get("errors")
    for name, messages in errors.items() if isinstance(errors, dict) else ():
        click.echo(f"  {name}: {' '.join(messages)}", err=True)


def command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command that takes --json and is handed the Desk."""

    def decorate(function: Callable[..., None]) -> click.Command:
        option = click.option(
            "--json", is_flag=True, expose_value=False, callback=_set_json, help="Print one JSON document."
        )
        return click.command(name)(option(click.make_pass_decorator(Desk)(function)))

    return decorate


def group(name: str, help_text: str, commands: Sequence[click.Command]) -> click.Group:
    return click.Group(name, help=help_text, commands=commands)


def plain(value: Any) -> dict[str, Any]:
    """A core value as JSON has it."""
    document: dict[str, Any] = json.loads(json_text(asdict(value)))
    return document


def json_text(document: object) -> str:
    return _writable(json.dumps(document, ensure_ascii=False, indent=2, default=_json_value))


def json_line(document: object) -> str:
    """One document on one line."""
    return _writable(json.dumps(document, ensure_ascii=False, default=_json_value))


def _writable(text: str) -> str:
    """Half a surrogate pair, which JSON can name and UTF-8 cannot write, becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _json_value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _set_json(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        ctx.ensure_object(Desk).as_json = True
