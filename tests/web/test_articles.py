"""An outlet's list of its articles, page by page, and its withdrawals."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from syndicate.core.newsroom import Role
from syndicate.core.roles import Person
from syndicate.core.undo import Case
from syndicate.core.workflow import Review
from syndicate.service.desk import decide
from tests.newsroom import ANA, LATER, NOON, SECOND, a_push, as_bytes
from tests.web.conftest import API, Site, is_problem


def walk(site: Site, path: str) -> list[list[str]]:
    """The external ids, page by page."""
    pages = []
    while path:
        answer = site.ask(path.removeprefix("https://news.example"), by="oc-media").json
        pages.append([item["external_id"] for item in answer["items"]])
        path = answer["next"]
    return pages


@pytest.mark.parametrize("together", [True, False], ids=["received at one moment", "one after another"])
def test_the_pages_hold_every_article_once_newest_first(site, together):
    for number in range(7):
        site.house.push(external_id=f"e{number}", now=NOON if together else NOON + number * SECOND)
    pages = walk(site, f"{API}?limit=3")
    assert [len(page) for page in pages] == [3, 3, 1]
    found = [name for page in pages for name in page]
    assert sorted(found) == [f"e{number}" for number in range(7)]
    if not together:
        assert found == sorted(found, reverse=True)


def test_what_arrives_between_two_pages_makes_no_gap_and_no_repeat(site):
    for number in range(4):
        site.house.push(external_id=f"e{number}", now=NOON + number * SECOND)
    first = site.ask(f"{API}?limit=2", by="oc-media").json
    site.house.push(external_id="new", now=LATER)
    rest = walk(site, first["next"])
    assert [item["external_id"] for item in first["items"]] == ["e3", "e2"]
    assert rest == [["e1", "e0"]]


def test_a_full_last_page_leads_nowhere(site):
    for number in range(2):
        site.house.push(external_id=f"e{number}")
    assert site.ask(f"{API}?limit=2", by="oc-media").json["next"] is None
    assert site.ask(f"{API}?review=killed", by="oc-media").json == {"items": [], "next": None}


def test_filters_stay_on_the_way_to_the_next_page(site):
    for number in range(3):
        site.house.push(external_id=f"e{number}")
    for number in range(3):
        site.house.brought_to(Review.REJECTED, external_id=f"r{number}")
    pages = walk(site, f"{API}?limit=2&review=rejected")
    assert [len(page) for page in pages] == [2, 1]
    assert {name[0] for page in pages for name in page} == {"r"}


def test_the_list_is_asked_by_state_by_name_and_by_the_moment_of_the_last_change(site):
    site.house.push(external_id="a", now=NOON)
    site.house.brought_to(Review.HELD, external_id="https://oc-media.org/?p=7&x=ü")
    site.house.hold(site.house.push(external_id="b", now=NOON).id, now=LATER)

    def asked(**query: str) -> set[str]:
        answer = site.ask(API, by="oc-media", query_string=query)
        return {item["external_id"] for item in answer.json["items"]}

    assert len(asked()) == 3
    assert asked(review="received") == {"a"}
    assert asked(external_id="https://oc-media.org/?p=7&x=ü") == {"https://oc-media.org/?p=7&x=ü"}
    assert asked(since=LATER.isoformat()) == {"b"}
    assert asked(since=(LATER + timedelta(microseconds=1)).isoformat()) == set()
    assert asked(since=LATER.isoformat(), review="received") == set()


@pytest.mark.parametrize("since", ["2026-03-06T13:30:00+04:00", "2026-03-06T13:30:00%2B04:00", "2026-03-06T09:30:00Z"])
def test_an_instant_with_an_offset_is_read_with_its_plus_escaped_or_not(site, since):
    site.house.push(external_id="a", now=LATER)
    site.house.push(external_id="b", now=LATER - SECOND)
    items = site.ask(f"{API}?since={since}", by="oc-media").json["items"]
    assert [item["external_id"] for item in items] == ["a"]


QUERIES = {
    "limit": ["0", "101", "-1", "x", "1.5", "", "9" * 5000],
    "review": ["x", "Received", ""],
    "since": ["2026-03-04", "yesterday", "2026-03-04T12:00:00", "9999-99-99T99:99:99Z"],
    "cursor": ["x", "AAAA", "%F0", "MTox", "MToA", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5Ong"],
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_wrong_question_is_refused_naming_its_field(site, name):
    for value in QUERIES[name]:
        answer = site.ask(f"{API}?{name}={value}", by="oc-media")
        if (name, value) == ("cursor", "MTox"):  # well made, though not by us: it leads to the articles behind it
            assert answer.status_code == 200
            continue
        assert list(is_problem(answer, 422)["errors"]) == [name], value


def test_an_unknown_question_is_refused_rather_than_overheard(site):
    assert list(is_problem(site.ask(f"{API}?reveiw=held", by="oc-media"), 422)["errors"]) == ["reveiw"]


NAMES = [
    "oc-2291",
    "https://oc-media.org/valley-schools/",
    "https://oc-media.org//two//slashes",
    "tag:oc-media.org,2026:1",
    "/begins/with/one",
    "ends/with/one/",
    "/",
    "a b?c#d&e=f%g+h",
    "Հոդված/1",
    "..",
    "source",
    "x/source",
]


@pytest.mark.parametrize("escaped", [True, False], ids=["slashes as %2F", "slashes as they are"])
@pytest.mark.parametrize("external_id", NAMES)
def test_an_article_is_withdrawn_by_the_name_its_outlet_gave_it_whatever_that_is(site, external_id, escaped):
    ref = site.push(a_push(external_id=external_id)).json["id"]
    site.house.publish(ref)
    path = f"{API}/{quote(external_id, safe='' if escaped else '/')}"
    answer = site.ask(path, by="oc-media", method="DELETE", json={"reason": "Not true"})
    assert (answer.status_code, answer.json["result"], answer.json["review"]) == (200, "withdrawn", "withdrawn")
    assert site.house.story(ref).reason == "Withdrawn by its source: Not true"
    assert site.house.out() == []


FOLDED = [" a b", "a b ", "a  b", "a\tb", "a\u00a0b", "a\u200b b", "a\u0007 b", "a\ud800 b"]


@pytest.mark.parametrize("name", FOLDED, ids=ascii)
def test_a_name_that_would_be_changed_is_refused_wherever_it_comes_and_withdraws_nothing(site, name):
    ref = site.push(a_push(external_id="a b")).json["id"]
    site.house.publish(ref)
    assert list(is_problem(site.push(a_push(external_id=name)), 422)["errors"]) == ["external_id"]
    if "\ud800" not in name:  # no address holds it
        withdrawal = site.ask(f"{API}/{quote(name)}", by="oc-media", method="DELETE")
        assert list(is_problem(withdrawal, 422)["errors"]) == ["external_id"]
    assert len(site.house.out()) == 1


@pytest.mark.parametrize("how", [{}, {"json": {"reason": "R"}}, {"query_string": {"reason": "R"}}])
def test_the_reason_of_a_withdrawal_comes_in_the_body_or_in_the_address_or_not_at_all(site, how):
    ref = site.push().json["id"]
    assert site.ask(f"{API}/oc-2291", by="oc-media", method="DELETE", **how).status_code == 200
    assert site.house.story(ref).reason == ("Withdrawn by its source: R" if how else "Withdrawn by its source.")


WRONG_REASONS = {
    "not JSON": (b"x", 400),
    "too long": (b'{"reason": "' + b"x" * 1001 + b'"}', 422),
    "no text": (b'{"reason": 7}', 422),
    "an unknown name": (b'{"why": "x"}', 422),
    "no object": (b"[]", 422),
    "no object at all": (b"7", 422),
}


@pytest.mark.parametrize(("body", "status"), WRONG_REASONS.values(), ids=WRONG_REASONS)
def test_a_reason_that_cannot_be_read_withdraws_nothing(site, body, status):
    ref = site.push().json["id"]
    site.house.publish(ref)
    is_problem(site.ask(f"{API}/oc-2291", by="oc-media", method="DELETE", data=body), status)
    assert len(site.house.out()) == 1


def test_withdrawing_what_was_never_sent_is_404(site):
    is_problem(site.ask(f"{API}/never", by="oc-media", method="DELETE"), 404, "not-found")


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", API), ("DELETE", API), ("POST", f"{API}/x"), ("POST", "/healthz")]
)
def test_a_method_that_is_not_for_an_address_is_405_and_says_which_are(site, method, path):
    answer = site.ask(path, method=method, by="oc-media")
    is_problem(answer, 405)
    assert "GET" in answer.headers["Allow"] or "DELETE" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/nothing", "/api/v1/nothing", "/feeds/world/", "/feeds/world.pdf", "/items/x.pdf"])
def test_an_address_that_is_none_is_404_as_a_problem(site, path):
    is_problem(site.ask(path), 404)


def test_an_outlet_finds_what_the_desk_asks_it_and_answers_with_its_next_version(site):
    story_id = site.push().json["id"]
    ana = Person(email=ANA, role=Role.EDITOR)
    decide.ask(ana, site.house.store, Case(ref=story_id, now=NOON), question="Which school?")
    (question,) = site.ask(f"{API}/{story_id}", by="oc-media").json["questions"]
    assert question == {"asked_at": NOON.isoformat(), "text": "Which school?", "open": True, "answered_by": None}
    site.push(as_bytes(a_push(headline="School No 4 reopens")))
    (question,) = site.ask(f"{API}/{story_id}", by="oc-media").json["questions"]
    assert (question["open"], question["answered_by"]) == (False, 2)
