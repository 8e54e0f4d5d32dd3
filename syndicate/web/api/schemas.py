"""What the partner API answers. The OpenAPI document is made from these classes and from `ingest.article`."""

import re
from collections.abc import Callable
from typing import Any

from marshmallow import INCLUDE, Schema, fields, validate

from syndicate.core.media import as_sent
from syndicate.core.newsitem import Picture, Topic
from syndicate.core.newsroom import Newsroom
from syndicate.core.story import Story
from syndicate.core.workflow import Review
from syndicate.ingest.article import TopicField
from syndicate.ingest.fields import Line, Name, SourceInstant
from syndicate.service.intake.takeback import Outcome
from syndicate.service.read import StoryFile, StoryPage
from syndicate.web.api.reach_schemas import ReceiptOut

MOST_PER_PAGE = 100
_BLANK_OFFSET = re.compile(r" (\d\d:\d\d)\Z", re.ASCII)
_ONE_STATE = validate.OneOf([state.value for state in Review])


class EntryOut(Schema):
    """One thing that cleaning changed."""

    what = fields.String()
    why = fields.String()
    where = fields.String()
    text = fields.String(metadata={"description": "its first words"})


class NotListedOut(Schema):
    """How many more there were than are listed."""

    removed = fields.Integer()
    rewritten = fields.Integer()
    warnings = fields.Integer()


class ReportOut(Schema):
    """What cleaning changed."""

    removed = fields.List(fields.Nested(EntryOut))
    rewritten = fields.List(fields.Nested(EntryOut))
    warnings = fields.List(fields.String(), metadata={"description": "what was odd or not understood"})
    words = fields.Integer()
    pictures = fields.Integer()
    links = fields.Integer()
    embeds = fields.Integer()
    not_listed = fields.Nested(NotListedOut)


class LinksOut(Schema):
    self = fields.Url()
    source = fields.Url(metadata={"description": "the bytes as we received them"})
    page = fields.Url(metadata={"description": "where readers find it, once it is published"})


class OutcomeOut(Schema):
    """What became of one pushed article."""

    id = fields.String()
    guid = fields.String()
    version = fields.Integer()
    review = fields.String(validate=_ONE_STATE)
    result = fields.String(validate=validate.OneOf(["created", "updated", "unchanged", "withdrawn"]))
    report = fields.Nested(ReportOut)
    links = fields.Nested(LinksOut)


class PersonOut(Schema):
    name = fields.String()
    affiliation = fields.String()
    url = fields.String()


def _first_side(name: str) -> Callable[[Picture], int | None]:
    return lambda picture: getattr(picture.renditions[0], name) if picture.renditions else None


class PictureOut(Schema):
    url = fields.Function(lambda picture: as_sent(picture.url), metadata={"type": "string"})
    caption = fields.String()
    credit = fields.String()
    alt = fields.String()
    width = fields.Function(_first_side("width"), metadata={"type": ["integer", "null"]})
    height = fields.Function(_first_side("height"), metadata={"type": ["integer", "null"]})
    usage_terms = fields.String()
    copyright_holder = fields.String()
    copyright_notice = fields.String()
    focus = fields.List(fields.Float(), allow_none=True)


class PictureStateOut(Schema):
    """What becomes of one picture: whether it goes out, and as what."""

    url = fields.Function(lambda one: as_sent(one.picture.url), metadata={"type": "string"})
    caption = fields.String(attribute="picture.caption")
    credit = fields.String(attribute="picture.credit")
    hold = fields.Function(
        lambda one: one.hold.words if one.hold else "",
        metadata={"type": "string", "description": "why it does not go out, in words; empty where it does"},
    )
    by_file = fields.List(
        fields.String(), metadata={"description": "the fields that its source left blank and its file fills"}
    )
    kept = fields.Function(
        lambda one: one.media is not None, metadata={"type": "boolean", "description": "we keep a copy of its file"}
    )
    problem = fields.Function(
        lambda one: one.kept.problem if one.kept else "",
        metadata={"type": "string", "description": "why there is no copy of its file"},
    )


class HopOut(Schema):
    name = fields.String(attribute="party.name")
    url = fields.String(attribute="uri")
    when = fields.String(allow_none=True)


class RightsOut(Schema):
    license = fields.String()
    usage_terms = fields.String()
    copyright_holder = fields.String()
    copyright_notice = fields.String()
    embargoed = fields.AwareDateTime(format="iso", allow_none=True)
    expires = fields.AwareDateTime(format="iso", allow_none=True)


class PartyOut(Schema):
    name = fields.String()
    url = fields.String(attribute="uri")


class EditionOut(Schema):
    version = fields.Integer()
    change = fields.String()
    note = fields.String(attribute="change_note")
    headline = fields.String()
    created = fields.AwareDateTime(format="iso", attribute="version_created")
    credit = fields.String(attribute="credit.text")


class RepublishedOut(ReceiptOut):
    """Where it runs, or ran: by what each subscriber told us last. Ours is our own page."""

    subscriber = fields.String(metadata={"description": "empty: our own page"})
    name = fields.String()
    told_at = fields.AwareDateTime(format="iso", allow_none=True)


class ArticleOut(Schema):
    """One article as we understood it, and where the desk stands with it. Dates have the source's own precision."""

    id = fields.String()
    guid = fields.String()
    version = fields.Integer(metadata={"description": "the version that is out, or 1 before the first"})
    review = fields.String(validate=_ONE_STATE)
    reason = fields.String(metadata={"description": "why it was held, rejected, withdrawn or killed"})
    received_at = fields.AwareDateTime(format="iso")
    publish_at = fields.AwareDateTime(format="iso", allow_none=True)
    update_waits = fields.Boolean(metadata={"description": "a newer source version waits for the desk"})
    outlet = fields.String(attribute="outlet.slug")
    external_id = fields.String()
    url = fields.String(attribute="source.original_url")
    headline = fields.String(attribute="source.headline")
    body_html = fields.String(attribute="source.body_html")
    byline = fields.String(attribute="source.byline")
    authors = fields.List(fields.Nested(PersonOut), attribute="source.authors")
    first_published = fields.String(attribute="source.first_published", allow_none=True)
    updated = fields.String(attribute="source.updated", allow_none=True)
    language = fields.String(attribute="source.language")
    section = fields.String(attribute="source.section")
    topics = fields.Function(
        lambda story: [_topic(topic) for topic in story.source.topics],
        metadata={"type": "array", "items": TopicField.shape},
    )
    summary = fields.String(attribute="source.summary")
    slugline = fields.String(attribute="source.slugline")
    dateline = fields.String(attribute="source.dateline")
    pictures = fields.List(fields.Nested(PictureOut), attribute="source.pictures")
    rights = fields.Nested(RightsOut, attribute="source.rights")
    ed_note = fields.String(attribute="source.ed_note")
    pub_status = fields.String()
    alt_ids = fields.List(fields.String(), attribute="source.alt_ids")
    info_source = fields.Nested(PartyOut, attribute="source.info_source")
    credit_line = fields.String(attribute="source.credit_line")
    change = fields.String(attribute="source.change", metadata={"description": "what its source calls this version"})
    change_note = fields.String(attribute="source.change_note")
    hops = fields.List(fields.Nested(HopOut), attribute="source.hops")
    source_version = fields.Function(
        lambda story: story.source.source_version or story.revision, metadata={"type": "integer"}
    )


class QuestionOut(Schema):
    """What the desk asks. A newer version of the article answers it."""

    asked_at = fields.AwareDateTime(format="iso", attribute="at")
    text = fields.String()
    open = fields.Function(lambda question: question.ended_at is None, metadata={"type": "boolean"})
    answered_by = fields.Integer(
        attribute="answer",
        allow_none=True,
        metadata={"description": "your version that came in answer, as we count them"},
    )


class ArticleFileOut(ArticleOut):
    """One article with its history."""

    editions = fields.List(fields.Nested(EditionOut), metadata={"description": "every version that we published"})
    republished = fields.List(fields.Nested(RepublishedOut), metadata={"description": "where it runs, or ran"})
    report = fields.Nested(ReportOut)
    questions = fields.List(
        fields.Nested(QuestionOut), metadata={"description": "what the desk asks you, oldest first"}
    )
    picture_states = fields.List(
        fields.Nested(PictureStateOut), metadata={"description": "also of pictures that only its text shows"}
    )


class ArticlePageOut(Schema):
    items = fields.List(fields.Nested(ArticleOut))
    next = fields.Url(allow_none=True, metadata={"description": "the page behind this one, or null"})


class InstantInAddress(SourceInstant):
    """An instant in a query, where a "+" that was not escaped arrives as a blank."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        written = _BLANK_OFFSET.sub(r"+\1", value) if isinstance(value, str) else value
        return super()._deserialize(written, attr, data, **kwargs)


class ArticleQuery(Schema):
    limit = fields.Integer(load_default=20, validate=validate.Range(1, MOST_PER_PAGE))
    review = fields.Enum(Review, by_value=True, load_default=None)
    external_id = Line(load_default=None)
    since = InstantInAddress(load_default=None, metadata={"description": "only what changed since this instant"})
    cursor = Line(load_default="", metadata={"description": "from `next`"})


class PushQuery(Schema):
    dry_run = fields.Boolean(load_default=False, metadata={"description": "check, clean and report; store nothing"})


class WithdrawnName(Schema):
    """What stands in the address of a withdrawal."""

    external_id = Name(required=True)


class WithdrawIn(Schema):
    reason = Line(load_default="", max_chars=1000, metadata={"description": "shown to the desk and to subscribers"})


class ProblemOut(Schema):
    """RFC 9457. A kind of problem may have further members of its own."""

    class Meta:
        unknown = INCLUDE

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    detail = fields.String()
    instance = fields.String()
    errors = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        metadata={"description": "by field, as a dotted path; the first hundred"},
    )
    errors_not_named = fields.Integer(metadata={"description": "how many more are wrong, where some are not named"})


def _topic(topic: Topic) -> str | dict[str, str]:
    """As it may be pushed: its name alone where it has no code."""
    return {"name": topic.name, "qcode": topic.qcode} if topic.qcode else topic.name


_OUTCOME = OutcomeOut(exclude=("links",))


def outcome_json(outcome: Outcome, newsroom: Newsroom, *, stored: bool = True) -> dict[str, Any]:
    """One result; of a dry run the identity only where the story is there already."""
    document: dict[str, Any] = _OUTCOME.dump(outcome)
    if not stored and outcome.result == "created":
        return {name: value for name, value in document.items() if name not in ("id", "guid")}
    here = f"{newsroom.base_url}/api/v1/articles/{outcome.id}"
    links = {"self": here, "source": f"{here}/source", "page": f"{newsroom.base_url}/items/{outcome.id}"}
    return {**document, "links": links}


def file_json(file: StoryFile, newsroom: Newsroom) -> dict[str, Any]:
    """One article with its history: the answer of `GET /articles/{id}` and of `syndicate story show`."""
    public = any(channel.public for channel in file.channels) and file.story.review is Review.PUBLISHED
    history = {
        "editions": file.editions,
        "republished": [*([_our_page(file.story, newsroom)] if public else []), *file.receipts],
        "report": file.revision.report,
        "picture_states": file.pictures,
        "questions": file.questions,
    }
    document: dict[str, Any] = ArticleOut().dump(file.story)
    document |= ArticleFileOut(only=tuple(history)).dump(history)
    return document


def _our_page(story: Story, newsroom: Newsroom) -> dict[str, Any]:
    since = story.edition.first_created if story.edition else None
    page = f"{newsroom.base_url}/items/{story.id}"
    none = {"subscriber": "", "down_since": None, "told_at": None}
    return {"name": newsroom.name, "url": page, "version": story.version, "status": "live", "live_since": since} | none


def page_json(page: StoryPage, next_url: str | None) -> dict[str, Any]:
    return {"items": ArticleOut(many=True).dump(page.stories), "next": next_url}
