"""`/api/v1/receipts`: subscribers say where they have a story. `/api/v1/reach`: outlets read where theirs run."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request

from syndicate.core.newsroom import Scope
from syndicate.ingest import jsondoc
from syndicate.service.deliver import reach, receipts
from syndicate.web.api.reach_schemas import ReachQuery, ReceiptIn, reach_json, receipt_json
from syndicate.web.auth import outlet_key, subscriber_key
from syndicate.web.context import context

bp = Blueprint("receipts", __name__, url_prefix="/api/v1")


@bp.post("/receipts")
def tell() -> tuple[Response, int]:
    """201 for the first of a story, 200 for what changes it or says it again."""
    key, here = subscriber_key(), context()
    body: Any = jsondoc.load(request.get_data(cache=False))
    said = ReceiptIn().load(body)
    live = said.pop("status") == "live"
    receipt, first = receipts.receive(here.store, key.subscriber, live=live, now=here.now(), **said)
    return jsonify(receipt_json(receipt, said["guid"])), 201 if first else 200


@bp.get("/reach")
def list_reach() -> Response:
    """Of the outlet's own stories, and of no others."""
    (key, _), here = outlet_key(Scope.ARTICLES_READ), context()
    asked = ReachQuery().load(request.args)
    days = reach.period(asked["since"], asked["until"], here.now())
    found, after = reach.page(here.store, key.outlet, days=days, after=asked["cursor"], limit=asked["limit"])
    again = {"since": days[0], "until": days[1], "limit": asked["limit"], "cursor": after}
    next_url = f"{here.newsroom.base_url}{bp.url_prefix}/reach?{urlencode(again)}" if after else None
    return jsonify(reach_json(found, days, next_url))
