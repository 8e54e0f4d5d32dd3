"""Core values to JSON documents and back. Defaults are left out, so a field added later reads old rows."""

from typing import Any, TypeVar

from cattrs.gen import make_dict_structure_fn
from cattrs.preconf.json import JsonConverter, make_converter

from syndicate.core.dates import PartialDate

T = TypeVar("T")

_converter: JsonConverter = make_converter(omit_if_default=True)
_converter.register_unstructure_hook(
    PartialDate, lambda date: {"text": date.text, "assumed_zone": True} if date.assumed_zone else date.text
)
_structure_assumed = make_dict_structure_fn(PartialDate, _converter)
_converter.register_structure_hook(
    PartialDate,
    lambda value, _: PartialDate(value) if isinstance(value, str) else _structure_assumed(value, PartialDate),
)


def to_json(value: object) -> dict[str, Any]:
    """A dataclass of core as a JSON-safe dict."""
    document: dict[str, Any] = _converter.unstructure(value)
    return document


def from_json(document: dict[str, Any], kind: type[T]) -> T:
    """The value that `to_json` wrote."""
    return _converter.structure(document, kind)
