"""One NewsML-G2 newsItem of text as a story: itemMeta, contentMeta, contentSet. `outputs/newsmlg2` read backwards."""

from dataclasses import replace
from itertools import islice

from lxml import etree

from syndicate.core.errors import BadInput
from syndicate.core.newsitem import Change, Picture, SourceItem, Topic
from syndicate.ingest import contents, newscodes
from syndicate.ingest import newsmlg2_facts as facts
from syndicate.ingest.newscodes import Catalogue
from syndicate.ingest.newsmlg2_rights import change, rights
from syndicate.ingest.nitf_body import Body
from syndicate.ingest.parsed import Parsed
from syndicate.ingest.reading import Reading, checked_name, each, said, words

MOST_BROADER, LONGEST_NAME = 20, 200  # the Media Topics of IPTC are six levels deep


def read_item(item: etree._Element, catalogue: Catalogue, pictures: tuple[Picture, ...], reading: Reading) -> Parsed:
    """`pictures` are those that came in items of their own. Raises BadInput where the item has no identity."""
    external_id = _identity(item, reading)
    body = _body(item, reading)
    source = facts.info_source(item, reading)
    language = next((tag for tag in map(reading.language, facts.tags(item)) if tag), "")
    notes = each((*(words(note) for note in item.iterfind("itemMeta/edNote")), *body.notes))
    said_change = change(item)
    if (
        item.find("rightsInfo/rightsExpressionData") is not None
        or item.find("rightsInfo/rightsExpressionXML") is not None
    ):
        reading.warn("It carries its rights for programs too (rightsExpression), which are not read here.")
    story = SourceItem(
        external_id=external_id,
        headline=_in_language(item, "contentMeta/headline", language, ("", "main"))
        or body.headline
        or said(item, "itemMeta/title"),
        body_html=body.html,
        original_url=facts.original_url(item, source, reading),
        summary=_in_language(item, "contentMeta/description", language, ("summary", "abstract", "")) or body.summary,
        slugline=said(item, "contentMeta/slugline"),
        byline=said(item, "contentMeta/by") or body.byline,
        authors=facts.authors(item, source) or body.authors,
        dateline=said(item, "contentMeta/dateline") or body.dateline,
        section=said(item, "itemMeta/service/name"),
        topics=topics(item, catalogue, language),
        language=language,
        pictures=_together(pictures, body.pictures),
        rights=rights(item, reading),
        info_source=source,
        first_published=facts.first_published(item, source, reading),
        updated=reading.date(said(item, "itemMeta/versionCreated"), "versionCreated")
        or reading.date(said(item, "contentMeta/contentModified"), "contentModified"),
        ed_note="\n".join(notes),
        alt_ids=facts.alt_ids(item, external_id),
        hops=facts.hops(item, reading),
        source_version=reading.version(item.get("version", "")),
        credit_line=said(item, "contentMeta/creditline"),
        change=said_change,
        change_note=" ".join(notes) if said_change is not Change.NEW else "",
    )
    return reading.parsed(story)


def _together(items: tuple[Picture, ...], in_text: tuple[Picture, ...]) -> tuple[Picture, ...]:
    """Pictures that came as items, with the words for the blind that only a text has; then those of the text alone."""
    known = [(picture, {file.href for file in picture.renditions}) for picture in items]
    alts = {picture.url: picture.alt for picture in in_text}
    told = [replace(p, alt=p.alt or next((alts[url] for url in urls if url in alts), "")) for p, urls in known]
    shown = {url for _, urls in known for url in urls}
    return (*told, *(picture for picture in in_text if picture.url not in shown))


def _identity(item: etree._Element, reading: Reading) -> str:
    """`guid` is the same for all versions (NewsML-G2, persistent). An altId is the source's own and as lasting."""
    if guid := item.get("guid", "").strip():
        return checked_name(guid, "Its guid")
    if other := said(item, "contentMeta/altId"):
        reading.warn(f"It has no guid: its altId stands in, {other[:200]}.")
        return other
    raise BadInput("This newsItem has no guid, and no altId that could stand in: it could not be told from others.")


def _in_language(item: etree._Element, path: str, language: str, roles: tuple[str, ...]) -> str:
    """Of several the one in the content's language; before that, in the first of these roles that there is."""
    found = [element for element in item.iterfind(path) if words(element)]
    for role in roles:
        known = [element for element in found if newscodes.code(element, "role") == role]
        if known:
            return words(_best(known, language))
    return ""


def _best(elements: list[etree._Element], language: str) -> etree._Element:
    main = language.partition("-")[0].casefold()
    return next((e for e in elements if main and e.get("lang", "").partition("-")[0].casefold() == main), elements[0])


def topics(item: etree._Element, catalogue: Catalogue, language: str) -> tuple[Topic, ...]:
    """Subjects with their codes, then the keywords that no subject names already."""
    found = []
    for subject in item.iterfind("contentMeta/subject"):
        names = [name for name in subject.iterfind("name") if words(name)]
        name = words(_best(names, language)) if names else ""
        qcode = catalogue.qcode(subject.get("qcode", ""), subject.get("uri", "")) or subject.get("literal", "")
        found.append(Topic(name or ("" if qcode else subject.get("uri", "")), qcode, _broader(subject, catalogue)))
    named = {topic.name.casefold() for topic in found}
    keywords = [Topic(words(keyword)) for keyword in item.iterfind("contentMeta/keyword")]
    found += [keyword for keyword in keywords if keyword.name.casefold() not in named]
    return tuple(dict.fromkeys(topic for topic in found if topic.name or topic.qcode))


def _broader(subject: etree._Element, catalogue: Catalogue) -> tuple[str, ...]:
    """The wider concepts that a subject names (NewsML-G2 ConceptRelationshipsGroup), by code, else by name."""
    found = list(islice(subject.iterfind("broader"), MOST_BROADER))
    told = (catalogue.qcode(wider.get("qcode", ""), wider.get("uri", "")) or said(wider, "name") for wider in found)
    return tuple(dict.fromkeys(name for name in told if 0 < len(name) <= LONGEST_NAME))


def _body(item: etree._Element, reading: Reading) -> Body:
    """XHTML, else NITF, else data; an address alone is no text, and says so."""
    body = contents.from_elements(item.iterfind("contentSet/inlineXML"), reading)
    if body.html:
        return body
    data = item.iterfind("contentSet/inlineData")
    texts = [(d.text or "", d.get("contenttype", ""), d.get("encoding") or d.get("encodinguri") or "") for d in data]
    plain = contents.from_data(texts, reading)
    if not plain.html and (elsewhere := item.find("contentSet/remoteContent")) is not None:
        reading.keep_in(f"Its text did not come with it; it stands at {elsewhere.get('href', '')[:500]}.")
    return plain if plain.html else body
