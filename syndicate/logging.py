"""Logs are events with fields, one JSON object a line on standard error. No bodies, no keys, no addresses with keys."""

import atexit
import json
import logging
import re
import sys
import time
from collections import deque
from contextlib import suppress
from threading import Event, Thread
from typing import TextIO

import structlog

_KEY = re.compile(r"syn_[A-Za-z0-9_-]{8,}")
_PASSWORD = re.compile(r"(://[^:/?#@\s]{0,200}:)[^@/\s]{1,200}(?=@)|([?&]password=)[^&\s]{1,200}")

TOGETHER_S, MOST_WAITING = 0.05, 100_000
_JSON = json.JSONEncoder(default=repr).encode

# Each step of a migration, each message of the queue is no event of ours. What a hand of the queue has to complain of,
# many times a second, the worker says once a second.
_QUIET = {"alembic": logging.WARNING, "huey": logging.WARNING, "huey.consumer.Worker": logging.CRITICAL}


def set_up(level: str, stream: TextIO | None = None) -> None:
    """Send our events, and what libraries log through `logging`, to one place in one form.

    Ours take the short way: a record of `logging` for each costs more than the rest of a feed's pull.
    """
    facts: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    structlog.configure(
        processors=[*facts, _line],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: _LINES,
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*facts, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _line],
        )
    )
    _LINES.begin(handler)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, lowest in _QUIET.items():
        logging.getLogger(name).setLevel(lowest)


class _Lines:
    """Writes lines where the handler of `logging` writes its own: a warning at once, others within a moment, together.

    A call of the operating system for each line lets other threads go first, which costs more than the line.
    """

    def __init__(self) -> None:
        self._handler: logging.StreamHandler[TextIO] = logging.StreamHandler()
        self._waiting: deque[str] = deque(maxlen=MOST_WAITING)  # where nobody reads what we write, the oldest go
        self._some = Event()
        self._writer = Thread(target=self._write, name="log", daemon=True)
        atexit.register(self.flush)

    def begin(self, handler: logging.StreamHandler[TextIO]) -> None:
        self.flush()
        self._handler = handler
        if not self._writer.is_alive():
            self._writer.start()

    def info(self, line: str) -> None:
        self._waiting.append(line)
        if not self._some.is_set():
            self._some.set()

    debug = info

    def warning(self, line: str) -> None:
        self._waiting.append(line)
        self.flush()

    error = critical = warning

    def flush(self) -> None:
        with suppress(OSError, ValueError):  # a full disk, a closed stream: no reason to stop what is told of
            self._handler.acquire()
            try:
                self._handler.stream.write("".join(f"{self._waiting.popleft()}\n" for _ in range(len(self._waiting))))
                self._handler.flush()
            finally:
                self._handler.release()

    def _write(self) -> None:
        while self._some.wait():
            time.sleep(TOGETHER_S)
            self._some.clear()
            self.flush()


_LINES = _Lines()


def flush() -> None:
    """Write at once what was logged. Nobody need say so at the end of a process."""
    _LINES.flush()


def _line(_logger: object, _method: str, event: structlog.typing.EventDict) -> str:
    """A line break in a field stays inside its line. A secret stands in no log, wherever its sender put it: in a path,
    in a request id, in a trace.
    """
    return without_secrets(_JSON(event))


def without_secrets(text: str) -> str:
    """Our keys, and the passwords in addresses of databases and queues. Most texts have none: to see that is cheap."""
    if "syn_" in text:
        text = _KEY.sub("syn_…", text)
    if "://" in text or "password=" in text:
        text = _PASSWORD.sub(r"\1\2…", text)
    return text


def get_logger(room: str) -> structlog.typing.FilteringBoundLogger:
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger(room)
    return logger
