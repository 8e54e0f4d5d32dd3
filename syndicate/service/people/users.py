"""The people of the desk. One audit line for each act."""

import re
from dataclasses import replace
from datetime import datetime

from syndicate.core.errors import NotAllowed
from syndicate.core.newsroom import Role, User
from syndicate.service.people import entry, passwords
from syndicate.service.wrong import refuse
from syndicate.store import Store, Tx

_EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,189}")


def add(store: Store, user: User, *, password: str | None, who: str, now: datetime) -> User:
    """Without a password they cannot sign in before a link let them choose one. Raises BadFields, Conflict."""
    user = replace(user, email=user.email.strip().lower())
    refuse(
        email="" if _EMAIL.fullmatch(user.email) else "Not an e-mail address.",
        password=passwords.wrong(password) if password is not None else "",
    )
    password_hash = passwords.hashed(password) if password is not None else passwords.NONE
    with store.begin() as tx:
        tx.users.add(user, password_hash=password_hash, now=now)
        tx.audit.add("user-add", user.email, who=who, at=now, role=user.role)
    return user


def save(store: Store, user: User, *, password: str | None, who: str, now: datetime) -> User:
    """A new role or password ends all their sessions: what was signed in by the old ones is over."""
    refuse(password=passwords.wrong(password) if password is not None else "")
    password_hash = passwords.hashed(password) if password is not None else ""
    with store.begin() as tx:
        change(tx, user, password_hash=password_hash, who=who, now=now)
    return user


def change(tx: Tx, user: User, *, password_hash: str = "", who: str, now: datetime) -> None:
    moved = tx.users.get(user.email).role is not user.role
    tx.users.save(user)
    if password_hash:
        tx.proofs.set_password(user.email, password_hash)
    if moved or password_hash:
        tx.sessions.remove_all(user.email)
    tx.audit.add("user-set", user.email, who=who, at=now, role=user.role)


def link(store: Store, email: str, *, who: str, now: datetime) -> str:
    """What stands in a one-time link by which they choose a password; it holds for an hour. Raises NotFound."""
    with store.begin() as tx:
        return entry.new_link(tx, email.strip().lower(), who=who, now=now)


def remove(store: Store, email: str, *, who: str, now: datetime) -> None:
    email = email.strip().lower()
    with store.begin() as tx:
        tx.users.remove(email)
        tx.audit.add("user-remove", email, who=who, at=now)


def editor(store: Store, email: str) -> str:
    """The person who decides, as the audit names them. Raises NotFound, NotAllowed (a viewer only looks)."""
    with store.read() as tx:
        user = tx.users.get(email.strip().lower())
    if not Role(user.role).decides:
        raise NotAllowed(f"{user.email} is a {user.role} and may not decide about stories.")
    return user.email
