"""Where a NewsML-G2 item comes from: its source, authors, dates, addresses, identities and history.

What `outputs/newsmlg2_facts` writes, read backwards. Three rules where the standard leaves the choice:

- The source is whoever `infoSource` names in the role of a source, or in none (an originator needs no role), else the
  hop that created the content, unless that is the outlet itself. `provider` only sends.
- The original date is the source's own entry of pubHistory, else contentCreated. firstCreated, which is the date of a
  record in the sender's system, counts only where the sender is the source, and with a warning.
- The original address is a `derivedFrom` or canonical link, else that of the source's own entry of pubHistory. A
  `seeAlso` page counts only where the sender is the source and the page is on its own site.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from lxml import etree

from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Hop, Party, Person
from syndicate.ingest import newscodes
from syndicate.ingest.origin import site_of
from syndicate.ingest.reading import Reading, each, is_outlet, names, said, same_party, story_page, words
from syndicate.ingest.text import one_line

_WRITERS = names("author coauthor co-author writer reporter correspondent journalist columnist byline")
_AFFILIATED = names("isaffiliatedwith affiliation affiliatedwith memberof ismemberof")


def info_source(item: etree._Element, reading: Reading) -> Party:
    """Who the facts came from, where that is not the outlet; nobody else."""
    makers = [hop for hop in item.iterfind("hopHistory/hop") if _created_it(hop)]
    named = [*item.iterfind("contentMeta/infoSource"), *(who for hop in makers for who in hop.iterfind("party"))]
    originators = [e for e in named if newscodes.code(e, "role") in ("source", "originator", "")]
    found = next((who for e in originators or named if (who := party(e, reading)) != Party()), Party())
    return Party() if is_outlet(found, reading.envelope.outlet) else _with_address(found, item, reading)


def _created_it(hop: etree._Element) -> bool:
    return any(
        newscodes.code(action) == "created" and newscodes.code(action, "target") in ("content", "")
        for action in hop.iterfind("action")
    )


def _with_address(who: Party, item: etree._Element, reading: Reading) -> Party:
    """Its own address, else that which the history gives the same name."""
    known = (party for hop in item.iterfind("hopHistory/hop/party") if (party := _plain_party(hop, reading)).uri)
    return who if who.uri else next((party for party in known if same_party(party, who)), who)


def _plain_party(element: etree._Element, reading: Reading) -> Party:
    return Party(said(element, "name") or one_line(element.get("literal", "")), reading.address(element.get("uri")))


def party(element: etree._Element, reading: Reading) -> Party:
    """By name, and by its web address where it has one; the site of that or a code stands in for a name."""
    uri = reading.address(element.get("uri"))
    name = said(element, "name") or one_line(element.get("literal", "")) or (urlsplit(uri).hostname or "")
    if not name and (name := one_line(element.get("qcode", "").rpartition(":")[2])):
        reading.warn(f"A party is named by its code alone: {name}.")
    return Party(name, uri)


def authors(item: etree._Element, source: Party) -> tuple[Person, ...]:
    """The people among its creators, and the contributors that wrote; an organisation is no author."""
    makers = list(item.iterfind("contentMeta/creator"))
    makers += [c for c in item.iterfind("contentMeta/contributor") if newscodes.code(c, "role") in {"", *_WRITERS}]
    organisations = {name.casefold() for name in (source.name, said(item, "itemMeta/provider/name")) if name}
    people = (_author(maker) for maker in makers if not _is_organisation(maker))
    return tuple(dict.fromkeys(one for one in people if one.name and one.name.casefold() not in organisations))


def _is_organisation(maker: etree._Element) -> bool:
    return newscodes.code(maker, "type") == "organisation" or maker.find("organisationDetails") is not None


def _author(maker: etree._Element) -> Person:
    related = (r for r in maker.iterfind("related") if newscodes.code(r, "rel") in _AFFILIATED)
    uri = one_line(maker.get("uri", ""))
    return Person(
        name=said(maker, "name") or one_line(maker.get("literal", "")),
        affiliation=said(maker, "personDetails/affiliation/name", "affiliation/name")
        or next((name for r in related if (name := said(r, "name"))), ""),
        url=uri if uri.startswith(("http://", "https://")) else "",
    )


def first_published(item: etree._Element, source: Party, reading: Reading) -> PartialDate | None:
    own = _own_publication(item, source, reading)
    if own is not None and (when := reading.date(said(own, "timestamp"), "The date of its publication")):
        return when
    if created := reading.date(said(item, "contentMeta/contentCreated"), "contentCreated"):
        return created
    record = reading.date(said(item, "itemMeta/firstCreated"), "firstCreated")
    if record and source == Party():
        reading.warn(f"Its own date is not given: the date when its sender first made it, {record}, stands in.")
        return record
    return None


def _own_publication(item: etree._Element, source: Party, reading: Reading) -> etree._Element | None:
    """The entry of pubHistory of the source; where the sender is the source, of the outlet or else the first."""
    entries = list(item.iterfind("pubHistory/published"))
    who = source if source != Party() else reading.envelope.outlet.party
    own = next((e for e in entries if same_party(_publisher(e, reading), who)), None)
    return own if own is not None or source != Party() else next(iter(entries), None)


def _publisher(entry: etree._Element, reading: Reading) -> Party:
    return Party(said(entry, "name") or one_line(entry.get("literal", "")), reading.address(entry.get("uri")))


def original_url(item: etree._Element, source: Party, reading: Reading) -> str:
    links = [(newscodes.code(link, "rel"), link) for link in item.iterfind("itemMeta/link")]
    for wanted in ("canonical", "derivedfrom"):
        for relation, link in links:
            if relation == wanted and (address := reading.address(link.get("href"))):
                return address
    own = _own_publication(item, source, reading)
    if own is not None and (page := story_page(reading.address(own.get("uri")))):
        return page
    pages = (reading.address(link.get("href")) for relation, link in links if relation == "seealso" and _is_page(link))
    outlet = reading.envelope.outlet
    seen = next((page for page in pages if source == Party() and is_outlet(Party("", page), outlet)), "")
    if seen:
        reading.warn(f"Its address is taken from a link to a page of its outlet's: {seen}.")
    return seen


def _is_page(link: etree._Element) -> bool:
    return link.get("contenttype", "").startswith("text/html")


def hops(item: etree._Element, reading: Reading) -> tuple[Hop, ...]:
    """Its history, oldest first; date and address from pubHistory where the same party stands there."""
    found = sorted(item.iterfind("hopHistory/hop"), key=_sequence)
    published: dict[str, etree._Element] = {}
    for entry in item.iterfind("pubHistory/published"):
        for name in _names(_publisher(entry, reading)):
            published.setdefault(name, entry)
    return tuple(hop for element in found if (hop := _hop(element, published, reading)).party != Party())


def _names(who: Party) -> tuple[str, ...]:
    """By which the same party is known in two places: its name, its site."""
    return each((who.name.casefold(), f"//{site}" if (site := site_of(who.uri)) else ""))


def _sequence(hop: etree._Element) -> int:
    seq = hop.get("seq", "")
    return int(seq) if seq.isascii() and seq.isdecimal() and len(seq) < 10 else 0


def _hop(element: etree._Element, published: Mapping[str, etree._Element], reading: Reading) -> Hop:
    found = element.find("party")
    who = party(found, reading) if found is not None else Party()
    entry = next((published[name] for name in _names(who) if name in published), None)
    stamp = element.get("timestamp") or (said(entry, "timestamp") if entry is not None else "")
    page = reading.address(entry.get("uri")) if entry is not None else ""
    when = reading.date(stamp, f"The date at {who.name or who.uri}")
    return Hop(party=who, when=when, uri=page if page != who.uri else "")


def alt_ids(item: etree._Element, external_id: str) -> tuple[str, ...]:
    """What others call it. An `altId` is an identity of the story, not of one of its files."""
    found = each(words(identity) for identity in item.iterfind("contentMeta/altId"))
    return tuple(identity for identity in found if identity != external_id)


def tags(item: etree._Element) -> Iterator[str]:
    """Languages that the content itself is in, then that of the item's own words."""
    yield from (language.get("tag", "") for language in item.iterfind("contentMeta/language"))
    yield item.get("lang", "")
