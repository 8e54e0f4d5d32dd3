"""What a subscriber asks the change log, and what it answers. The OpenAPI document is made from these classes."""

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema, fields, validate

from syndicate.core.changes import News
from syndicate.core.newsroom import Newsroom
from syndicate.outputs import FORMATS
from syndicate.service.deliver.changes import MOST_LINES
from syndicate.store.replay import Line

_SLUG = "^[a-z0-9-]{0,80}$"


class ChangeQuery(Schema):
    cursor = fields.String(
        load_default="", metadata={"description": "where you are; without it, from the first change"}
    )
    limit = fields.Integer(load_default=100, validate=validate.Range(1, MOST_LINES))
    channel = fields.String(
        load_default="", validate=validate.Regexp(_SLUG), metadata={"description": "of this channel only"}
    )


class ChangeOut(Schema):
    """One change. What the story says is at its links, for as long as you may have it."""

    type = fields.Enum(News, by_value=True, attribute="news", metadata={"description": "what to do about the story"})
    guid = fields.String(metadata={"description": "the story's identity, the same in every format"})
    version = fields.Integer()
    at = fields.AwareDateTime(format="iso")
    channels = fields.List(
        fields.String(), metadata={"description": "where you may read it from then on; empty where nowhere"}
    )
    links = fields.Dict(
        keys=fields.String(),
        values=fields.Url(),
        metadata={"description": "`page`, and one by the name of each format; only `page` where it was taken back"},
    )


class ChangesOut(Schema):
    changes = fields.List(fields.Nested(ChangeOut), metadata={"description": "in their order; it may be empty"})
    next = fields.Url(allow_none=True, metadata={"description": "what follows already; null where you are up to date"})
    cursor = fields.String(metadata={"description": "where you are now: come back with it"})


def changes_json(newsroom: Newsroom, lines: Sequence[Line], cursor: str, next_url: str | None) -> dict[str, Any]:
    described = [{**_CHANGE.dump(line), "links": _links(newsroom, line)} for line in lines]
    return {"changes": described, "cursor": cursor, "next": next_url}


_CHANGE = ChangeOut(exclude=("links",))
_EXTENSIONS = [form.extension for form in FORMATS.values() if form.extension != "html"]


def _links(newsroom: Newsroom, line: Line) -> dict[str, str]:
    page = f"{newsroom.base_url}/items/{line.story_id}"
    return {"page": page, **({extension: f"{page}.{extension}" for extension in _EXTENSIONS} if line.channels else {})}
