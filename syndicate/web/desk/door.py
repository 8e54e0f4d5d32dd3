"""The door that a request knocks at, and how somebody comes in by it."""

from flask import redirect, request
from werkzeug.wrappers import Response

from syndicate.service.people.entry import Entered
from syndicate.service.people.tries import Door
from syndicate.web.desk import cookie, device


def door() -> Door:
    return Door(address=request.remote_addr or "", device=device.in_words(request.user_agent.string))


def come_in(entered: Entered, *, to: str) -> Response:
    """The browser has the new session's token from now on."""
    cookie.change(entered.token)
    return redirect(to, 303)
