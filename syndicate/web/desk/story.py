"""`/desk/stories/{id}`: one story: where it comes from, what it may be used for, what is to be done about it."""

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from syndicate.core.agreement_words import sentences
from syndicate.core.permission import NAMES
from syndicate.service.desk import edit
from syndicate.service.desk import story as stories
from syndicate.service.desk.story import Desk
from syndicate.web.context import context
from syndicate.web.desk.frame import bp, page, person
from syndicate.web.media import preview_of

FORMATS = ("rss", "newsml", "ninjs", "nitf", "atom", "json", "txt")


@bp.get("/stories/<ref>")
def story(ref: str) -> Response:
    return story_page(ref)


@bp.post("/stories/<ref>/here")
def here(ref: str) -> Response:
    """A sign of life of an open page; who else is there, as the piece of the page that says so."""
    at, who = context(), person()
    edit.here(who, at.store, ref=ref, now=at.now())
    found = stories.together(who, at.store, ref, now=at.now())
    return page("story_together.html", ref=ref, together=found)


def story_page(ref: str, *, status: int = 200, wrong: Mapping[str, Any] | None = None) -> Response:
    """The page; after a form that was refused, with what was wrong (by field) and what was typed."""
    at, who = context(), person()
    now = at.now()
    edit.here(who, at.store, ref=ref, now=now)
    desk = stories.look(who, at.store, at.newsroom, ref, now=now)
    return page(
        "story.html",
        status=status,
        desk=desk,
        file=desk.file,
        story=desk.file.story,
        now=now,
        wrong=wrong or {},
        typed=request.form if wrong else {},
        formats=FORMATS,
        agreed=sentences(desk.file.story.outlet),
        **words(desk),
    )


def words(desk: Desk) -> dict[str, Any]:
    """What templates of a story need beside it."""
    return {"names": NAMES, "preview_of": preview_of, "together": desk.together, "ref": desk.file.story.id}
