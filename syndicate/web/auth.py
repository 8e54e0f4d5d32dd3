"""Who is asking? A key by Bearer, for feed readers also by HTTP Basic or `?key=`. The services decide what they may."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from urllib.parse import parse_qsl
from wsgiref.types import WSGIEnvironment

from flask import request
from werkzeug.datastructures import Authorization

from syndicate.core.errors import NotAllowed, NotKnown
from syndicate.core.newsroom import Key, Outlet, Scope, Subscriber
from syndicate.service import keys, read
from syndicate.store import Store
from syndicate.web.context import context

Found = TypeVar("Found")


def outlet_key(scope: Scope) -> tuple[Key, Outlet]:
    """The key of this request and its outlet. Raises NotKnown without a valid one, NotAllowed without the scope."""
    credentials = request.authorization
    secret = credentials.token if credentials and credentials.type == "bearer" else None
    key, outlet = _known(keys.find_with_outlet, secret or "")
    context().uses.note(key.id, context().now())
    if not outlet or scope not in key.scopes:
        raise NotAllowed(f"This key is not for {scope}.")
    return key, outlet


def subscriber_key() -> Key:
    """The key of a subscriber's program. Raises NotKnown without a valid one, NotAllowed for an outlet's."""
    credentials = request.authorization
    key = _known(keys.find, (credentials.token if credentials and credentials.type == "bearer" else None) or "")
    context().uses.note(key.id, context().now())
    if not key.subscriber or Scope.FEEDS_READ not in key.scopes:
        raise NotAllowed("This is not a subscriber's key.")
    return key


def reader() -> Subscriber | None:
    """The subscriber who asks; None for anybody else, who reads what is public. Raises NotKnown for a wrong key."""
    secret = feed_secret(request.environ)
    if not secret:
        return None
    key = _known(keys.find, secret)
    context().uses.note(key.id, context().now())
    if Scope.FEEDS_READ not in key.scopes:
        return None
    return read.subscriber(context().store, key.subscriber).at(context().now())


def feed_secret(environ: WSGIEnvironment) -> str:
    """What a feed reader sent as its key; empty if nothing. A header counts more than an address."""
    if credentials := Authorization.from_header(environ.get("HTTP_AUTHORIZATION")):
        return credentials.token or credentials.password or ""
    return query(environ).get("key", "")


def query(environ: WSGIEnvironment) -> dict[str, str]:
    """The questions of an address; of one that is asked twice, the first."""
    text = environ.get("QUERY_STRING", "")
    return dict(reversed(parse_qsl(text, keep_blank_values=True, errors="replace"))) if text else {}


def _known(find: Callable[[Store, str, datetime], Found | None], secret: str) -> Found:
    found = find(context().store, secret, context().now()) if secret else None
    if found is None:
        raise NotKnown(
            "This key is not valid, was revoked, or has expired."
            if secret
            else "Send a key as Authorization: Bearer KEY."
        )
    return found
