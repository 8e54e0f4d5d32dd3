"""Where a story comes from, whose it is and what it is about, in NewsML-G2's words.

The three parts of a newsItem that a republisher owes the original: its history, its rights, its content's own metadata.
Numbers in comments are lines of the official NewsML-G2_2.35-spec-All-Power.xsd.
"""

from lxml import etree

from syndicate.core.dates import PartialDate, Precision
from syndicate.core.newsitem import Feed, Hop, NewsItem, Party, Person, Topic
from syndicate.outputs import words
from syndicate.outputs.dates import utc, w3c
from syndicate.outputs.text import language_tag, line, web_address
from syndicate.outputs.xml import add, put

NAR = "{http://iptc.org/std/nar/2006-10-01/}"
LICENSE_RELATION = "http://www.iana.org/assignments/relation/license"

# Schemes of IPTC's catalog 41 in which a topic may be coded. A QCode with any other alias could not be resolved by a
# receiver, so it is kept as a literal instead.
_TOPIC_SCHEMES = (
    "medtop subj wldreg iso3166-1a2 iso3166-1a3 iso3166-2 geonames geonameshttps wikidata dbpedia isin ticker"
    " googletopicsv1 googletopicsv2 iabcontent20 iabcontent21 iabcontent22 iabcontent30"
)


def party(parent: etree._Element, tag: str, who: Party) -> None:
    """A person or organisation with its address and name; nothing where neither is known."""
    name, uri = line(who.name), web_address(who.uri)
    if name or uri:
        put(add(parent, f"{NAR}{tag}", {"uri": uri}), f"{NAR}name", name)


def histories(root: etree._Element, feed: Feed, item: NewsItem) -> None:
    """hopHistory (4185) tells who made it and who passed it on, pubHistory (4255) where it was published when."""
    source = Party(words.outlet(item), item.info_source.uri)
    origin = Hop(party=source, when=item.first_published, uri=item.original_url)
    ours = Hop(party=item.provider, when=PartialDate.of(item.first_created), uri=feed.item_url(item))
    between = [hop for hop in item.hops if not _same(hop.party, source)]
    known = [hop for hop in (origin, *between, ours) if hop.party.name or hop.party.uri]
    hops, publications = add(root, f"{NAR}hopHistory"), add(root, f"{NAR}pubHistory")
    for number, hop in enumerate(known, start=1):
        _hop(hops, number, hop, actions=_ACTIONS.get("made" if hop is origin else "ours" if hop is ours else "", ()))
        _published(publications, hop)
    for history in (hops, publications):
        if not len(history):
            root.remove(history)


def _same(one: Party, other: Party) -> bool:
    """A source may tell its own hop too, by its name or by its address."""
    names, sites = ({line(p.name).casefold() for p in (one, other)}, {web_address(p.uri) for p in (one, other)})
    return (len(names) == 1 and "" not in names) or (len(sites) == 1 and "" not in sites)


# what happens here: the mark-up is cleaned and written in another format, credit and dates are added
_ACTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "made": (("hopaction:created", "hatarget:content"),),
    "ours": (("hopaction:transformed", "hatarget:content"), ("hopaction:enhanced", "hatarget:metadata")),
}


def _hop(history: etree._Element, number: int, hop: Hop, *, actions: tuple[tuple[str, str], ...]) -> None:
    # a hop's timestamp is a day or an instant (DateOptTimeType), never a month or a year
    exact = hop.when is not None and hop.when.precision in (Precision.DAY, Precision.INSTANT)
    when = w3c(hop.when) if hop.when and exact else ""
    element = add(history, f"{NAR}hop", {"seq": str(number), "timestamp": when})
    party(element, "party", hop.party)
    for action, target in actions:
        add(element, f"{NAR}action", {"qcode": action, "target": target})


def _published(history: etree._Element, hop: Hop) -> None:
    """The article's address, else the publisher's; one of uri and literal must identify the publication."""
    name, uri = line(hop.party.name), web_address(hop.uri) or web_address(hop.party.uri)
    if not name and not uri:
        return
    published = add(history, f"{NAR}published", {"uri": uri, "literal": "" if uri else name})
    put(published, f"{NAR}timestamp", w3c(hop.when) if hop.when else "")
    put(published, f"{NAR}name", name)


def rights_info(root: etree._Element, item: NewsItem) -> None:
    """Whose it is and what may be done with it (1069), in the source's words; `validto` is the licence's end."""
    rights, known = item.rights, item.rights.licence
    info = add(root, f"{NAR}rightsInfo", {"validto": utc(rights.expires) if rights.expires else ""})
    party(info, "copyrightHolder", words.copyright_holder(item))
    put(info, f"{NAR}copyrightNotice", words.copyright_notice(item))
    put(info, f"{NAR}usageTerms", line(rights.usage_terms))
    put(info, f"{NAR}usageTerms", words.licence(rights), {"href": known.url if known else ""})
    if known:
        add(info, f"{NAR}link", {"reluri": LICENSE_RELATION, "href": known.url})
    if not len(info):
        root.remove(info)


def content_meta(meta: etree._Element, item: NewsItem) -> None:
    """About the content itself: the administrative group (1775), then the descriptive one (2034)."""
    put(meta, f"{NAR}contentCreated", w3c(item.first_published) if item.first_published else "")
    put(meta, f"{NAR}contentModified", w3c(item.updated) if item.updated else "")
    party(meta, "infoSource", Party(words.outlet(item), item.info_source.uri))
    for author in item.authors:
        _creator(meta, author)
    for identity in dict.fromkeys(line(one) for one in (item.external_id, *item.alt_ids)):
        put(meta, f"{NAR}altId", identity)
    if language := language_tag(item.language):
        add(meta, f"{NAR}language", {"tag": language})
    if not item.canceled:
        for topic in item.topics:
            _subject(meta, topic)
        for name in dict.fromkeys(line(topic.name) for topic in item.topics):
            put(meta, f"{NAR}keyword", name)
    put(meta, f"{NAR}slugline", line(item.slugline))
    put(meta, f"{NAR}headline", words.headline(item))
    put(meta, f"{NAR}dateline", line(item.dateline))
    put(meta, f"{NAR}by", line(item.written_by))
    put(meta, f"{NAR}creditline", line(item.credit_line) or words.outlet(item))
    if not item.canceled:
        put(meta, f"{NAR}description", line(item.summary), {"role": "drol:summary"})


def _creator(meta: etree._Element, author: Person) -> None:
    """An author by name and address, with the newsroom that the author belongs to."""
    name, affiliation = line(author.name), line(author.affiliation)
    if not name:
        return
    creator = add(meta, f"{NAR}creator", {"uri": web_address(author.url)})
    put(creator, f"{NAR}name", name)
    if affiliation:
        details = add(creator, f"{NAR}personDetails")
        put(add(details, f"{NAR}affiliation"), f"{NAR}name", affiliation)


def _subject(meta: etree._Element, topic: Topic) -> None:
    """What the text is about: coded where the code can be resolved, else named, as in IPTC's published example 3.

    The same words are given as `keyword` too, because receivers built on Superdesk pass over a subject without code.
    """
    name, code = line(topic.name), line(topic.qcode)
    scheme, _, value = code.partition(":")
    resolvable = scheme in _TOPIC_SCHEMES.split() and value and " " not in value
    if name or code:
        identity = {"qcode": code} if resolvable else {"literal": code}
        put(add(meta, f"{NAR}subject", {"type": "cpnat:abstract", **identity}), f"{NAR}name", name)
