"""NITF 3.6, one document for a story; without namespace too, for the many receivers that know no other.

Numbers in comments are lines of the official nitf-3-6.xsd. Every version of a story has the same `doc-id` and `du-key`;
the `generation` counts them. Dates of the original have its precision (`20260303` is a day): NITF asks for zeros where
a time is not known, which would be an invention. A canceled story (withdrawn or killed) keeps its identity and
provenance, has `management-status="canceled"`, a message that tells why, no words but its headline, and no permission.
Our own words are tagged as English wherever an element holds them: the body has the story's language.
"""

import re
from urllib.parse import urlsplit

from lxml import etree

from syndicate.core.newsitem import Change, Feed, NewsItem, Topic
from syndicate.core.rights import Rights
from syndicate.outputs import words
from syndicate.outputs.body import printed_body
from syndicate.outputs.dates import basic, utc_basic
from syndicate.outputs.nitf_body import nitf_blocks
from syndicate.outputs.provenance import Part, publications
from syndicate.outputs.text import language_tag, line, web_address
from syndicate.outputs.xml import add, element, put, rooted, say

MEDIA_TYPE = "text/vnd.iptc.nitf"  # as IANA registered it
INLINE_TYPE = "application/nitf+xml"  # as IPTC's own example of NITF in NewsML-G2 says

NITF = "{http://iptc.org/std/NITF/2006-10-18/}"

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_IN_ENGLISH = {_XML_LANG: "en"}
_SUBJECT = re.compile(r"(subj|medtop):([0-9]{8})")
_YEAR = re.compile(r"\b(?:1[89]|20)[0-9]{2}\b")


def render_item(feed: Feed, item: NewsItem) -> bytes:
    """One story as a document in NITF's namespace."""
    return _written(rooted(document(feed.base_url, item), NITF))


def render_plain_item(feed: Feed, item: NewsItem) -> bytes:
    """The same document without any namespace."""
    return _written(document(feed.base_url, item))


def document(base_url: str, item: NewsItem) -> etree._Element:
    """A whole `nitf`, without namespace."""
    root = element("nitf", {"version": "-//IPTC//DTD NITF 3.6//EN", "change.date": "September 11, 2009"})
    root.attrib.update({"change.time": "12:26", "uno": line(item.guid)})
    if language := language_tag(item.language):
        root.set("baselang", language)
    head = _head(base_url, item)
    etree.indent(head)
    say(root, head, _body(item))
    _in_lines(root)
    return root


def story(item: NewsItem, printed: etree._Element) -> etree._Element:
    """`nitf` with a body alone, for a document that tells the facts in words of its own; its content is one `block`."""
    content = element("body.content", {}, element("block", {}, *nitf_blocks(printed, item)))
    return element("nitf", {}, element("body", {}, element("body.head", {}, _hedline(item)), content))


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _in_lines(parent: etree._Element) -> None:
    """A line for each child: for elements that hold no text of their own, because white space is a part of a text."""
    parent.text = "\n"
    for child in parent:
        child.tail = "\n"


def _head(base_url: str, item: NewsItem) -> etree._Element:
    """In the order of the schema (175): title, meta, tobject, docdata, pubdata, revision-history."""
    head = element("head")
    put(head, "title", words.headline(item))
    if slugline := line(item.slugline):  # NITF has no element for it; receivers look for it here, as ANPA's keyword
        add(head, "meta", {"name": "anpa-keyword", "content": slugline})
    if not item.canceled:
        _subjects(head, item)
    _docdata(add(head, "docdata", {"management-status": str(item.rights.pub_status)}), base_url, item)
    _pubdata(head, base_url, item)
    _revisions(head, item)
    return head


def _subjects(head: etree._Element, item: NewsItem) -> None:
    subjects = [subject for topic in item.topics if (subject := _subject(topic))]
    if subjects:
        tobject = add(head, "tobject", {"tobject.type": "news"})
        for subject in subjects:
            add(tobject, "tobject.subject", subject)


def _subject(topic: Topic) -> dict[str, str]:
    """A code of IPTC's (380). A number alone is a Subject Code, so a Media Topic says that it is one."""
    if not (found := _SUBJECT.fullmatch(line(topic.qcode))):
        return {}
    scheme, code = found.groups()
    tier = _subject_tier(code) if scheme == "subj" else _media_topic_tier(code)
    provider = "" if scheme == "subj" else "IPTC Media Topics"
    return {
        "tobject.subject.ipr": provider,
        "tobject.subject.refnum": code,
        f"tobject.subject.{tier}": line(topic.name),
    }


def _subject_tier(code: str) -> str:
    """A Subject Code has two digits for its subject, three for its matter, three for its detail."""
    return "type" if code.endswith("000000") else "matter" if code.endswith("000") else "detail"


def _media_topic_tier(code: str) -> str:
    """Only the top Media Topics keep the form of a Subject Code; how deep any other stands its number does not tell."""
    return "type" if code.endswith("000000") else "matter"


def _docdata(docdata: etree._Element, base_url: str, item: NewsItem) -> None:
    ours = urlsplit(base_url).hostname or ""
    if item.change is Change.CORRECTION and not item.canceled:
        add(docdata, "correction", {"info": line(item.change_note), "id-string": line(item.guid), "regsrc": ours})
    add(docdata, "doc-id", {"regsrc": ours, "id-string": line(item.guid)})  # the first is the document's own
    for identity in dict.fromkeys(line(one) for one in (item.external_id, *item.alt_ids)):
        if identity:
            add(docdata, "doc-id", {"regsrc": words.outlet(item), "id-string": identity})
    add(docdata, "date.issue", {"norm": utc_basic(item.version_created)})
    if item.rights.embargoed:
        add(docdata, "date.release", {"norm": utc_basic(item.rights.embargoed)})
    if item.rights.expires:
        add(docdata, "date.expire", {"norm": utc_basic(item.rights.expires)})
    for message in _messages(item):
        add(docdata, "ed-msg", message)
    generation = str(item.version)
    add(docdata, "du-key", {"generation": generation, "version": generation, "key": line(item.guid)})
    _copyright(docdata, item)
    keywords = [] if item.canceled else [{"key": name} for topic in item.topics if (name := line(topic.name))]
    if keywords:
        key_list = add(docdata, "key-list")
        for keyword in keywords:
            add(key_list, "keyword", keyword)


def _messages(item: NewsItem) -> list[dict[str, str]]:
    """For editors, never readers, each with its kind: first what this version is, because many read only one."""
    if item.canceled:
        kind = "kill" if item.change is Change.KILL else "cancellation"
        return [{"msg-type": kind, "info": words.cancellation(item), **_IN_ENGLISH}]
    changed = str(item.change) if item.change in (Change.UPDATE, Change.CORRECTION) else "note"
    told = ((changed, line(item.change_note)), ("note", line(item.ed_note)))
    return [{"msg-type": kind, "info": note} for kind, note in told if note]


def _copyright(docdata: etree._Element, item: NewsItem) -> None:
    holder = line(words.copyright_holder(item).name)
    year = _YEAR.search(words.copyright_notice(item))
    if holder:
        add(docdata, "doc.copyright", {"year": year[0] if year else "", "holder": holder})


def _pubdata(head: etree._Element, base_url: str, item: NewsItem) -> None:
    """Where it was published when (1027), the original first."""
    for publication in publications(base_url, item):
        when, section = publication.hop.when, line(item.section) if publication.part is Part.ORIGIN else ""
        page = web_address(publication.hop.uri)
        told = {"type": "web" if page else "", "date.publication": basic(when) if when else ""}
        told |= {"name": line(publication.hop.party.name), "position.section": section}
        add(head, "pubdata", {**told, "ex-ref": page})


def _revisions(head: etree._Element, item: NewsItem) -> None:
    """Who did what (1146): the original's authors, then us."""
    us = line(item.provider.name)
    names = [line(author.name) for author in item.authors] or [line(item.byline)]
    for author in filter(None, names):
        written = basic(item.first_published) if item.first_published else ""
        add(head, "revision-history", {"name": author, "function": "writer-author", "norm": written})
    republished = {"norm": utc_basic(item.first_created), "comment": "Republished", **_IN_ENGLISH}
    add(head, "revision-history", {"name": us, "function": "editor", **republished})
    if item.version > 1:
        changed = {"norm": utc_basic(item.version_created), "comment": line(item.change_note) or str(item.change)}
        add(head, "revision-history", {"name": us, "function": "editor", **changed})


def _body(item: NewsItem) -> etree._Element:
    body = element("body", {_XML_LANG: language_tag(item.language)})
    head, content = add(body, "body.head"), add(body, "body.content")
    say(head, _hedline(item))
    _front(head, item)
    if not item.canceled:
        content.extend(nitf_blocks(printed_body(item), item))
        _in_lines(content)
    if credit_line := line(item.credit_line):
        say(body, element("body.end", {}, element("tagline", {}, credit_line)))
    _in_lines(head)
    _in_lines(body)
    return body


def _hedline(item: NewsItem) -> etree._Element:
    return element("hedline", {}, element("hl1", {}, words.headline(item)))


def _front(head: etree._Element, item: NewsItem) -> None:
    """What stands above the story, in the order of the schema (1234)."""
    if notice := words.copyright_notice(item):
        paragraph = element("p", {}, element("copyrite", {}, notice))
        say(head, element("note", {"noteclass": "cpyrt"}, element("body.content", {}, paragraph)))
    if len(rights := _rights(item)):
        say(head, rights)
    if len(byline := _byline(item)) or byline.text:
        say(head, byline)
    if us := line(item.provider.name):
        address = web_address(item.provider.uri)
        identity = {"idsrc": "uri", "value": address} if address else {}
        say(head, element("distributor", {}, element("org", identity, us)))
    if dateline := line(item.dateline):
        say(head, element("dateline", {}, element("location", {}, dateline)))
    if (summary := line(item.summary)) and not item.canceled:
        say(head, element("abstract", {}, element("p", {}, summary)))


def _byline(item: NewsItem) -> etree._Element:
    """The printed line. Its author is marked where the line is "By" and one name: receivers built on Superdesk join
    the line's first words and its first person, and would lose a second one.
    """
    printed = line(item.written_by)
    names = [name for author in item.authors if (name := line(author.name))]
    before = printed.removesuffix(names[0]) if len(names) == 1 else printed
    if not before.strip() or before == printed:
        return element("byline", {}, printed)
    (author,) = (author for author in item.authors if line(author.name))
    address = web_address(author.url)
    identity = {"idsrc": "uri", "value": address} if address else {}
    return element("byline", {}, before, element("person", identity, names[0]))


def _rights(item: NewsItem) -> etree._Element:
    """Whose it is and what may be done with it (1343)."""
    holder, told = words.copyright_holder(item), element("rights")
    put(told, "rights.owner", line(holder.name), {"contact": web_address(holder.uri)})
    if not item.canceled:
        _permission(told, item.rights)
    return told


def _permission(told: etree._Element, rights: Rights) -> None:
    """A licence that we know is told in our words, all else in the source's."""
    if rights.expires:
        add(told, "rights.enddate", {"norm": utc_basic(rights.expires)}).text = utc_basic(rights.expires)
    address = f" ({rights.licence.url})" if rights.licence else ""
    put(told, "rights.type", f"{words.licence(rights)}{address}", _IN_ENGLISH if rights.licence else {})
    put(told, "rights.limitations", line(rights.usage_terms))
