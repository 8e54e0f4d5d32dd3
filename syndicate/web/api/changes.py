"""`/api/v1/changes`: what happened to the stories that the one who asks may read."""

from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request

from syndicate.service.deliver import changes
from syndicate.web.api.change_schemas import ChangeQuery, changes_json
from syndicate.web.auth import reader
from syndicate.web.context import context

bp = Blueprint("changes", __name__, url_prefix="/api/v1/changes")
_QUERY = ChangeQuery()


@bp.get("")
def list_changes() -> Response:
    """With a subscriber's key what it was given, without one what is public. A key in the address is not repeated."""
    here, who = context(), reader()
    asked = _QUERY.load({name: value for name, value in request.args.items() if name != "key"})
    found = changes.page(here.store, who, channel=asked["channel"], after=asked["cursor"], limit=asked["limit"])
    cursor = changes.cursor(found.position)
    next_query = urlencode({name: value for name, value in {**asked, "cursor": cursor}.items() if value})
    next_url = f"{here.newsroom.base_url}{bp.url_prefix}?{next_query}" if found.more else None
    response = jsonify(changes_json(here.newsroom, found.lines, cursor, next_url))
    response.headers["Cache-Control"] = "no-store" if who else "no-cache"
    response.vary.add("Authorization")
    return response
