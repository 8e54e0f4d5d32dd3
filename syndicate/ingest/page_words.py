"""Reading schema.org values, which may be a text, a thing, a list of both, or the name of a thing said elsewhere."""

from collections.abc import Iterator
from typing import Any

from syndicate.ingest.markup import absolute, plain_line
from syndicate.ingest.page_document import Page
from syndicate.ingest.page_things import Thing, types_of

_MOST = 200


def values(page: Page, thing: Thing, name: str) -> list[Any]:
    """The values of a property, with things in the place of their names (`{"@id": "#ines"}`)."""
    found = thing.get(name)
    listed = found if isinstance(found, list) else [found]
    return [_resolved(page, one) for one in listed[:_MOST] if one not in (None, "", {}, [])]


def _resolved(page: Page, value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str):
        return page.nodes.get(value["@id"], value)
    return value


def words(value: Any) -> str:
    """A value as one line of text: a text, a thing's name, `@value`, a number."""
    if isinstance(value, dict):
        inner = next((value[key] for key in ("name", "@value", "text") if key in value), "")
        return words(inner) if not isinstance(inner, dict) else ""
    if isinstance(value, list):
        return words(value[0]) if value and not isinstance(value[0], list) else ""
    return plain_line(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def address(page: Page, value: Any) -> str:
    """A value as a web address: a text, or the url of a thing."""
    if isinstance(value, dict):
        inner = (value.get(key) for key in ("url", "contentUrl", "@id"))
        value = next((one for one in inner if one), "")
        value = value[0] if isinstance(value, list) and value else value
    return absolute(value, page.base) if isinstance(value, str) else ""


def said(page: Page, *names: str) -> Iterator[tuple[str, str]]:
    """(who says it, the text) of the article's properties, the strongest voice first."""
    for voice, thing in page.things:
        for name in names:
            for value in values(page, thing, name):
                if text := words(value):
                    yield voice, text


def first(page: Page, *names: str) -> str:
    return next((text for _, text in said(page, *names)), "")


def things(page: Page, name: str) -> list[Any]:
    """The values of a property, of the first voice that has any."""
    return next((found for _, thing in page.things if (found := values(page, thing, name))), [])


def is_organisation(value: Any) -> bool:
    return isinstance(value, dict) and any("Organization" in kind or kind == "Corporation" for kind in types_of(value))
