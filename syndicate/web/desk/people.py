"""`/desk/people`: who works at the desk; for its admins."""

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from syndicate.core.errors import BadFields, Conflict, SyndicateError
from syndicate.core.newsroom import Role
from syndicate.service.desk import people as acts
from syndicate.web.context import context
from syndicate.web.desk.frame import bp, done, page, person
from syndicate.web.problems import status_of


@bp.get("/people")
def people() -> Response:
    return _people()


@bp.post("/people")
def add_person() -> Response:
    here, email = context(), request.form.get("email", "")
    try:
        added, link = acts.add(person(), here.store, email=email, role=_role(), now=here.now())
    except (BadFields, Conflict) as error:
        return _people(email=email, wrong=error)
    return _link(added.email, link)


@bp.post("/people/<path:email>/link")
def new_link(email: str) -> Response:
    here = context()
    return _link(email, acts.link(person(), here.store, email=email, now=here.now()))


@bp.post("/people/<path:email>/role")
def set_role(email: str) -> AnyResponse:
    acts.set_role(person(), context().store, email=email, role=_role(), now=context().now())
    return done(f"{email} is now {_role()}.", to=url_for("desk.people"))


@bp.post("/people/<path:email>/codes/off")
def forget_codes(email: str) -> AnyResponse:
    acts.forget_codes(person(), context().store, email=email, now=context().now())
    return done(f"{email} signs in without a code until they set one up again.", to=url_for("desk.people"))


@bp.get("/people/<path:email>/remove")
def ask_to_remove(email: str) -> Response:
    acts.member(person(), context().store, email=email)
    return page("remove_person.html", email=email)


@bp.post("/people/<path:email>/remove")
def remove_person(email: str) -> AnyResponse:
    acts.remove(person(), context().store, email=email, now=context().now())
    return done(f"{email} is removed.", to=url_for("desk.people"))


def _role() -> Role:
    wanted = request.form.get("role", "")
    if wanted not in {role.value for role in Role}:
        raise BadFields("Wrong: role.", errors={"role": [f"One of {', '.join(Role)}."]})
    return Role(wanted)


def _people(*, email: str = "", wrong: SyndicateError | None = None) -> Response:
    members = acts.members(person(), context().store)
    status = status_of(wrong) if wrong else 200
    return page("people.html", status=status, members=members, roles=list(Role), email=email, wrong=wrong)


def _link(email: str, link: str) -> Response:
    """Shown this one time: what is stored of it is a hash."""
    address = f"{context().newsroom.base_url}{url_for('desk.password', link=link)}"
    return page("link.html", email=email, address=address)
