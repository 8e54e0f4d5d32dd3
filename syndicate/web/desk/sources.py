"""`/desk/sources`: the feeds that we pull, each with the log of looking at it, and a trial of any address."""

from dataclasses import replace

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from syndicate.core.errors import BadFields, Conflict, NotFound, SyndicateError
from syndicate.core.source import DEFAULT_INTERVAL_S, FullText, Source
from syndicate.service.desk import sources as acts
from syndicate.service.intake.trial import Sample
from syndicate.web.context import context
from syndicate.web.desk.forms import Form
from syndicate.web.desk.frame import bp, done, page, person
from syndicate.web.desk.headers import frame_document
from syndicate.web.problems import status_of

_FORMATS = [(name, name) for name in acts.FORMATS]
AGAIN_S = "2"  # how soon a page asks again for a trial that is under way


@bp.get("/sources")
def sources() -> Response:
    return _sources(Form())


@bp.post("/sources")
def add_source() -> AnyResponse:
    """Kept, or, where that is all that is asked, tried."""
    here, form = context(), Form.sent()
    try:
        wanted = _typed(form, _blank())
        if form.only_looks:
            tried = acts.try_out(person(), here.store, wanted, now=here.now())
            return done(to=url_for("desk.trial", trial_id=tried))
        added = acts.add(person(), here.store, wanted, now=here.now())
    except (BadFields, Conflict, NotFound) as error:
        return _sources(form.refused(_at_the_outlet(error)))
    return done(f"{added.slug} is added, and looked at now.", to=url_for("desk.source", source_id=added.id))


@bp.get("/sources/<source_id>")
def source(source_id: str) -> Response:
    return _source(source_id, None)


@bp.post("/sources/<source_id>")
def set_source(source_id: str) -> AnyResponse:
    here, form = context(), Form.sent()
    before = acts.to_change(person(), here.store, source_id)
    try:
        wanted = replace(_typed(form, before), outlet=before.outlet, slug=before.slug)
        if form.only_looks:
            tried = acts.try_out(person(), here.store, wanted, now=here.now())
            return done(to=url_for("desk.trial", trial_id=tried))
        acts.change(person(), here.store, wanted, now=here.now())
    except BadFields as error:
        return _source(source_id, form.refused(error))
    return done("It is kept, and looked at anew.", to=url_for("desk.source", source_id=source_id))


@bp.post("/sources/<source_id>/look")
def look_at_source(source_id: str) -> AnyResponse:
    acts.look_now(person(), context().store, source_id, now=context().now())
    return done("It is looked at next.", to=url_for("desk.source", source_id=source_id))


@bp.get("/sources/<source_id>/remove")
def ask_to_remove_source(source_id: str) -> Response:
    return page("remove_source.html", source=acts.to_change(person(), context().store, source_id))


@bp.post("/sources/<source_id>/remove")
def remove_source(source_id: str) -> AnyResponse:
    gone = acts.remove(person(), context().store, source_id, now=context().now())
    return done(f"{gone.outlet}/{gone.slug} is removed; its stories stay.", to=url_for("desk.sources"))


@bp.get("/sources/tried/<trial_id>")
def trial(trial_id: str) -> Response:
    found = acts.tried(person(), context().store, trial_id)
    answer = page("trial.html", tried=found, trial_id=trial_id)
    if found.waits:
        answer.headers["Refresh"] = AGAIN_S
    return answer


@bp.get("/sources/tried/<trial_id>/<int:number>/<any(before, after):which>")
def tried_text(trial_id: str, number: int, which: str) -> Response:
    """One text as a document of its own: as it came, or as it would be stored."""
    found = acts.tried(person(), context().store, trial_id)
    samples = found.trial.samples if found.trial else ()
    if not 1 <= number <= len(samples):
        raise NotFound("There is no such story in this trial.")
    sample: Sample = samples[number - 1]
    return frame_document(sample.said_html if which == "before" else sample.clean_html)


def _blank() -> Source:
    return Source(id="", outlet="", slug="", address="", created_at=context().now())


def _typed(form: Form, before: Source) -> Source:
    """Raises BadFields."""
    interval = form.number("interval", DEFAULT_INTERVAL_S // 60)
    typed = replace(
        before,
        outlet=form.line("outlet"),
        slug=form.line("slug"),
        address=form.line("address"),
        format=form.line("format"),
        interval_s=interval * 60,
        full_text=form.choice("full_text", FullText),
    )
    form.check()
    return typed


def _at_the_outlet(error: SyndicateError) -> SyndicateError:
    """That there is no such outlet is wrong with the field in which it was chosen."""
    return BadFields("Wrong: outlet.", errors={"outlet": [error.detail]}) if isinstance(error, NotFound) else error


def _shown(source: Source) -> Form:
    return Form(
        {
            "address": [source.address],
            "format": [source.format],
            "interval": [str(source.interval_s // 60)],
            "full_text": [source.full_text.value],
        }
    )


def _sources(form: Form) -> Response:
    here = context()
    return page(
        "sources.html",
        status=status_of(form.wrong) if form.wrong else 200,
        files=acts.overview(person(), here.store, now=here.now()),
        outlets=acts.outlets(person(), here.store),
        formats=_FORMATS,
        form=form,
    )


def _source(source_id: str, form: Form | None) -> Response:
    here = context()
    found = acts.file(person(), here.store, source_id, now=here.now())
    status = status_of(form.wrong) if form and form.wrong else 200
    return page(
        "source.html",
        status=status,
        file=found,
        form=form or _shown(found.source),
        formats=_FORMATS,
    )
