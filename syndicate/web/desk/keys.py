"""`/desk/keys`: the keys of outlets and subscribers. A secret stands on one page, once."""

from datetime import UTC

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from syndicate.core.errors import BadFields, NotFound
from syndicate.service import read
from syndicate.service.desk import keys as acts
from syndicate.web.context import context
from syndicate.web.desk.forms import Form
from syndicate.web.desk.frame import bp, done, page, person
from syndicate.web.problems import status_of

MOST_LABEL_CHARS = 100


@bp.get("/keys")
def keys() -> Response:
    return _keys(Form())


@bp.post("/keys")
def mint_key() -> Response:
    here, form = context(), Form.sent()
    kind, _, slug = form.line("owner").partition(":")
    owner = {kind: slug} if kind in ("outlet", "subscriber") else {"outlet": "nobody"}
    try:
        label, expires = _label(form), form.end_of_day("expires", UTC)
        form.check()
        key, secret = acts.mint(
            person(),
            here.store,
            **owner,
            label=label,
            expires_at=expires,
            now=here.now(),
        )
    except NotFound as error:
        return _keys(form.refused(BadFields("Wrong: owner.", errors={"owner": [error.detail]})))
    except BadFields as error:
        return _keys(form.refused(error))
    return page("key_minted.html", key=key, secret=secret)


@bp.post("/keys/<key_id>/label")
def label_key(key_id: str) -> AnyResponse:
    form = Form.sent()
    kept = acts.get(person(), context().store, key_id)
    label = _label(form)
    form.check()
    acts.label(person(), context().store, kept.id, label, now=context().now())
    return done("The key has its new label.", to=url_for("desk.keys"))


@bp.get("/keys/<key_id>/revoke")
def ask_to_revoke_key(key_id: str) -> Response:
    return page("revoke_key.html", key=acts.get(person(), context().store, key_id))


@bp.post("/keys/<key_id>/revoke")
def revoke_key(key_id: str) -> AnyResponse:
    acts.revoke(person(), context().store, key_id, now=context().now())
    return done("The key opens nothing any more.", to=url_for("desk.keys"))


def _label(form: Form) -> str:
    label = form.line("label")
    if len(label) > MOST_LABEL_CHARS:
        form.refuse("label", f"At most {MOST_LABEL_CHARS} characters.")
    return label


def _keys(form: Form) -> Response:
    here = context()
    outlets = [(f"outlet:{each.slug}", each.name) for each in read.outlets(here.store)]
    subscribers = [(f"subscriber:{each.slug}", each.name) for each in read.subscribers(here.store)]
    return page(
        "keys_kept.html",
        status=status_of(form.wrong) if form.wrong else 200,
        keys=acts.overview(person(), here.store),
        owners=[*outlets, *subscribers],
        now=here.now(),
        form=form,
    )
