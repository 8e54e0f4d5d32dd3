"""`/desk/audit`: who did what, filtered, a page by key at a time, and as CSV."""

from collections.abc import Iterator, Mapping
from datetime import UTC, timedelta

from flask import Response, request

from syndicate.core.errors import BadFields
from syndicate.service.desk import audit as acts
from syndicate.store.journal import Asked
from syndicate.web.context import context
from syndicate.web.desk.forms import Form
from syndicate.web.desk.frame import bp, page, person
from syndicate.web.desk.times import zone
from syndicate.web.problems import status_of

SHOWN = 50
FILTERS = ("who", "what", "subject", "story", "since", "until")


@bp.get("/audit")
def audit() -> Response:
    form = _asked_form()
    try:
        asked, before = _asked(form), form.number("before")
        form.check()
    except BadFields as error:
        return page("audit.html", status=status_of(error), acts=(), form=form.refused(error), filters={}, older=0)
    found = acts.page(person(), context().store, asked, limit=SHOWN + 1, before=before)
    older = found[SHOWN - 1].id if len(found) > SHOWN else 0
    return page("audit.html", acts=found[:SHOWN], form=form, filters=_filters(form), older=older)


@bp.get("/audit.csv")
def audit_csv() -> Response:
    form = _asked_form()
    asked = _asked(form)
    form.check()
    name = f"audit-{context().now().astimezone(UTC):%Y%m%d-%H%M}.csv"
    answer = Response(_encoded(acts.as_csv(person(), context().store, asked)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _encoded(pieces: Iterator[str]) -> Iterator[bytes]:
    return (piece.encode("utf-8", "replace") for piece in pieces)


def _asked_form() -> Form:
    return Form({name: values for name, values in request.args.lists() if name in (*FILTERS, "before")})


def _asked(form: Form) -> Asked:
    """Days are the reader's own; a story is named by its id or its guid."""
    story = form.line("story")
    since = form.end_of_day("since", zone())
    return Asked(
        who=form.line("who"),
        what=form.line("what"),
        subject=form.line("subject") or (story if story.startswith("tag:") else ""),
        story_id="" if story.startswith("tag:") else story,
        since=since - timedelta(days=1) if since else None,
        until=form.end_of_day("until", zone()),
    )


def _filters(form: Form) -> Mapping[str, str]:
    return {name: value for name in FILTERS if (value := form.line(name))}
