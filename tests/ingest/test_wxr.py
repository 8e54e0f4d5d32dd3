"""WordPress exports: posts with their names, pictures, hours and states."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.core.errors import SyndicateError
from syndicate.core.newsroom import Outlet
from syndicate.ingest import Envelope, detect, wxr
from tests.ingest.told import told

GOLDEN = Path(__file__).parent / "golden" / "wxr"
TIDEWATER = Outlet(slug="tidewater-review", name="Tidewater Review", domain="tidewater.example")
DOCUMENTS = sorted(GOLDEN.glob("*.xml"))


def read(data, **changes):
    return wxr.parse(data, Envelope(outlet=TIDEWATER, received=date(2026, 3, 10), **changes))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_an_export_is_read_as_its_golden_file_says(document, update_golden):
    written = told(read(document.read_bytes()))
    golden = document.with_suffix(".json")
    if update_golden:
        golden.write_text(written, encoding="utf-8")  # then read the diff before committing
    assert written == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("media_type", ["", "application/rss+xml", "text/xml"])
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_an_export_is_told_from_a_feed(document, media_type):
    assert detect(document.read_bytes(), media_type).name == "wxr"


@given(st.data())
def test_no_export_however_broken_raises_anything_but_our_own_errors(data):
    document = data.draw(st.sampled_from(DOCUMENTS)).read_bytes()
    start = data.draw(st.integers(0, len(document)))
    end = data.draw(st.integers(start, min(len(document), start + 500)))
    try:
        results = read(document[:start] + data.draw(st.binary(max_size=12)) + document[end:]).results
    except SyndicateError:
        return
    assert all(isinstance(one, wxr.Parsed | SyndicateError) for one in results)
