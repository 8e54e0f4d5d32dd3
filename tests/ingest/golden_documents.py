"""Documents of our own with what is read from them beside them, as JSON: one point each, and named for it."""

from datetime import date
from pathlib import Path

from syndicate import ingest
from syndicate.core.newsroom import Outlet
from syndicate.ingest import Envelope
from tests.ingest.told import told

FOLDER = Path(__file__).parent / "golden"
TIDEWATER = Outlet(slug="tidewater", name="Tidewater Review", domain="tidewater.example", timezone="Europe/Oslo")
RECEIVED = date(2026, 3, 10)


def documents(form):
    return sorted((FOLDER / form).glob("*.xml"))


def parse(form, data, outlet=TIDEWATER, **known):
    return ingest.FORMATS[form].parse(data, Envelope(outlet=outlet, received=RECEIVED, **known))


def read(form, data, **known):
    return parse(form, data, **known).results


def compare(form, document, update):
    """What is read now against what the file beside it says."""
    written, golden = told(parse(form, document.read_bytes())), document.with_suffix(".json")
    if update:
        golden.write_text(written, encoding="utf-8")  # then read the diff before committing
    assert written == golden.read_text(encoding="utf-8")
