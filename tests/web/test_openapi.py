"""The published contract: the file is what the code makes, it is valid OpenAPI, and the answers keep it."""

import json

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource

from syndicate import contracts
from syndicate.cleaning import clean
from syndicate.web.api import openapi
from syndicate.web.api.schemas import ReportOut
from tests.newsroom import LATER, a_push
from tests.web.conftest import API, Site, is_problem

SPEC = json.loads(contracts.read("openapi/partner-v1.json"))
ROOT = "urn:partner-v1"
REGISTRY = Registry().with_resource(ROOT, Resource.opaque(SPEC))


def keeps(answer, path: str, method: str) -> None:
    """The answer is one of those that the document foretells, of the type and shape that it foretells."""
    foretold = SPEC["paths"][path][method]["responses"][str(answer.status_code)]["content"]
    assert answer.mimetype in foretold
    reference = foretold[answer.mimetype]["schema"]["$ref"]
    # Fields that the document does not know are a promise that nobody wrote down.
    schema = json.loads(json.dumps(SPEC["components"]["schemas"]))
    for part in schema.values():
        if answer.mimetype == "application/json" and "properties" in part:
            part["additionalProperties"] = False
    root = Resource.opaque({"components": {"schemas": schema}})
    validator = Draft202012Validator(
        {"$ref": f"{ROOT}{reference}"},
        registry=Registry().with_resource(ROOT, root),
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    assert [error.message for error in validator.iter_errors(answer.json)] == []


def test_the_file_is_what_the_code_makes():
    assert contracts.read("openapi/partner-v1.json").decode() == openapi.as_text(), "run make openapi"


def test_the_document_is_valid_openapi():
    validate(SPEC)


def test_the_document_is_served_with_a_page_that_reads_it_aloud(site):
    assert site.ask("/openapi.json").json == SPEC
    page = site.ask("/docs")
    assert page.mimetype == "text/html"
    for path in SPEC["paths"]:
        assert path in page.text
    for name in SPEC["components"]["schemas"]["ArticleIn"]["properties"]:
        assert name in page.text


def test_the_contracts_are_served_as_they_are(site):
    assert site.ask("/schemas/openapi/partner-v1.json").data == contracts.read("openapi/partner-v1.json")
    is_problem(site.ask("/schemas/../pyproject.toml"), 404)


def full(**changes: object) -> dict:
    return a_push(
        authors=[{"name": "Tamar Gelashvili", "url": "https://oc-media.org/t/"}],
        pictures=[{"url": "https://oc-media.org/a.jpg", "width": 3}, {"url": "https://oc-media.org/b.jpg"}],
        updated="2026-03-04",
        rights={"license": "x", "embargoed": LATER.isoformat()},
        **changes,
    )


@pytest.mark.parametrize("document", [a_push(), full()], ids=["short", "full"])
def test_the_answers_keep_the_document(site: Site, document):
    created = site.push(document)
    keeps(created, API, "post")
    keeps(site.push(document), API, "post")
    keeps(site.push(document, query="?dry_run=1"), API, "post")
    ref = created.json["id"]
    one = f"{API}/{{id}}"
    keeps(site.ask(f"{API}/{ref}", by="oc-media"), one, "get")
    site.house.publish(ref, now=LATER)
    keeps(site.ask(f"{API}/{ref}", by="oc-media"), one, "get")
    site.house.push(external_id="second")
    keeps(site.ask(f"{API}?limit=1", by="oc-media"), API, "get")
    keeps(site.ask(API, by="oc-media"), API, "get")
    keeps(site.ask(f"{API}/oc-2291", by="oc-media", method="DELETE"), one, "delete")


def test_the_report_is_answered_whole(site: Site):
    """Every member that cleaning fills stands in the document: none is dropped on its way out."""
    report = clean('<p>Schools<script>x</script> <b style="color:red">reopen</b></p><img src="x:y">').report.as_dict()
    assert report["removed"]
    assert ReportOut().dump(report) == report
    answer = site.push(a_push(body_html="<p>a</p><script>b</script>"))
    stored = site.house.file(answer.json["id"]).revision.report
    assert answer.json["report"] == stored
    assert site.ask(f"{API}/{answer.json['id']}", by="oc-media").json["report"] == stored


def test_the_refusals_keep_the_document(site: Site):
    site.push(a_push(source_version=2))
    refusals = [
        (site.push(b"{"), 400),
        (site.push(by="x"), 401),
        (site.push(by="times"), 403),
        (site.push(a_push(source_version=1, headline="Old")), 409),
        (site.push(b" " * 200_001), 413),
        (site.push(content_type="image/png"), 415),
        (site.push({}), 422),
    ]
    for answer, status in refusals:
        is_problem(answer, status)
        keeps(answer, API, "post")
    keeps(site.ask(f"{API}/never", by="oc-media"), f"{API}/{{id}}", "get")
    keeps(site.ask(f"{API}/never/source", by="oc-media"), f"{API}/{{id}}/source", "get")
    keeps(site.ask(f"{API}/never", by="oc-media", method="DELETE"), f"{API}/{{id}}", "delete")
    keeps(site.ask(f"{API}?limit=x", by="oc-media"), API, "get")


def test_what_the_document_says_of_a_push_is_what_is_taken(site: Site):
    schema = {"$ref": f"{ROOT}#/components/schemas/ArticleIn"}
    validator = Draft202012Validator(schema, registry=REGISTRY)
    for document in (a_push(), full()):
        assert [error.message for error in validator.iter_errors(document)] == []
    for wrong in ({}, a_push() | {"topics": "x"}, a_push() | {"pub_status": "free"}, a_push() | {"headline": 7}):
        assert list(validator.iter_errors(wrong))
        is_problem(site.push(wrong), 422)
