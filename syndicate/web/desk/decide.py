"""The buttons of a story: each a form that is answered by the story's page as it stands then."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response as AnyResponse

from syndicate.core.errors import BadFields
from syndicate.core.newsitem import Change
from syndicate.core.story import Story
from syndicate.core.undo import Case
from syndicate.service.desk import decide
from syndicate.web.context import context
from syndicate.web.desk.frame import bp, done, person
from syndicate.web.desk.story import story_page
from syndicate.web.desk.times import zone
from syndicate.web.problems import status_of
from syndicate.web.words import gettext

CHANGES = {change.value: change for change in (Change.MINOR, Change.UPDATE, Change.CORRECTION)}
_Do = Callable[[Case], Any]


def decide_about(ref: str, act: str) -> AnyResponse:
    do, told = _ACTS[act]
    try:
        do(case(ref))
    except BadFields as refusal:
        return story_page(ref, status=status_of(refusal), wrong={"act": act, "errors": refusal.extra["errors"]})
    return done(gettext(told), to=url_for("desk.story", ref=ref))


def case(ref: str) -> Case:
    """The story as the page showed it that the form stands on."""
    here = context()
    return Case(ref=ref, seen=request.form.get("seen", ""), now=here.now(), grace=here.grace)


def change() -> Change | None:
    return CHANGES.get(request.form.get("change", ""))


def _text(name: str) -> str:
    return request.form.get(name, "")


def _hour() -> datetime | None:
    """What was typed into a field for date and time, on the reader's own clock."""
    try:
        return datetime.fromisoformat(_text("at")).replace(tzinfo=zone()).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _approve(case: Case) -> Story:
    return decide.approve(person(), context().store, case)


def _schedule(case: Case) -> Story:
    return decide.schedule(person(), context().store, case, at=_hour())


def _publish(case: Case) -> Story:
    return decide.publish(person(), context().store, case, change=change(), note=_text("note"))


def _hold(case: Case) -> Story:
    return decide.hold(person(), context().store, case, reason=_text("reason"))


def _reject(case: Case) -> Story:
    return decide.reject(person(), context().store, case, reason=_text("reason"))


def _reopen(case: Case) -> Story:
    return decide.reopen(person(), context().store, case, reason=_text("reason"))


def _ask(case: Case) -> Story:
    return decide.ask(person(), context().store, case, question=_text("question"))


def _close(case: Case) -> None:
    decide.close_questions(person(), context().store, case)


def _withdraw(case: Case) -> Story:
    how = {name: _text(name) for name in ("reason", "message", "confirm")}
    return decide.withdraw(person(), context().store, case, **how)


def _kill(case: Case) -> Story:
    how = {name: _text(name) for name in ("reason", "message", "confirm")}
    return decide.kill(person(), context().store, case, **how)


def _undo(case: Case) -> Story:
    return decide.undo(person(), context().store, case)


def N_(text: str) -> str:
    return text


_ACTS: dict[str, tuple[_Do, str]] = {
    "approve": (_approve, N_("Approved.")),
    "schedule": (_schedule, N_("Scheduled.")),
    "publish": (_publish, N_("It goes out in a moment.")),
    "hold": (_hold, N_("Put aside.")),
    "reject": (_reject, N_("Rejected. The outlet reads the reason.")),
    "reopen": (_reopen, N_("Back in the queue.")),
    "ask": (_ask, N_("The question stands with the article; the outlet finds it there.")),
    "close": (_close, N_("The questions are closed.")),
    "withdraw": (_withdraw, N_("Withdrawn. Subscribers are told.")),
    "kill": (_kill, N_("Killed. Subscribers are told to remove it.")),
    "undo": (_undo, N_("Undone.")),
}

for name in _ACTS:
    bp.add_url_rule(f"/stories/<ref>/{name}", "decide_about", decide_about, methods=["POST"], defaults={"act": name})
