"""NewsML-G2 2.35, conformance level power: one newsItem for a story, a newsMessage for a channel. Pure.

Numbers in comments are lines of the official NewsML-G2_2.35-spec-All-Power.xsd, which enforces the order of children.
`guid` is the same in all versions. `versionCreated` and `firstCreated` are our record's times; the original's own date
is `contentCreated`, as precise as the source gave it. Facts about origin and rights are in `newsmlg2_facts`.

A canceled story (withdrawn or killed) keeps its guid, with version + 1, `stat:canceled`, a note that tells why, an
empty `contentSet` and no words of the story but its headline, by which an editor finds what to take down.
"""

from collections.abc import Sequence

from lxml import etree

from syndicate.core.newsitem import Change, Feed, NewsItem, Party
from syndicate.outputs import words
from syndicate.outputs.body import XHTML, caption, in_xhtml, printed_body
from syndicate.outputs.dates import utc
from syndicate.outputs.newsmlg2_facts import NAR, content_meta, histories, party, rights_info
from syndicate.outputs.text import direction, language_tag, line, web_address
from syndicate.outputs.xml import add, in_namespace, put

ITEM_TYPE = "application/vnd.iptc.g2.newsitem+xml"
MESSAGE_TYPE = "application/vnd.iptc.g2.newsmessage+xml"

# every alias that we use (ninat, stat, sig, irel, hopaction, hatarget, drol, cpnat, medtop …) is declared in it
CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"

_SIGNALS = {Change.UPDATE: "sig:update", Change.CORRECTION: "sig:correction"}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def render_item(feed: Feed, item: NewsItem) -> bytes:
    """One story as a newsItem document."""
    root = in_namespace("newsItem", NAR)
    _fill(root, feed, item)
    return _written(root, [(root, item)])


def render_feed(feed: Feed, items: Sequence[NewsItem]) -> bytes:
    """A channel as a newsMessage (633). Canceled stories stay in it, as canceled items."""
    root = in_namespace("newsMessage", NAR)
    _header(add(root, f"{NAR}header"), feed)
    item_set = add(root, f"{NAR}itemSet")
    filled = []
    for item in items:
        element = add(item_set, f"{NAR}newsItem")
        _fill(element, feed, item)
        filled.append((element, item))
    if not items:
        # the schema (788) wants at least one element of its namespace here; an item that is no story would be
        # stored and shown by receivers, a reference to the catalog is passed over by all of them
        add(item_set, f"{NAR}catalogRef", {"href": CATALOG})
    return _written(root, filled)


def _header(header: etree._Element, feed: Feed) -> None:
    """`sent` is the last change of what the message holds, so that the same content is the same message."""
    put(header, f"{NAR}sent", utc(feed.changed_at))
    add(header, f"{NAR}catalogRef", {"href": CATALOG})
    put(header, f"{NAR}sender", line(feed.publisher.name))
    put(header, f"{NAR}transmitId", f"{feed.id}#{utc(feed.changed_at)}")
    put(header, f"{NAR}origin", feed.self_url)
    put(header, f"{NAR}channel", line(feed.title))


def _written(root: etree._Element, items: Sequence[tuple[etree._Element, NewsItem]]) -> bytes:
    """Indent the facts first and put the stories in afterwards: white space is a part of a text."""
    etree.indent(root)
    for element, item in items:
        if not item.canceled:
            _content(element[-1], item)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _fill(root: etree._Element, feed: Feed, item: NewsItem) -> None:
    for name, value in (("guid", item.guid), ("version", str(item.version))):
        root.set(name, line(value))
    root.set("standard", "NewsML-G2")
    root.set("standardversion", "2.35")
    root.set("conformance", "power")  # the default is core (872)
    if language := language_tag(item.language):
        root.set(_XML_LANG, language)
        if direction(language) == "rtl":
            root.set("dir", "rtl")
    add(root, f"{NAR}catalogRef", {"href": CATALOG})
    histories(root, feed, item)
    rights_info(root, item)
    _item_meta(add(root, f"{NAR}itemMeta"), feed, item)
    content_meta(add(root, f"{NAR}contentMeta"), item)
    add(root, f"{NAR}contentSet")


def _item_meta(meta: etree._Element, feed: Feed, item: NewsItem) -> None:
    """In the order of ItemManagementGroup (1251)."""
    add(meta, f"{NAR}itemClass", {"qcode": "ninat:text"})
    party(meta, "provider", item.provider if line(item.provider.name) else Party("", feed.base_url))  # mandatory (1257)
    put(meta, f"{NAR}versionCreated", utc(item.version_created))
    put(meta, f"{NAR}firstCreated", utc(item.first_created))
    put(meta, f"{NAR}embargoed", utc(item.rights.embargoed) if item.rights.embargoed else "")
    add(meta, f"{NAR}pubStatus", {"qcode": f"stat:{item.rights.pub_status}"})
    _section(meta, feed, item)
    put(meta, f"{NAR}title", words.headline(item))
    for note in _notes(item):
        put(meta, f"{NAR}edNote", note)
    if item.change in _SIGNALS and not item.canceled:
        add(meta, f"{NAR}signal", {"qcode": _SIGNALS[item.change]})
    put(meta, f"{NAR}expires", utc(item.rights.expires) if item.rights.expires else "")
    if original := web_address(item.original_url):
        add(meta, f"{NAR}link", {"rel": "irel:derivedFrom", "href": original, "contenttype": "text/html"})
    ours = {"rel": "irel:seeAlso", "href": feed.item_url(item), "contenttype": "text/html"}
    add(meta, f"{NAR}link", ours)


def _section(meta: etree._Element, feed: Feed, item: NewsItem) -> None:
    """The section of the paper is a `service`, "an editorial service to which an item is assigned" (1368).

    It is no `subject` (what the text is about) and no `genre` (what form it has). Its concept gets an address of ours,
    because `service` must be identified and a source's section is in no public vocabulary.
    """
    if name := line(item.section):
        service = add(meta, f"{NAR}service", {"uri": web_address(f"{feed.base_url}/sections/{name}")})
        put(service, f"{NAR}name", name)


def _notes(item: NewsItem) -> list[str]:
    """For editors, never readers: what the source and we have to tell them, the credit, and the pictures' own terms."""
    if item.canceled:
        return [words.cancellation(item)]
    notes = [line(item.ed_note), line(item.change_note), line(item.credit.text)]
    terms = ((caption(picture), words.picture_rights(picture)) for picture in item.pictures)
    return notes + [f"Picture “{name}”: {rights}" if name else f"Picture: {rights}" for name, rights in terms if rights]


def _content(content_set: etree._Element, item: NewsItem) -> None:
    """The story as one XHTML document in inlineXML (212)."""
    body = in_xhtml(printed_body(item))
    body.tag = f"{XHTML}body"
    html = in_namespace("html", XHTML)
    if language := language_tag(item.language):
        html.set("lang", language)
        html.set(_XML_LANG, language)
        html.set("dir", direction(language))
    put(add(html, f"{XHTML}head"), f"{XHTML}title", words.headline(item))
    html.append(body)
    add(content_set, f"{NAR}inlineXML", {"contenttype": "application/xhtml+xml"}).append(html)
