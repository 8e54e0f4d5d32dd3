"""Passwords: argon2id by the library's own measure (RFC 9106), and a rule for new ones (NIST SP 800-63B 3.1.1.2)."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_CHARS, MAX_CHARS = 8, 1_000
NONE = ""  # the hash of somebody who has not chosen a password yet
_hasher = PasswordHasher()


def wrong(password: str) -> str:
    """What is wrong with a new one, or nothing."""
    if len(password) < MIN_CHARS:
        return f"A password has at least {MIN_CHARS} characters."
    return "" if len(password) <= MAX_CHARS else f"A password has at most {MAX_CHARS:,} characters."


def hashed(password: str) -> str:
    return _hasher.hash(password.encode("utf-8", "surrogatepass"))


def matches(password_hash: str, password: str) -> bool:
    """Takes the same time whether there is a hash or none."""
    try:
        right = _hasher.verify(password_hash or _of_nobody(), password[:MAX_CHARS].encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False
    return right and bool(password_hash)


@cache
def _of_nobody() -> str:
    return hashed("nobody has this password")
