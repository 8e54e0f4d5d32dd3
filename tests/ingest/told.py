"""What was read, as a golden file tells it: JSON without what is empty."""

import json
from dataclasses import asdict, is_dataclass
from typing import Any

from syndicate.ingest import Gone, Parsed, ParsedFeed


def told(feed: ParsedFeed) -> str:
    around = {"hub": feed.hub, "self_url": feed.self_url}
    document = {**_short(around), "results": [_result(one) for one in feed.results]}
    return json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n"


def _result(one: Any) -> dict[str, Any]:
    if isinstance(one, Parsed):
        about = {"hold": one.hold, "summary_only": one.summary_only, "warnings": one.warnings}
        return {**_short(about), **_short(asdict(one.item))}
    if isinstance(one, Gone):
        return {"gone": one.external_id, "reason": one.reason}
    return {"refused": one.detail}


def _short(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, dict):
        if "assumed_zone" in value:
            return value["text"]
        usual = {"pub_status": "usable", "change": "new"}
        parts = {key: _short(part) for key, part in value.items() if part != usual.get(key)}
        return {key: part for key, part in parts.items() if part}
    return [_short(part) for part in value] if isinstance(value, tuple | list) else value
