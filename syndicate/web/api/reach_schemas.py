"""Receipts and reach as the APIs read and write them. The OpenAPI document is made from these classes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from marshmallow import Schema, fields, validate

from syndicate.core.reach import Receipt, Runs
from syndicate.ingest.fields import Line, Name
from syndicate.service.deliver.reach import AT_ONCE

_STATUS = validate.OneOf(["live", "down"])


class ReceiptIn(Schema):
    guid = Name(required=True, max_chars=400, metadata={"description": "the story's, as the feed gives it"})
    version = fields.Integer(
        load_default=None,
        strict=True,
        validate=validate.Range(1, 2**31 - 1),
        metadata={"description": "where the format tells it; without it, the newest"},
    )
    url = fields.String(load_default="", metadata={"description": "where readers find it; may be left out when down"})
    status = fields.String(load_default="live", validate=_STATUS)


class ReceiptOut(Schema):
    """What is kept of one story at one subscriber."""

    version = fields.Integer()
    url = fields.String()
    status = fields.String(validate=_STATUS)
    live_since = fields.AwareDateTime(format="iso", allow_none=True)
    down_since = fields.AwareDateTime(format="iso", allow_none=True)
    told_at = fields.AwareDateTime(format="iso")


class ReceiptHeardOut(ReceiptOut):
    guid = fields.String()


class RunsOut(Schema):
    """One story at one subscriber; without a subscriber, on our own pages and what was copied from them."""

    id = fields.String(attribute="story_id")
    guid = fields.String()
    external_id = fields.String()
    headline = fields.String()
    subscriber = fields.String()
    name = fields.String()
    receipt = fields.Nested(ReceiptOut, allow_none=True, metadata={"description": "what the subscriber told us last"})
    views = fields.Integer(metadata={"description": "readings in the period; readings, not readers"})
    days = fields.Function(
        lambda runs: [{"day": day.isoformat(), "views": views} for day, views in runs.days.items()],
        metadata={
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"day": {"type": "string", "format": "date"}, "views": {"type": "integer"}},
            },
        },
    )


class ReachOut(Schema):
    items = fields.List(fields.Nested(RunsOut))
    since = fields.Date()
    until = fields.Date()
    next = fields.Url(allow_none=True, metadata={"description": "the page behind this one, or null"})


class ReachQuery(Schema):
    since = fields.Date(load_default=None, metadata={"description": "the first day, in UTC; 30 days back if not said"})
    until = fields.Date(load_default=None, metadata={"description": "the last day, counted too; today if not said"})
    limit = fields.Integer(load_default=AT_ONCE, validate=validate.Range(1, AT_ONCE))
    cursor = Line(load_default="", metadata={"description": "from `next`"})


def receipt_json(receipt: Receipt, guid: str) -> dict[str, Any]:
    return {"guid": guid, **ReceiptOut().dump(receipt)}


def reach_json(found: Sequence[Runs], days: tuple[date, date], next_url: str | None) -> dict[str, Any]:
    document: dict[str, Any] = ReachOut().dump({"items": found, "since": days[0], "until": days[1]})
    return {**document, "next": next_url}
