"""A feed in two steps: each story by itself, as a piece that may be kept, and the document around the pieces.

A piece depends on the story and on our own address, never on the feed: it is written once when the story changes, and
stands in every feed that holds the story. Joining pieces gives the same bytes as rendering the feed at once.
"""

from collections.abc import Callable, Sequence

from syndicate.core.newsitem import Feed, NewsItem

# our address, without a slash at its end, and a story, live or taken back
RenderEntry = Callable[[str, NewsItem], bytes]
# a feed, the pieces of its live stories in order, and those of the stories taken back
JoinEntries = Callable[[Feed, Sequence[bytes], Sequence[bytes]], bytes]


def render(entry: RenderEntry, join: JoinEntries, feed: Feed, items: Sequence[NewsItem]) -> bytes:
    """Both steps at once."""
    live = [entry(feed.base_url, item) for item in items if not item.canceled]
    gone = [entry(feed.base_url, item) for item in items if item.canceled]
    return join(feed, live, gone)
