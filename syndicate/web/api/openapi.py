"""The OpenAPI 3.1 document of the partner API, made from the schemas that check and answer its requests."""

import json
import sys
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from marshmallow import Schema

from syndicate import ingest
from syndicate.ingest.article import ArticleIn
from syndicate.web.api.change_schemas import ChangeQuery, ChangesOut
from syndicate.web.api.reach_schemas import ReachOut, ReachQuery, ReceiptHeardOut, ReceiptIn
from syndicate.web.api.schemas import (
    ArticleFileOut,
    ArticlePageOut,
    ArticleQuery,
    OutcomeOut,
    ProblemOut,
    PushQuery,
    ReportOut,
    WithdrawIn,
)

API_VERSION = "1.0"
_ABOUT = (
    "Push stories to a newsroom that republishes them, and see what became of them: each request needs your outlet's "
    "key as `Authorization: Bearer KEY`. Follow what it publishes, by a subscriber's key or, for what is public, "
    "without one. Refusals are problem+json (RFC 9457)."
)
_PROBLEMS = {
    "400": "The body could not be read.",
    "401": "No valid key.",
    "403": "The key is not for this.",
    "404": "No such article of yours, or no such channel.",
    "409": "Older than what is stored (`stale-version`), or somebody was faster.",
    "411": "A text that does not show its own end came without a Content-Length.",
    "413": "The body is too large.",
    "415": "The media type is not read here.",
    "422": "Some fields are wrong; `errors` names each.",
    "503": "Try again in a moment; nothing was changed.",
}


def document() -> dict[str, Any]:
    """The whole document as plain JSON values, in a stable order."""
    spec = APISpec(
        "Syndicate partner API",
        API_VERSION,
        "3.1.0",
        plugins=[MarshmallowPlugin(_schema_name)],
        info={"description": _ABOUT},
        security=[{"outlet_key": []}],
    )
    spec.components.security_scheme("outlet_key", {"type": "http", "scheme": "bearer"})
    spec.components.security_scheme("subscriber_key", {"type": "http", "scheme": "bearer"})
    spec.components.schema("Report", schema=ReportOut)
    spec.components.schema("Problem", schema=ProblemOut)
    spec.path("/api/v1/articles", operations={"post": _push(), "get": _list()})
    spec.path("/api/v1/articles/{id}", operations={"get": _get(), "delete": _withdraw()})
    spec.path("/api/v1/articles/{id}/source", operations={"get": _source()})
    spec.path("/api/v1/changes", operations={"get": _changes()})
    spec.path("/api/v1/receipts", operations={"post": _receipt()})
    spec.path("/api/v1/reach", operations={"get": _reach()})
    made: dict[str, Any] = spec.to_dict()
    return made


def as_text() -> str:
    """The document as the published file holds it."""
    return json.dumps(document(), ensure_ascii=False, indent=2) + "\n"


def _schema_name(schema: type[Schema] | Schema | str) -> str:
    kind = resolve_schema_cls(schema)
    return (kind if isinstance(kind, type) else kind[0]).__name__.removesuffix("Out")


def _push() -> dict[str, Any]:
    others = [media_type for form in ingest.FORMATS.values() for media_type in form.media_types]
    bodies: dict[str, Any] = {media_type: {"schema": _shape(media_type)} for media_type in others}
    bodies |= {"application/json": {"schema": ArticleIn}}  # shared with others, which are told apart by content
    header = {
        "name": "Idempotency-Key",
        "in": "header",
        "schema": {"type": "string", "maxLength": 255},
        "description": "Sent again with the same content, it replays the first answer.",
    }
    return {
        "operationId": "pushArticle",
        "summary": "Create or update an article, by your external_id.",
        "parameters": [{"in": "query", "schema": PushQuery}, header],
        "requestBody": {"required": True, "content": bodies},
        "responses": {
            "201": _json(OutcomeOut, "Created."),
            "200": _json(OutcomeOut, "Updated, unchanged, or a dry run."),
            **_problems("400", "401", "403", "409", "411", "413", "415", "422", "503"),
        },
    }


def _shape(media_type: str) -> dict[str, Any]:
    """What a body of another format is, as far as this document goes into it."""
    if media_type == "multipart/form-data":
        article = {"type": "string", "description": "The article, in any format that is read here."}
        return {"type": "object", "properties": {"article": article}, "additionalProperties": {"type": "string"}}
    return {"type": ["object", "array"] if media_type.endswith("+json") else "string"}


def _list() -> dict[str, Any]:
    return {
        "operationId": "listArticles",
        "summary": "Your articles, newest received first.",
        "parameters": [{"in": "query", "schema": ArticleQuery}],
        "responses": {"200": _json(ArticlePageOut, "One page."), **_problems("401", "403", "422", "503")},
    }


def _get() -> dict[str, Any]:
    return {
        "operationId": "getArticle",
        "summary": "One article as we understood it, with its history.",
        "parameters": [_path_id("The id that we answered when you pushed it.")],
        "responses": {"200": _json(ArticleFileOut, "The article."), **_problems("401", "403", "404", "503")},
    }


def _source() -> dict[str, Any]:
    return {
        "operationId": "getArticleSource",
        "summary": "The newest version exactly as we received it.",
        "parameters": [_path_id("The id that we answered when you pushed it.")],
        "responses": {
            "200": {"description": "The bytes, with the media type that you sent.", "content": {"*/*": {}}},
            **_problems("401", "403", "404", "503"),
        },
    }


def _withdraw() -> dict[str, Any]:
    return {
        "operationId": "withdrawArticle",
        "summary": "Withdraw an article: it leaves every channel at once, and stays out.",
        "parameters": [_path_id("Your own external_id.")],
        "requestBody": {"content": {"application/json": {"schema": WithdrawIn}}},
        "responses": {"200": _json(OutcomeOut, "Withdrawn."), **_problems("400", "401", "403", "404", "422", "503")},
    }


def _changes() -> dict[str, Any]:
    return {
        "operationId": "listChanges",
        "summary": "What happened to the stories that you may read, in one order, from the first.",
        "security": [{"subscriber_key": []}, {}],
        "parameters": [{"in": "query", "schema": ChangeQuery}],
        "responses": {"200": _json(ChangesOut, "One page."), **_problems("401", "404", "422", "503")},
    }


def _receipt() -> dict[str, Any]:
    return {
        "operationId": "tellReceipt",
        "summary": "Say where you have a story: it is live here, or it is down. Say it again as often as you like.",
        "security": [{"subscriber_key": []}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": ReceiptIn}}},
        "responses": {
            "201": _json(ReceiptHeardOut, "The first of this story."),
            "200": _json(ReceiptHeardOut, "As it stands now."),
            **_problems("400", "401", "403", "404", "409", "422", "503"),
        },
    }


def _reach() -> dict[str, Any]:
    return {
        "operationId": "listReach",
        "summary": "Where your stories run, and how often they were read there, by subscriber and day.",
        "parameters": [{"in": "query", "schema": ReachQuery}],
        "responses": {"200": _json(ReachOut, "One page."), **_problems("401", "403", "422", "503")},
    }


def _path_id(description: str) -> dict[str, Any]:
    return {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}, "description": description}


def _json(schema: type[Schema], description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _problems(*codes: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": ProblemOut}}
    return {code: {"description": _PROBLEMS[code], "content": content} for code in codes}


if __name__ == "__main__":
    sys.stdout.write(as_text())
