"""Readers of the change log, and what the feeds say beside it."""

from dataclasses import dataclass, field

from syndicate.core.changes import News
from syndicate.core.newsroom import Subscriber
from syndicate.service import read
from syndicate.service.deliver import changes, feeds
from syndicate.store.replay import Line
from tests.newsroom import LATER, NEWSROOM, House

Held = dict[str, tuple[int, tuple[str, ...]]]


@dataclass
class Follower:
    """A subscriber's site, or anybody without a key, that does what the change log says, a page at a time."""

    house: House
    slug: str = ""
    channel: str = ""
    limit: int = 3
    cursor: str = ""
    lines: list[Line] = field(default_factory=list)
    held: Held = field(default_factory=dict)

    @property
    def reader(self) -> Subscriber | None:
        return read.subscriber(self.house.store, self.slug) if self.slug else None

    def follow(self) -> list[Line]:
        """All that is new, done."""
        before = len(self.lines)
        while self.step():
            pass
        return self.lines[before:]

    def step(self) -> bool:
        """One page; whether there is more already."""
        page = changes.page(self.house.store, self.reader, channel=self.channel, after=self.cursor, limit=self.limit)
        for line in page.lines:
            self.do(line)
        self.cursor = changes.cursor(page.position)
        return page.more

    def do(self, line: Line) -> None:
        self.lines.append(line)
        if line.news in (News.UPSERT, News.CORRECT):
            assert line.channels, line
            assert line.news is News.UPSERT or line.guid in self.held, line
            self.held[line.guid] = (line.version, line.channels)
        else:
            assert not line.channels, line
            had = self.held.pop(line.guid, None)
            assert had or line.news is News.WITHDRAW, line

    def told(self) -> list[tuple[str, int, tuple[str, ...]]]:
        """What is new, shortly."""
        return [(line.news.value, line.version, line.channels) for line in self.follow()]


def shown(house: House, reader: Subscriber | None) -> Held:
    """What stands in the feeds of those channels that the reader was given, or that are public."""
    slugs = reader.channels if reader else [channel.slug for channel in feeds.readable_channels(house.store, None)]
    found: dict[str, tuple[int, list[str]]] = {}
    for slug in sorted(slugs):
        name = reader.slug if reader else None
        _, page = feeds.channel_feed(house.store, NEWSROOM, slug=slug, limit=200, now=LATER, reader=name)
        for item in page.items:
            if not item.canceled:
                found.setdefault(item.guid, (item.version, []))[1].append(slug)
    return {guid: (version, tuple(channels)) for guid, (version, channels) in found.items()}
