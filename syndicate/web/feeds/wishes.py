"""What an address asks for, as a value: a format by its ending, the rest by its query. Nothing else is taken."""

from collections.abc import Mapping

from syndicate.core.errors import BadFields, NotFound
from syndicate.outputs import FORMATS, Format
from syndicate.service.documents import Wish
from syndicate.service.keep import MOST_ITEMS

_BY_EXTENSION = {form.extension: form for form in FORMATS.values()}


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
    return Wish(format=form.name, variant=variant, limit=_limit(query))


def _limit(query: Mapping[str, str]) -> int | None:
    """How many stories are asked for; None: as many as the channel says."""
    text = query.get("limit")
    if text is None:
        return None
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_ITEMS:
        return int(text[:9])
    raise BadFields("limit is out of range.", errors={"limit": [f"A whole number from 1 to {MOST_ITEMS}."]})
