"""`/desk/stories/{id}`: one story."""

from flask import Response

from syndicate.service import read
from syndicate.web.context import context
from syndicate.web.desk.frame import bp, page


@bp.get("/stories/<ref>")
def story(ref: str) -> Response:
    return page("story.html", file=read.story_file(context().store, ref))
