"""Which addresses of the network may be connected to: public ones, and what a setting names.

An address is judged after its name was resolved, and exactly the judged address is connected to: a name that answers
differently the next time leads nowhere else. Rules: the special-purpose registries of IANA (RFC 6890), as
`ipaddress` knows them, and what it does not know.
"""

import ipaddress
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
_UNICAST = IPv6Network("2000::/3")  # RFC 4291 2.4: what is global of IPv6
_NOT_PUBLIC = (
    IPv4Network("192.0.0.0/24"),  # protocol assignments; a cloud keeps its metadata there
    IPv4Network("192.88.99.0/24"),  # RFC 7526: relays to 6to4, no longer anybody's
    IPv4Network("168.63.129.16/32"),  # the machine's own host in Azure, a public address by its number
    IPv6Network("3fff::/20"),  # RFC 9637: documentation
)


def may_connect(address: str) -> bool:
    """Whether this numeric address is anybody's on the public network. False for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    while isinstance(found, IPv6Address) and (inner := _inner(found)):
        found = inner
    if isinstance(found, IPv6Address) and found not in _UNICAST:
        return False
    special = found.is_multicast or found.is_reserved or found.is_private or any(found in net for net in _NOT_PUBLIC)
    return found.is_global and not special


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a packet to this one would reach in the end."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour


class Allowed:
    """Hosts that may be private: `host` at any port, or `host:port`; IPv6 in brackets. Compared without case."""

    def __init__(self, entries: Iterable[str] = ()) -> None:
        self._entries = frozenset(entry.strip().casefold() for entry in entries if entry.strip())

    def __contains__(self, host_port: tuple[str, int]) -> bool:
        host, port = host_port[0].casefold(), host_port[1]
        written = f"[{host}]" if ":" in host else host
        return bool(self._entries & {host, written, f"{written}:{port}"})

    def choose(self, host: str, port: int, resolved: Iterable[str]) -> Sequence[str]:
        """Of what a name resolves to, what may be connected to, in the same order and once."""
        distinct = dict.fromkeys(resolved)
        return list(distinct) if (host, port) in self else [address for address in distinct if may_connect(address)]
