"""A place in a list that is ordered by time: opaque to whoever holds it, and checked when it comes back."""

import base64
import binascii
from datetime import UTC, datetime, timedelta

from syndicate.core.errors import BadFields

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def cursor(moment: datetime, name: str) -> str:
    """The place of what stands at that moment (UTC) under that name (ASCII)."""
    micros = (moment - _EPOCH) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(f"{micros}:{name}".encode()).decode().rstrip("=")


def read_cursor(text: str) -> tuple[datetime, str]:
    """Raises BadFields for what `cursor` never wrote."""
    try:
        micros, _, name = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii").partition(":")
        if not name.isprintable():  # PostgreSQL would refuse the question for a NUL
            raise ValueError(name)
        return _EPOCH + timedelta(microseconds=int(micros)), name
    except (binascii.Error, ValueError, OverflowError):
        raise BadFields("This cursor is not one of ours.", errors={"cursor": ["Take it from `next`."]}) from None
