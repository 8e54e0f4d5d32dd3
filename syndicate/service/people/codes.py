"""One-time codes: those that a telephone makes (TOTP, RFC 6238), and those on paper for the day it is lost."""

import base64
import re
import secrets
from collections.abc import Sequence
from datetime import datetime

import pyotp
from pyotp.utils import strings_equal

from syndicate.service.people import tokens

STEP_S = 30
DRIFT_STEPS = 1  # a telephone's clock may be off by half a minute, and people type slowly (RFC 6238 5.2)
RECOVERY_CODES = 10
_SECRET = re.compile(r"[A-Z2-7]{32,64}", re.ASCII)
_RECOVERY_BYTES = 10  # 80 bits: nothing to guess, so no slow hash is needed


def new_secret() -> str:
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """160 bits or more, as we make them (RFC 4226 section 4, R6)."""
    return _SECRET.fullmatch(text) is not None


def address(secret: str, *, email: str, newsroom: str) -> str:
    """What a telephone reads from the picture (otpauth://)."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=newsroom)


def step_of(secret: str, code: str, *, after: int, now: datetime) -> int | None:
    """The step of thirty seconds whose code this is, or None; only steps later than `after` are taken."""
    typed = "".join(code.split())
    present = int(now.timestamp()) // STEP_S
    maker = pyotp.TOTP(secret)
    steps = range(max(after + 1, present - DRIFT_STEPS), present + DRIFT_STEPS + 1)
    return next((step for step in steps if strings_equal(maker.at(step * STEP_S), typed)), None)


def new_recovery_codes() -> Sequence[str]:
    """In groups of four letters, as people copy them."""
    return [_grouped(base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode()) for _ in range(RECOVERY_CODES)]


def recovery_hash(code: str) -> str:
    """The same however it is written: with spaces or hyphens, in small letters or capitals."""
    return tokens.hashed("".join(letter for letter in code.upper() if letter.isalnum()))


def _grouped(text: str) -> str:
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))
