"""Running the web door: granian, worker processes of its own, one clean way down.

Why granian, and why each of these steps is needed: docs/decisions/0001-wsgi-server.md.
"""

import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from threading import Thread
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

GRACE_S = 30
MOST_HEAD_BYTES = 65_536  # of a request; an Accept of 400,000 takes seconds to read
# Our own handlers stay; granian brings none.
_LOGS: dict[str, Any] = {
    "incremental": True,
    "formatters": {},
    "handlers": {},
    "loggers": {name: {"propagate": True} for name in ("_granian", "granian.access")},
}


def serve(
    factory: str,
    host: str,
    port: int,
    *,
    workers: int,
    threads: int,
    on_start: Sequence[Callable[[], None]] = (),
    on_stop: Sequence[Callable[[], None]] = (),
    on_ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve `module:factory` until SIGTERM or SIGINT, at an address from `claim`; requests under way are finished.

    `on_ready` is told the address when connections are taken. The factory runs in each worker process.
    """
    multiprocessing.set_start_method("spawn", force=True)  # a fork would copy our threads' locks and signal handlers
    server = _Server(
        factory,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(max_buffer_size=MOST_HEAD_BYTES),
        websockets=False,
        workers=workers,
        blocking_threads=threads,
        workers_kill_timeout=GRACE_S,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        log_dictconfig=_LOGS,
    )
    server.hooks_startup += [*on_start, lambda: _in_background(_announce, host, port, on_ready)]
    server.on_stop = on_stop
    server.serve(target_loader=_load)


class _Server(Server):  # type: ignore[misc, valid-type]
    """Tells at once that it was asked to stop; granian's own hooks run when its workers are gone."""

    on_stop: Sequence[Callable[[], None]] = ()

    def shutdown(self, exit_code: int = 0) -> None:
        for tell in self.on_stop:
            tell()
        super().shutdown(exit_code)


def address(host: str, port: int) -> str:
    """The address as a browser on this machine writes it."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - a wildcard is no address to go to
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _load(factory: str) -> Any:
    """In the worker, before its first request."""
    _in_background(_follow_parent)
    module, _, name = factory.partition(":")
    return getattr(import_module(module), name)()


def _follow_parent() -> None:
    """A worker whose parent was killed would share the port with the next start: it stops itself."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE_S)
        os._exit(1)


def claim(host: str, port: int) -> tuple[str, int]:
    """The address to serve at; port 0 picks a free one. Raises OSError where it cannot be had.

    We bind it once ourselves, because granian's own SO_REUSEPORT never finds an address taken.
    """
    family, *_, wanted = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(wanted)
        name: tuple[str, int] = probe.getsockname()[:2]
        return name


def _announce(host: str, port: int, on_ready: Callable[[str], None]) -> None:
    while True:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            on_ready(address(host, port))
            return


def _in_background(target: Callable[..., None], *args: Any) -> Thread:
    thread = Thread(target=target, args=args, daemon=True)
    thread.start()
    return thread
