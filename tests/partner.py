"""A partner's server on loopback that answers each path as it was told: properly, badly, or not at all."""

import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from syndicate.delivery.http import Client, Limits

AGENT = "Syndicate/0 (+https://news.example)"
BETWEEN_DRIPS_S = 0.02


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: Message
    body: bytes = b""


Answer = bytes | Callable[["Partner", Asked], Iterable[bytes]]


def answer(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """A whole and proper answer; header names with underscores for hyphens."""
    named = {"Content_Length": str(len(body)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items() if value is not None)
    return f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode("latin-1") + body


def redirect(to: str, status: int = 301) -> bytes:
    return answer(status, Location=to)


def silent(partner: "Partner", _asked: Asked) -> Iterator[bytes]:
    """It takes the request and says nothing."""
    partner.closing.wait()
    yield b""


def drip(said: bytes) -> Answer:
    """It sends a byte at a time, and after the last goes on with white space, for ever."""

    def pieces(partner: "Partner", _asked: Asked) -> Iterator[bytes]:
        for octet in said:
            yield bytes([octet])
        while not partner.closing.wait(BETWEEN_DRIPS_S):
            yield b" "

    return pieces


@dataclass
class Partner:
    """`says[path]` is a list of answers, given in turn; the last one goes on. `asked` is what was asked.

    A path that says nothing with its query says what it says without.
    """

    says: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # a client that hangs up is what some tests are about
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def speak_tls(self, context: ssl.SSLContext) -> None:
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler(partner: Partner) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(self.command, self.path, self.headers, body)
            partner.asked.append(asked)
            answers = partner.says.get(self.path) or partner.says.get(self.path.partition("?")[0], [answer(404)])
            said = answers.pop(0) if len(answers) > 1 else answers[0]
            self.close_connection = True
            try:
                for piece in [said] if isinstance(said, bytes) else said(partner, asked):
                    self.wfile.write(piece)
            except OSError:  # the other side had enough
                return

        do_GET = do_HEAD = do_POST = answer

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    return Handler


@pytest.fixture
def partner() -> Iterator[Partner]:
    started = Partner()
    yield started
    started.close()


@pytest.fixture
def client(partner: Partner) -> Iterator[Client]:
    """It may go to the partner, and waits long enough for a busy machine."""
    limits = Limits(connect_s=10, read_s=10, total_s=30, max_bytes=200_000)
    opened = Client(user_agent=AGENT, allow_hosts=partner.host, limits=limits)
    yield opened
    opened.close()
