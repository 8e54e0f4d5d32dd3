"""Where subscribers ask our WebSub hub to be told when a feed changes (W3C WebSub 5.1)."""

from urllib.parse import parse_qsl

from flask import Blueprint, Response, request
from marshmallow import EXCLUDE, Schema, fields, validate

from syndicate.core.errors import BadFields, NotAllowed, NotFound, UnknownFormat
from syndicate.core.hub import Mode
from syndicate.core.newsroom import Newsroom
from syndicate.service.deliver import hub
from syndicate.service.deliver.documents import address
from syndicate.service.deliver.wishes import Wish
from syndicate.store.pages import Part
from syndicate.web.auth import feed_secret
from syndicate.web.body import FORM
from syndicate.web.context import context
from syndicate.web.feeds.wishes import wish

bp = Blueprint("hub", __name__)
MOST_BYTES = 20_000
_TOPIC = "Take the address that a feed of ours gives as its own (rel=self), to the letter. A key has no place in it."


class AskedIn(Schema):
    """Whatever else a request says is ignored (5.1)."""

    class Meta:
        unknown = EXCLUDE

    mode = fields.Enum(Mode, by_value=True, required=True, data_key="hub.mode")
    topic = fields.String(required=True, data_key="hub.topic")
    callback = fields.String(required=True, data_key="hub.callback")
    secret = fields.String(load_default="", data_key="hub.secret")
    lease_s = fields.Integer(load_default=0, data_key="hub.lease_seconds", validate=validate.Range(min=0))


@bp.post("/hub")
def ask() -> Response:
    """202: noted, and the callback is asked soon. A browser is no subscriber: it might bring a reader's password."""
    if "Origin" in request.headers or "Sec-Fetch-Site" in request.headers:
        raise NotAllowed("Servers ask here, not pages in a browser.")
    if request.mimetype != FORM:
        raise UnknownFormat(f"Send it as {FORM}.")
    request.max_content_length = MOST_BYTES
    here, form = context(), AskedIn().load(request.form.to_dict())
    slug, feed = _feed(here.newsroom, form.pop("topic"))
    asked = hub.Asked(slug=slug, feed=feed, **form)
    hub.ask(here.store, here.newsroom, asked, feed_secret(request.environ), here.now())
    return Response("", 202, content_type="text/plain; charset=utf-8")


def _feed(newsroom: Newsroom, topic: str) -> tuple[str, Wish]:
    """The channel and the feed of it that a topic names: exactly as the feed names itself. Raises BadFields."""
    wrong = BadFields("This is not a topic of ours.", errors={"hub.topic": [_TOPIC]})
    path, _, query = topic.removeprefix(f"{newsroom.base_url}/feeds/").partition("?")
    slug, _, extension = path.rpartition(".")
    try:
        found = wish(extension, dict(parse_qsl(query)))
    except (NotFound, BadFields):
        raise wrong from None
    if found.part != Part() or address(newsroom, slug, found) != topic:
        raise wrong
    return slug, found
