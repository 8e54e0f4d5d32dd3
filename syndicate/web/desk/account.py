"""`/desk/account`: one's own password, codes, devices, language and time zone."""

from zoneinfo import available_timezones

import segno
from flask import Response, flash, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from syndicate.core.errors import BadFields, NotAllowed, RuleBroken, SyndicateError
from syndicate.service.desk import account as acts
from syndicate.service.people import codes
from syndicate.web import words
from syndicate.web.context import context
from syndicate.web.desk.door import come_in, door
from syndicate.web.desk.frame import bp, done, page, person, session
from syndicate.web.problems import status_of


@bp.get("/account")
def account() -> Response:
    return _account()


@bp.post("/account/preferences")
def preferences() -> AnyResponse:
    chosen = request.form.get("language", "")
    try:
        acts.set_preferences(
            person(),
            context().store,
            language=chosen if chosen in words.languages() else "",
            timezone=request.form.get("timezone", "").strip(),
            shortcuts="shortcuts" in request.form,
        )
    except BadFields as error:
        return _account(preferences=error)
    return done("Saved.", to=url_for("desk.account"))


@bp.post("/account/password")
def change_password() -> AnyResponse:
    here, form = context(), request.form
    try:
        entered = acts.set_password(
            person(),
            here.store,
            old=form.get("old_password", ""),
            new=form.get("new_password", ""),
            door=door(),
            now=here.now(),
        )
    except (NotAllowed, BadFields) as error:
        return _account(password=error)
    flash("Your password is changed. Everywhere else you are signed out.")
    return come_in(entered, to=url_for("desk.account"))


@bp.get("/account/codes")
def set_up_codes() -> Response:
    return _set_up(codes.new_secret())


@bp.post("/account/codes")
def use_codes() -> AnyResponse:
    here, form, secret = context(), request.form, request.form.get("secret", "")
    try:
        recovery = acts.use_codes(
            person(),
            here.store,
            secret=secret,
            code=form.get("code", ""),
            password=form.get("password", ""),
            door=door(),
            now=here.now(),
        )
    except (NotAllowed, RuleBroken) as error:
        return _set_up(secret if codes.is_secret(secret) else codes.new_secret(), wrong=error)
    return page("recovery_codes.html", recovery=recovery)


@bp.post("/account/codes/off")
def stop_codes() -> AnyResponse:
    here = context()
    try:
        acts.stop_codes(person(), here.store, password=_password(), door=door(), now=here.now())
    except NotAllowed as error:
        return _account(codes=error)
    return done("Codes are not asked for any more.", to=url_for("desk.account"))


@bp.post("/account/recovery-codes")
def renew_recovery_codes() -> AnyResponse:
    here = context()
    try:
        recovery = acts.renew_recovery_codes(person(), here.store, password=_password(), door=door(), now=here.now())
    except NotAllowed as error:
        return _account(codes=error)
    return page("recovery_codes.html", recovery=recovery)


@bp.post("/account/sessions/<session_id>/end")
def end_session(session_id: str) -> AnyResponse:
    acts.end_session(person(), context().store, session_id=session_id, now=context().now())
    return done("That device is signed out.", to=url_for("desk.account"))


@bp.post("/account/sessions/end-others")
def end_other_sessions() -> AnyResponse:
    acts.end_other_sessions(person(), context().store, but=session().id, now=context().now())
    return done("All other devices are signed out.", to=url_for("desk.account"))


def _password() -> str:
    return request.form.get("password", "")


def _account(**wrong: SyndicateError) -> Response:
    here = context()
    return page(
        "account.html",
        status=max((status_of(error) for error in wrong.values()), default=200),
        account=acts.account(person(), here.store, now=here.now()),
        this=session().id,
        languages={language: words.own_name(language) for language in words.languages()},
        zones=sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix"))),
        form=request.form,
        wrong=wrong,
    )


def _set_up(secret: str, *, wrong: SyndicateError | None = None) -> Response:
    address = codes.address(secret, email=person().email, newsroom=context().newsroom.name)
    return page(
        "codes.html", status=status_of(wrong) if wrong else 200, secret=secret, qr=_picture(address), wrong=wrong
    )


def _picture(address: str) -> Markup:
    """As SVG within the page: it holds a secret, so it has no address of its own that a cache could keep."""
    return Markup(segno.make(address, error="m").svg_inline(scale=4, border=3, svgclass="qr", light="#fff"))  # noqa: S704
