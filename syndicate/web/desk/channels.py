"""`/desk/channels`: what each channel takes, told by the newest stories that it would hold."""

from dataclasses import replace

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from syndicate.core.errors import BadFields, Conflict
from syndicate.core.newsroom import Channel
from syndicate.core.roles import Act
from syndicate.outputs import FORMATS
from syndicate.service.desk import channels as acts
from syndicate.web.context import context
from syndicate.web.desk import channel_form
from syndicate.web.desk.forms import Form
from syndicate.web.desk.frame import bp, done, page, person
from syndicate.web.problems import status_of


@bp.get("/channels")
def channels() -> Response:
    return _channels(Form())


@bp.post("/channels")
def add_channel() -> AnyResponse:
    here, form = context(), Form.sent()
    now = here.now()
    wanted = Channel(slug=form.line("slug"), title=form.line("title"), created_at=now, changed_at=now)
    try:
        added = acts.add(person(), here.store, wanted, now=now)
    except (BadFields, Conflict) as error:
        return _channels(form.refused(error))
    return done(
        f"{added.title} is added. It takes every story until its rule says otherwise; nobody reads it yet.",
        to=url_for("desk.channel", slug=added.slug),
    )


@bp.get("/channels/<slug>")
def channel(slug: str) -> Response:
    found = acts.file(person(), context().store, slug)
    return _channel(found, found.channel, channel_form.shown(found.channel))


@bp.post("/channels/<slug>")
def set_channel(slug: str) -> AnyResponse:
    """What was typed, or, where that is all that is asked, what it would hold."""
    here, form = context(), Form.sent()
    before = acts.to_change(person(), here.store, slug)
    try:
        wanted = channel_form.read(form, before)
        if form.only_looks:
            return _channel(acts.file(person(), here.store, slug), wanted, form)
        acts.change(person(), here.store, wanted, now=here.now())
    except BadFields as error:
        return _channel(acts.file(person(), here.store, slug), before, form.refused(error))
    return done(f"{wanted.title} is kept.", to=url_for("desk.channel", slug=slug))


@bp.get("/channels/<slug>/remove")
def ask_to_remove_channel(slug: str) -> Response:
    acts.to_change(person(), context().store, slug)
    return page("remove_channel.html", file=acts.file(person(), context().store, slug))


@bp.post("/channels/<slug>/remove")
def remove_channel(slug: str) -> AnyResponse:
    acts.remove(person(), context().store, slug, now=context().now())
    return done(f"{slug} is removed.", to=url_for("desk.channels"))


def _channels(form: Form) -> Response:
    status = status_of(form.wrong) if form.wrong else 200
    return page("channels.html", status=status, files=acts.overview(person(), context().store), form=form)


def _channel(file: acts.ChannelFile, wanted: Channel, form: Form) -> Response:
    here = context()
    base = f"{here.newsroom.base_url}/feeds/{file.channel.slug}"
    return page(
        "channel.html",
        status=status_of(form.wrong) if form.wrong else 200,
        file=replace(file, channel=replace(wanted, title=file.channel.title)),
        form=form,
        preview=acts.preview(person(), here.store, wanted.rule),
        addresses=[f"{base}.{each.extension}" for each in FORMATS.values() if each.render_feed],
        editable=person().may(Act.KEEP),
    )
