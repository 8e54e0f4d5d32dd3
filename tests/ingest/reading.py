"""Documents read for the tests, for one outlet on one day; and what was read, as the golden files say it."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from syndicate.core.dates import PartialDate
from syndicate.core.errors import SyndicateError
from syndicate.core.newsroom import Outlet
from syndicate.ingest import FORMATS, Envelope, Gone, ParsedFeed, Result, detect

GOLDEN = Path(__file__).parent / "golden"
JSON_FORMATS = ("ninjs", "jsonfeed", "wordpress", "ghost", "json")
TIDEWATER = Outlet(
    slug="tidewater-review", name="Tidewater Review", domain="tidewater.example", timezone="Asia/Tbilisi"
)


def an_envelope(media_type: str = "", **changes: Any) -> Envelope:
    return Envelope(**({"outlet": TIDEWATER, "received": date(2026, 3, 10), "media_type": media_type} | changes))


def read(data: bytes | str | Any, media_type: str = "", *, form: str = "", **changes: Any) -> ParsedFeed:
    """By its media type or its content as a push is read; or by the format that is named."""
    if not isinstance(data, bytes):
        data = (data if isinstance(data, str) else json.dumps(data)).encode("utf-8", "surrogatepass")
    known = FORMATS[form] if form else detect(data, media_type)
    return known.parse(data, an_envelope(media_type, **changes))


def documents(form: str) -> list[Path]:
    """The golden documents of a format, without those that tell what was read of them."""
    told_in = ".read.json" if form in JSON_FORMATS else ".json"
    return sorted(path for path in (GOLDEN / form).iterdir() if not path.name.endswith(told_in))


def told(feed: ParsedFeed) -> dict[str, Any]:
    """What was read, without what is empty."""
    return _told({"hub": feed.hub, "self_url": feed.self_url, "results": [_result(one) for one in feed.results]})


def _result(result: Result) -> dict[str, Any]:
    if isinstance(result, SyndicateError):
        return {"refused": result.detail}
    if isinstance(result, Gone):
        return {"gone": result.external_id, "reason": result.reason}
    says = {"warnings": list(result.warnings), "hold": result.hold, "summary_only": result.summary_only}
    files = [{"name": file.name, "bytes": len(file.data)} for file in result.files]
    return {**says, "item": _plain(asdict(result.item)), "files": files}


def _plain(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"text", "assumed_zone"}:
        return str(PartialDate(**value))
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _told(value: Any) -> Any:
    if isinstance(value, dict):
        parts = {key: _told(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part not in ("", None, [], {}, False, "new", "usable")}
    return [_told(part) for part in value] if isinstance(value, list) else value


def document_of(path: Path) -> Any:
    """The JSON of a golden document; of lines the first."""
    data = path.read_bytes()
    return json.loads(data.splitlines()[0] if path.suffix == ".ndjson" else data)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every member and element in a JSON value, as (holder, key)."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield value, key
        yield from places(inner)


def names_in(value: Any) -> set[str]:
    """Every name in a JSON value."""
    return {key for _, key in places(value) if isinstance(key, str)}
