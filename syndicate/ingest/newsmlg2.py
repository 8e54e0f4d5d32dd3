"""NewsML-G2, versions 2.9 to 2.36, core and power: a newsItem, a newsMessage of several, a packageItem.

Only texts are stories. A picture is shown with the text that refers to it; a package tells which belong together. All
else, such as a picture that no text refers to or a concept, is refused at its place with the reason.
"""

from lxml import etree

from syndicate.core.errors import BadInput, SyndicateError, TooLarge
from syndicate.core.newsitem import Picture
from syndicate.core.rights import PubStatus
from syndicate.ingest import newscodes, xmldoc
from syndicate.ingest.newscodes import Catalogue
from syndicate.ingest.newsmlg2_item import read_item
from syndicate.ingest.newsmlg2_pictures import attached, is_picture, read_picture
from syndicate.ingest.parsed import Envelope, ParsedFeed, Result
from syndicate.ingest.reading import Reading, check_count
from syndicate.ingest.sniff import Sniff

MEDIA_TYPES = (
    "application/vnd.iptc.g2.newsitem+xml",
    "application/vnd.iptc.g2.newsmessage+xml",
    "application/vnd.iptc.g2.packageitem+xml",
    "application/xml",
    "text/xml",
)

MOST_ITEMS = 10_000

_ITEMS = ("newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
_TEXT = frozenset({"text", ""})  # itemClass is mandatory, and forgotten by some


def looks_like(sniff: Sniff) -> bool:
    return sniff.root[1] in ("newsMessage", *_ITEMS)


def parse(data: bytes, envelope: Envelope) -> ParsedFeed:
    """Its texts, in order. Raises BadInput for what is no NewsML-G2, or holds no item at all."""
    root, doubts = xmldoc.load(data, envelope.media_type)
    root = xmldoc.plain_names(root)
    if root.tag not in ("newsMessage", *_ITEMS):
        raise BadInput(f"NewsML-G2 begins with newsItem, newsMessage or packageItem; this is a {str(root.tag)[:80]}.")
    items = [root] if root.tag in _ITEMS else [e for e in root.iterfind("itemSet/*") if e.tag in _ITEMS]
    if not items:
        raise BadInput("This newsMessage has no items.")
    if len(items) > MOST_ITEMS:
        raise TooLarge(f"At most {MOST_ITEMS:,} items are read from one document; this has {len(items):,}.")
    message = _Message(root, items, envelope, doubts)
    results = [message.result(position, item) for position, item in enumerate(items)]
    return ParsedFeed(results=tuple(result for result in results if result is not None))


class _Message:
    """The items of one document, which may refer to each other."""

    def __init__(
        self, root: etree._Element, items: list[etree._Element], envelope: Envelope, doubts: tuple[str, ...]
    ) -> None:
        self.envelope, self.doubts = envelope, doubts
        header = root.find("header")
        self.header = Catalogue.of(header) if header is not None else Catalogue()
        self.texts = [item for item in items if _is_text(item)]
        self.pictures = {item.get("guid", ""): item for item in items if item.tag == "newsItem" and is_picture(item)}
        self.shows = attached(self.texts, [item for item in items if item.tag == "packageItem"])
        self.shown = {guid for guids in self.shows.values() for guid in guids}

    def result(self, position: int, item: etree._Element) -> Result | None:
        """What became of one item; None for one that only tells something of the others."""
        try:
            return self._read(item)
        except SyndicateError as refusal:
            refusal.extra.setdefault("position", position)
            refusal.extra.setdefault("guid", item.get("guid", "")[:500])
            return refusal

    def _read(self, item: etree._Element) -> Result | None:
        facts = (part for part in item if part.tag not in ("contentSet", "groupSet"))
        check_count(element for part in facts for element in part.iter(etree.Element))
        if _is_text(item):
            reading = Reading(self.envelope, dict.fromkeys(self.doubts))
            catalogue = Catalogue({**self.header.schemes, **Catalogue.of(item).schemes})
            return read_item(item, catalogue, self._pictures(item, reading), reading)
        if self._belongs_to_a_text(item):
            return None
        raise BadInput(_refusal(item))

    def _pictures(self, text: etree._Element, reading: Reading) -> tuple[Picture, ...]:
        if newscodes.code(text.find("itemMeta/pubStatus")) in ("canceled", "cancelled"):
            return ()
        wanted = dict.fromkeys(self.shows.get(text.get("guid", ""), ()))
        return tuple(found for guid in wanted if (found := self._picture(guid, reading)) is not None)

    def _picture(self, guid: str, reading: Reading) -> Picture | None:
        """None where it did not come, or may not be used: its own embargo or status is its own matter."""
        item = self.pictures.get(guid)
        if item is None:
            return None
        own = Reading(self.envelope)
        picture, said = read_picture(item, own), newscodes.code(item.find("itemMeta/pubStatus"))
        if own.hold or own.status(said) is not PubStatus.USABLE:
            reading.warn(f"The picture {guid[:200]} is left out: {own.hold or f'its status is {said}.'}")
            return None
        for warning in own.warnings:
            reading.warn(f"Picture {guid[:200]}: {warning}")
        return picture

    def _belongs_to_a_text(self, item: etree._Element) -> bool:
        if item.tag == "packageItem":
            return any(ref.get("residref", "") in self.shows for ref in item.iter("itemRef"))
        return item.get("guid", "") in self.shown and item.get("guid", "") in self.pictures


def _is_text(item: etree._Element) -> bool:
    return item.tag == "newsItem" and newscodes.code(item.find("itemMeta/itemClass")) in _TEXT


def _refusal(item: etree._Element) -> str:
    if item.tag == "packageItem":
        count = sum(1 for _ in item.iter("itemRef"))
        return f"This package names {count} items, and none of its stories came with it: send them in one newsMessage."
    if item.tag != "newsItem":
        return f"A {item.tag} is no story: only newsItems of text are read."
    kind = newscodes.code(item.find("itemMeta/itemClass"))[:80]
    if is_picture(item):
        return f"A {kind} by itself is no story, and no text in this document refers to it."
    return f"An item of the class {kind} is no story: only texts, and the pictures that they refer to, are read."
