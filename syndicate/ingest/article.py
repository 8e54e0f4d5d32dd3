"""Our own JSON: the article as a partner's program pushes it. The OpenAPI document is made from these schemas."""

from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput
from syndicate.core.newsitem import Party, Person, Picture, Rendition, SourceItem, Topic
from syndicate.core.newsroom import Outlet
from syndicate.core.rights import PubStatus, Rights
from syndicate.core.text import printable
from syndicate.ingest import jsondoc
from syndicate.ingest.fields import Few, Line, Name, SourceDate, SourceInstant, Text, WebAddress, bad_fields
from syndicate.ingest.parsed import Parsed, ParsedFeed

MEDIA_TYPES = ("application/json",)
_LANGUAGE = validate.Regexp(r"([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)?\Z", error="Not a language tag such as hy or en-GB.")


class AuthorIn(Schema):
    name = Line(required=True, metadata={"description": "The person's name as printed."})
    affiliation = Line(load_default="")
    url = WebAddress(load_default="", max_chars=2000)

    @post_load
    def _value(self, data: dict[str, Any], **_: Any) -> Person:
        return Person(**data)


class PictureIn(Schema):
    url = WebAddress(required=True, max_chars=2000)
    caption = Text(load_default="", max_chars=5000)
    credit = Line(load_default="", metadata={"description": "Photographer and agency, as they must be printed."})
    alt = Line(load_default="", max_chars=2000)
    width = fields.Integer(strict=True, load_default=None, allow_none=True, validate=validate.Range(1, 100_000))
    height = fields.Integer(strict=True, load_default=None, allow_none=True, validate=validate.Range(1, 100_000))
    usage_terms = Text(load_default="", max_chars=5000)

    @post_load
    def _value(self, data: dict[str, Any], **_: Any) -> Picture:
        file = Rendition(href=data.pop("url"), width=data.pop("width"), height=data.pop("height"))
        return Picture(renditions=(file,), **data)


class RightsIn(Schema):
    license = Line(load_default="", metadata={"description": "An SPDX name such as CC-BY-ND-4.0, or words."})
    usage_terms = Text(load_default="", max_chars=5000)
    copyright_holder = Line(load_default="")
    copyright_notice = Text(load_default="", max_chars=2000)
    embargoed = SourceInstant(load_default=None, allow_none=True, metadata={"format": "date-time"})
    expires = SourceInstant(load_default=None, allow_none=True, metadata={"format": "date-time"})


class SourceIn(Schema):
    name = Line(required=True)
    url = WebAddress(load_default="", max_chars=2000)

    @post_load
    def _value(self, data: dict[str, Any], **_: Any) -> Party:
        return Party(data["name"], data["url"])


class ArticleIn(Schema):
    """One article. Unknown names are refused, so that a misspelt one is not lost in silence."""

    class Meta:
        unknown = RAISE

    def __init__(self, *, zone: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zone = zone

    external_id = Name(
        required=True, max_chars=500, metadata={"description": "Your own permanent id: the same id is the same story."}
    )
    url = WebAddress(load_default="", max_chars=2000, metadata={"description": "Where the story stands at its source."})
    headline = Line(required=True, max_chars=1000)
    body_html = fields.String(required=True, validate=validate.Length(min=1, error="May not be empty."))
    byline = Line(load_default="", metadata={"description": "The authors as printed."})
    authors = Few(fields.Nested(AuthorIn), most=50, load_default=list)
    first_published = SourceDate(
        load_default=None,
        allow_none=True,
        metadata={"description": "When you published it, as precise as you know: 2026-03-03 or a time with offset."},
    )
    updated = SourceDate(load_default=None, allow_none=True, metadata={"description": "When you last changed it."})
    language = Line(
        load_default="",
        validate=_LANGUAGE,
        metadata={"description": "A BCP 47 tag."},
    )
    section = Line(load_default="")
    topics = Few(Line(required=True), most=100, load_default=list)
    summary = Text(load_default="", max_chars=5000)
    slugline = Line(load_default="")
    dateline = Line(load_default="")
    pictures = Few(fields.Nested(PictureIn), most=200, load_default=list)
    rights = fields.Nested(RightsIn, load_default=dict)
    info_source = fields.Nested(
        SourceIn, load_default=Party, metadata={"description": "Who the story is from, where that is not you."}
    )
    ed_note = Text(
        load_default="",
        max_chars=5000,
        metadata={"description": "For editors, here and at receiving newsrooms; never printed."},
    )
    pub_status = fields.Enum(PubStatus, by_value=True, load_default=PubStatus.USABLE)
    source_version = fields.Integer(
        strict=True, load_default=None, allow_none=True, validate=validate.Range(1, 2**53 - 1)
    )

    @post_load
    def _value(self, data: dict[str, Any], **_: Any) -> SourceItem:
        names = data.pop("topics")
        return SourceItem(
            original_url=data.pop("url"),
            body_html=printable(data.pop("body_html")),
            authors=tuple(data.pop("authors")),
            pictures=tuple(data.pop("pictures")),
            topics=tuple(Topic(name) for name in dict.fromkeys(names) if name),
            rights=Rights(pub_status=data.pop("pub_status"), **data.pop("rights")),
            **data,
        )


def looks_like(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def parse(data: bytes, *, outlet: Outlet, received: date) -> ParsedFeed:
    """One article. Raises BadInput where this is no JSON object, BadFields naming the fields that are wrong."""
    document = jsondoc.load(data)
    if not isinstance(document, dict):
        raise BadInput("An article is a JSON object; this is something else.")
    try:
        item = ArticleIn(zone=outlet.zone).load(document)
    except ValidationError as error:
        raise bad_fields(error) from None
    return ParsedFeed((Parsed(item, tuple(_assumed_zones(item))),))


def _assumed_zones(item: SourceItem) -> list[str]:
    dates: tuple[tuple[str, PartialDate | None], ...] = (
        ("first_published", item.first_published),
        ("updated", item.updated),
    )
    return [
        f"{name} has no offset: read in the outlet's time zone as {value}"
        for name, value in dates
        if value and value.assumed_zone
    ]
