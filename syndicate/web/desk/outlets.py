"""`/desk/outlets`: the partners, and the agreement with each as a form that says in words what it means."""

from dataclasses import replace
from datetime import UTC

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from syndicate.core.agreement_words import sentences
from syndicate.core.errors import BadFields, Conflict
from syndicate.core.newsroom import Outlet
from syndicate.core.roles import Act
from syndicate.service.desk import outlets as acts
from syndicate.web.context import context
from syndicate.web.desk import outlet_form
from syndicate.web.desk.forms import Form, zone_named
from syndicate.web.desk.frame import bp, done, page, person
from syndicate.web.problems import status_of


@bp.get("/outlets")
def outlets() -> Response:
    return _outlets(Form())


@bp.post("/outlets")
def add_outlet() -> AnyResponse:
    here, form = context(), Form.sent()
    outlet = Outlet(slug=form.line("slug"), name=form.line("name"), domain=form.line("domain"))
    try:
        added = acts.add(person(), here.store, outlet, now=here.now())
    except (BadFields, Conflict) as error:
        return _outlets(form.refused(error))
    return done(f"{added.name} is added. What did you agree?", to=url_for("desk.outlet", slug=added.slug))


@bp.get("/outlets/<slug>")
def outlet(slug: str) -> Response:
    found = acts.get(person(), context().store, slug)
    return _outlet(found, outlet_form.shown(found))


@bp.post("/outlets/<slug>")
def set_outlet(slug: str) -> AnyResponse:
    """What was typed, or, where that is all that is asked, what it would mean."""
    here, form = context(), Form.sent()
    before = acts.to_change(person(), here.store, slug)
    try:
        wanted = outlet_form.read(form, before)
        if form.only_looks:
            return _outlet(_in_words(wanted), form)
        acts.change(person(), here.store, wanted, now=here.now())
    except BadFields as error:
        return _outlet(before, form.refused(error))
    return done(f"The agreement with {wanted.name} is kept.", to=url_for("desk.outlet", slug=slug))


@bp.get("/outlets/<slug>/remove")
def ask_to_remove_outlet(slug: str) -> Response:
    return page("remove_outlet.html", outlet=acts.to_change(person(), context().store, slug))


@bp.post("/outlets/<slug>/remove")
def remove_outlet(slug: str) -> AnyResponse:
    acts.remove(person(), context().store, slug, now=context().now())
    return done(f"{slug} is removed.", to=url_for("desk.outlets"))


def _in_words(outlet: Outlet) -> Outlet:
    """As far as it can be said before it is checked."""
    return replace(outlet, timezone=outlet.timezone if zone_named(outlet.timezone) is not UTC else "")


def _outlets(form: Form) -> Response:
    here = context()
    found = acts.overview(person(), here.store, now=here.now())
    status = status_of(form.wrong) if form.wrong else 200
    return page("outlets.html", status=status, outlets=found, form=form)


def _outlet(outlet: Outlet, form: Form) -> Response:
    here = context()
    return page(
        "outlet.html",
        status=status_of(form.wrong) if form.wrong else 200,
        outlet=outlet,
        form=form,
        rows={name: list(form.rows(name)) for name in ("credit", "approval")},
        words=sentences(outlet),
        credits=acts.credits(person(), here.store, here.newsroom, outlet),
        editable=person().may(Act.KEEP),
    )
