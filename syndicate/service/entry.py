"""Coming in: who is at the door, and who is inside. What people do there is in `service.desk`.

A try is counted before it is looked at and forgiven when it was right, so that many at once are not looked at for free.
"""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from syndicate.core.entry import FOR_A_CODE, LONGEST, SEEN_EVERY, Session
from syndicate.core.errors import NotKnown, TooMany
from syndicate.core.roles import Person
from syndicate.core.throttle import ACCOUNT, ADDRESS, Measure
from syndicate.service import passwords, tokens
from syndicate.store import Store, Tx
from syndicate.store.failures import Failed

_WRONG = "This e-mail address and this password do not belong together."


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where somebody knocks: the machine's address, and what the browser says it is, in words."""

    address: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """The token is for the browser alone; it is never seen again."""

    token: str
    session: Session


def sign_in(store: Store, *, email: str, password: str, door: Door, now: datetime) -> Entered:
    """By password; the session may still await a code. Raises NotKnown, TooMany (`retry_after_s`).

    Whether there is such an account is told neither by the words nor by the time that the answer takes.
    """
    email = email.strip().lower()
    with _a_try(store, _measures(email, door), now):
        with store.read() as tx:
            proof = tx.proofs.find(email)
        right = passwords.matches(proof.password_hash if proof else passwords.NONE, password)
        if not (proof and right):
            raise NotKnown(_WRONG)
    with store.begin() as tx:
        return open_session(tx, proof.person, awaits_code=bool(proof.totp_secret), device=door.device, now=now)


def open_session(tx: Tx, person: Person, *, awaits_code: bool, device: str, now: datetime) -> Entered:
    token = tokens.mint()
    session = Session(
        id=secrets.token_hex(6),
        person=person,
        awaits_code=awaits_code,
        device=device,
        created_at=now,
        seen_at=now,
        ends_at=now + (FOR_A_CODE if awaits_code else LONGEST),
    )
    tx.sessions.add(session, token_hash=tokens.hashed(token))
    if not awaits_code:
        tx.audit.add("sign-in", person.email, who=person.email, at=now, device=device)
    return Entered(token, session)


def find(store: Store, token: str, *, now: datetime) -> Session | None:
    """The session of this token, unless it is over. That it was seen is noted now and then."""
    with store.read() as tx:
        session = tx.sessions.find(tokens.hashed(token))
    if session is None or session.is_over(now):
        return None
    if now - session.seen_at >= SEEN_EVERY:
        with store.begin() as tx:
            tx.sessions.touch(session.id, now)
        session = replace(session, seen_at=now)
    return session


def sign_out(store: Store, session: Session) -> None:
    with store.begin() as tx:
        tx.sessions.remove(session.id, email=session.person.email)


def _measures(email: str, door: Door) -> Mapping[str, Measure]:
    return {tokens.hashed(f"account:{email}"): ACCOUNT, tokens.hashed(f"address:{door.address}"): ADDRESS}


@contextmanager
def _a_try(store: Store, measures: Mapping[str, Measure], now: datetime) -> Iterator[None]:
    """Counted as failed while it lasts; forgiven where nothing was raised. Raises TooMany without looking."""
    with store.begin() as tx:
        for name, measure in sorted(measures.items()):
            _count(tx, name, measure, now)
    yield
    with store.begin() as tx:
        tx.failures.clear(list(measures))


def _count(tx: Tx, name: str, measure: Measure, now: datetime) -> None:
    failed = tx.failures.of(name)
    if failed is None or now - failed.last_at >= measure.forgotten:
        failed = Failed(0, now)
    wait = failed.last_at + measure.wait(failed.failures) - now
    if failed.failures and wait.total_seconds() > 0:
        seconds = int(-(-wait.total_seconds() // 1))
        raise TooMany(f"Too many tries that failed. Try again in {in_words(seconds)}.", retry_after_s=seconds)
    tx.failures.count(name, Failed(failed.failures + 1, now))


def in_words(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 120 else f"{-(-seconds // 60)} minutes"
