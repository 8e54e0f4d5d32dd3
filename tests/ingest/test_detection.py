"""Which format a document is: its media type decides, else its content; and a wrong one is told in words."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from syndicate.core.errors import SyndicateError, UnknownFormat
from syndicate.ingest import FORMATS, detect
from tests.ingest.forms import a_form
from tests.ingest.reading import JSON_FORMATS, an_envelope, documents, read, told

FOLDERS = {
    **{form: form for form in (*JSON_FORMATS, "clip", "newsml", "newsml1", "nitf", "wxr")},
    "page": "html",
    "feed": "rss",
}
DOCUMENTS = [
    pytest.param("atom" if path.stem.startswith("atom-") else form, path.read_bytes(), id=f"{folder}-{path.stem}")
    for folder, form in FOLDERS.items()
    for path in documents(folder)
]
FORM = pytest.param("multipart", a_form(article='{"external_id": "a"}')[0], id="multipart")


@pytest.mark.parametrize(("form", "data"), [*DOCUMENTS, FORM])
def test_a_document_is_known_by_its_content(form, data):
    assert detect(data).name == form


@pytest.mark.parametrize(("form", "data"), [*DOCUMENTS, FORM])
def test_a_document_is_known_by_each_of_its_media_types(form, data):
    for media_type in FORMATS[form].media_types:
        assert detect(data, f"{media_type.upper()}; charset=utf-8").name == form


def test_every_format_has_a_document_that_is_known():
    assert {case.values[0] for case in (*DOCUMENTS, FORM)} == set(FORMATS)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("form", JSON_FORMATS)
def test_json_is_known_in_every_encoding_that_json_may_have(form, encoding):
    text = documents(form)[0].read_text(encoding="utf-8")
    assert detect(text.encode(encoding)).name == form
    assert detect(text.encode(encoding), "application/json").name == form
    assert told(read(text.encode(encoding))) == told(read(text.encode()))


@pytest.mark.parametrize(
    ("media_type", "data", "words"),
    [
        ("application/feed+json", '{"external_id": "a"}', "no JSON Feed"),
        ("application/feed+json", "<rss/>", "not JSON"),
        ("application/ninjs+json", '{"external_id": "a"}', "no uri"),
        ("application/json", "By Ines Marsh\\n\\nText", "not JSON"),
        ("application/json", "[1, 2]", "a JSON object"),
        ("application/json", "{}", "external_id"),
        ("application/x-ndjson", "", "not JSON"),
        ("multipart/form-data", '{"external_id": "a"}', "no boundary"),
        ("multipart/form-data; boundary=x", '{"external_id": "a"}', "no multipart form"),
        ("image/png", "x", "image/png is not read here"),
    ],
)
def test_a_wrong_media_type_is_told_in_words(media_type, data, words):
    with pytest.raises(SyndicateError) as refused:
        raise next(iter(read(data, media_type).results))
    assert words in refused.value.detail


def test_what_nobody_knows_is_refused_with_what_is_read_here():
    with pytest.raises(UnknownFormat) as refused:
        detect(b"\\x89PNG\\r\\n\\x1a\\n")
    assert {"application/json", "application/ninjs+json", "multipart/form-data"} <= set(refused.value.extra["accepted"])


TYPES = ["", "application/zip", *sorted({name for form in FORMATS.values() for name in form.media_types})]
SEEDS = [case.values[1] for case in (*DOCUMENTS, FORM)]


@st.composite
def changed(draw) -> bytes:
    """A document of any format with a few bytes changed, left out or doubled."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        data[start:end] = draw(st.sampled_from([b"", bytes(data[start:end]) * 2, draw(st.binary(max_size=8))]))
    return bytes(data)


@given(data=changed(), media_type=st.sampled_from(TYPES))
@example(data=b'<rs0:00 version="2.0"><channel/></rs0:00>', media_type="")
def test_whatever_comes_under_whatever_name_is_read_or_refused(data, media_type):
    try:
        feed = detect(data, media_type).parse(data, an_envelope(media_type))
    except SyndicateError:
        return
    assert feed.results
