"""Our own JSON: the article as a partner's program pushes it. The OpenAPI document is made from these schemas."""

from datetime import tzinfo
from functools import lru_cache
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadFields, BadInput
from syndicate.core.newsitem import Change, Hop, Party, Person, Picture, Rendition, SourceItem, Topic
from syndicate.core.rights import PubStatus, Rights
from syndicate.core.text import printable
from syndicate.ingest import jsondoc
from syndicate.ingest.fields import (
    LANGUAGE,
    Few,
    FileAddress,
    Line,
    Name,
    SourceDate,
    SourceInstant,
    Text,
    WebAddress,
    bad_fields,
)
from syndicate.ingest.files import UPLOAD, named_file
from syndicate.ingest.parsed import Envelope, Parsed, ParsedFeed
from syndicate.ingest.sniff import Sniff

MEDIA_TYPES = ("application/json",)
_LANGUAGE = validate.Regexp(rf"{LANGUAGE.pattern}\Z", error="Not a language tag such as hy or en-GB.")
_PART_OF_1 = fields.Float(validate=validate.Range(0, 1))


class AuthorIn(Schema):
    name = Line(required=True, metadata={"description": "The person's name as printed."})
    affiliation = Line(load_default="")
    url = WebAddress(load_default="", max_chars=2000)

    @post_load
    def _value(self, data: dict[str, Any], **_: Any) -> Person:
        return Person(**data)


class PictureIn(Schema):
    url = FileAddress(
        required=True,
        max_chars=2000,
        metadata={"description": "Where its file stands; `upload:NAME` for one that comes in the same form."},
    )
    caption = Text(load_default="", max_chars=5000)
    credit = Line(load_default="", metadata={"description": "Photographer and agency, as they must be printed."})
    alt = Line(load_default="", max_chars=2000)
    width = fields.Integer(strict=True, load_default=None, allow_none=True, validate=validate.Range(1, 100_000))
    height = fields.Integer(strict=True, load_default=None, allow_none=True, validate=validate.Range(1, 100_000))
    usage_terms = Text(load_default="", max_chars=5000)
    copyright_holder = Line(load_default="")
    copyright_notice = Text(load_default="", max_chars=2000)
    focus = fields.List(
        _PART_OF_1,
        load_default=None,
        allow_none=True,
        validate=validate.Length(equal=2),
        metadata={"description": "What a crop must keep: from the left and from the top, as parts of 1."},
    )

    @post_load
    def _value(self, data: dict[str, Any], **_: Any) -> Picture:
        file = Rendition(href=data.pop("url"), width=data.pop("width"), height=data.pop("height"))
        focus = data.pop("focus")
        return Picture(renditions=(file,), focus=(focus[0], focus[1]) if focus else None, **data)


class HopIn(Schema):
    name = Line(required=True)
    url = WebAddress(load_default="", max_chars=2000, metadata={"description": "Where the story stood there."})
    when = SourceDate(load_default=None, allow_none=True)

    @post_load
    def _value(self, data: dict[str, Any], **_: Any) -> Hop:
        return Hop(party=Party(data["name"]), uri=data["url"], when=data["when"])


class TopicIn(Schema):
    name = Line(load_default="")
    qcode = Line(
        load_default="", validate=validate.Regexp(r"([\w.-]+:\S+)?\Z", error="Not a QCode such as medtop:20000053.")
    )

    @post_load
    def _value(self, data: dict[str, Any], **_: Any) -> Topic:
        if not (data["name"] or data["qcode"]):
            raise ValidationError("A topic has a name or a qcode.")
        return Topic(**data)


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


class TopicField(fields.Field[Topic]):
    """A topic by its name alone, or with its code."""

    shape: ClassVar[dict[str, Any]] = {
        "oneOf": [
            {"type": "string", "minLength": 1, "maxLength": 500},
            {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "maxLength": 500},
                    "qcode": {"type": "string", "maxLength": 500, "description": "Such as medtop:20000053."},
                },
                "additionalProperties": False,
            },
        ]
    }

    def __init__(self) -> None:
        super().__init__(metadata=self.shape)
        self._name = Line(required=True)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Topic:
        if isinstance(value, str):
            return Topic(self._name.deserialize(value))
        if not isinstance(value, dict):
            raise ValidationError("Neither a name nor an object with a name and a qcode.")
        topic: Topic = TopicIn().load(value)
        return topic


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
    topics = Few(TopicField(), most=100, load_default=list)
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
    alt_ids = Few(Line(required=True), most=50, load_default=list, metadata={"description": "What others call it."})
    credit_line = Line(load_default="", metadata={"description": "The credit as you want it printed."})
    change = fields.String(
        load_default=Change.NEW.value,
        validate=validate.OneOf([Change.NEW.value, Change.UPDATE.value, Change.CORRECTION.value]),
        metadata={"description": "What this version is to one who has the version before it."},
    )
    change_note = Text(load_default="", max_chars=2000, metadata={"description": "What was changed, in words."})
    hops = Few(
        fields.Nested(HopIn),
        most=50,
        load_default=list,
        metadata={"description": "Through whose hands it came to you, oldest first."},
    )
    pub_status = fields.Enum(PubStatus, by_value=True, load_default=PubStatus.USABLE)
    source_version = fields.Integer(
        strict=True, load_default=None, allow_none=True, validate=validate.Range(1, 2**53 - 1)
    )

    @post_load
    def _value(self, data: dict[str, Any], **_: Any) -> SourceItem:
        return SourceItem(
            original_url=data.pop("url"),
            body_html=printable(data.pop("body_html")),
            authors=tuple(data.pop("authors")),
            pictures=tuple(data.pop("pictures")),
            topics=tuple(dict.fromkeys(data.pop("topics"))),
            alt_ids=tuple(dict.fromkeys(data.pop("alt_ids"))),
            hops=tuple(data.pop("hops")),
            change=Change(data.pop("change")),
            rights=Rights(pub_status=data.pop("pub_status"), **data.pop("rights")),
            **data,
        )


def looks_like(sniff: Sniff) -> bool:
    """Any JSON object that no other format knows: its errors are told in our words."""
    return sniff.head.startswith("{")


def parse(data: bytes, envelope: Envelope) -> ParsedFeed:
    """One article. Raises BadInput where this is no JSON object, BadFields naming the fields that are wrong."""
    document = jsondoc.load(data)
    if not isinstance(document, dict):
        raise BadInput("An article is a JSON object; this is something else.")
    try:
        item: SourceItem = _schema(envelope.zone).load(document)
    except ValidationError as error:
        raise bad_fields(error) from None
    _check_files(item, envelope)
    return ParsedFeed(results=(Parsed(item=item, warnings=tuple(_assumed_zones(item))),))


@lru_cache(maxsize=64)
def _schema(zone: tzinfo | None) -> ArticleIn:
    """Made once for each zone: a schema copies all of its fields, which takes longer than to read an article."""
    return ArticleIn(zone=zone)


def _check_files(item: SourceItem, envelope: Envelope) -> None:
    """Raises BadFields for a picture whose file did not come."""
    missing = {
        f"pictures.{at}.url": ["No file of this name came with the article."]
        for at, picture in enumerate(item.pictures)
        if picture.url.startswith(UPLOAD) and not named_file(picture.url, envelope.file_names)
    }
    if missing:
        raise BadFields(f"{len(missing)} of the pictures name a file that did not come.", errors=missing)


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
