"""Who works at the desk, kept by its admins. There is always one of them left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from syndicate.core.errors import RuleBroken
from syndicate.core.newsroom import Role, User
from syndicate.core.roles import Act, Person
from syndicate.service.desk import may
from syndicate.service.people import users
from syndicate.store import Store, Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """`seen_at` is None where they never signed in, or not for long."""

    person: Person
    has_password: bool
    uses_codes: bool
    seen_at: datetime | None


@may(Act.PEOPLE)
def members(person: Person, store: Store) -> Sequence[Member]:
    with store.read() as tx:
        seen = tx.sessions.last_seen()
        return [
            Member(
                person=proof.person,
                has_password=bool(proof.password_hash),
                uses_codes=bool(proof.totp_secret),
                seen_at=seen.get(proof.person.email),
            )
            for proof in tx.proofs.all()
        ]


@may(Act.PEOPLE)
def member(person: Person, store: Store, *, email: str) -> Person:
    """One of them. Raises NotFound."""
    with store.read() as tx:
        return tx.users.person(email)


@may(Act.PEOPLE)
def add(person: Person, store: Store, *, email: str, role: Role, now: datetime) -> tuple[User, str]:
    """The new one, and the link by which they choose a password. Raises BadFields, Conflict."""
    added = users.add(store, User(email=email, role=role), password=None, who=person.email, now=now)
    return added, users.link(store, added.email, who=person.email, now=now)


@may(Act.PEOPLE)
def link(person: Person, store: Store, *, email: str, now: datetime) -> str:
    """A one-time link to choose a password, also a lost one. Raises NotFound."""
    return users.link(store, email, who=person.email, now=now)


@may(Act.PEOPLE)
def set_role(person: Person, store: Store, *, email: str, role: Role, now: datetime) -> None:
    """They are signed out, and what they open next they open in their new role. Raises NotFound, RuleBroken."""
    with store.begin() as tx:
        _keep_an_admin(tx, email, role)
        users.change(tx, User(email=email, role=role), who=person.email, now=now)


@may(Act.PEOPLE)
def forget_codes(person: Person, store: Store, *, email: str, now: datetime) -> None:
    """For somebody who lost telephone and recovery codes: the password alone opens, until they set codes up again.

    They are signed out everywhere. Raises NotFound.
    """
    with store.begin() as tx:
        tx.proofs.use_codes(email, "", step=0, recovery_hashes=())
        tx.sessions.remove_all(email)
        tx.audit.add("codes-off", email, who=person.email, at=now)


@may(Act.PEOPLE)
def remove(person: Person, store: Store, *, email: str, now: datetime) -> None:
    """They are signed out at once; what they did stays in the audit. Raises NotFound, RuleBroken."""
    with store.begin() as tx:
        _keep_an_admin(tx, email, None)
        tx.users.remove(email)
        tx.audit.add("user-remove", email, who=person.email, at=now)


def _keep_an_admin(tx: Tx, email: str, role: Role | None) -> None:
    """The rows of all admins are held, so that two who demote each other do not both succeed."""
    admins = tx.users.admins(lock=True)
    if role is not Role.ADMIN and admins == [email]:
        raise RuleBroken(f"{email} is the only admin: make somebody else one first.")
