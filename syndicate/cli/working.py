"""`worker`: doing what is due, and saying how it stands with that."""

import signal
from dataclasses import asdict

import click

from syndicate import app
from syndicate.cli.desk import Desk, command
from syndicate.core.errors import SyndicateError
from syndicate.logging import set_up, without_secrets
from syndicate.service.figures import Figures, figures
from syndicate.store.jobs import Waiting
from syndicate.worker import Worker


def a_worker(desk: Desk, threads: int | None = None) -> Worker:
    hands, queue = app.hands(desk.config, desk.store), app.queue(desk.config)
    return Worker(hands, queue, threads=threads or desk.config.worker_threads, now=desk.now)


@command("worker")
@click.option(
    "--threads", type=click.IntRange(1, 64), help="Jobs at the same time.  [default: SYNDICATE_WORKER_THREADS]"
)
@click.option("--status", is_flag=True, help="Only say what waits, what is under way and which workers live.")
def worker(desk: Desk, threads: int | None, status: bool) -> None:
    """Do the clock's work beside `serve --no-worker`, until Ctrl-C or SIGTERM."""
    if status:
        _say_status(desk)
        return
    set_up(desk.config.log_level)
    clock = a_worker(desk, threads)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: clock.stop())
    clock.run()


def _say_status(desk: Desk) -> None:
    found = figures(desk.store, now=desk.now())
    jobs = [_job(kind, found) for kind in found.waiting]
    workers = [{**asdict(worker), "alive": found.lives(worker)} for worker in found.workers]
    queue = {"url": without_secrets(desk.config.queue_url), "reachable": True, "messages": None, "problem": ""}
    try:
        queue["messages"] = app.queue(desk.config).waiting()
    except SyndicateError as error:
        queue |= {"reachable": False, "problem": error.detail}
    if desk.as_json:
        desk.say({"jobs": jobs, "workers": workers, "queue": queue}, "")
        return
    desk.say_table("jobs", jobs)
    desk.say_table("workers", workers)
    desk.say_fields({f"queue {name}": value for name, value in queue.items() if value not in ("", None)})


def _job(kind: Waiting, found: Figures) -> dict[str, object]:
    since = kind.oldest_due_at
    tally = found.tallies[kind.kind]
    return {
        "kind": kind.kind,
        "jobs": kind.jobs,
        "due": kind.due,
        "oldest_due_s": round((found.at - since).total_seconds()) if since else None,
        "under_way": kind.under_way,
        "failing": kind.failing,
        "done": tally.done,
        "failed": tally.failed,
    }


COMMANDS = (worker,)
