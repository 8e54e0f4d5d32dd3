"""Judges of documents: the official schemas, which stand beside a checkout, and our own profiles."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import FormatChecker
from jsonschema.validators import validator_for
from lxml import etree
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from syndicate.outputs.nitf import NITF

Judge = Callable[[bytes], str]

SCHEMAS = Path(__file__).parents[2] / "schemas"
SPECIFICATIONS = {
    "newsml": "standards/newsml-g2/NewsML-G2_2.35-spec-All-Power.xsd",
    "nitf": "standards/nitf/nitf-3-6.xsd",
    "ninjs": "standards/ninjs/ninjs-schema_3.0.json",
    "ninjs-2.1": "standards/ninjs/ninjs-schema_2.1.json",
    "ninjs-1.x": "standards/ninjs/ninjs-schema_1.6.json",
}
OUR_PROFILES = {
    "rss": "rng/rss-profile.rng",
    "atom": "rng/atom-profile.rng",
    "newsml": "rng/newsmlg2-profile.rng",
    "nitf": "rng/nitf-profile.rng",
    "json": "json/jsonfeed-profile.schema.json",
    "ninjs": "json/ninjs-3.0-profile.schema.json",
    "ninjs-2.1": "json/ninjs-2.1-profile.schema.json",
    "ninjs-1.x": "json/ninjs-1.x-profile.schema.json",
}
# ninjs refers to it for places; we write none
GEOJSON = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", Resource({}, specification=DRAFT202012))
# what receivers built on Superdesk read beside ninjs 1.6
SUPERDESK = frozenset(("guid", "source", "service", "keywords", "authors", "poi"))

formats = FormatChecker(formats=())


@formats.checks("uri")
def _is_absolute(text: object) -> bool:
    return isinstance(text, str) and re.fullmatch(r"[a-z][a-z0-9+.-]*:[!-~]+", text) is not None


@formats.checks("date-time", raises=ValueError)
def _is_instant(text: object) -> bool:
    return isinstance(text, str) and "T" in text and datetime.fromisoformat(text).tzinfo is not None


def _xml_judge(schema: etree.RelaxNG | etree.XMLSchema) -> Judge:
    def faults(document: bytes) -> str:
        """What is wrong with the document; an empty text where it is valid."""
        schema.validate(etree.fromstring(document))
        return str(schema.error_log)

    return faults


def _json_judge(path: Path, additions: frozenset[str]) -> Judge:
    schema = json.loads(path.read_bytes())
    validator = validator_for(schema)
    validator.check_schema(schema)
    judge = validator(schema, registry=GEOJSON, format_checker=formats)

    def faults(document: bytes) -> str:
        """The same; an array is judged member by member, because a standard describes one item."""
        said = without(json.loads(document), additions)
        errors = (error for item in (said if isinstance(said, list) else [said]) for error in judge.iter_errors(item))
        return "\n".join(f"{error.json_path}: {error.message}" for error in errors)

    return faults


def without(value: Any, names: frozenset[str]) -> Any:
    """The same document without the members of these names."""
    if isinstance(value, list):
        return [without(one, names) for one in value]
    return {k: without(v, names) for k, v in value.items() if k not in names} if isinstance(value, dict) else value


def _of_nitf(message: Judge, document: Judge) -> Judge:
    """A channel in NITF is a NewsML-G2 message of NITF documents: both must be valid."""

    def faults(written: bytes) -> str:
        root = etree.fromstring(written)
        if root.tag == f"{NITF}nitf":
            return document(written)
        return message(written) + "".join(document(etree.tostring(one)) for one in root.iter(f"{NITF}nitf"))

    return faults


def _judge(path: Path, additions: frozenset[str] = frozenset()) -> Judge:
    if path.suffix == ".json":
        return _json_judge(path, additions)
    return _xml_judge({".xsd": etree.XMLSchema, ".rng": etree.RelaxNG}[path.suffix](etree.parse(path)))


@pytest.fixture(scope="session")
def official(shared: Path) -> dict[str, Judge]:
    """The standard's own schema, for the formats that have one."""
    additions = {"ninjs-1.x": SUPERDESK}
    judges = {form: _judge(shared / name, additions.get(form, frozenset())) for form, name in SPECIFICATIONS.items()}
    return {**judges, "nitf": _of_nitf(judges["newsml"], judges["nitf"])}


@pytest.fixture(scope="session")
def profiles() -> dict[str, Judge]:
    """Our published profiles, for the formats that have one."""
    judges = {form: _judge(SCHEMAS / name) for form, name in OUR_PROFILES.items()}
    return {**judges, "nitf": _of_nitf(judges["newsml"], judges["nitf"])}
