"""NewsML 1.0 to 1.2: one document, one story for each NewsItem with a text in it.

Rules: NewsML 1.2 functional specification. PublicIdentifier ends with the revision (urn:newsml:provider:date:item:1N),
so the identity is what stands before it. NewsComponents nest freely and senders use them freely: the text is the best
of all ContentItems, facts are those of the outermost component that has them, pictures are components of their own.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from lxml import etree

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput, SyndicateError
from syndicate.core.newsitem import Change, Party, Person, SourceItem, Topic
from syndicate.core.rights import PubStatus, Rights
from syndicate.ingest import contents, xmldoc
from syndicate.ingest.newsml1_pictures import pictures, shows_text
from syndicate.ingest.nitf_body import Body
from syndicate.ingest.parsed import Envelope, Parsed, ParsedFeed, Result
from syndicate.ingest.permission import licence_alone, licence_in
from syndicate.ingest.reading import SIGNALS, Reading, check_count, checked_name, each, is_outlet, said, words
from syndicate.ingest.sniff import Sniff
from syndicate.ingest.text import one_line

MEDIA_TYPES = ("text/vnd.iptc.newsml", "application/xml", "text/xml")

Parts = tuple[etree._Element, ...]

_URN_PARTS = 6  # urn:newsml:provider:date:item:revision


def looks_like(sniff: Sniff) -> bool:
    return sniff.root[1] == "NewsML"


def parse(data: bytes, envelope: Envelope) -> ParsedFeed:
    """Its stories, in order. Raises BadInput for what is no NewsML 1, or holds no NewsItem."""
    root, doubts = xmldoc.load(data, envelope.media_type)
    root = xmldoc.plain_names(root)
    if root.tag != "NewsML":
        raise BadInput(f"NewsML 1 begins with NewsML; this is a {str(root.tag)[:80]}.")
    items = list(root.iter("NewsItem"))
    if not items:
        raise BadInput("This NewsML has no NewsItem.")
    return ParsedFeed(
        results=tuple(
            _result(position, item, Reading(envelope, dict.fromkeys(doubts))) for position, item in enumerate(items)
        )
    )


def _result(position: int, item: etree._Element, reading: Reading) -> Result:
    try:
        return _read(item, reading)
    except SyndicateError as refusal:
        refusal.extra.setdefault("position", position)
        return refusal


def _read(item: etree._Element, reading: Reading) -> Parsed:
    external_id = _identity(item)
    check_count(element for element in item.iter(etree.Element) if element.tag[:1].isupper())  # none of its text's
    parts = tuple(_components(item))
    management = item.find("NewsManagement")
    management = management if management is not None else etree.Element("NewsManagement")
    language = next((tag for tag in map(reading.language, _languages(item, parts)) if tag), "")
    source = _source(parts, reading)
    topics, shown = _topics(parts), pictures(item, reading)
    facts = _facts(item, parts)
    change = _change(management)
    rights = _rights(parts, management, facts, reading)
    if change in (Change.KILL, Change.WITHDRAWAL):
        rights = replace(rights, pub_status=PubStatus.CANCELED)
    notes = each(_notes(item, management))
    body = _body(parts, reading)
    if not (body.html or facts["headline"]) and shown:
        raise BadInput("A picture by itself is no story, and this NewsItem has no text.")
    story = SourceItem(
        external_id=external_id,
        headline=facts["headline"] or body.headline,
        body_html=body.html,
        summary=facts["summary"] or body.summary,
        slugline=facts["slugline"],
        byline=facts["byline"] or body.byline,
        authors=_authors(parts) or body.authors,
        dateline=facts["dateline"] or body.dateline,
        topics=topics,
        language=language,
        pictures=(*shown, *body.pictures),
        rights=rights,
        info_source=source,
        first_published=_first_published(management, source, reading),
        updated=reading.date(said(management, "ThisRevisionCreated"), "ThisRevisionCreated"),
        ed_note="\n".join(each((*notes, *body.notes))),
        alt_ids=_alt_ids(item, external_id),
        source_version=reading.version(said(item, "Identification/NewsIdentifier/RevisionId")),
        credit_line=facts["credit_line"],
        change=change,
        change_note=" ".join(notes) if change is not Change.NEW else "",
    )
    return reading.parsed(story)


# Identity


def _identity(item: etree._Element) -> str:
    """Provider, date and item name it for all its revisions."""
    identifier = item.find("Identification/NewsIdentifier")
    parts = ("ProviderId", "DateId", "NewsItemId")
    named = [said(identifier, part) for part in parts] if identifier is not None else []
    if named and all(named):
        return checked_name(f"urn:newsml:{':'.join(named)}", "Its NewsIdentifier")
    public = said(item, "Identification/NewsIdentifier/PublicIdentifier").split(":")
    if public[:2] == ["urn", "newsml"] and len(public) >= _URN_PARTS:
        return checked_name(":".join(public[:-1]), "Its PublicIdentifier")
    raise BadInput("This NewsItem has no NewsIdentifier of provider, date and item: it could not be told from others.")


def _alt_ids(item: etree._Element, external_id: str) -> tuple[str, ...]:
    found = each(words(e) for e in item.iterfind("Identification/NewsIdentifier/PublicIdentifier"))
    return tuple(identity for identity in found if identity != external_id)


# Facts


def _components(item: etree._Element) -> Iterator[etree._Element]:
    """Those of this item's own story, outermost first: no picture's, and none of an item within."""
    waiting = deque(item.iterfind("NewsComponent"))
    while waiting:
        component = waiting.popleft()
        if shows_text(component) or component.find("NewsComponent") is None:
            yield component
            waiting.extend(component.iterfind("NewsComponent"))


def _first(parts: Parts, *paths: str) -> str:
    return next((text for component in parts if (text := said(component, *paths))), "")


def _facts(item: etree._Element, parts: Parts) -> dict[str, str]:
    """What the lines say, each of the outermost component that has it."""
    lines = {
        "headline": "HeadLine",
        "summary": "SubHeadLine",
        "slugline": "SlugLine",
        "byline": "ByLine",
        "dateline": "DateLine",
        "credit_line": "CreditLine",
        "copyright": "CopyrightLine",
        "terms": "RightsLine",
    }
    found = {name: _first(parts, f"NewsLines/{line}") for name, line in lines.items()}
    found["slugline"] = found["slugline"] or said(item, "Identification/NameLabel")
    return found


def _formal(root: etree._Element, *paths: str) -> str:
    found = (one_line(e.get("FormalName", "")) for path in paths for e in root.iterfind(path))
    return next((name for name in found if name), "")


def _languages(item: etree._Element, parts: Parts) -> Iterator[str]:
    for component in parts:
        yield _formal(component, "DescriptiveMetadata/Language")
    yield from (e.get("lang", "") for e in (*parts, item))


def _source(parts: Parts, reading: Reading) -> Party:
    """`Source` originated it; `Provider` only sends."""
    for component in parts:
        name = _formal(component, "AdministrativeMetadata/Source/Party")
        if name and not is_outlet(Party(name), reading.envelope.outlet):
            return Party(name)
    return Party()


def _authors(parts: Parts) -> tuple[Person, ...]:
    """Creators, unless one is also its provider or source: then it is an organisation."""
    paths = ("AdministrativeMetadata/Provider/Party", "AdministrativeMetadata/Source/Party")
    parties = {_formal(component, path).casefold() for component in parts for path in paths}
    found = (
        one_line(party.get("FormalName", ""))
        for component in parts
        for party in component.iterfind("AdministrativeMetadata/Creator/Party")
    )
    return tuple(Person(name=name) for name in each(found) if name.casefold() not in parties)


def _topics(parts: Parts) -> tuple[Topic, ...]:
    """Subject Codes of eight digits, the narrowest of each SubjectCode; then keywords."""
    found = []
    for component in parts:
        for subject in component.iterfind("DescriptiveMetadata/SubjectCode"):
            codes = [
                _formal(subject, part) for part in ("SubjectDetail", "SubjectMatter", "SubjectQualifier", "Subject")
            ]
            found += [_topic(code) for code in codes if code][:1]
        lines = [words(line) for line in component.iterfind("NewsLines/KeywordLine")]
        keywords = [e.get("Value", "") for e in component.iter("Property") if e.get("FormalName") == "Keyword"]
        found += [Topic(one_line(name)) for text in (*lines, *keywords) for name in text.replace(";", ",").split(",")]
    return tuple(dict.fromkeys(topic for topic in found if topic.name or topic.qcode))


def _topic(code: str) -> Topic:
    digits = code.removeprefix("subj:")
    return Topic("", f"subj:{digits}") if digits.isascii() and digits.isdecimal() else Topic(code)


def _first_published(management: etree._Element, source: Party, reading: Reading) -> PartialDate | None:
    created = reading.date(said(management, "FirstCreated"), "FirstCreated")
    if created and source == Party():
        reading.warn(f"Its own date is not given: the date when its sender first made it, {created}, stands in.")
        return created
    return None


# Rights and status


def _rights(parts: Parts, management: etree._Element, facts: dict[str, str], reading: Reading) -> Rights:
    status = _formal(management, "Status").lower()
    terms = each((facts["terms"], *(_usage(component) for component in parts)))
    embargoed, expires = _changes_of_status(management, status, reading)
    return Rights(
        pub_status=reading.status(status),
        embargoed=embargoed,
        expires=expires,
        license=next(filter(None, map(licence_alone, terms)), "") or licence_in(terms),
        usage_terms="\n".join(text for text in terms if not licence_alone(text)),
        copyright_holder=_first(parts, "RightsMetadata/Copyright/CopyrightHolder"),
        copyright_notice=facts["copyright"],
    )


def _usage(component: etree._Element) -> str:
    parts = ("UsageType", "Geography", "Limitations")
    rights = component.iterfind("RightsMetadata/UsageRights")
    return " ".join(each(said(right, part) for right in rights for part in parts))


def _changes_of_status(
    management: etree._Element, status: str, reading: Reading
) -> tuple[datetime | None, datetime | None]:
    """StatusWillChange: an embargo ends where it becomes usable, its use where it becomes anything else."""
    embargoed = expires = None
    told = list(management.iterfind("StatusWillChange"))
    for change in told:
        future, when = _formal(change, "FutureStatus").lower(), said(change, "DateAndTime")
        if future == "usable":
            embargoed = reading.embargo(when, "Its embargo (StatusWillChange)")
        elif not when.strip():
            reading.keep_in(f"It will become “{future[:80]}”, and it does not say when.")
        else:
            expires = reading.end_of_rights(when, "The end of its use (StatusWillChange)")
    if status == "embargoed" and not any(_formal(c, "FutureStatus").lower() == "usable" for c in told):
        reading.embargo("", "Its embargo")
    return embargoed, expires


def _change(management: etree._Element) -> Change:
    told = [_formal(instruction, ".").lower() for instruction in management.iterfind("Instruction")]
    canceled = _formal(management, "Status").lower() in ("canceled", "cancelled")
    return next((SIGNALS[name] for name in told if name in SIGNALS), Change.WITHDRAWAL if canceled else Change.NEW)


def _notes(item: etree._Element, management: etree._Element) -> Iterator[str]:
    yield from (words(comment) for comment in item.iterfind("Comment"))
    yield from (words(instruction) for instruction in management.iterfind("Instruction"))


# Text


def _body(parts: Parts, reading: Reading) -> Body:
    roots: list[etree._Element] = []
    texts: list[tuple[str, str, str]] = []
    for content in (c for component in parts for c in component.iterfind("ContentItem")):
        mime = _formal(content, "MimeType", "Format")
        for data in content.iter("DataContent"):
            encoding = data.getparent()
            name = encoding.get("Notation", "") if encoding is not None and encoding.tag == "Encoding" else ""
            if len(data):
                roots.append(data)
            elif (data.text or "").strip():
                texts.append((data.text or "", mime if "/" in mime else "", name.lower()))
    body = contents.from_elements(roots, reading)
    return body if body.html else contents.from_data(texts, reading)
