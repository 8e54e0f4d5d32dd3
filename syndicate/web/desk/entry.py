"""The pages at the door: a password, a code, a link by which a password is chosen, and the way out."""

from flask import Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from syndicate.core.errors import BadFields, NotAllowed, SyndicateError
from syndicate.service.people import entry
from syndicate.web.context import context
from syndicate.web.desk import cookie
from syndicate.web.desk.door import come_in, door
from syndicate.web.desk.frame import bp, done, open_to_all, page, session, way_back
from syndicate.web.problems import status_of
from syndicate.web.words import gettext


@bp.get("/sign-in")
@open_to_all
def sign_in() -> AnyResponse:
    return done(to=_inside()) if g.desk_session else sign_in_form()


@bp.post("/sign-in")
@open_to_all
def sign_in_now() -> AnyResponse:
    here, email = context(), request.form.get("email", "")
    try:
        password = request.form.get("password", "")
        entered = entry.sign_in(here.store, email=email, password=password, door=door(), now=here.now())
    except NotAllowed as error:
        return sign_in_form(email=email, wrong=error)
    return onward(entered)


@bp.get("/code")
@open_to_all
def code() -> AnyResponse:
    return _code_form() if g.desk_awaiting else redirect(url_for("desk.sign_in", next=way_back("") or None), 303)


@bp.post("/code")
@open_to_all
def code_now() -> AnyResponse:
    if not g.desk_awaiting:
        return redirect(url_for("desk.sign_in", next=way_back("") or None), 303)
    here, typed = context(), request.form.get("code", "")
    try:
        entered = entry.give_code(here.store, g.desk_awaiting, code=typed, door=door(), now=here.now())
    except NotAllowed as error:
        return _code_form(wrong=error)
    return onward(entered)


@bp.get("/password")
@open_to_all
def password() -> Response:
    """Where a one-time link leads. Looking at it does not use it up: programs that scan mail do that too."""
    return _password_form()


@bp.post("/password")
@open_to_all
def password_now() -> AnyResponse:
    here, link = context(), request.values.get("link", "")
    try:
        chosen = request.form.get("password", "")
        entered = entry.choose_password(here.store, link=link, password=chosen, door=door(), now=here.now())
    except BadFields as error:
        return _password_form(wrong=error)
    return onward(entered)


@bp.post("/sign-out")
def sign_out() -> AnyResponse:
    entry.sign_out(context().store, session())
    cookie.change("")
    answer = done("You are signed out.", to=url_for("desk.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _inside() -> str:
    return way_back(url_for("desk.queue"))


def onward(entered: entry.Entered) -> AnyResponse:
    waits = entered.session.awaits_code
    return come_in(entered, to=url_for("desk.code", next=way_back("") or None) if waits else _inside())


def sign_in_form(*, email: str = "", wrong: SyndicateError | None = None) -> Response:
    here = context().oidc
    elsewhere = (here.label or gettext("another service")) if here else ""
    return page("sign_in.html", status=_status(wrong), email=email, wrong=wrong, next=way_back(""), elsewhere=elsewhere)


def _code_form(*, wrong: NotAllowed | None = None) -> Response:
    return page("code.html", status=_status(wrong), wrong=wrong, next=way_back(""))


def _password_form(*, wrong: BadFields | None = None) -> Response:
    here, link = context(), request.values.get("link", "")
    whose = entry.whose_link(here.store, link, now=here.now())
    answer = page("password.html", status=_status(wrong), wrong=wrong, link=link, whose=whose)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _status(wrong: SyndicateError | None) -> int:
    return status_of(wrong) if wrong else 200
