"""Signing in by somebody else's server (OpenID Connect), where the settings name one.

Nothing is stored between going there and coming back: state, nonce and verifier are HMACs of the browser's cookie, so
they belong to it alone, and a new one comes with each session.
"""

import hashlib
import hmac
from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from syndicate.core.errors import NotFound, NotKnown, RemoteFailure
from syndicate.core.identity import Asking
from syndicate.service.people import entry
from syndicate.web.context import context
from syndicate.web.desk import cookie
from syndicate.web.desk.door import door
from syndicate.web.desk.entry import onward, sign_in_form
from syndicate.web.desk.frame import bp, open_to_all

if TYPE_CHECKING:
    from syndicate.delivery.oidc import Provider


@bp.get("/sign-in/elsewhere")
@open_to_all
def go_elsewhere() -> AnyResponse:
    try:
        return redirect(_provider().where_to(_asking()), 303)
    except RemoteFailure as error:
        return sign_in_form(wrong=error)


@bp.get("/sign-in/back")
@open_to_all
def come_back() -> AnyResponse:
    try:
        return onward(_entered())
    except (NotKnown, RemoteFailure) as error:
        return sign_in_form(wrong=error)


def _entered() -> entry.Entered:
    here, asking, provider = context(), _asking(), _provider()
    given = request.args
    if not hmac.compare_digest(given.get("state", "").encode("utf-8", "replace"), asking.state.encode()):
        raise NotKnown("This was not asked for from here: please sign in again.")
    if given.get("iss", provider.issuer) != provider.issuer:  # RFC 9207
        raise NotKnown("Another service answered than the one that was asked.")
    if not (code := given.get("code")):
        raise NotKnown("The sign-in service did not let you in.")
    identity = provider.who(code, asking, now=here.now())
    known = f"{provider.issuer}#{identity.subject}"
    return entry.sign_in_by(here.store, subject=known, email=identity.email, door=door(), now=here.now())


def _provider() -> "Provider":
    if found := context().oidc:
        return found
    raise NotFound("Nobody else's sign-in service is used here.")


def _asking() -> Asking:
    return Asking(
        redirect_uri=f"{context().newsroom.base_url}{url_for('desk.come_back')}",
        state=_own("state"),
        nonce=_own("nonce"),
        verifier=_own("verifier"),
    )


def _own(what: str) -> str:
    return hmac.new(context().secret, f"oidc-{what}:{cookie.token()}".encode(), hashlib.sha256).hexdigest()
