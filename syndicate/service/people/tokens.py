"""Random tokens of 256 bits, and the hash under which they are known again: nothing to guess, so no slow hash."""

import hashlib
import secrets


def mint() -> str:
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
