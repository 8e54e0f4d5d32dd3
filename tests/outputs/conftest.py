"""Judges of documents: the official NewsML-G2 schema, which stands beside a checkout, and our own profiles."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

Judge = Callable[[bytes], str]

PROFILES = Path(__file__).parents[2] / "schemas" / "rng"
SPECIFICATION = "standards/newsml-g2/NewsML-G2_2.35-spec-All-Power.xsd"


def _judge(schema: etree.RelaxNG | etree.XMLSchema) -> Judge:
    def faults(document: bytes) -> str:
        """What is wrong with the document; an empty text where it is valid."""
        schema.validate(etree.fromstring(document))
        return str(schema.error_log)

    return faults


@pytest.fixture(scope="session")
def official(shared: Path) -> dict[str, Judge]:
    """The standard's own schema, for the formats that have one."""
    return {"newsml": _judge(etree.XMLSchema(etree.parse(shared / SPECIFICATION)))}


@pytest.fixture(scope="session")
def profiles() -> dict[str, Judge]:
    """Our published profiles, for the formats that have one."""
    names = {"rss": "rss-profile.rng", "newsml": "newsmlg2-profile.rng"}
    return {form: _judge(etree.RelaxNG(etree.parse(PROFILES / name))) for form, name in names.items()}
