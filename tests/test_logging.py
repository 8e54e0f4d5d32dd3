"""Lines are written together, and none is lost or late that somebody waits for."""

import json
import subprocess
import sys

import pytest

SAY = """
from syndicate.logging import get_logger, set_up
set_up("info")
log = get_logger("tests")
log.info("first", story="a\\nb")
{then}
"""


def said(then: str) -> list[str]:
    """What a process of its own logs that begins with `first`, and goes on so."""
    done = subprocess.run([sys.executable, "-c", SAY.format(then=then)], stderr=subprocess.PIPE, check=False)
    return [json.loads(line)["event"] for line in done.stderr.splitlines() if line.startswith(b"{")]


@pytest.mark.parametrize(
    "end",
    ["", "raise SystemExit(1)", "raise RuntimeError", "import signal; signal.raise_signal(signal.SIGINT)"],
)
def test_what_was_logged_is_written_before_the_process_ends(end):
    assert said(end) == ["first"]


def test_a_warning_is_written_at_once_and_after_what_came_before_it():
    assert said("log.warning('second'); import os; os.kill(os.getpid(), 9)") == ["first", "second"]


def test_lines_of_many_threads_are_all_written_and_whole():
    many = (
        "from threading import Thread; "
        "threads = [Thread(target=lambda: [log.info('x', words='y' * 200) for _ in range(500)]) for _ in range(8)]; "
        "[one.start() for one in threads]; [one.join() for one in threads]"
    )
    assert said(many) == ["first"] + ["x"] * 4000
