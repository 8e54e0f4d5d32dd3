"""Coming in: who is at the door, and who is inside. What people do there is in `service.desk`.

Whether there is an account of that name is told neither by words nor by the time that an answer takes.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from syndicate.core.entry import FOR_A_CODE, LINK_HOLDS, LONGEST, SEEN_EVERY, Session
from syndicate.core.errors import NotFound, NotKnown
from syndicate.core.roles import Person
from syndicate.service.people import codes, passwords, tokens
from syndicate.service.people.tries import Door, a_try
from syndicate.service.wrong import refuse
from syndicate.store import Store, Tx
from syndicate.store.proofs import Proof


@dataclass(frozen=True, slots=True)
class Entered:
    """The token is for the browser alone; it is never seen again."""

    token: str
    session: Session


def sign_in(store: Store, *, email: str, password: str, door: Door, now: datetime) -> Entered:
    """By password; the session may still await a code. Raises NotKnown, TooMany (`retry_after_s`)."""
    proof = prove(store, email=email, password=password, door=door, now=now)
    with store.begin() as tx:
        return open_session(tx, proof.person, awaits_code=bool(proof.totp_secret), device=door.device, now=now)


def prove(store: Store, *, email: str, password: str, door: Door, now: datetime) -> Proof:
    """What is known of the person whose password this is. Raises NotKnown, TooMany (`retry_after_s`)."""
    email = email.strip().lower()
    with a_try(store, "password", email, door, now):
        with store.read() as tx:
            proof = tx.proofs.find(email)
        right = passwords.matches(proof.password_hash if proof else passwords.NONE, password)
        if not (proof and right):
            raise NotKnown("This e-mail address and this password do not belong together.")
        return proof


def sign_in_by(store: Store, *, subject: str, email: str, door: Door, now: datetime) -> Entered:
    """By what a server that we trust says: `subject` never changes there, `email` is empty where it is not verified.

    The first time, they are known by their address, and from then on by the subject alone: an address can pass to
    somebody else. Whoever uses codes here is asked for one. Raises NotKnown.
    """
    with store.begin() as tx:
        proof = tx.proofs.known_as(subject) or tx.proofs.introduce(email, subject)
        if proof is None:
            raise NotKnown("You have no account at this desk: ask one of its admins.")
        return open_session(tx, proof.person, awaits_code=bool(proof.totp_secret), device=door.device, now=now)


def give_code(store: Store, waiting: Session, *, code: str, door: Door, now: datetime) -> Entered:
    """The second proof of a session that awaits it: from the telephone, or a recovery code, which is then gone.

    Raises NotKnown, TooMany (`retry_after_s`).
    """
    email = waiting.person.email
    with a_try(store, "code", email, door, now), store.begin() as tx:
        if not (_take_code(tx, email, code, now) or _take_recovery_code(tx, email, code, now)):
            raise NotKnown("This code is not valid, or was used already. Wait for the next one.")
        tx.sessions.remove(waiting.id, email=email)
        return open_session(tx, waiting.person, awaits_code=False, device=door.device, now=now)


def choose_password(store: Store, *, link: str, password: str, door: Door, now: datetime) -> Entered:
    """By a one-time link, which is then gone, as are all sessions; whoever uses codes is still asked for one.

    Raises NotFound (no such link, or not any more), BadFields.
    """
    refuse(password=passwords.wrong(password))
    password_hash = passwords.hashed(password)
    with store.begin() as tx:
        person = tx.links.take(tokens.hashed(link), now)
        if person is None:
            raise NotFound("This link was used already, or is older than an hour. Ask for another.")
        tx.proofs.set_password(person.email, password_hash)
        tx.sessions.remove_all(person.email)
        tx.audit.add("password-set", person.email, who=person.email, at=now)
        proof = tx.proofs.get(person.email)
        return open_session(tx, person, awaits_code=bool(proof.totp_secret), device=door.device, now=now)


def whose_link(store: Store, link: str, *, now: datetime) -> Person:
    """Who may choose a password by it. Raises NotFound."""
    with store.read() as tx:
        person = tx.links.find(tokens.hashed(link), now)
    if person is None:
        raise NotFound("This link was used already, or is older than an hour. Ask for another.")
    return person


def new_link(tx: Tx, email: str, *, who: str, now: datetime) -> str:
    """A one-time link to choose a password; an older one of this person does not lead anywhere any more."""
    link = f"syn_{tokens.mint()}"  # by this beginning, the log knows that it is a secret
    tx.links.give(email, link_hash=tokens.hashed(link), ends_at=now + LINK_HOLDS)
    tx.audit.add("user-link", email, who=who, at=now)
    return link


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


def _take_code(tx: Tx, email: str, code: str, now: datetime) -> bool:
    proof = tx.proofs.get(email, lock=True)
    step = codes.step_of(proof.totp_secret, code, after=proof.totp_step, now=now) if proof.totp_secret else None
    if step is not None:
        tx.proofs.take_step(email, step)
    return step is not None


def _take_recovery_code(tx: Tx, email: str, code: str, now: datetime) -> bool:
    taken = tx.proofs.take_recovery_code(email, codes.recovery_hash(code))
    if taken:
        tx.audit.add("recovery-code-used", email, who=email, at=now)
    return taken
