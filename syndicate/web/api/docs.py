"""`/openapi.json`, a page that reads it aloud at `/docs`, and the contracts that we publish at `/schemas/`."""

import re

from flask import Blueprint, Response, json, render_template
from markupsafe import Markup, escape

from syndicate import contracts
from syndicate.core.errors import NotFound
from syndicate.web.context import context

bp = Blueprint("docs", __name__)
_CODE = re.compile(r"`([^`]+)`")


@bp.get("/openapi.json")
def openapi_json() -> Response:
    return Response(contracts.read("openapi/partner-v1.json"), content_type="application/json")


@bp.get("/docs")
def page() -> str:
    spec = json.loads(contracts.read("openapi/partner-v1.json"))
    return render_template("docs.html", spec=spec, base_url=context().newsroom.base_url)


@bp.app_template_filter("code")
def code(text: str) -> Markup:
    """`So marked` words of a description as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped before


@bp.get("/schemas/<path:name>")
def contract(name: str) -> Response:
    """One published contract, by its path below `schemas/`."""
    if name not in contracts.names():
        raise NotFound(f"There is no contract {name[:200]}.")
    media_type = "application/xml" if name.endswith(".rng") else "application/json"
    return Response(contracts.read(name), content_type=media_type)
