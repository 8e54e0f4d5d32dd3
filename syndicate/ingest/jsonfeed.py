"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), with our own extension of it (`syndication`)."""

from dataclasses import dataclass

from syndicate.core.errors import BadInput
from syndicate.core.newsitem import Party, Person, Picture, Rendition, SourceItem, Topic
from syndicate.ingest import jsondoc, jsonfeed_syndication
from syndicate.ingest.jsonfeed_syndication import NAME
from syndicate.ingest.markup import paragraphs
from syndicate.ingest.members import Members, each
from syndicate.ingest.origin import elsewhere
from syndicate.ingest.parsed import Envelope, Parsed, ParsedFeed
from syndicate.ingest.sniff import Sniff

MEDIA_TYPES = ("application/feed+json", "application/json")
_VERSION = "https://jsonfeed.org/version/"


def looks_like(sniff: Sniff) -> bool:
    """Items, and the version's address, which the standard demands, or an address that only a feed has."""
    if not isinstance(sniff.json, dict) or "items" not in sniff.members:
        return False
    return str(sniff.json.get("version")).startswith(_VERSION) or "feed_url" in sniff.members


def parse(data: bytes, envelope: Envelope) -> ParsedFeed:
    """The items, and behind them the stories that the feed takes back. Raises BadInput where this is no JSON Feed."""
    document = jsondoc.load(data)
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise BadInput("This is no JSON Feed: it is not an object with a list of items.")
    said = Members(document)
    feed = _Feed(said, envelope)
    hubs = (hub.address("url") for hub in said.parts("hubs") if hub.line("type").lower() == "websub")
    return ParsedFeed(
        results=each(document["items"], feed.item, envelope) + jsonfeed_syndication.deleted(said),
        hub=next(filter(None, hubs), ""),
        self_url=said.address("feed_url"),
    )


@dataclass(frozen=True, slots=True)
class _Feed:
    """What the items of one feed have in common."""

    said: Members
    envelope: Envelope

    @property
    def base(self) -> str:
        return self.said.line("home_page_url", "feed_url") or self.envelope.address

    def item(self, said: Members) -> Parsed:
        external_id, headline = said.identity("id", "url"), said.line("title")
        body, whole = _body(said)
        _check(said, external_id, headline, body)
        address = said.address("external_url", "url", base=self.base)
        item = SourceItem(
            external_id=external_id,
            headline=headline,
            body_html=body,
            original_url=address,
            summary=said.plain("summary"),
            authors=self._authors(said),
            topics=tuple(Topic(tag) for tag in said.words("tags")),
            language=said.language("language") or self.said.language("language"),
            pictures=self._pictures(said),
            info_source=Party() if NAME in said else self._linked(said),
            first_published=said.date("date_published", zone=self.envelope.zone),
            updated=said.date("date_modified", zone=self.envelope.zone),
        )
        item, hold = jsonfeed_syndication.completed(item, said, self.envelope)
        return Parsed(item=item, warnings=said.told(), hold=hold, summary_only=not whole)

    def _linked(self, said: Members) -> Party:
        """Whose story an item is that links to another site: that site's (1.1, external_url)."""
        other = elsewhere(said.address("external_url", base=self.base), self.envelope.outlet)
        if other.name:
            said.warn(f"external_url names another site, {other.name}: the story is taken for that site's.")
        return other

    def _authors(self, said: Members) -> tuple[Person, ...]:
        """Of the item, else of the feed; a list in 1.1, one in 1.0."""
        for level in (said, self.said):
            people = level.parts("authors") or ((level.part("author"),) if "author" in level else ())
            found = [Person(name=name, url=person.address("url")) for person in people if (name := person.line("name"))]
            if found:
                return tuple(found)
        return ()

    def _pictures(self, said: Members) -> tuple[Picture, ...]:
        """The picture of the item, and those attached to it; a format that knows no credit for them."""
        attached = [file for part in said.parts("attachments") if (file := self._attached(said, part)).href]
        named = [Rendition(href=said.file(name, base=self.base)) for name in ("image", "banner_image") if name in said]
        by_address = {file.href: file for file in (*named, *attached) if file.href}
        return tuple(Picture(renditions=(file,)) for file in by_address.values())

    def _attached(self, said: Members, part: Members) -> Rendition:
        kind, href = part.line("mime_type").lower(), part.file("url", base=self.base)
        if kind.startswith("image/"):
            return Rendition(href=href, content_type=kind, size_bytes=part.number("size_in_bytes") or None)
        said.warn(f"An attachment that is no picture is not read: {href[:200]}")
        return Rendition(href="")


def _check(said: Members, external_id: str, headline: str, body: str) -> None:
    """Refuses what is no story."""
    if not external_id:
        raise BadInput("This item has no id: nothing tells which story it is.")
    if not headline:
        raise BadInput(f"{external_id} has no title.")
    if not body:
        raise BadInput(f"{external_id} has neither content nor a summary.")
    if "id" not in said:
        said.warn("It has no id: its url stands for it.")


def _body(said: Members) -> tuple[str, bool]:
    """The body as HTML, and whether it is the whole story."""
    if html := said.markup("content_html"):
        return html, True
    text = said.text("content_text")
    return paragraphs(text or said.plain("summary")), bool(text)
