"""The cookie of the desk: a random token. It names a session where there is one; forms are bound to it always.

Beside it Flask keeps, signed, the words that the next page will show once, and nothing else.
`__Host-` binds it to this host, to https and to every path (RFC 6265bis 4.1.3.2); over plain http, on one's own
machine, a browser would refuse that name.
"""

from flask import Response, g, request

from syndicate.core.entry import LONGEST
from syndicate.service.people import tokens
from syndicate.web.context import context


def token() -> str:
    """What the browser sent; for one that sent none, a new one, which the answer will set."""
    if "desk_token" not in g:
        g.desk_token = sent = request.cookies.get(_name(), "")
        if not 20 <= len(sent) <= 100:
            change(tokens.mint())
    found: str = g.desk_token
    return found


def change(token: str) -> None:
    """From this answer on, the browser has this one."""
    g.desk_token, g.desk_token_changed = token, True


def keep(response: Response) -> None:
    if g.get("desk_token_changed"):
        response.set_cookie(
            _name(),
            g.desk_token,
            max_age=int(LONGEST.total_seconds()),
            path="/",
            secure=_is_https(),
            httponly=True,
            samesite="Lax",
        )


def flask_settings(base_url: str) -> dict[str, object]:
    """For the cookie of words that are shown once."""
    https = base_url.startswith("https:")
    return {
        "SESSION_COOKIE_NAME": "__Host-told" if https else "told",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
    }


def _name() -> str:
    return "__Host-desk" if _is_https() else "desk"


def _is_https() -> bool:
    return context().newsroom.base_url.startswith("https:")
