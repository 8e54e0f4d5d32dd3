"""Feeds as partners write them, and a source of the outlet `oc-media` on the partner's server."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from syndicate.core.source import Source
from syndicate.delivery.http import Client
from syndicate.service.intake import sources
from syndicate.service.intake.poll import Poller
from syndicate.store.sources import Poll
from tests.newsroom import ANA, NEWSROOM, NOON, House
from tests.partner import Partner, answer

RSS = "application/rss+xml; charset=utf-8"
BODY = "<p>The stove was lit before six.</p><p>By eight there was a queue.</p>"


def an_item(number: int = 1, **parts: Any) -> str:
    """One item of RSS; a part of None is left out."""
    facts = {
        "title": f"Reading room {number} reopens",
        "link": f"https://oc-media.org/reading-room-{number}/",
        "guid": f"https://oc-media.org/?p={number}",
        "dc:creator": "Nare Hakobian",
        "pubDate": "Tue, 03 Mar 2026 09:00:00 +0400",
        "content:encoded": f"<![CDATA[<p>Room {number}.</p>{BODY}]]>",
    } | parts
    return "".join(["<item>", *(f"<{k}>{v}</{k}>" for k, v in facts.items() if v is not None), "</item>"])


def a_feed(*items: str, head: str = "") -> bytes:
    spaces = (
        ("content", "http://purl.org/rss/1.0/modules/content/"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("atom", "http://www.w3.org/2005/Atom"),
        ("at", "http://purl.org/atompub/tombstones/1.0"),
    )
    named = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces)
    title = "<title>OC Media</title><link>https://oc-media.org/</link><description>All stories</description>"
    return f'<rss version="2.0" {named}><channel>{title}{head}{"".join(items)}</channel></rss>'.encode()


def served(*items: str, **headers: str) -> bytes:
    return answer(200, a_feed(*items), Content_Type=RSS, **headers)


@dataclass
class Pulled:
    """The source `feed` of `oc-media`, looked at when a test says so. Chance is always in the middle."""

    house: House
    partner: Partner
    client: Client
    source: Source
    options: dict[str, Any] = field(default_factory=dict)

    def says(self, *answers: Any) -> None:
        self.partner.says["/feed"] = list(answers)

    def poll(self, now: datetime = NOON) -> Poll:
        """One look, and its line in the log."""
        self.look(now)
        return self.log()[0]

    def look(self, now: datetime = NOON) -> None:
        made = Poller(store=self.house.store, newsroom=NEWSROOM, client=self.client, chance=lambda: 0.5, **self.options)
        self.next_at = made.poll(self.source.id, now)

    def log(self) -> list[Poll]:
        return list(sources.file(self.house.store, "feed", limit=500, now=NOON).polls)

    @property
    def now(self) -> Source:
        """The source as it stands."""
        return sources.named(self.house.store, "feed")

    def set(self, **changes: Any) -> None:
        self.source = sources.change(self.house.store, replace(self.now, **changes), who=ANA, now=NOON)

    def stories(self) -> dict[str, str]:
        """Headlines by external id."""
        with self.house.store.read() as tx:
            return {story.external_id: story.source.headline for story in tx.stories.page(limit=5_000)}

    def story(self, number: int = 1) -> Any:
        with self.house.store.read() as tx:
            return tx.stories.find("oc-media", f"https://oc-media.org/?p={number}")


def pulled(house: House, partner: Partner, client: Client) -> Pulled:
    source = Source(id="", outlet="oc-media", slug="feed", address=partner.url("/feed"), created_at=NOON)
    return Pulled(house, partner, client, sources.add(house.store, source, who=ANA, now=NOON))


HOUR = timedelta(hours=1)
