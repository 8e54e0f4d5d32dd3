"""Which numbers are public: a table to read aloud, and what must hold of all."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.delivery.addresses import Allowed, may_connect

PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "64:ff9b::808:808", "::ffff:8.8.8.8", "2002:808:808::1"]
NOT_PUBLIC = {
    "this network": "0.0.0.0",
    "this machine": "127.0.0.1",
    "this machine, all of it": "127.255.255.254",
    "private, 10": "10.1.2.3",
    "private, 172.16": "172.31.255.255",
    "private, 192.168": "192.168.0.1",
    "a carrier's": "100.64.0.1",
    "link-local": "169.254.1.1",
    "metadata": "169.254.169.254",
    "metadata of Alibaba": "100.100.100.200",
    "metadata of Oracle": "192.0.0.192",
    "the host in Azure": "168.63.129.16",
    "protocol assignments": "192.0.0.8",
    "documentation": "203.0.113.9",
    "benchmarks": "198.18.0.1",
    "6to4 relays": "192.88.99.1",
    "multicast": "224.0.0.1",
    "multicast that calls itself global": "233.252.0.1",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "this machine, IPv6": "::1",
    "unspecified": "::",
    "link-local, IPv6": "fe80::1",
    "link-local with its zone": "fe80::1%eth0",
    "site-local": "fec0::1",
    "unique local": "fc00::1",
    "metadata of AWS, IPv6": "fd00:ec2::254",
    "multicast, IPv6": "ff02::1",
    "multicast that calls itself global, IPv6": "ff0e::1",
    "documentation, IPv6": "2001:db8::1",
    "newer documentation, IPv6": "3fff::1",
    "Teredo": "2001:0:7f00:1::",
    "segment routing": "5f00::1",
    "IPv4 mapped": "::ffff:127.0.0.1",
    "IPv4 compatible": "::127.0.0.1",
    "IPv4 translated": "::ffff:0:127.0.0.1",
    "6to4 of a private one": "2002:7f00:1::",
    "NAT64 of a private one": "64:ff9b::7f00:1",
    "NAT64 of the metadata": "64:ff9b::a9fe:a9fe",
    "local NAT64": "64:ff9b:1::808:808",
    "no address": "localhost",
    "nothing": "",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_connected_to(address):
    assert may_connect(address)


@pytest.mark.parametrize("address", NOT_PUBLIC.values(), ids=NOT_PUBLIC)
def test_no_other_may(address):
    assert not may_connect(address)


@given(st.ip_addresses())
def test_whatever_is_not_global_is_refused(address):
    if not address.is_global:
        inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
        assert not may_connect(str(address)) or (inner and inner.is_global)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_in_whatever_it_is_wrapped(address):
    wrapped = (
        f"::ffff:{address}",
        f"64:ff9b::{address}",
        str(ipaddress.IPv6Address(0x2002 << 112 | int(address) << 80)),
    )
    assert {may_connect(other) for other in wrapped} == {may_connect(str(address))}


ALLOWED = [
    ("127.0.0.1:8080", "127.0.0.1", 8080, True),
    ("127.0.0.1:8080", "127.0.0.1", 8081, False),
    ("Wire.Example", "wire.example", 443, True),
    ("wire.example", "feeds.wire.example", 443, False),
    ("[::1]:8080", "::1", 8080, True),
    ("[::1]", "::1", 1, True),
    ("", "127.0.0.1", 80, False),
]


@pytest.mark.parametrize(("setting", "host", "port", "allowed"), ALLOWED)
def test_a_setting_allows_a_host_or_a_host_at_a_port(setting, host, port, allowed):
    assert ((host, port) in Allowed(setting.split(","))) is allowed


def test_of_a_name_with_several_addresses_only_the_public_ones_are_tried():
    assert Allowed().choose("x.example", 80, ["10.0.0.1", "8.8.8.8", "8.8.8.8", "::1"]) == ["8.8.8.8"]
