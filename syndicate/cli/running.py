"""`serve`, `worker`, `db`, `doctor` and `demo`: running the newsroom and looking after it."""

import os
import signal
from collections.abc import Callable
from dataclasses import fields
from threading import Event, Thread

import click
from sqlalchemy import make_url

from syndicate import serving, worker
from syndicate.cli.desk import Desk, command, group
from syndicate.config import load, variable
from syndicate.core.errors import SyndicateError
from syndicate.logging import set_up
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
    stop = Event()
    clock = Thread(target=_clock(desk, stop), name="worker", daemon=True)
    desk.store  # noqa: B018 - the tables are there before anybody asks for them
    serving.serve(
        "syndicate.app:from_environment",
        host,
        port,
        workers=desk.config.web_workers,
        threads=desk.config.web_threads,
        on_start=[] if no_worker else [clock.start],
        on_stop=[stop.set],
        on_ready=lambda url: click.echo(f"Syndicate serves on {url} (Ctrl-C stops it)"),
    )
    if clock.is_alive():
        clock.join(serving.GRACE_S)  # it finishes the story that it is at


@command("worker")
def worker_(desk: Desk) -> None:
    """Do the clock's work beside `serve --no-worker`, until Ctrl-C or SIGTERM."""
    set_up(desk.config.log_level)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    _clock(desk, stop)()


def _clock(desk: Desk, stop: Event) -> Callable[[], None]:
    return lambda: worker.run(desk.store, desk.newsroom, now=desk.now, stop=stop)


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
    try:
        health.check(desk.store)
    except SyndicateError as error:
        problems.append(error.detail)
    settings = [
        {
            "setting": variable(setting.name),
            "value": _shown(setting.name, getattr(desk.config, setting.name)),
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


def _shown(name: str, value: object) -> object:
    return make_url(str(value)).render_as_string(hide_password=True) if name == "database_url" else value


@command("demo")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Exit after the job.")
def demo(desk: Desk, port: int, no_serve: bool) -> None:
    """Run the main job on a newsroom of its own, through a really running server, and show each step."""
    from syndicate.demo import show_main_job  # what only the demonstration needs is not loaded for the rest

    raise SystemExit(show_main_job(port=port, stay=not no_serve))


COMMANDS = (serve, worker_, group("db", "The database.", (upgrade, migration)), doctor, demo)
