"""Where hubs reach us: they ask whether we meant a subscription, and tell us of news (W3C WebSub 5)."""

import re

from flask import Blueprint, Response, request

from syndicate.core.errors import NotFound
from syndicate.service.intake import websub
from syndicate.web.context import context

bp = Blueprint("websub", __name__, url_prefix="/websub")
_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)


@bp.get("/<token>")
def verify(token: str) -> Response:
    """Answers the challenge of what we asked for; 404 for anything else (5.3)."""
    here, asked = context(), request.args
    mode, topic = asked.get("hub.mode", ""), asked.get("hub.topic", "")
    if mode == "denied":
        websub.deny(here.store, token, topic=topic, reason=asked.get("hub.reason", ""), now=here.now())
        return _said("")
    lease = asked.get("hub.lease_seconds", "")
    lease_s = int(lease) if _NUMBER.fullmatch(lease) else None
    websub.verify(here.store, token, mode=mode, topic=topic, lease_s=lease_s, now=here.now())
    return _said(asked.get("hub.challenge", ""))


@bp.post("/<token>")
def push(token: str) -> Response:
    """202 whether it was rightly signed or not: a wrong one has no effect, and its sender learns nothing (7.1)."""
    here = context()
    try:
        signature = request.headers.get("X-Hub-Signature", "")
        websub.push(here.store, token, body=request.get_data(cache=False), signature=signature, now=here.now())
    except NotFound:
        return _said("", 410)
    return _said("", 202)


def _said(text: str, status: int = 200) -> Response:
    """Plain text, so that no browser takes a challenge for a page of ours."""
    return Response(text, status, content_type="text/plain; charset=utf-8")
