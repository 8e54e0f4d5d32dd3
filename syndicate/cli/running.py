"""`serve`, `db`, `doctor` and `demo`: running the newsroom and looking after it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import Field, fields
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import click

from syndicate import app, serving
from syndicate.cli.desk import Desk, command, group
from syndicate.cli.working import a_worker
from syndicate.config import load, variable
from syndicate.core.errors import SyndicateError
from syndicate.logging import set_up, without_secrets
from syndicate.service import health


@command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 picks a free one.")
@click.option("--no-worker", is_flag=True, help="The web only; run `syndicate worker` beside it.")
def serve(desk: Desk, host: str, port: int, no_worker: bool) -> None:
    """Serve the web and do the clock's work, until Ctrl-C or SIGTERM."""
    set_up(desk.config.log_level)
    try:
        host, port = serving.claim(host, port)
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port}: {error.strerror or error}") from None
    os.environ.setdefault(variable("base_url"), serving.address(host, port))  # the worker processes read it too
    desk.config = load()
    desk.store  # noqa: B018 - the tables are there before anybody asks for them
    workers = [] if no_worker else [a_worker(desk)]
    clocks = [Thread(target=worker.run, name="worker", daemon=True) for worker in workers]
    with _counting_together(desk.config.web_workers):
        serving.serve(
            "syndicate.app:from_environment",
            host,
            port,
            workers=desk.config.web_workers,
            threads=desk.config.web_threads,
            on_start=[clock.start for clock in clocks],
            on_stop=[worker.stop for worker in workers],
            on_ready=lambda url: click.echo(f"Syndicate serves on {url} (Ctrl-C stops it)"),
        )
    for clock in filter(Thread.is_alive, clocks):
        clock.join(serving.GRACE_S)  # it finishes what it has begun


@contextmanager
def _counting_together(processes: int) -> Iterator[None]:
    """Several web processes count their requests in files of one folder, which prometheus-client finds by this name."""
    if processes == 1:
        yield
        return
    with TemporaryDirectory(prefix="syndicate-counts-") as folder:
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", folder)
        yield


@command("upgrade")
def upgrade(desk: Desk) -> None:
    """Bring the database to the tables of this release."""
    from syndicate.store.migrating import upgrade as run_migrations

    reached = run_migrations(desk.opened())
    desk.say({"revision": reached}, f"The database is at {reached}.")


@command("migration")
@click.argument("message")
def migration(desk: Desk, message: str) -> None:
    """Draft a migration from the difference between models and tables (for developers)."""
    from syndicate.store.migrating import draft

    draft(desk.store, message, at=desk.now())
    desk.say({"message": message}, "Written. Read it before you commit it.")


@command("doctor")
def doctor(desk: Desk) -> None:
    """Explain every setting, and say what is wrong."""
    problems = []
    checks = (
        lambda: health.check(desk.store),
        lambda: app.queue(desk.config).waiting(),
        lambda: app.shelf(desk.config).files.check(),
        lambda: app.secret(desk.config),
    )
    for check in checks:
        try:
            check()
        except SyndicateError as error:
            problems.append(error.detail)
    settings = [
        {
            "setting": variable(setting.name),
            "value": _shown(setting, getattr(desk.config, setting.name)),
            "default": getattr(desk.config, setting.name) == setting.default,
            "explanation": setting.metadata["help"],
        }
        for setting in fields(desk.config)
    ]
    desk.say_table("settings", settings, {"settings": settings, "problems": problems})
    for problem in () if desk.as_json else problems or ["Nothing is wrong."]:
        click.echo(problem)
    if problems:
        raise SystemExit(1)


def _shown(setting: Field[Any], value: object) -> object:
    if setting.metadata["secret"]:
        return "set" if value else ""
    return without_secrets(value) if isinstance(value, str) else value


@command("demo")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Exit after the job.")
def demo(desk: Desk, port: int, no_serve: bool) -> None:
    """Run the main job on a newsroom of its own, through a really running server, and show each step."""
    from syndicate.demo import show_main_job  # what only the demonstration needs is not loaded for the rest

    raise SystemExit(show_main_job(port=port, stay=not no_serve))


COMMANDS = (serve, group("db", "The database.", (upgrade, migration)), doctor, demo)
