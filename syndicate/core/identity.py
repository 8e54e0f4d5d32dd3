"""Who somebody else's server says a person is, and what ties its answer to the browser that asked."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """None of these can be guessed, and all come back or are proven."""

    redirect_uri: str
    state: str
    nonce: str
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """`subject` never changes there; `email` is empty where the server did not verify it."""

    subject: str
    email: str
