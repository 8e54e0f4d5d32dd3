"""The pages at the door: signing in and out."""

from flask import Response, g, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from syndicate.core.errors import NotAllowed
from syndicate.service import entry
from syndicate.web.context import context
from syndicate.web.desk import cookie
from syndicate.web.desk.frame import bp, done, open_to_all, page, session, way_back
from syndicate.web.problems import status_of


@bp.get("/sign-in")
@open_to_all
def sign_in() -> AnyResponse:
    if g.desk_session:
        return done(to=way_back(url_for("desk.queue")))
    return _form()


@bp.post("/sign-in")
@open_to_all
def sign_in_now() -> AnyResponse:
    here, email = context(), request.form.get("email", "")
    door = entry.Door(address=request.remote_addr or "", device=request.user_agent.string[:200])
    try:
        password = request.form.get("password", "")
        entered = entry.sign_in(here.store, email=email, password=password, door=door, now=here.now())
    except NotAllowed as error:
        return _form(email=email, wrong=error.detail, status=status_of(error))
    cookie.change(entered.token)
    return done(to=way_back(url_for("desk.queue")))


@bp.post("/sign-out")
def sign_out() -> AnyResponse:
    entry.sign_out(context().store, session())
    cookie.change("")
    answer = done("You are signed out.", to=url_for("desk.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _form(*, email: str = "", wrong: str = "", status: int = 200) -> Response:
    return page("sign_in.html", status=status, email=email, wrong=wrong, next=way_back(""))
