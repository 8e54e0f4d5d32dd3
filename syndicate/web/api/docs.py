"""`/openapi.json`, a page that reads it aloud at `/docs`, and the contracts that we publish at `/schemas/`."""

from flask import Blueprint, Response, json, render_template

from syndicate import contracts
from syndicate.core.errors import NotFound

bp = Blueprint("docs", __name__)


@bp.get("/openapi.json")
def openapi_json() -> Response:
    return Response(contracts.read("openapi/partner-v1.json"), content_type="application/json")


@bp.get("/docs")
def page() -> str:
    return render_template("docs.html", spec=json.loads(contracts.read("openapi/partner-v1.json")))


@bp.get("/schemas/<path:name>")
def contract(name: str) -> Response:
    """One published contract, by its path below `schemas/`."""
    if name not in contracts.names():
        raise NotFound(f"There is no contract {name[:200]}.")
    media_type = "application/xml" if name.endswith(".rng") else "application/json"
    return Response(contracts.read(name), content_type=media_type)
