"""Where a ninjs item says it stands on the web, what others call it, and whose facts it tells."""

import re
from datetime import tzinfo

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput
from syndicate.core.newsitem import Party
from syndicate.core.newsroom import Outlet
from syndicate.ingest.fields import is_web_address
from syndicate.ingest.members import Members
from syndicate.ingest.origin import other_than

# ninjs has no member for a story's own web page. Senders name it among its ids, its links, or their `extra`.
# A republisher says the original as what it is derived from, and its own page as another to see.
_ORIGINAL = re.compile(r"canonical|original|derivedfrom")
_PAGE = re.compile(r"seealso|permalink|alternate|\bweb|url\b")
_FIRST_PUBLISHED = "datepublished"
_PASSES_ON = frozenset(("distributor", "aggregator", "provider", "republisher", "sender"))


def original_url(said: Members) -> str:
    """The web address whose role speaks of the original, else of the story's own page."""
    links = [(role.lower(), value) for role, value in (*_ids(said), *_links(said)) if is_web_address(value)]
    found = [value for kind in (_ORIGINAL, _PAGE) for role, value in links if kind.search(role)]
    return found[0] if found else ""


def alt_ids(said: Members) -> tuple[str, ...]:
    """Its other identities, without the address that is told as such."""
    page = original_url(said)
    return tuple(dict.fromkeys(value for _, value in _ids(said) if value != page))


def first_published(said: Members, zone: tzinfo | None) -> PartialDate | None:
    """The date as its source wrote it is the title of a link where Syndicate wrote it: ninjs has no place for a day."""
    links = (part for part in _indicators(said) if last_part(part.line("role", "code")) == _FIRST_PUBLISHED)
    written = next((part.line("title") for part in links), "")
    try:
        return PartialDate.parse(written, zone=zone) if written else None
    except BadInput as error:
        said.warn(f"datePublished: {error.detail}")
        return None


def source_of(said: Members, outlet: Outlet) -> Party:
    """Who the facts came from, where that is another than the outlet; nobody where it is the outlet itself."""
    named = [_party(part) for part in said.parts("infosources", "infosource") if _role(part) not in _PASSES_ON]
    named += [Party(said.line("source"))]
    return other_than(next((party for party in named if party.name), Party()), outlet)


def _ids(said: Members) -> list[tuple[str, str]]:
    """(role, value): a list of such objects from 2.0 on, an object of values by role before."""
    if said.is_list("altids"):
        return [(part.line("role"), part.line("value")) for part in said.parts("altids") if "value" in part]
    return list(said.labelled("altids"))


def _links(said: Members) -> list[tuple[str, str]]:
    """The trust indicators, by role or code; and what Superdesk's customers put into `extra`."""
    extra = said.part("extra")
    named = [(name, extra.line(name)) for name in ("canonical_url", "original_url", "source_url") if name in extra]
    return [(part.line("role", "code"), part.line("href")) for part in _indicators(said)] + named


def _indicators(said: Members) -> tuple[Members, ...]:
    return said.parts("trustindicators", "trustindicator")


def _party(part: Members) -> Party:
    uri = part.line("uri")
    return Party(part.line("name", "literal"), uri if is_web_address(uri) else "")


def _role(part: Members) -> str:
    return last_part(part.line("role", "rel"))


def last_part(code: str) -> str:
    """The code alone, in lower case, of an address or a QCode."""
    return code.lower().rstrip("/").rpartition("/")[2].rpartition(":")[2]
