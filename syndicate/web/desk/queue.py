"""`/desk/`: the stories that wait."""

from flask import Response

from syndicate.web.desk.frame import bp, page


@bp.get("/")
def queue() -> Response:
    return page("queue.html")
