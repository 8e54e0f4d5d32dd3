"""Logs are events with fields, one JSON object a line on standard error. No bodies, no keys, no addresses with keys."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

_KEY = re.compile(r"syn_[A-Za-z0-9_-]{8,}")
_PASSWORD = re.compile(r"(://[^:/?#@\s]{0,200}:)[^@/\s]{1,200}(?=@)|([?&]password=)[^&\s]{1,200}")

# Each step of a migration, each message of the queue is no event of ours. What a hand of the queue has to complain of,
# many times a second, the worker says once a second.
_QUIET = {"alembic": logging.WARNING, "huey": logging.WARNING, "huey.consumer.Worker": logging.CRITICAL}


def set_up(level: str, stream: TextIO | None = None) -> None:
    """Send our events, and what libraries log through `logging`, to one place in one form."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _without_secrets,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=True),  # a line break in a field stays inside its line
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, lowest in _QUIET.items():
        logging.getLogger(name).setLevel(lowest)


def _without_secrets(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A secret stands in no log, wherever its sender put it: in a path, in a request id, in a trace."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = without_secrets(value)
    return event


def without_secrets(text: str) -> str:
    """Our keys, and the passwords in addresses of databases and queues."""
    return _PASSWORD.sub(r"\1\2…", _KEY.sub("syn_…", text))


def get_logger(room: str) -> structlog.stdlib.BoundLogger:
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(room)
    return logger
