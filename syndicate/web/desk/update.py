"""`/desk/stories/{id}/update`: what its source changed, what we changed, and what of it is to be printed."""

from typing import Any

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from syndicate.core import compare
from syndicate.core.compare import Side, Who
from syndicate.core.edits import Part
from syndicate.core.errors import BadFields
from syndicate.core.newsitem import Topic
from syndicate.core.permission import NAMES
from syndicate.service.desk import edit, update
from syndicate.web.context import context
from syndicate.web.desk.decide import case, change
from syndicate.web.desk.frame import bp, done, page, person
from syndicate.web.problems import status_of
from syndicate.web.words import gettext


@bp.get("/stories/<ref>/update")
def update_page(ref: str) -> Response:
    return _form(ref)


@bp.post("/stories/<ref>/update")
def settle(ref: str) -> AnyResponse:
    later = "later" in request.form
    try:
        update.settle(
            person(),
            context().store,
            case(ref),
            parts={part: Side(side) for part in Part if (side := request.form.get(part)) in _SIDES},
            blocks={int(at): Side(side) for at, side in _blocks()},
            change=change(),
            note=request.form.get("note", ""),
            publish=not later,
        )
    except BadFields as refusal:
        return _form(ref, refusal)
    told = gettext("Kept; nothing was published.") if later else gettext("It goes out in a moment.")
    return done(told, to=url_for("desk.story", ref=ref))


def _form(ref: str, refusal: BadFields | None = None) -> Response:
    here = context()
    edit.here(person(), here.store, ref=ref, now=here.now())
    found = update.look(person(), here.store, ref)
    return page(
        "update.html",
        status=status_of(refusal) if refusal else 200,
        found=found,
        story=found.story,
        names=NAMES,
        words=compare.words,
        plain=_plain,
        Who=Who,
        typed=request.form,
        errors=refusal.extra["errors"] if refusal else {},
    )


def _plain(value: Any) -> str:
    """A part in one text."""
    if isinstance(value, tuple):
        return ", ".join(one.name if isinstance(one, Topic) else str(one) for one in value)
    return str(value or "")


def _blocks() -> list[tuple[str, str]]:
    """(place, side) of each passage that was chosen."""
    named = ((name.removeprefix("block-"), side) for name, side in request.form.items() if name.startswith("block-"))
    return [(at, side) for at, side in named if at.isascii() and at.isdigit() and len(at) < 6 and side in _SIDES]


_SIDES = frozenset(Side)
