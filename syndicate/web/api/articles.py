"""Partner API, /api/v1/articles. A view reads the request, calls one service, answers."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request
from werkzeug.routing import PathConverter

from syndicate.core.errors import BadFields, SyndicateError
from syndicate.core.newsroom import Key, Scope
from syndicate.ingest import jsondoc
from syndicate.service import read
from syndicate.service.intake.prepare import Document
from syndicate.service.intake.takeback import Outcome, Sender, withdraw_by_source
from syndicate.service.receive import receive
from syndicate.web.api.schemas import (
    ArticleQuery,
    PushQuery,
    WithdrawIn,
    WithdrawnName,
    file_json,
    outcome_json,
    page_json,
)
from syndicate.web.auth import outlet_key
from syndicate.web.context import context
from syndicate.web.problems import problem_of, status_of


class ExternalId(PathConverter):
    """Whatever an outlet names its stories by: also what begins with a slash, which a path here does not."""

    regex, part_isolating = ".+", False


bp = Blueprint("articles", __name__, url_prefix="/api/v1/articles")
bp.record_once(lambda state: state.app.url_map.converters.update(external_id=ExternalId))
MAX_IDEMPOTENCY_KEY_CHARS = 255
_PUSH_QUERY = PushQuery()


@bp.post("")
def push() -> tuple[Response, int]:
    """Create or update by (outlet, external_id)."""
    (key, outlet), here = outlet_key(Scope.ARTICLES_WRITE), context()
    dry_run = _PUSH_QUERY.load(request.args)["dry_run"]
    document = Document(data=request.get_data(cache=False), media_type=request.content_type or "")
    results = receive(
        here.store,
        here.newsroom,
        document,
        _sender(key),
        outlet=outlet,
        now=here.now(),
        shelf=here.shelf,
        dry_run=dry_run,
    )
    if len(results) == 1 and isinstance(results[0], Outcome):
        created = results[0].result == "created" and not dry_run
        return jsonify(outcome_json(results[0], here.newsroom, stored=not dry_run)), 201 if created else 200
    return jsonify(results=[_numbered(at, result, dry_run) for at, result in enumerate(results)]), 207


@bp.get("")
def list_articles() -> Response:
    """The outlet's articles, newest received first."""
    (key, _), here = outlet_key(Scope.ARTICLES_READ), context()
    query = ArticleQuery().load(request.args)
    page = read.stories(
        here.store,
        outlet=key.outlet,
        limit=query["limit"],
        review=query["review"],
        external_id=query["external_id"],
        changed_since=query["since"],
        after=query["cursor"],
    )
    next_query = urlencode({**request.args.to_dict(), "cursor": page.after})
    next_url = f"{here.newsroom.base_url}{bp.url_prefix}?{next_query}" if page.after else None
    return jsonify(page_json(page, next_url))


@bp.get("/<story_id>")
def get_article(story_id: str) -> Response:
    (key, _), here = outlet_key(Scope.ARTICLES_READ), context()
    return jsonify(file_json(read.story_file(here.store, story_id, outlet=key.outlet), here.newsroom))


@bp.get("/<story_id>/source")
def get_source(story_id: str) -> Response:
    """The newest version's bytes as received. Offered as a download, so that no browser runs what a source sent."""
    (key, _), here = outlet_key(Scope.ARTICLES_READ), context()
    revision = read.revision(here.store, story_id, outlet=key.outlet)
    response = Response(revision.body, content_type=revision.media_type or "application/octet-stream")
    response.headers["Content-Disposition"] = "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@bp.delete("/<external_id:external_id>")
def withdraw(external_id: str) -> Response:
    """The source withdraws its story: at once, and it stays."""
    (key, _), here = outlet_key(Scope.ARTICLES_WRITE), context()
    WithdrawnName().load({"external_id": external_id})
    body = request.get_data(cache=False)
    asked: Any = jsondoc.load(body) if body.strip() else request.args.to_dict()
    reason = WithdrawIn().load(asked)["reason"]
    outcome = withdraw_by_source(here.store, _sender(key), external_id=external_id, reason=reason, now=here.now())
    return jsonify(outcome_json(outcome, here.newsroom))


def _sender(key: Key) -> Sender:
    idempotency_key = request.headers.get("Idempotency-Key", "")
    if len(idempotency_key) > MAX_IDEMPOTENCY_KEY_CHARS:
        wrong = {"Idempotency-Key": [f"Longer than {MAX_IDEMPOTENCY_KEY_CHARS} characters."]}
        raise BadFields("The Idempotency-Key is too long.", errors=wrong)
    if "\0" in idempotency_key:  # PostgreSQL would refuse the question
        raise BadFields("The Idempotency-Key is no text.", errors={"Idempotency-Key": ["No NUL."]})
    return Sender(outlet=key.outlet, who=f"key:{key.id}", key_id=key.id, idempotency_key=idempotency_key)


def _numbered(index: int, result: Outcome | SyndicateError, dry_run: bool) -> dict[str, Any]:
    if isinstance(result, SyndicateError):
        return {"index": index, "status": status_of(result), "problem": problem_of(result)}
    status = 201 if result.result == "created" else 200
    return {"index": index, "status": status, **outcome_json(result, context().newsroom, stored=not dry_run)}
