"""What an address asks for, as a value: a format by its ending, the rest by its query. Nothing else is taken."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from marshmallow import ValidationError

from syndicate.core.errors import BadFields, NotFound
from syndicate.outputs import FORMATS, Format
from syndicate.service.deliver.wishes import Wish, read_key
from syndicate.service.keep import MOST_ITEMS
from syndicate.store.pages import Part
from syndicate.web.api.schemas import InstantInAddress

_BY_EXTENSION = {form.extension: form for form in FORMATS.values()}
_PARTS = ("since", "before", "after", "archive")


def format_of(extension: str) -> Format:
    """Raises NotFound."""
    if form := _BY_EXTENSION.get(extension):
        return form
    raise NotFound(f"There is no format {extension[:20]}: ask for one of {', '.join(sorted(FORMATS))}.")


def wish(extension: str, query: Mapping[str, str]) -> Wish:
    """What is asked of a channel. Raises NotFound (no such format of feeds), BadFields."""
    form = format_of(extension)
    if form.render_feed is None:
        raise NotFound(f"There are no feeds in {extension}.")
    if not query:
        return Wish(format=form.name)
    variant = query.get(form.parameter, "")
    form.variant(variant)
    limit = _number(query, "limit", 1, MOST_ITEMS)
    return Wish(format=form.name, variant=variant, limit=limit, part=_part(query))


def _part(query: Mapping[str, str]) -> Part:
    """Two at once are refused, but a page may be one of what changed since."""
    asked = [name for name in _PARTS if name in query]
    if len(asked) > 1 and set(asked) not in ({"since", "before"}, {"since", "after"}):
        raise BadFields("These do not go together.", errors={name: ["Ask for one of them."] for name in asked})
    return Part(
        since=_instant(query),
        before=read_key("before", query["before"]) if "before" in query else None,
        after=read_key("after", query["after"]) if "after" in query else None,
        archive=_number(query, "archive", 0, 999_999_999),
    )


def _instant(query: Mapping[str, str]) -> datetime | None:
    if "since" not in query:
        return None
    try:
        found = InstantInAddress().deserialize(query["since"])
    except ValidationError:
        told = "An instant with its offset, such as 2026-03-04T12:00:00Z."
        raise BadFields("since is no instant.", errors={"since": [told]}) from None
    return cast(datetime, found)


def _number(query: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    """None where it is not asked for."""
    text = query.get(name)
    if text is None:
        return None
    if text.isascii() and text.isdigit() and least <= int(text[:10]) <= most:
        return int(text[:10])
    raise BadFields(f"{name} is out of range.", errors={name: [f"A whole number from {least} to {most}."]})
