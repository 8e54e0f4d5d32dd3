"""Who is asking? A key by Bearer, for feed readers also by HTTP Basic or `?key=`. The services decide what they may."""

from flask import request

from syndicate.core.errors import NotAllowed, NotKnown
from syndicate.core.newsroom import Key, Scope, Subscriber
from syndicate.service import keep, read
from syndicate.web.context import context


def outlet_key(scope: Scope) -> Key:
    """The outlet's key of this request. Raises NotKnown without a valid one, NotAllowed without the scope."""
    credentials = request.authorization
    secret = credentials.token if credentials and credentials.type == "bearer" else None
    key = _known(secret or "")
    if not key.outlet or scope not in key.scopes:
        raise NotAllowed(f"This key is not for {scope}.")
    return key


def reader() -> Subscriber | None:
    """The subscriber who asks; None for anybody else, who reads what is public. Raises NotKnown for a wrong key."""
    secret = _feed_secret()
    if not secret:
        return None
    key = _known(secret)
    if Scope.FEEDS_READ not in key.scopes:
        return None
    return read.subscriber(context().store, key.subscriber)


def _feed_secret() -> str:
    if credentials := request.authorization:
        return credentials.token or credentials.password or ""
    return request.args.get("key", "")


def _known(secret: str) -> Key:
    key = keep.find_key(context().store, secret) if secret else None
    if key is None:
        raise NotKnown(
            "This key is not valid, or was revoked." if secret else "Send a key as Authorization: Bearer KEY."
        )
    return key
