"""Refusals for people: the same facts as for programs, on a page that no text from outside can break."""

import pytest

from syndicate.core import errors as e
from tests.newsroom import a_push
from tests.web.conftest import API, Site, is_problem

PERSON = {"Accept": "text/html"}


def is_page(answer, status: int) -> str:
    assert (answer.status_code, answer.mimetype) == (status, "text/html"), answer.text[:500]
    return answer.text


def test_the_page_says_where_and_what_is_wrong(site: Site):
    page = is_page(site.push(a_push(headline="", url="ftp://x"), headers=PERSON), 422)
    for part in ("<code>headline</code>", "May not be empty.", "<code>url</code>", "Not an absolute http or https"):
        assert part in page


NAMES = {"half a surrogate pair": "\\ud800", "markup": "<script>", "a control character": "\\u0007"}


@pytest.mark.parametrize("written", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("status", [400, 422])
def test_a_name_from_outside_breaks_no_page(site: Site, written, status):
    twice = f', "{written}": 2' if status == 400 else ""
    body = f'{{"{written}": 1{twice}}}'.encode()
    assert "<script>" not in is_page(site.push(body, headers=PERSON), status)
    is_problem(site.push(body), status)


def test_a_page_is_for_those_who_like_it_best(site: Site):
    for accepted in ("", "*/*", "application/json", "text/html;q=0.5, application/problem+json"):
        is_problem(site.ask(API, headers={"Accept": accepted}), 401)
    is_page(site.ask(API, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}), 401)


KINDS = [kind for kind in vars(e).values() if isinstance(kind, type) and issubclass(kind, e.SyndicateError)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_the_type_of_every_problem_leads_to_its_explanation(site: Site, kind):
    answer = site.ask(f"/problems/{kind.slug}")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert answer.text == f"{kind.title}.\n"


def test_no_two_problems_have_one_type():
    assert len({kind.slug for kind in KINDS}) == len(KINDS) > 10
