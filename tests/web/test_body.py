"""Bodies that are refused before the application looks at them are refused as everything else is."""

import json

import pytest

from syndicate.web.body import FORM, MOST_FIELDS, Bodies
from tests.web.conftest import API, Site, is_problem

REFUSED = {
    "too large": ({"data": b" " * 200_001}, 413),
    "broken off": ({"environ_overrides": {"CONTENT_LENGTH": "5000"}}, 400),
    "of no length": ({"environ_overrides": {"CONTENT_LENGTH": "x"}}, 400),
}


@pytest.mark.parametrize(("how", "status"), REFUSED.values(), ids=REFUSED)
def test_a_refused_body_has_its_id_and_its_line_in_the_log(site: Site, log, how, status):
    answer = site.push(headers={"X-Request-Id": "cms-0123456789"}, **how)
    is_problem(answer, status)
    assert answer.headers["X-Request-Id"] == "cms-0123456789"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    (line,) = [json.loads(line) for line in log.getvalue().splitlines()]
    assert (line["request_id"], line["path"], line["status"]) == ("cms-0123456789", API, status)


@pytest.mark.parametrize(("how", "status"), REFUSED.values(), ids=REFUSED)
def test_a_refused_body_is_explained_to_a_person_on_a_page(site: Site, how, status):
    answer = site.push(headers={"Accept": "text/html"}, **how)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")


def test_where_too_many_bodies_are_on_their_way_it_says_when_to_try_again_as_everywhere(site: Site):
    application = site.client.application
    application.wsgi_app = Bodies(application.wsgi_app, max_bytes=1000, slots=0)
    answer = site.push()
    is_problem(answer, 503, "unavailable")
    assert answer.headers["Retry-After"] == "2"
    assert site.ask("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/hub", "/desk/sign-in", API])
def test_a_form_of_endless_fields_is_refused_before_they_are_read(site: Site, path):
    form = b"a=%ff&" * MOST_FIELDS
    answer = site.ask(path, method="POST", data=form, content_type=f"{FORM}; charset=utf-8")
    assert (answer.status_code, f"{MOST_FIELDS} fields" in answer.text) == (413, True)


def test_a_hub_is_not_asked_at_length(site: Site):
    is_problem(site.ask("/hub", method="POST", data={"hub.topic": "%" * 10_000}), 413)
