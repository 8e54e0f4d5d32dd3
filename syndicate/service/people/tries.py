"""Tries to prove who one is: counted per account and per address, made to wait, forgiven when they were right.

A try is counted before it is looked at, so that many at once are not looked at for free.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network

from syndicate.core.errors import TooMany
from syndicate.core.throttle import ACCOUNT, ADDRESS, Measure
from syndicate.service.people import tokens
from syndicate.store import Store, Tx
from syndicate.store.failures import Failed

_ONE_HOME = 64  # bits: whoever has one IPv6 address has all of its /64


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where somebody knocks: the machine's address, and the browser in words."""

    address: str
    device: str = ""


@contextmanager
def a_try(store: Store, what: str, email: str, door: Door, now: datetime) -> Iterator[None]:
    """What is done inside counts as failed where it raises. Raises TooMany (`retry_after_s`) without doing it.

    One success clears the account's count, and takes back from the address only this try: whoever has an account of
    their own cannot buy tries at others with it.
    """
    counted = [(tokens.hashed(f"{what}:{email}"), ACCOUNT), (tokens.hashed(f"address:{_home(door.address)}"), ADDRESS)]
    with store.begin() as tx:
        before = [_count(tx, name, measure, now) for name, measure in counted]
    yield
    with store.begin() as tx:
        tx.failures.clear(counted[0][0])
        _take_back(tx, counted[1][0], before[1], now)


def _count(tx: Tx, name: str, measure: Measure, now: datetime) -> Failed:
    """How it stood before this try."""
    failed = tx.failures.of(name, now)
    if now - failed.last_at >= measure.forgotten:
        failed = Failed(0, now)
    wait_s = (failed.last_at + measure.wait(failed.failures) - now).total_seconds()
    if failed.failures and wait_s > 0:
        seconds = int(-(-wait_s // 1))
        raise TooMany(f"Too many tries that failed. Try again in {in_words(seconds)}.", retry_after_s=seconds)
    tx.failures.count(name, Failed(failed.failures + 1, now))
    return failed


def _take_back(tx: Tx, name: str, before: Failed, now: datetime) -> None:
    """This try alone: others may have failed meanwhile."""
    failed = tx.failures.of(name, now)
    tx.failures.count(name, Failed(max(0, failed.failures - 1), before.last_at))


def in_words(seconds: int) -> str:
    if seconds < 120:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    return f"{-(-seconds // 60)} minutes"


def _home(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return address if found.version == 4 else str(ip_network((found, _ONE_HOME), strict=False))
