"""The hands through which a story came, oldest first: its original outlet, those between, and us."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Hop, NewsItem, Party, item_url
from syndicate.outputs import words
from syndicate.outputs.text import line, web_address


class Part(StrEnum):
    """What a publisher did: wrote it, passed it on, or, as we did, republished it."""

    ORIGIN = "origin"
    BETWEEN = "between"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Publication:
    part: Part
    hop: Hop

    @property
    def address(self) -> str:
        """The article's, else the publisher's."""
        return web_address(self.hop.uri) or web_address(self.hop.party.uri)


def publications(base_url: str, item: NewsItem) -> Sequence[Publication]:
    """Those that are known by name or address; the original first, where we know it, ours last."""
    source = Party(words.outlet(item), item.info_source.uri)
    way = (
        Publication(Part.ORIGIN, Hop(party=source, when=item.first_published, uri=item.original_url)),
        *(Publication(Part.BETWEEN, hop) for hop in item.hops if not _same(hop.party, source)),
        Publication(
            Part.OURS, Hop(party=item.provider, when=PartialDate.of(item.first_created), uri=item_url(base_url, item))
        ),
    )
    return [one for one in way if one.hop.party.name or one.hop.party.uri]


def _same(one: Party, other: Party) -> bool:
    """A source may tell its own hop too, by its name or by its address."""
    names, sites = ({line(p.name).casefold() for p in (one, other)}, {web_address(p.uri) for p in (one, other)})
    return (len(names) == 1 and "" not in names) or (len(sites) == 1 and "" not in sites)
