"""Connections: to judged addresses only, and nothing on them outlasts the time that a request has.

This is httpcore's own extension point, a network backend. The name stays in the Host header and in TLS, where the
certificate is checked against it; the connection goes to the number that was judged.
"""

import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore

from syndicate.core.errors import RemoteRefusal
from syndicate.delivery.addresses import Allowed

MOST_ADDRESSES = 4  # of one name, tried one after another
_ends: ContextVar[float] = ContextVar("ends")


@contextmanager
def within(total_s: float) -> Iterator[None]:
    """All that this thread does on connections meanwhile ends in time, or raises httpcore's TimeoutException."""
    token = _ends.set(time.monotonic() + total_s)
    try:
        yield
    finally:
        _ends.reset(token)


def is_over() -> bool:
    """Whether the time of `within` has run out."""
    return _ends.get() <= time.monotonic()


def _left(timeout: float | None) -> float:
    left = _ends.get() - time.monotonic()
    if left <= 0:
        raise httpcore.TimeoutException
    return left if timeout is None else min(left, timeout)


class CheckedNetwork(httpcore.NetworkBackend):
    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Raises RemoteRefusal where the name leads to no address that may be connected to."""
        addresses = self._allowed.choose(host, port, _resolve(host, port))
        if not addresses:
            raise RemoteRefusal(f"{host} is not on the public network.")
        for address in addresses[:MOST_ADDRESSES]:
            try:
                stream = self._plain.connect_tcp(address, port, _left(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return _Timed(stream)
        raise failure


def _resolve(host: str, port: int) -> Iterator[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:  # the name is unknown, or no name at all
        raise httpcore.ConnectError("its name is not known") from error
    return (str(address[0]) for _family, _type, _proto, _name, address in found)


class _Timed(httpcore.NetworkStream):
    """A connection whose every wait is cut to what is left of the request's time."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
