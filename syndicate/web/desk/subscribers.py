"""`/desk/subscribers`: the sites that read us, their rights said in words beside the form, and their deliveries."""

from dataclasses import replace
from datetime import UTC

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from syndicate.core.errors import BadFields, Conflict, NotFound
from syndicate.core.grant_words import sentences
from syndicate.core.grants import Grants
from syndicate.core.newsroom import Subscriber
from syndicate.core.roles import Act
from syndicate.service import read
from syndicate.service.desk import subscribers as acts
from syndicate.web.context import context
from syndicate.web.desk.forms import Form, last_day
from syndicate.web.desk.frame import bp, done, page, person
from syndicate.web.problems import status_of


@bp.get("/subscribers")
def subscribers() -> Response:
    return _subscribers(Form())


@bp.post("/subscribers")
def add_subscriber() -> AnyResponse:
    here, form = context(), Form.sent()
    wanted = Subscriber(slug=form.line("slug"), name=form.line("name"))
    try:
        added = acts.add(person(), here.store, wanted, now=here.now())
    except (BadFields, Conflict) as error:
        return _subscribers(form.refused(error))
    return done(f"{added.name} is added. Which channels may it read?", to=url_for("desk.subscriber", slug=added.slug))


@bp.get("/subscribers/<slug>")
def subscriber(slug: str) -> Response:
    found = acts.file(person(), context().store, slug, now=context().now())
    return _subscriber(found, found.subscriber.grants, _shown(found.subscriber))


@bp.post("/subscribers/<slug>")
def set_subscriber(slug: str) -> AnyResponse:
    here, form = context(), Form.sent()
    before = acts.to_change(person(), here.store, slug)
    try:
        wanted = _typed(form, before)
        if form.only_looks:
            return _subscriber(acts.file(person(), here.store, slug, now=here.now()), wanted.grants, form)
        acts.change(person(), here.store, wanted, now=here.now())
    except (BadFields, NotFound) as error:
        found = acts.file(person(), here.store, slug, now=here.now())
        return _subscriber(found, before.grants, form.refused(error))
    return done(f"{wanted.name} is kept.", to=url_for("desk.subscriber", slug=slug))


@bp.get("/subscribers/<slug>/remove")
def ask_to_remove_subscriber(slug: str) -> Response:
    return page("remove_subscriber.html", subscriber=acts.to_change(person(), context().store, slug))


@bp.post("/subscribers/<slug>/remove")
def remove_subscriber(slug: str) -> AnyResponse:
    acts.remove(person(), context().store, slug, now=context().now())
    return done(f"{slug} is removed, and its keys with it.", to=url_for("desk.subscribers"))


@bp.get("/deliveries")
def deliveries() -> Response:
    """Who listens at our hub, and how telling them goes."""
    here = context()
    return page("deliveries.html", found_listeners=acts.listeners(person(), here.store), now=here.now())


def _shown(subscriber: Subscriber) -> Form:
    grants = subscriber.grants
    typed = {
        "name": subscriber.name,
        "ends": last_day(grants.ends, UTC),
        "territory": "\n".join(grants.territories),
        "embargo_hours": str(grants.embargo_hours or ""),
        "quota": str(grants.quota.stories) if grants.quota else "",
        "period": grants.quota.period.value if grants.quota else "",
        "block_outlet": "\n".join(grants.blocked_outlets),
        **({"excerpt_only": "yes"} if grants.excerpt_only else {}),
    }
    return Form({**{name: [value] for name, value in typed.items()}, "channel": subscriber.channels})


def _typed(form: Form, before: Subscriber) -> Subscriber:
    """Raises BadFields."""
    grants = Grants(
        ends=form.end_of_day("ends", UTC),
        territories=tuple(code.upper() for code in form.lines("territory")),
        embargo_hours=form.number("embargo_hours"),
        quota=form.quota("quota", "period"),
        excerpt_only=form.flag("excerpt_only"),
        blocked_outlets=form.lines("block_outlet"),
    )
    form.check()
    return replace(before, name=form.line("name"), channels=tuple(form.values("channel")), grants=grants)


def _subscribers(form: Form) -> Response:
    here = context()
    return page(
        "subscribers.html",
        status=status_of(form.wrong) if form.wrong else 200,
        files=acts.overview(person(), here.store),
        in_words=sentences,
        now=here.now(),
        form=form,
    )


def _subscriber(file: acts.SubscriberFile, grants: Grants, form: Form) -> Response:
    here = context()
    return page(
        "subscriber.html",
        status=status_of(form.wrong) if form.wrong else 200,
        file=file,
        words=sentences(grants, file.used),
        channels=read.channels(here.store),
        now=here.now(),
        form=form,
        editable=person().may(Act.KEEP),
    )
