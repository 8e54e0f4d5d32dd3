"""What is read of whole documents in the JSON formats, and that nothing but a refusal comes of the worst of them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator
from referencing import Registry, Resource

from syndicate.core.errors import SyndicateError
from syndicate.ingest import FORMATS, ParsedFeed, Sniff
from tests.ingest.reading import JSON_FORMATS, document_of, documents, names_in, places, read, told

DOCUMENTS = [pytest.param(form, path, id=f"{form}-{path.stem}") for form in JSON_FORMATS for path in documents(form)]


@pytest.mark.parametrize(("form", "path"), DOCUMENTS)
def test_a_document_is_read_as_its_golden_file_says(form, path, update_golden):
    written = json.dumps(told(read(path.read_bytes(), form=form)), ensure_ascii=False, indent=2) + "\n"
    golden = path.with_name(f"{path.stem}.read.json")
    if update_golden:
        golden.write_text(written, encoding="utf-8")  # then read the diff before committing
    assert written == golden.read_text(encoding="utf-8")


VALID_NINJS = [
    ("v1-story-with-objects", "1.6", Draft7Validator),
    ("v2-story-with-several-texts", "2.1", Draft202012Validator),
    ("v3-embargoed-with-point-of-interest", "3.1", Draft202012Validator),
]


@pytest.mark.parametrize(("name", "version", "draft"), VALID_NINJS, ids=[case[1] for case in VALID_NINJS])
def test_what_we_take_for_ninjs_is_valid_by_the_official_schema(shared, name, version, draft):
    """So that the golden files test the standard, not our idea of it."""
    schema = json.loads((shared / "standards" / "ninjs" / f"ninjs-schema_{version}.json").read_text(encoding="utf-8"))
    geojson = Resource.opaque({})  # another standard's, of which the documents use nothing
    registry = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", geojson)
    (path,) = [path for path in documents("ninjs") if path.stem == name]
    validator = draft(schema, registry=registry, format_checker=draft.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(json.loads(path.read_bytes()))] == []


# Anything at all

NAMES = sorted({name for form in JSON_FORMATS for path in documents(form) for name in names_in(document_of(path))})
TEXTS = (
    *("", "x", "https://a.example/", "https://[", "upload:x", "2026-03-03", "2026-03-03T10:00:00+04:00", "<p>", "\x00"),
    *("0000-00-00T00:00:00", "9998-12-31T23:59:59", "\ud800", "text/html", "picture", "trash", "published"),
)
VALUES = st.sampled_from([*TEXTS, 0, -1, 1.5, 10**30, float("1e308"), True, False, None])
ODD = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=25,
)


@given(ODD, st.sampled_from(JSON_FORMATS))
def test_any_json_of_a_formats_own_names_is_read_or_refused(document, form):
    told(read_or_refusal(document, form))


@given(st.data(), st.sampled_from([path for form in JSON_FORMATS for path in documents(form)]))
def test_any_document_in_which_one_value_is_another_is_read_or_refused(data, path):
    document = document_of(path)
    holder, key = data.draw(st.sampled_from(list(places(document))))
    holder[key] = data.draw(ODD)
    told(read_or_refusal(document, path.parent.name))


@given(st.binary(max_size=200), st.sampled_from(sorted(FORMATS)))
def test_any_bytes_are_read_or_refused(data, form):
    FORMATS[form].looks_like(Sniff(data))
    read_or_refusal(data, form)


def read_or_refusal(document, form):
    try:
        return read(document, form=form)
    except SyndicateError as refusal:
        return ParsedFeed(results=(refusal,))
