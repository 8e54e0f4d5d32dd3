"""Logs are events with fields, one JSON object a line on standard error. No bodies, no keys, no addresses with keys."""

import logging
import re
import sys
from typing import Any, TextIO

import structlog

_KEY = re.compile(r"syn_[A-Za-z0-9_-]{8,}")
_PASSWORD = re.compile(r"(://[^:/?#@\s]{0,200}:)[^@/\s]{1,200}(?=@)|([?&]password=)[^&\s]{1,200}")

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
    # a line break in a field stays inside its line
    line: list[structlog.typing.Processor] = [structlog.processors.JSONRenderer(ensure_ascii=True), _without_secrets]
    handler = logging.StreamHandler(stream or sys.stderr)
    structlog.configure(
        processors=[*facts, *line],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: _Lines(handler),
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*facts, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *line],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, lowest in _QUIET.items():
        logging.getLogger(name).setLevel(lowest)


class _Lines:
    """Writes lines where the handler writes its own, one at a time."""

    def __init__(self, handler: logging.StreamHandler[TextIO]) -> None:
        self._handler = handler

    def debug(self, line: str) -> None:
        self._handler.acquire()
        try:
            self._handler.stream.write(line + "\n")
            self._handler.flush()
        except (OSError, ValueError):  # a full disk, a closed stream: no reason to stop the work that is told of
            pass
        finally:
            self._handler.release()

    info = warning = error = critical = debug


def _without_secrets(_logger: object, _method: str, line: Any) -> str:
    """A secret stands in no log, wherever its sender put it: in a path, in a request id, in a trace."""
    return without_secrets(str(line))


def without_secrets(text: str) -> str:
    """Our keys, and the passwords in addresses of databases and queues."""
    return _PASSWORD.sub(r"\1\2…", _KEY.sub("syn_…", text))


def get_logger(room: str) -> structlog.typing.FilteringBoundLogger:
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger(room)
    return logger
