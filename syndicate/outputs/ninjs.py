"""ninjs (IPTC) documents: a story is an object, a feed is an array of them. Pure: same items, same bytes.

What an object says in each version is in `ninjs_facts` and `ninjs_superdesk`. An array has no place for anything about
the feed itself. Stories that were taken back stay in it, as canceled items, behind the others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from syndicate.core.newsitem import Feed, NewsItem
from syndicate.outputs import entries
from syndicate.outputs.jsontext import Members, array, piece
from syndicate.outputs.ninjs_facts import version_2, version_3
from syndicate.outputs.ninjs_superdesk import superdesk

MEDIA_TYPE = "application/ninjs+json"


def join_entries(_: Feed, live: Sequence[bytes], gone: Sequence[bytes]) -> bytes:
    return array([*live, *gone], level=1) + b"\n"


@dataclass(frozen=True, slots=True)
class Version:
    """The documents of one version: `tell` says an item by our base address and the item."""

    tell: Callable[[str, NewsItem], Members]

    def render_feed(self, feed: Feed, items: Sequence[NewsItem]) -> bytes:
        return entries.render(self.render_entry, join_entries, feed, items)

    def render_item(self, feed: Feed, item: NewsItem) -> bytes:
        return piece(self.tell(feed.base_url, item), level=0) + b"\n"

    def render_entry(self, base_url: str, item: NewsItem) -> bytes:
        return piece(self.tell(base_url, item), level=1)


VERSION_3 = Version(version_3)
VERSION_2 = Version(version_2)
SUPERDESK = Version(superdesk)
