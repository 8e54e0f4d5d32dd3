"""`/desk/`: the stories that wait, found by state, filter and words; decided about one by one or many at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, json, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from syndicate.core.errors import BadFields
from syndicate.core.listing import MOST_SEQ, Filter
from syndicate.core.roles import Person
from syndicate.service.desk import bulk
from syndicate.service.desk import queue as services
from syndicate.web.context import context
from syndicate.web.desk import filters, nav, plain
from syndicate.web.desk.frame import bp, done, page, person, way_back
from syndicate.web.words import gettext, ngettext


@bp.get("/")
def queue() -> Response:
    chosen, here = filters.read(request.args), context()
    found = services.look(person(), here.store, chosen, now=here.now(), after=request.args.get("after", ""))
    return page(
        "queue.html",
        found=found,
        chosen=chosen,
        asked=_asked(chosen),
        outlets=[(outlet.slug, outlet.name) for outlet in found.outlets],
        cleared=_address(Filter(state=chosen.state)),
        **_words(chosen),
    )


@bp.get("/news")
def news() -> Response:
    """How many stories of a filter came in since a page of it was made. 304 while nothing at all came in."""
    chosen, here = filters.read(request.args), context()
    since = _whole(request.args.get("since", ""))
    answer = Response(content_type="application/json")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(f"{since}-{services.last_arrival(person(), here.store)}")
    answer.make_conditional(request.environ)
    if answer.status_code == 304:
        return answer
    number = services.news(person(), here.store, chosen, since=since, now=here.now())
    shown = plain.count(number, services.MOST_NEWS)
    told = ngettext("%(shown)s new story", "%(shown)s new stories", number) % {"shown": shown} if number else ""
    answer.data = json.dumps({"new": number, "told": told})
    return answer


@bp.post("/decide")
def decide() -> AnyResponse | Response:
    """The same for all chosen stories; `one`, such as "hold ID.SEQ", decides about that one alone.

    A rejection, and whatever is done to several, is confirmed first: the same form again, with `confirmed`.
    """
    one_act, _, one = request.form.get("one", "").partition(" ")
    act = one_act or request.form.get("act", "")
    seen = _seen([one] if one_act else request.form.getlist("story"))
    if "confirmed" not in request.form and not (one and act != "reject"):
        rows = bulk.look(person(), context().store, list(seen))
        return page("confirm.html", act=act, rows=rows, seen=seen, back=way_back(url_for("desk.queue")))
    here = context()
    told = bulk.decide(person(), here.store, act, seen, reason=request.form.get("reason", ""), now=here.now())
    return _told(act, told)


@bp.post("/account/filters")
def keep_filter() -> AnyResponse:
    """Keep the filter of the address that the form stands at."""
    chosen = filters.read(request.form)
    name = services.keep_filter(person(), context().store, request.form.get("name", ""), chosen)
    return done(gettext("Kept as “%(name)s”.") % {"name": name}, to=_address(chosen))


@bp.post("/account/filters/remove")
def drop_filter() -> AnyResponse:
    services.drop_filter(person(), context().store, request.form.get("name", ""))
    return done(gettext("The filter is removed."), to=way_back(url_for("desk.queue")))


def _told(act: str, told: Sequence[bulk.Told]) -> AnyResponse | Response:
    """Back to the list where all went well; else a page that says what became of each."""
    refused = [each for each in told if each.refusal]
    back = way_back(url_for("desk.queue"))
    if refused:
        return page("decided.html", status=200 if len(told) > len(refused) else 409, act=act, told=told, back=back)
    if len(told) == 1:
        return done(_DONE_ONE[act]() % {"headline": told[0].listing.headline[:80]}, to=back)
    return done(_DONE[act](len(told)) % {"number": len(told)}, to=back)


_DONE_ONE = {
    "approve": lambda: gettext("Approved: %(headline)s"),
    "hold": lambda: gettext("On hold: %(headline)s"),
    "reject": lambda: gettext("Rejected: %(headline)s"),
}
_DONE = {
    "approve": lambda number: ngettext("%(number)s story approved.", "%(number)s stories approved.", number),
    "hold": lambda number: ngettext("%(number)s story put on hold.", "%(number)s stories put on hold.", number),
    "reject": lambda number: ngettext("%(number)s story rejected.", "%(number)s stories rejected.", number),
}


def _seen(chosen: Sequence[str]) -> Mapping[str, int]:
    """What each checkbox says: a story and the arrival that was shown, such as "ID.812"."""
    parts = (each.rpartition(".") for each in chosen)
    return {story_id: _whole(seq) for story_id, _, seq in parts}


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:19]) <= MOST_SEQ):
        raise BadFields("This does not come from a page of the queue.", errors={"story": ["Load the page again."]})
    return int(text)


def _asked(chosen: Filter) -> Sequence[tuple[str, str]]:
    """What narrows the list beside the state, each in words with the address without it."""
    shown = {
        "section": chosen.section,
        "topic": chosen.topic,
        "outlet": chosen.outlet,
        "language": plain.language_name(chosen.language),
        "licence": chosen.licence and plain.licence_words(chosen.licence),
        "age": chosen.age and gettext(plain.AGES[chosen.age]),
        "pictures": chosen.pictures and gettext(plain.PICTURES[chosen.pictures]),
        "checks": chosen.checks and gettext(plain.LIGHTS[chosen.checks]),
        "update": chosen.update and gettext("an update waits"),
        "alike": chosen.alike and gettext("like another story"),
        "q": chosen.words and f"“{chosen.words}”",
    }
    return [(str(words), _address(chosen, **{name: ""})) for name, words in shown.items() if words]


def _address(chosen: Filter, **changes: object) -> str:
    parameters: dict[str, Any] = filters.written(chosen, **changes)
    return url_for("desk.queue", **parameters)


def _words(chosen: Filter) -> dict[str, Any]:
    """What the template says rows and filters with."""
    return {
        "address": lambda **changes: _address(chosen, **changes),
        "address_of": _address,
        "written": filters.written(chosen),
        "counted": lambda number: plain.count(number, services.MOST_COUNTED),
        "plain": plain,
        "now": context().now(),
        "pairs": lambda values, name=str: sorted(((value, name(value)) for value in values), key=lambda pair: pair[1]),
        "named": lambda names: [(value, gettext(name)) for value, name in names.items()],
    }


def _waiting(who: Person) -> str | int:
    number = services.waiting(who, context().store, now=context().now())
    return plain.count(number, services.MOST_COUNTED) if number else 0


nav.COUNTS["desk.queue"] = _waiting
