"""RSS 0.9x, 1.0 and 2.0, and Atom 0.3 and 1.0 (RFC 4287), lenient about what is broken and outspoken about what is odd.

Each item stands alone. What its texts mean is asked of feedparser (`feed_entry`); facts are read from the elements
(`feed_facts`, `feed_pictures`). The body stays as raw as it came.

`summary_only`: an item that has no content of its own is a teaser, unless its description is as long as a story
(150 words) and does not break off; so is one whose content says no more than a short description, or is short and
ends as teasers do ("[…]", "Read more").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from syndicate.core.errors import BadInput, SyndicateError
from syndicate.core.newsitem import SourceItem
from syndicate.core.rights import Rights
from syndicate.ingest import feed_facts as facts
from syndicate.ingest.feed_document import FeedDocument, read
from syndicate.ingest.feed_entry import Entry, read_entry
from syndicate.ingest.feed_names import Children, name_of
from syndicate.ingest.feed_people import written_by
from syndicate.ingest.feed_pictures import read_pictures
from syndicate.ingest.markup import absolute, plain_line, plain_text, with_absolute_addresses
from syndicate.ingest.parsed import Envelope, Gone, Parsed, ParsedFeed, Result
from syndicate.ingest.sniff import Sniff

RSS_TYPES = ("application/rss+xml", "application/rdf+xml", "application/xml", "text/xml")
ATOM_TYPES = ("application/atom+xml", "application/xml", "text/xml")

_STORY_WORDS, _MARK_CHARS = 150, 40
_CONTENTS = ("content", "content:encoded", "xhtml:body", "body", "fullitem", "description", "summary")
_BREAKS_OFF = re.compile(
    r"(?:\[\s?(?:…|\.\.\.)\s?\]|…|\.\.\.|(?:read |show |see )?more|continue reading|full (?:story|article))"
    r"\s?[»›→>.…\]]{0,4}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Channel:
    """What holds for all items of a feed, where an item does not say otherwise."""

    envelope: Envelope
    base: str
    language: str
    rights: Rights
    known: tuple[str, ...]
    head: Children


def looks_like_rss(sniff: Sniff) -> bool:
    namespace, name = sniff.root
    return name == "rss" or (name == "RDF" and namespace.endswith("22-rdf-syntax-ns#"))


def looks_like_atom(sniff: Sniff) -> bool:
    namespace, name = sniff.root
    return name in ("feed", "entry") and namespace in ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")


def parse(data: bytes, envelope: Envelope) -> ParsedFeed:
    """Every item of the feed, in document order. Raises BadInput where it cannot be read as a feed at all."""
    document = read(data, envelope.media_type)
    channel = _channel(document, envelope)
    found = facts.links(channel.head, channel.base)
    return ParsedFeed(
        results=tuple(with_warnings(list(_results(document, channel)), document.warnings)),
        hub=found.get("hub", ""),
        self_url=found.get("self", ""),
    )


def with_warnings(results: list[Result], warnings: tuple[str, ...]) -> list[Result]:
    """What is odd about the whole document is said with the first item that was read."""
    first = next((n for n, result in enumerate(results) if isinstance(result, Parsed)), None)
    if warnings and first is not None and isinstance(one := results[first], Parsed):
        results[first] = replace(one, warnings=(*warnings, *one.warnings))
    return results


def _channel(document: FeedDocument, envelope: Envelope) -> _Channel:
    head, outlet = Children(document.head), envelope.outlet
    base = absolute(document.head.base or "", envelope.address) or envelope.address
    names = (outlet.name, outlet.slug, outlet.domain)
    return _Channel(
        envelope=envelope,
        base=base,
        language=head.text("language", "dc:language"),
        rights=facts.rights(head, facts.links(head, base), Rights(), None),
        known=tuple(name.casefold() for name in names if name),
        head=head,
    )


def _results(document: FeedDocument, channel: _Channel) -> Iterator[Result]:
    for part in document.parts:
        if isinstance(part, SyndicateError):
            yield part
            continue
        try:
            yield _deleted(part) if name_of(part)[1] == "deleted-entry" else _item(part, channel)
        except SyndicateError as refusal:
            yield refusal


def _deleted(element: etree._Element) -> Gone:
    """RFC 6721: the entry of this id is no more."""
    ref = (element.get("ref") or "").strip()
    if not ref:
        raise BadInput("A deleted-entry does not say which entry it means (RFC 6721 section 3).")
    return Gone(external_id=facts.checked_id(ref), reason=plain_line(Children(element).text("comment", "at:comment")))


def _item(element: etree._Element, channel: _Channel) -> Parsed | Gone:
    warnings: list[str] = []
    item, envelope, warn = Children(element), channel.envelope, warnings.append
    base = absolute(element.base or "", channel.base) or channel.base
    found = facts.links(item, base)
    external_id = facts.identity(item, found.get("alternate", ""), warn)
    end = facts.end_of_validity(item, envelope, warn)
    if end and facts.has_ended(end, envelope.received):
        return Gone(external_id=external_id, reason=f"Its source let it be valid until {end} only.")
    entry = read_entry(element)
    byline, authors = written_by(item, channel.head, base, channel.known, warn)
    if not entry.title:
        raise BadInput(f"The item {external_id[:80]} has no title.")
    elsewhere = facts.source(item, base, envelope.outlet)
    original = facts.original_address(item, found, elsewhere, warn)
    body, summary, teaser = _texts(entry)
    section, topics = facts.section_and_topics(entry.tags, warn)
    published, updated = facts.dates(item, elsewhere, envelope, warn)
    story = SourceItem(
        external_id=external_id,
        headline=entry.title,
        body_html=with_absolute_addresses(body, _body_base(element, found, base, original)),
        original_url=original,
        summary=summary,
        byline=byline,
        authors=authors,
        section=section,
        topics=topics,
        language=facts.language(element, channel.language, warn),
        pictures=read_pictures(item, base or found.get("alternate", ""), warn),
        rights=facts.rights(item, found, channel.rights, facts.expiry(end, envelope, warn) if end else None),
        info_source=elsewhere,
        first_published=published,
        updated=updated,
        alt_ids=_alt_ids(external_id, original, found),
    )
    return Parsed(item=story, warnings=tuple(warnings), summary_only=teaser)


def _alt_ids(external_id: str, original: str, found: dict[str, str]) -> tuple[str, ...]:
    """The item's own address, where that is neither its identity nor the original's."""
    own = found.get("alternate", "")
    return (own,) if own and own not in (external_id, original) else ()


def _body_base(element: etree._Element, found: dict[str, str], base: str, original: str) -> str:
    """Against what the text's own addresses are meant; empty where cleaning knows it: the story's own address.

    An xml:base on the text or around it says so. Else the item's page is meant, as browsers and readers take it.
    """
    declared = next((text.base for text in Children(element).all(*_CONTENTS) if text.base), None) or element.base
    page = absolute(declared or "", base) or found.get("alternate", "") or base
    return "" if page == original else page


def _texts(entry: Entry) -> tuple[str, str, bool]:
    """(body, summary in plain text, whether that is only a teaser)."""
    told, words = plain_text(entry.summary), plain_text(entry.content).split()
    if not entry.content.strip():
        teaser = len(told.split()) < _STORY_WORDS or _breaks_off(told.split())
        return entry.summary, told if teaser else "", teaser
    if words and words == told.split():
        return entry.content, "", len(words) < _STORY_WORDS
    return entry.content, told, len(words) < _STORY_WORDS and _breaks_off(words)


def _breaks_off(words: list[str]) -> bool:
    end = " ".join(words[-3:])[-_MARK_CHARS:]
    return any(_BREAKS_OFF.fullmatch(end[at:]) for at in range(len(end)) if not at or not end[at - 1].isalnum())
