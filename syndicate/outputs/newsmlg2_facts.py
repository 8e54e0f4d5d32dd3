"""Where a story comes from, whose it is and what it is about, in NewsML-G2's words.

The three parts of a newsItem that a republisher owes the original: its history, its rights, its content's own metadata.
Numbers in comments are lines of the official NewsML-G2_2.35-spec-All-Power.xsd.
"""

from lxml import etree

from syndicate.core.dates import Precision
from syndicate.core.newsitem import NewsItem, Party, Person, Topic
from syndicate.outputs import rightsml, words
from syndicate.outputs.dates import utc, w3c
from syndicate.outputs.newsmlg2_frame import IN_ENGLISH, NAR, party
from syndicate.outputs.provenance import Part, Publication, publications
from syndicate.outputs.text import language_tag, line, web_address
from syndicate.outputs.xml import add, put

LICENSE_RELATION = "http://www.iana.org/assignments/relation/license"

# Schemes of IPTC's catalog 41 in which a topic may be coded, by the nature of what they name; wikidata and dbpedia name
# everything. A QCode with any other alias could not be resolved by a receiver, so it is kept as a literal instead.
_SCHEMES = {
    "cpnat:abstract": "medtop subj googletopicsv1 googletopicsv2 iabcontent20 iabcontent21 iabcontent22 iabcontent30",
    "cpnat:geoArea": "wldreg iso3166-1a2 iso3166-1a3 iso3166-2 geonames geonameshttps",
    "cpnat:organisation": "isin ticker",
    "": "wikidata dbpedia",
}
_NATURES = {scheme: nature for nature, schemes in _SCHEMES.items() for scheme in schemes.split()}

# what happens here: the mark-up is cleaned and written in another format, credit and dates are added
_ACTIONS: dict[Part, tuple[tuple[str, str], ...]] = {
    Part.ORIGIN: (("hopaction:created", "hatarget:content"),),
    Part.BETWEEN: (),
    Part.OURS: (("hopaction:transformed", "hatarget:content"), ("hopaction:enhanced", "hatarget:metadata")),
}


def histories(root: etree._Element, base_url: str, item: NewsItem) -> None:
    """hopHistory (4185) tells who made it and who passed it on, pubHistory (4255) where it was published when."""
    hops, published = add(root, f"{NAR}hopHistory"), add(root, f"{NAR}pubHistory")
    for number, publication in enumerate(publications(base_url, item), start=1):
        _hop(hops, number, publication)
        _published(published, publication)
    for history in (hops, published):
        if not len(history):
            root.remove(history)


def _hop(history: etree._Element, number: int, publication: Publication) -> None:
    # a hop's timestamp is a day or an instant (DateOptTimeType), never a month or a year
    when = publication.hop.when
    exact = when is not None and when.precision in (Precision.DAY, Precision.INSTANT)
    hop = add(history, f"{NAR}hop", {"seq": str(number), "timestamp": w3c(when) if when and exact else ""})
    party(hop, "party", publication.hop.party)
    for action, target in _ACTIONS[publication.part]:
        add(hop, f"{NAR}action", {"qcode": action, "target": target})


def _published(history: etree._Element, publication: Publication) -> None:
    """One of uri and literal must identify the publication."""
    name, uri, when = line(publication.hop.party.name), publication.address, publication.hop.when
    if not name and not uri:
        return
    published = add(history, f"{NAR}published", {"uri": uri, "literal": "" if uri else name})
    put(published, f"{NAR}timestamp", w3c(when) if when else "")
    put(published, f"{NAR}name", name)


def story_rights(root: etree._Element, item: NewsItem) -> None:
    """Whose the story is and what may be done with it; of one that was taken back only whose it is."""
    holder, notice = words.copyright_holder(item), words.copyright_notice(item)
    info = rights_info(root, holder=holder, notice=notice)
    if not item.canceled:
        _permission(info, item)
    if not len(info):
        root.remove(info)


def rights_info(root: etree._Element, *, holder: Party, notice: str) -> etree._Element:
    """A new `rightsInfo` (1069), whose terms are still to be told."""
    info = add(root, f"{NAR}rightsInfo")
    party(info, "copyrightHolder", holder)
    put(info, f"{NAR}copyrightNotice", notice)
    return info


def _permission(info: etree._Element, item: NewsItem) -> None:
    """The source's words, then a known licence in ours and as a policy; `validto` is the licence's end."""
    rights, known = item.rights, item.rights.licence
    if rights.expires:
        info.set("validto", utc(rights.expires))
    put(info, f"{NAR}usageTerms", line(rights.usage_terms))
    put(info, f"{NAR}usageTerms", words.licence(rights), {"href": known.url, **IN_ENGLISH} if known else {})
    if known:
        add(info, f"{NAR}link", {"reluri": LICENSE_RELATION, "href": known.url})
    encoded = {"langid": rightsml.LANGUAGE, "enctype": rightsml.MEDIA_TYPE}
    put(info, f"{NAR}rightsExpressionData", rightsml.policy(item), encoded)


def outlet(item: NewsItem) -> Party:
    """The original outlet, by name and address."""
    return Party(words.outlet(item), item.info_source.uri)


def info_source(meta: etree._Element, source: Party) -> None:
    """Who made it (1849). Receivers built on Superdesk read a source from this role and literal only."""
    name = line(source.name)
    party(meta, "infoSource", source, {"role": "cRole:source", "literal": name} if name else {})


def content_meta(meta: etree._Element, item: NewsItem) -> None:
    """About the content itself: the administrative group (1775), then the descriptive one (2034)."""
    put(meta, f"{NAR}contentCreated", w3c(item.first_published) if item.first_published else "")
    put(meta, f"{NAR}contentModified", w3c(item.updated) if item.updated else "")
    info_source(meta, outlet(item))
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

    Its nature (a place, an organisation …) is told where the scheme of its code tells it. The same words are given as
    `keyword` too, because receivers built on Superdesk pass over a subject without code.
    """
    name, code = line(topic.name), line(topic.qcode)
    scheme, _, value = code.partition(":")
    resolvable = scheme in _NATURES and value and " " not in value
    if name or code:
        identity = {"type": _NATURES[scheme], "qcode": code} if resolvable else {"literal": code}
        put(add(meta, f"{NAR}subject", identity), f"{NAR}name", name)
