"""`/desk/stories/{id}/edit`: the desk's own words, beside the source's."""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from syndicate.core.edits import Part, PictureEdit, Seen
from syndicate.core.errors import BadFields, Changed, SyndicateError
from syndicate.core.newsitem import Picture
from syndicate.core.typed import as_html
from syndicate.service.desk import edit
from syndicate.service.desk import story as stories
from syndicate.service.desk.story import Desk
from syndicate.web.context import context
from syndicate.web.desk.frame import bp, done, page, person
from syndicate.web.desk.story import words
from syndicate.web.problems import status_of
from syndicate.web.words import gettext

MOST_PICTURES, MOST_ALT_CHARS = 200, 2000
LINES = (Part.HEADLINE, Part.SUMMARY, Part.SECTION, Part.SLUGLINE, Part.BODY)


@bp.get("/stories/<ref>/edit")
def edit_page(ref: str) -> Response:
    return _form(ref)


@bp.post("/stories/<ref>/edit")
def save(ref: str) -> AnyResponse:
    here = context()
    try:
        saved = edit.save(person(), here.store, ref=ref, typed=_typed(), raw=_raw(), seen=_seen(), now=here.now())
    except (BadFields, Changed) as refusal:
        return _form(ref, refusal)
    removed = len(saved.report.get("removed", ()))
    told = gettext("Saved.") if not removed else gettext("Saved; the text was cleaned, please look at it.")
    return done(told, to=url_for("desk.story", ref=ref))


@bp.post("/stories/<ref>/lock")
def lock(ref: str) -> AnyResponse:
    """Begin to edit, or take over from another."""
    here = context()
    try:
        edit.start(person(), here.store, ref=ref, now=here.now(), take_over="take" in request.form)
    except Changed as refusal:
        return _form(ref, refusal)
    return done(to=url_for("desk.edit_page", ref=ref))


@bp.post("/stories/<ref>/unlock")
def unlock(ref: str) -> AnyResponse:
    """Leave without saving: what was typed goes too."""
    here = context()
    edit.stop(person(), here.store, ref=ref, now=here.now())
    return done(gettext("Nothing was changed."), to=url_for("desk.story", ref=ref))


@bp.post("/stories/<ref>/draft")
def draft(ref: str) -> Response:
    """What was typed so far, sent by the page itself while its editor types; who else is there."""
    here, who = context(), person()
    edit.keep_draft(who, here.store, ref=ref, raw=_raw(), seen=_seen(), now=here.now())
    edit.here(who, here.store, ref=ref, now=here.now())
    found = stories.together(who, here.store, ref, now=here.now())
    return page("story_together.html", ref=ref, together=found)


@bp.post("/stories/<ref>/picture")
def swap_picture(ref: str) -> AnyResponse:
    """A picture of ours in the place of one of theirs, or theirs again."""
    here = context()
    file = request.files.get("file")
    caption, credit, alt = (request.form.get(name, "") for name in ("caption", "credit", "alt"))
    try:
        edit.swap_picture(
            person(),
            here.store,
            here.shelf,
            ref=ref,
            href=request.form.get("href", ""),
            data=file.read() if file else b"",
            told=Picture(caption=caption, credit=credit, alt=alt),
            now=here.now(),
        )
    except BadFields as refusal:
        return _form(ref, refusal)
    return done(gettext("The picture was changed."), to=url_for("desk.edit_page", ref=ref))


def _form(ref: str, refusal: SyndicateError | None = None) -> Response:
    """With what was typed just now, else with this person's draft, else with the story as it stands."""
    here, who = context(), person()
    edit.here(who, here.store, ref=ref, now=here.now())
    desk = stories.look(who, here.store, here.newsroom, ref, now=here.now())
    typed: Mapping[str, str] = _raw() if request.form.get("headline") is not None or "version" in request.form else {}
    if not typed and desk.mine:
        typed = desk.mine.typed
    both = refusal.extra.get("parts", {}) if refusal else {}
    return page(
        "edit.html",
        status=status_of(refusal) if refusal else 200,
        desk=desk,
        story=desk.file.story,
        values=_values(desk, typed),
        pictures=_pictures_for(desk, typed),
        seen=_seen_next(desk, typed, refusal),
        restored=bool(desk.mine) and not refusal,
        refusal=refusal,
        errors=refusal.extra.get("errors", {}) if refusal else {},
        both=both,
        **words(desk),
    )


def _seen() -> Seen:
    return Seen(_number("version"), _number("revision"))


def _number(name: str) -> int:
    value = request.form.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def _seen_next(desk: Desk, typed: Mapping[str, str], refusal: SyndicateError | None) -> Seen:
    """After a clash both texts are on the page: whoever saves again has seen the newest. Else what they began with."""
    story = desk.file.story
    if isinstance(refusal, Changed) and "version" in refusal.extra:
        return Seen(story.edits_version, story.revision)
    if refusal:
        return _seen()
    if desk.mine and typed:
        return Seen(desk.mine.version, desk.mine.revision)
    return Seen(story.edits_version, story.revision)


def _raw() -> dict[str, str]:
    """The form as it was typed, without what only the machine needs."""
    return {name: value for name, value in request.form.items() if name not in ("csrf", "seen")}


def _typed() -> dict[Part, Any]:
    """By part; what the page did not ask for is not there."""
    form = request.form
    typed: dict[Part, Any] = {part: form[part] for part in LINES if part in form}
    if Part.BODY in typed:
        typed[Part.BODY] = as_html(typed[Part.BODY])
    if Part.TOPICS in form:
        typed[Part.TOPICS] = form[Part.TOPICS].splitlines()
    if "picture-0-href" in form:
        typed[Part.PICTURES] = _pictures_typed()
    return typed


def _pictures_typed() -> Sequence[PictureEdit]:
    """In the order that was typed; of two at one place the one that stood first."""
    form, found = request.form, []
    for at in _numbered(form):
        alt, was = form.get(f"picture-{at}-alt"), form.get(f"picture-{at}-was", "")
        place = form.get(f"picture-{at}-place", "")
        edited = PictureEdit(
            href=form[f"picture-{at}-href"],
            shown=f"picture-{at}-shown" in form,
            alt=None if alt is None or alt == was else alt[:MOST_ALT_CHARS],
        )
        found.append((int(place) if place.isascii() and place.isdigit() and len(place) < 6 else at, at, edited))
    return [edited for _, _, edited in sorted(found, key=lambda one: one[:2])]


def _numbered(form: Mapping[str, str]) -> Sequence[int]:
    return list(takewhile(lambda at: f"picture-{at}-href" in form, range(MOST_PICTURES)))


def _values(desk: Desk, typed: Mapping[str, str]) -> Mapping[str, str]:
    """What stands in the fields."""
    item = desk.file.story.as_edited
    now = {part: desk.text if part is Part.BODY else getattr(item, part) for part in LINES}
    now[Part.TOPICS] = "\n".join(topic.name for topic in item.topics)
    return {part: typed.get(part, value) for part, value in now.items()}


def _pictures_for(desk: Desk, typed: Mapping[str, str]) -> Sequence[Mapping[str, Any]]:
    """Each with what stands in its fields; `was` is the alternative text as it came."""
    came = {picture.url: picture.alt for picture in desk.file.story.source.pictures}
    rows = []
    for at, one in enumerate(desk.file.pictures):
        own = typed.get(f"picture-{at}-href") == one.sent.url
        rows.append(
            {
                "one": one,
                "was": came.get(one.sent.url, "") if one.edit else one.picture.alt,
                "alt": typed.get(f"picture-{at}-alt", one.picture.alt) if own else one.picture.alt,
                "shown": f"picture-{at}-shown" in typed if own else not one.left_out,
                "place": typed.get(f"picture-{at}-place", at + 1) if own else at + 1,
            }
        )
    return rows
