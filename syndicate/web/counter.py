"""`/c/{token}.gif`: a picture of one point, by which readings are counted (service.counter).

Whatever is asked for is answered alike, so that nobody can try which tokens count. Not counted: HEAD, what fetches
ahead of a reader, what asks for anything but a picture, and what calls itself a robot. The last is looked at and
forgotten: it stands in no log.
"""

import base64
import re

from flask import Blueprint, Response, request

from syndicate.web.context import context

bp = Blueprint("counter", __name__)
POINT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_ROBOT = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|preview|monitor|scan|fetch|headless|curl|wget|python|java/|go-http",
    re.IGNORECASE,
)


@bp.get("/c/<token>.gif")
def count(token: str) -> Response:
    if _is_read():
        here = context()
        here.readings.count(token, here.now())
    response = Response(POINT, content_type="image/gif")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is shown on other sites' pages
    return response


def _is_read() -> bool:
    """As far as a request tells by itself. Headers of Fetch and Client Hints: browsers alone send them."""
    told = request.headers
    ahead = any("prefetch" in told.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    picture = told.get("Sec-Fetch-Dest", "image") == "image"
    agent = told.get("User-Agent", "")
    return request.method == "GET" and not ahead and picture and bool(agent) and not _ROBOT.search(agent)
