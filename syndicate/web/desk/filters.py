"""The queue's filter as it stands in an address: one plain parameter each, so that a list can be kept as a bookmark.

What waits undecided is the list without any: `state=all` asks for every state.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load, validate

from syndicate.core.errors import BadFields
from syndicate.core.listing import Age, Filter, Light, Shown
from syndicate.core.search import MOST_QUERY_CHARS
from syndicate.core.workflow import Review

EVERY = "all"
_TEXT = validate.Length(max=MOST_QUERY_CHARS)


class FilterIn(Schema):
    class Meta:
        unknown = EXCLUDE

    state = fields.Enum(Review, by_value=True, allow_none=True, load_default=Review.RECEIVED)
    outlet = fields.String(validate=_TEXT)
    section = fields.String(validate=_TEXT)
    topic = fields.String(validate=_TEXT)
    language = fields.String(validate=_TEXT)
    licence = fields.String(validate=_TEXT)
    age = fields.Enum(Age, by_value=True)
    pictures = fields.Enum(Shown, by_value=True)
    checks = fields.Enum(Light, by_value=True)
    update = fields.Boolean()
    alike = fields.Boolean()
    words = fields.String(data_key="q", validate=_TEXT)

    @pre_load
    def only_what_is_said(self, typed: Mapping[str, str], **_: Any) -> dict[str, str | None]:
        said: dict[str, str | None] = {name: value.strip() for name, value in typed.items() if value.strip()}
        return said | ({"state": None} if said.get("state") == EVERY else {})


def read(typed: Mapping[str, str]) -> Filter:
    """Raises BadFields naming each parameter that means nothing here."""
    try:
        return Filter(**FilterIn().load(typed))
    except ValidationError as error:
        raise BadFields("This address asks for what the queue does not know.", errors=error.messages) from None


def written(chosen: Filter, **changes: object) -> dict[str, str]:
    """The parameters that ask for a filter, those that ask for nothing left out; `changes` by parameter name."""
    said = {name: getattr(chosen, name) for name in Filter.__dataclass_fields__ if name not in ("state", "words")}
    said |= {"q": chosen.words, "state": _state(chosen.state)} | changes
    if isinstance(said["state"], Review) or said["state"] is None:
        said["state"] = _state(said["state"])
    return {name: _text(value) for name, value in said.items() if value}


def _state(state: Review | None) -> str:
    """Nothing for the state that is asked for where none is named."""
    return EVERY if state is None else "" if state is Review.RECEIVED else state.value


def _text(value: object) -> str:
    return "1" if value is True else str(value.value if isinstance(value, Enum) else value)
