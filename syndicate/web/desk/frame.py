"""What all pages of the desk share: who is here, the answer's headers, and how a form's answer leads on.

Every page but the few marked `open_to_all` is for people who are signed in, and every POST is checked by `csrf` before
a view is reached: a page can forget neither.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from syndicate.core.entry import Session
from syndicate.core.errors import BadInput, NotFound, SyndicateError
from syndicate.core.roles import Act, Person
from syndicate.service.people import entry
from syndicate.web import words
from syndicate.web.context import context
from syndicate.web.desk import cookie, csrf, nav, times
from syndicate.web.desk.headers import POLICY, guard
from syndicate.web.problems import problem_of, status_of

bp = Blueprint("desk", __name__, url_prefix="/desk")
View = TypeVar("View", bound=Callable[..., Any])
MOST_OF_A_STRANGER = 500_000  # bytes of a form: read as %FF, ten million of them cost many seconds


def open_to_all(view: View) -> View:
    """A page for people who are not signed in (yet)."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def person() -> Person:
    """Who is here. Services take them first and judge what they may."""
    found: Person = g.desk_session.person
    return found


def session() -> Session:
    found: Session = g.desk_session
    return found


def page(template: str, *, status: int = 200, **values: Any) -> Response:
    """A page of `templates/desk/`."""
    body = render_template(f"desk/{template}", **values).encode("utf-8", "replace")
    return Response(body, status, content_type="text/html; charset=utf-8")


def done(told: str = "", *, to: str) -> AnyResponse:
    """The answer to a form that did what it should: a word about it, and 303 to the page that shows it."""
    if told:
        flash(told)
    return redirect(to, 303)


def way_back(otherwise: str) -> str:
    """The address of ours that a form names in `next`, so that it leads to where it was sent from."""
    wanted = request.values.get("next", "")
    ours = wanted.startswith("/desk/") and "\\" not in wanted and wanted.isprintable()
    return wanted if ours else otherwise


@bp.before_request
def _who_is_here() -> AnyResponse | None:
    here = context()
    token = cookie.token()
    found = entry.find(here.store, token, now=here.now()) if token else None
    g.desk_session = found if found and not found.awaits_code else None
    g.desk_awaiting = found if found and found.awaits_code else None
    if not found:
        request.max_content_length = MOST_OF_A_STRANGER
    if any("\0" in value for values in request.values.listvalues() for value in values):
        raise BadInput("What was sent holds a character that no text has.")  # and that PostgreSQL refuses
    if request.method == "POST":
        csrf.check()
    if g.desk_session or getattr(_view(), "open_to_all", False):
        return None
    if request.method == "POST":
        raise csrf.SignedOut("You are signed out.")
    wanted = request.full_path.rstrip("?")
    door = "desk.code" if g.desk_awaiting else "desk.sign_in"
    return redirect(url_for(door, next=None if wanted == "/desk/" else wanted), 303)


def _view() -> object:
    return current_app.view_functions.get(request.endpoint or "")


@bp.after_request
def _guarded(response: Response) -> Response:
    cookie.keep(response)
    return guard(response, POLICY)


@bp.context_processor
def _for_templates() -> dict[str, Any]:
    found = g.get("desk_session")
    return {
        "newsroom": context().newsroom,
        "language": words.language(),
        "person": found.person if found else None,
        "may": lambda act: bool(found) and found.person.may(Act[act]),
        "nav": nav.items(found.person) if found else (),
        "csrf_field": csrf.field,
    }


bp.app_template_filter("when")(times.when)
bp.app_template_filter("ago")(times.ago)


@bp.errorhandler(SyndicateError)
def _refused(error: SyndicateError) -> Response:
    """A page of the desk that says what and where, and keeps what was typed."""
    typed = csrf.typed() if isinstance(error, csrf.Stale) else None
    return page(
        "refused.html", status=status_of(error), problem=problem_of(error), resend=typed is not None, typed=typed
    )


@bp.get("/<path:rest>")
def nothing_here(rest: str) -> Response:
    raise NotFound("There is no such page at the desk.")
