"""Forms come from our own pages: each carries a token that only they can know, and the browser says where it was sent.

The token is an HMAC of the cookie (OWASP's signed double-submit), so nothing is stored and it changes with the session.
"""

import hashlib
import hmac
from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import request
from markupsafe import Markup

from syndicate.core.errors import NotAllowed
from syndicate.web.context import context
from syndicate.web.desk import cookie

FIELD = "csrf"
_SECRETS = ("password", "code")


class Foreign(NotAllowed):
    slug, title = "foreign-form", "This was sent by another site"


class Stale(NotAllowed):
    """From a page of ours that is out of date; what was typed is shown again."""

    slug, title = "stale-form", "Please look again and send it once more"


class SignedOut(Stale):
    slug, title = "signed-out", "You were signed out meanwhile"


def token() -> str:
    made = hmac.new(context().secret, f"csrf:{cookie.token()}".encode(), hashlib.sha256)
    return made.hexdigest()


def check() -> None:
    """Raises Foreign, Stale."""
    if not _is_from_here():
        raise Foreign("A form of the desk is sent from the desk's own pages.")
    if not hmac.compare_digest(request.form.get(FIELD, "").encode("utf-8", "replace"), token().encode()):
        raise Stale("This page was opened before you last signed in. Nothing was changed.")


def field() -> Markup:
    """What stands in every form."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token())


def typed() -> Sequence[tuple[str, str]] | None:
    """The fields of the refused form, to be shown and sent again; None where one of them is a secret."""
    if any(word in name.lower() for name in request.form for word in _SECRETS):
        return None
    return [(name, value) for name, values in request.form.lists() if name != FIELD for value in values]


def _is_from_here() -> bool:
    """By Sec-Fetch-Site where the browser sends it, else by Origin; browsers send one of the two with every POST."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site:
        return site == "same-origin"
    return origin is None or bool(request.host and _host_of(origin) == request.host)


def _host_of(origin: str) -> str:
    """Empty for `null`, and for what is no address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
