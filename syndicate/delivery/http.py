"""The one outgoing HTTP client. Everything that asks another server asks through it.

It goes to public addresses only, and to what SYNDICATE_ALLOW_HOSTS names, judged after resolution and anew at every
redirect. Whatever the other side does, it ends within the limits, with an answer or with a RemoteFailure whose
sentence says what happened; a sentence never holds a body, a header's value or an address with a query.
"""

import io
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import httpcore
import httpx

from syndicate.core.errors import RemoteFailure, RemoteRefusal
from syndicate.delivery.addresses import Allowed
from syndicate.delivery.inflate import ACCEPTED, decoder
from syndicate.delivery.network import CheckedNetwork, is_over, within

MAX_REDIRECTS = 5
MAX_URL_CHARS = 4_000
_PERMANENT, _KEEPS_METHOD = (301, 308), (307, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_OF_ONE_HOST = ("authorization", "cookie", "proxy-authorization")
_HEADERS_TOO_LONG = 431
_HOST = re.compile(rb"[A-Za-z0-9._:-]{1,253}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds to connect, to wait for the next byte, and in all, redirects included; bytes once decompressed."""

    connect_s: float = 10
    read_s: float = 20
    total_s: float = 60
    max_bytes: int = 64_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`secret` says that its headers or its body carry one: it does not go from https to http, wherever it is led.

    Not to `follow` makes a redirect an answer like any other.
    """

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    secret: bool = False
    follow: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Whatever status came, with its whole body, decompressed. Header names in any case.

    `url` is where it came from in the end. `moved_to` is the same where every redirect on the way was permanent (301,
    308), else empty.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    url: str
    moved_to: str = ""

    @property
    def is_framed(self) -> bool:
        """Whether its end was marked: by a length, a last chunk, or compressed data (RFC 9112 6.3, 8)."""
        return any(name in self.headers for name in ("content-length", "transfer-encoding", "content-encoding"))

    @property
    def links(self) -> Mapping[str, str]:
        """The Link headers' whole addresses by relation (RFC 8288)."""
        sent = httpx.Response(self.status, headers=self.headers).links.values()
        told = [(relation.lower(), link["url"]) for link in sent for relation in link.get("rel", "").split()]
        return {relation: joined for relation, address in told if (joined := _joined(self.url, address))}


class Client:
    """Safe to share between threads.

    Each request has a connection of its own: a kept one may be closed by the other side just as it is used again, which
    looks like a server that fails.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allow_hosts: str = "",
        limits: Limits | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """`allow_hosts` is a comma list of `host` or `host:port` that may be private."""
        self._user_agent = user_agent
        self._limits = limits or Limits()
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls or httpx.create_ssl_context(),
            network_backend=CheckedNetwork(Allowed(allow_hosts.split(","))),
            max_connections=100,
            max_keepalive_connections=0,
        )

    def send(self, request: Request, *, limits: Limits | None = None) -> Answer:
        """The answer, redirects followed. Raises RemoteFailure, and RemoteRefusal where a later try would not help."""
        limits = limits or self._limits
        with within(limits.total_s):
            return self._follow(request, limits)

    def close(self) -> None:
        self._pool.close()

    def _follow(self, request: Request, limits: Limits) -> Answer:
        seen, permanent = [_checked(request.url)], True
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._ask(request, seen[-1], limits)
            target = _target(request, answer)
            if target is None:
                return replace(answer, moved_to=answer.url if permanent and len(seen) > 1 else "")
            if target in seen:
                raise RemoteFailure(f"{seen[0].host} leads in a circle.")
            permanent = permanent and answer.status in _PERMANENT
            request = _led(request, answer.status, seen[-1], target)
            seen.append(target)
        raise RemoteFailure(f"{seen[0].host} leads on and on: more than {MAX_REDIRECTS} redirects.")

    def _ask(self, request: Request, url: httpx.URL, limits: Limits) -> Answer:
        waits = {"connect": limits.connect_s, "read": limits.read_s, "write": limits.read_s, "pool": limits.connect_s}
        with (
            _told(url.host, limits),
            self._pool.stream(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=self._headers(request, url),
                content=request.body or None,
                extensions={"timeout": waits},
            ) as response,
        ):
            headers = httpx.Headers(response.headers, encoding="latin-1")
            answer = Answer(status=response.status, headers=headers, body=b"", url=str(url))
            if _target(request, answer) is not None:
                return answer
            return replace(answer, body=_body(response, headers, url.host, limits))

    def _headers(self, request: Request, url: httpx.URL) -> list[tuple[bytes, bytes]]:
        ours = {"User-Agent": self._user_agent, "Accept": "*/*", "Accept-Encoding": ACCEPTED}
        given = {name.title(): value for name, value in request.headers.items()}
        named = [(name.encode("latin-1", "replace"), _raw(value)) for name, value in {**ours, **given}.items()]
        return [(b"Host", url.netloc), (b"Connection", b"close"), *named]


def _raw(value: str) -> bytes:
    """A header's value octet for octet as it was read, so that a validator goes back exactly as it came."""
    return value.encode("latin-1", "replace")


def _checked(url: str | httpx.URL) -> httpx.URL:
    """An address that may be asked for, without its fragment. Raises RemoteRefusal."""
    try:
        parsed = httpx.URL(url).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError, TypeError):
        raise RemoteRefusal("This is not an address that can be fetched.") from None
    if (
        parsed.scheme not in ("http", "https")
        or not _HOST.fullmatch(parsed.raw_host)
        or len(str(parsed)) > MAX_URL_CHARS
    ):
        raise RemoteRefusal("Only addresses of a host that begin with http:// or https:// are fetched.")
    if not 0 < (parsed.port or 80) < 65_536:  # the resolver would take what is left of it
        raise RemoteRefusal(f"The address at {parsed.host} has a port that cannot be.")
    if parsed.userinfo:
        raise RemoteRefusal(f"The address at {parsed.host} holds a name or password; those are not sent.")
    return parsed


def _joined(base: str, address: str) -> str:
    try:
        return str(_checked(httpx.URL(base).join(address)))
    except (httpx.InvalidURL, ValueError, RemoteRefusal):
        return ""


def _target(request: Request, answer: Answer) -> httpx.URL | None:
    """Where this answer leads, or None: only a question is asked again elsewhere, or what must be by its status.

    RFC 9110 15.4: a POST answered by 301, 302 or 303 has been dealt with where it was sent.
    """
    location = answer.headers.get("location", "")
    asks = request.method in ("GET", "HEAD") or answer.status in _KEEPS_METHOD
    if not request.follow or answer.status not in _REDIRECTS or not location or not asks:
        return None
    try:
        return _checked(httpx.URL(answer.url).join(_raw(location).decode("utf-8", "replace")))
    except (httpx.InvalidURL, ValueError):
        raise RemoteRefusal(f"{httpx.URL(answer.url).host} leads to what is no address.") from None


def _led(request: Request, status: int, source: httpx.URL, target: httpx.URL) -> Request:
    """The request as it goes on: what was meant for one host's eyes is not shown to another."""
    if request.secret and (source.scheme, target.scheme) == ("https", "http"):
        raise RemoteRefusal(f"{source.host} leads away from https, and the request carries a secret.")
    if (source.scheme, source.host, source.port) == (target.scheme, target.host, target.port):
        return request
    headers = {name: value for name, value in request.headers.items() if name.lower() not in _OF_ONE_HOST}
    return replace(request, headers=headers)


def _body(response: httpcore.Response, headers: httpx.Headers, host: str, limits: Limits) -> bytes:
    """Whole, or it raises: a length that does not come, a chunk that is none, compressed data without its end."""
    decoding, body = decoder(headers.get("content-encoding", ""), limits.max_bytes), io.BytesIO()
    try:
        for piece in response.iter_stream():
            body.write(decoding.feed(piece))
    except (httpcore.RemoteProtocolError, httpcore.ReadError):
        raise RemoteFailure(f"The answer of {host} broke off before its end.") from None
    decoding.end()
    return body.getvalue()


@contextmanager
def _told(host: str, limits: Limits) -> Iterator[None]:
    """What goes wrong on the wire, as sentences."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise RemoteFailure(_how_late(host, error, limits)) from None
    except httpcore.ConnectError as error:
        raise RemoteFailure(_why_no_connection(host, error.args[0])) from None
    except httpcore.NetworkError:
        raise RemoteFailure(f"{host} closed the connection without an answer.") from None
    except httpcore.LocalProtocolError:
        raise RemoteRefusal(f"The request to {host} cannot be written: a header of it holds what none may.") from None
    except httpcore.RemoteProtocolError as error:
        too_long = getattr(error.args[0], "error_status_hint", 0) == _HEADERS_TOO_LONG
        what = "with headers that are too long" if too_long else "with something that is not HTTP"
        raise RemoteFailure(f"{host} answered {what}.") from None


def _how_late(host: str, error: httpcore.TimeoutException, limits: Limits) -> str:
    if is_over():
        return f"{host} took longer than {limits.total_s:g} seconds."
    if isinstance(error, httpcore.ConnectTimeout | httpcore.PoolTimeout):
        return f"{host} could not be reached within {limits.connect_s:g} seconds."
    return f"{host} was silent for {limits.read_s:g} seconds."


def _why_no_connection(host: str, cause: object) -> str:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"{host} has no valid certificate: {cause.verify_message}."
    if isinstance(cause, ssl.SSLError):
        return f"{host} could not be spoken to by TLS."
    told = cause.strerror if isinstance(cause, OSError) and cause.strerror else "its name is not known"
    return f"{host} could not be reached: {told}."
