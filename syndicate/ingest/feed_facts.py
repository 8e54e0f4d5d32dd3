"""What a feed's item says of itself beside its text: identity, addresses, source, dates, topics, rights, its end.

Our own feeds say the original in `atom:link rel="via"`, `source` and `dcterms:issued` (RFC 4287 4.2.7.2, RSS 2.0,
DCMI terms); what partners' feeds say in other ways stands here in the order in which it is believed.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from lxml import etree

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput
from syndicate.core.newsitem import Party, Topic
from syndicate.core.newsroom import Outlet
from syndicate.core.rights import Rights
from syndicate.ingest.dates import Warn, first_date, read_date
from syndicate.ingest.feed_names import RDF_ABOUT, RDF_RESOURCE, XML_LANG, Children, name_of, text_of
from syndicate.ingest.markup import absolute, plain_line
from syndicate.ingest.origin import other_than, site_of
from syndicate.ingest.parsed import Envelope
from syndicate.ingest.permission import licence_in, notice_or_terms
from syndicate.ingest.text import one_line
from syndicate.ingest.topics import topic

MOST_ID_CHARS, MOST_TOPICS = 1000, 100
PUBLISHED = ("dcterms:issued", "pubdate", "published", "issued", "atom:published", "dc:date", "dcterms:date",
             "dcterms:created", "prism:publicationdate", "created")  # fmt: skip
UPDATED = ("dcterms:modified", "updated", "atom:updated", "modified", "prism:modificationdate")
_LICENCES = ("dcterms:license", "cc:license", "license", "creativeCommons:license")
_RIGHTS = ("dc:rights", "dcterms:rights", "rights", "atom:rights", "copyright")
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,5}")


def identity(item: Children, link: str, warn: Warn) -> str:
    """The guid or id exactly as it is written, else the link. Raises BadInput where there is neither."""
    said = item.text("guid", "id", "atom:id", "ref") or (item.element.get(RDF_ABOUT) or "").strip()
    if not said and link:
        warn("The item has no guid: its link is its identity, so a new link will be a new story.")
        said = link
    if not said:
        raise BadInput("The item has neither a guid nor a link: nothing would tell it from another.")
    return checked_id(said)


def checked_id(said: str) -> str:
    if said != one_line(said) or len(said) > MOST_ID_CHARS:
        raise BadInput(f"The identity {said[:80]!r} has white space or characters that cannot be kept, or is too long.")
    return said


def links(item: Children, base: str) -> dict[str, str]:
    """The first address of each relation; RSS's own link, and a guid that is one, are the alternate."""
    found: dict[str, str] = {}
    for element in item.all("link", "atom:link"):
        href = absolute(element.get("href") or text_of(element), base)
        if href:
            found.setdefault((element.get("rel") or "alternate").lower(), href)
    for element in item.all("guid"):
        if (element.get("isPermaLink") or "true").lower() != "false" and (href := absolute(text_of(element), "")):
            found.setdefault("alternate", href)
    return found


def original_address(item: Children, found: dict[str, str], elsewhere: Party, warn: Warn) -> str:
    """Where the story stands at its source: what the item says of that, before the address that it has itself.

    An item that names another source is there under its own address; here it would be credited to the wrong site.
    """
    said = (absolute(text, "") for text in item.texts("dcterms:source", "dc:source", "feedburner:origlink"))
    original = found.get("via") or next((one for one in said if one), "")
    if elsewhere.name and not original:
        warn(f"The item is from {elsewhere.name[:80]}, but does not say at which address.")
        return ""
    return original or found.get("alternate", "")


def source(item: Children, base: str, outlet: Outlet) -> Party:
    """Who the story is from, where that is not the outlet itself."""
    for element in item.all("source", "atom:source"):
        inner = Children(element)
        name = plain_line(inner.text("title", "atom:title") or (text_of(element) if not len(element) else ""))
        address = absolute(element.get("url") or "", base) or links(inner, base).get("alternate", "")
        if name or address:
            return other_than(Party(name or site_of(address), address), outlet)
    for text in item.texts("dc:source", "dcterms:source"):
        if not absolute(text, ""):
            return other_than(Party(one_line(text)), outlet)
    return Party()


def dates(
    item: Children, elsewhere: Party, envelope: Envelope, warn: Warn
) -> tuple[PartialDate | None, PartialDate | None]:
    """(first published, updated), each by the first of its elements that can be read.

    An item from elsewhere was first published when `dcterms:issued` says; its pubDate tells when it was passed on.
    """
    names = PUBLISHED[:1] if elsewhere.name else PUBLISHED
    published = first_date(_named(item, names), envelope.zone, warn)
    if published is None and not any(item.texts(*names)):
        warn("The item does not say when it was first published.")
    return published, first_date(_named(item, UPDATED), envelope.zone, warn)


def _named(item: Children, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each with its name as it is written: pubDate, dcterms:issued."""
    for element in item.all(*names):
        prefix = name_of(element)[0]
        local = etree.QName(element).localname
        yield (local if prefix in ("", "atom") else f"{prefix}:{local}"), text_of(element)


def language(item: etree._Element, said: str, warn: Warn) -> str:
    """A BCP 47 tag: what the item says, else the nearest xml:lang around it, else what the feed says."""
    inherited = next((one.get(XML_LANG) or "" for one in (item, *item.iterancestors()) if one.get(XML_LANG)), "")
    own = Children(item).text("dc:language", "dcterms:language", "language")
    return clean_tag(own or inherited or said, warn)


def clean_tag(written: str, warn: Warn) -> str:
    """A BCP 47 tag, "en_GB" as "en-GB"; nothing where it is none."""
    tag = written.strip().replace("_", "-")
    if tag and not _TAG.fullmatch(tag):
        warn(f"{tag[:40]!r} is no language tag.")
        return ""
    return tag


def section_and_topics(tags: tuple[Any, ...], warn: Warn) -> tuple[str, tuple[Topic, ...]]:
    """Categories as topics; one whose scheme is IPTC's carries its code; one of a scheme of sections is the section."""
    section = ""
    topics: dict[str, Topic] = {}
    for tag in tags:
        term, scheme, label = (plain_line(tag.get(part) or "") for part in ("term", "scheme", "label"))
        if scheme.lower().rstrip("s").rpartition("/")[2] == "section":
            section = section or label or term
        elif topic := _topic(term, scheme, label):
            key = topic.qcode or topic.name
            topics[key] = topics[key] if key in topics and topics[key].name else topic
    if len(topics) > MOST_TOPICS:
        warn(f"The item has {len(topics)} categories; the first {MOST_TOPICS} were read.")
    return section, tuple(topics.values())[:MOST_TOPICS]


def _topic(term: str, scheme: str, label: str) -> Topic | None:
    """A code of a scheme that is known is no name; every other term is one."""
    coded = topic(label, scheme=scheme, code=term) if scheme or ":" in term else None
    if not coded or not coded.qcode:
        return topic(label or term)
    is_code = coded.qcode.endswith(term.rpartition("/")[2].rpartition(":")[2])
    return Topic(label or ("" if is_code else term), coded.qcode)


def rights(item: Children, found: dict[str, str], channel: Rights, expires: datetime | None) -> Rights:
    """The item's own words; the channel's where it has none (they hold for all of it: RSS 2.0, RFC 4287 4.2.10)."""
    texts = [plain_line(text) for text in item.texts(*_RIGHTS)]
    named = [text_of(one) or one.get(RDF_RESOURCE) or "" for one in item.all(*_LICENCES)]
    named += [found["license"]] if "license" in found else []
    licence = licence_in((*named, *texts)) or next((text for text in named if text), "")
    said = [notice_or_terms(text) for text in texts]
    notice = next((notice for notice, _ in said if notice), "")
    terms = "\n".join(dict.fromkeys(terms for _, terms in said if terms and terms != licence))
    silent = not (texts or named)
    return Rights(
        license=licence or (channel.license if silent else ""),
        copyright_holder=one_line(item.text("dcterms:rightsholder", "dc:rightsholder")) or channel.copyright_holder,
        copyright_notice=notice or (channel.copyright_notice if silent else ""),
        usage_terms=terms or (channel.usage_terms if silent else ""),
        expires=expires,
    )


def end_of_validity(item: Children, envelope: Envelope, warn: Warn) -> PartialDate | None:
    """`dcterms:valid` (DCMI Period Encoding Scheme) or MSN's expirationDate; None where nothing ends."""
    for text in item.texts("dcterms:valid"):
        parts = dict(part.split("=", 1) for part in text[:500].replace(" ", "").split(";") if "=" in part)
        if end := parts.get("end"):
            return read_date("dcterms:valid", end, envelope.zone, warn)
    for text in item.texts("mi:expirationdate"):
        return read_date("mi:expirationDate", text, envelope.zone, warn)
    return None


def has_ended(end: PartialDate, received: date) -> bool:
    """Before the day on which the document came: what ends on that very day is left to the clock."""
    moment = end.instant
    day = moment.astimezone(UTC).date().isoformat() if moment else end.text
    return day < received.isoformat()[: len(day)]


def expiry(end: PartialDate, envelope: Envelope, warn: Callable[[str], None]) -> datetime:
    """The instant; a day alone is read as its beginning, because a licence that ends too early does no harm."""
    if moment := end.instant:
        return moment.astimezone(UTC)
    warn(f"The story may be used until {end}; read as the beginning of that day.")
    first = date.fromisoformat(f"{end}-01-01"[:10])
    return datetime.combine(first, time(), envelope.zone or UTC).astimezone(UTC)
