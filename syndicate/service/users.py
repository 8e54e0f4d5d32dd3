"""The people of the desk. One audit line for each act."""

import re
from dataclasses import replace
from datetime import datetime

from argon2 import PasswordHasher

from syndicate.core.errors import NotAllowed
from syndicate.core.newsroom import Role, User
from syndicate.service.wrong import refuse
from syndicate.store import Store

MIN_PASSWORD_CHARS = 8
_EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,189}")


def add(store: Store, user: User, *, password: str, who: str, now: datetime) -> User:
    user = replace(user, email=user.email.strip().lower())
    refuse(
        email="" if _EMAIL.fullmatch(user.email) else "Not an e-mail address.",
        password=_wrong_password(password),
    )
    with store.begin() as tx:
        tx.users.add(user, password_hash=PasswordHasher().hash(password), now=now)
        tx.audit.add("user-add", user.email, who=who, at=now, role=user.role)
    return user


def save(store: Store, user: User, *, password: str | None, who: str, now: datetime) -> User:
    if password is not None:
        refuse(password=_wrong_password(password))
    with store.begin() as tx:
        tx.users.save(user, password_hash=PasswordHasher().hash(password) if password is not None else None)
        tx.audit.add("user-set", user.email, who=who, at=now, role=user.role)
    return user


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


def _wrong_password(password: str) -> str:
    if len(password) < MIN_PASSWORD_CHARS:
        return f"A password has at least {MIN_PASSWORD_CHARS} characters."
    return "" if len(password) <= 1000 else "A password has at most 1,000 characters."
