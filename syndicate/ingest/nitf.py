"""NITF 3.x, with a namespace or without, of any case: one document, one story.

Rules: NITF 3.6 (nitf-3-6.xsd). The identity is doc-id, "a unique, persistent identification"; a du-key may be used
again for other stories after a time, so it only stands in, with a warning. Where a story comes from is in `nitf_facts`.
"""

from lxml import etree

from syndicate.core.errors import BadInput
from syndicate.core.newsitem import Change, SourceItem
from syndicate.core.rights import PubStatus
from syndicate.ingest import nitf_facts as facts
from syndicate.ingest import xmldoc
from syndicate.ingest.nitf_body import read_body
from syndicate.ingest.nitf_facts import attribute
from syndicate.ingest.parsed import Envelope, Gone, Parsed, ParsedFeed
from syndicate.ingest.reading import Reading, check_count, checked_name, each, said
from syndicate.ingest.sniff import Sniff
from syndicate.ingest.text import one_line

MEDIA_TYPES = ("text/vnd.iptc.nitf", "application/nitf+xml", "application/xml", "text/xml")


def looks_like(sniff: Sniff) -> bool:
    return sniff.root[1].lower() == "nitf"


def parse(data: bytes, envelope: Envelope) -> ParsedFeed:
    """The story. Raises BadInput for what is no NITF, or has no identity."""
    root, doubts = xmldoc.load(data, envelope.media_type)
    root = xmldoc.plain_names(root, lower=True)
    if root.tag != "nitf":
        raise BadInput(f"This XML is a {str(root.tag)[:80]}; NITF begins with nitf.")
    found = root.find(".//docdata")
    docdata = found if found is not None else etree.Element("docdata")
    check_count(element for part in root.iter("head", "body.head") for element in part.iter(etree.Element))
    check_count(root.iter("media"))
    gone = _taken_back(docdata)
    if gone and not docdata.get("management-idref-status"):  # the document is that cancellation, and no story
        return ParsedFeed(results=(gone,))
    parsed = _read(root, docdata, Reading(envelope, dict.fromkeys(doubts)))
    return ParsedFeed(results=(parsed, gone) if gone else (parsed,))


def _read(root: etree._Element, docdata: etree._Element, reading: Reading) -> Parsed:
    external_id = _identity(root, docdata, reading)
    source = facts.info_source(root, reading)
    body = read_body(root, reading)
    rights = facts.rights(docdata, body, reading)
    notes = each((*(one_line(message.get("info", "")) for message in docdata.iterfind("ed-msg")), *body.notes))
    change = _change(docdata, rights.pub_status)
    told = attribute(docdata, "correction", "info") or attribute(root, "head/revision-history[last()]", "comment")
    version = attribute(docdata, "du-key", "generation") or attribute(docdata, "du-key", "version")
    story = SourceItem(
        external_id=external_id,
        headline=body.headline or said(root, "head/title"),
        body_html=body.html,
        original_url=facts.original_url(root, reading),
        summary=body.summary,
        slugline=facts.meta(root, "slugline", "slug", "anpa-keyword"),
        byline=body.byline,
        authors=body.authors or facts.writers(root, body.byline),
        dateline=body.dateline,
        section=attribute(root, "head/pubdata", "position.section"),
        topics=facts.topics(root, docdata),
        language=next((tag for tag in map(reading.language, facts.languages(root)) if tag), ""),
        pictures=body.pictures,
        rights=rights,
        info_source=source,
        first_published=facts.first_published(root, docdata, source, reading),
        updated=facts.updated(root, docdata, reading),
        ed_note="\n".join(notes),
        alt_ids=tuple(identity for identity in facts.identities(root, docdata) if identity != external_id),
        hops=facts.hops(root, docdata, reading),
        source_version=reading.version(version),
        credit_line=facts.meta(root, "creditline", "credit") or body.credit_line,
        change=change,
        change_note="" if change is Change.NEW else told or " ".join(notes),
    )
    return reading.parsed(story)


def _identity(root: etree._Element, docdata: etree._Element, reading: Reading) -> str:
    for path, name in (("doc-id", "id-string"), (".", "uno")):
        place = docdata if path == "doc-id" else root
        if written := next((text for e in place.iterfind(path) if (text := e.get(name, "").strip())), ""):
            return checked_name(written, f"Its {path if path != '.' else name}")
    if key := attribute(docdata, "du-key", "key"):
        reading.warn(f"It has no doc-id: its du-key stands in, which its sender may use again: {key[:200]}.")
        return key
    raise BadInput("This NITF has no doc-id with an id-string, and no du-key: it could not be told from others.")


def _change(docdata: etree._Element, status: PubStatus) -> Change:
    """By the kind of an editors' message, else by the status, the correction element, a later generation."""
    kinds, generation = facts.kinds_of_messages(docdata), attribute(docdata, "du-key", "generation")
    if status is PubStatus.CANCELED:
        return Change.KILL if kinds & facts.KILLS else Change.WITHDRAWAL
    if docdata.find("correction") is not None or "correction" in kinds:
        return Change.CORRECTION
    later = generation.isdecimal() and generation not in facts.FIRST
    return Change.UPDATE if later or "update" in kinds else Change.NEW


def _taken_back(docdata: etree._Element) -> Gone | None:
    """Another document that this one cancels: `management-doc-idref`, with the new status of what it names."""
    other = one_line(docdata.get("management-doc-idref", ""))
    status = docdata.get("management-idref-status") or docdata.get("management-status") or ""
    if not other or other == attribute(docdata, "doc-id", "id-string"):
        return None
    if status.strip().lower() not in ("canceled", "cancelled"):
        return None
    return Gone(
        external_id=other, reason=" ".join(each(one_line(m.get("info", "")) for m in docdata.iterfind("ed-msg")))
    )
