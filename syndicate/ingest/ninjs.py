"""ninjs, IPTC's JSON for news: 1.x, 2.x, 3.x, and the dialect of Superdesk, in one reading.

3.x is 2.x in camelCase, so names are compared without their case; the other differences are spellings (`NAMES`), and
objects in 1.x where 2.x has lists. Superdesk writes 1.x, with `guid` and members of its own.
Schemas: iptc.org/std/ninjs.
"""

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput
from syndicate.core.newsitem import Change, Person, SourceItem, Topic
from syndicate.core.rights import PubStatus, Rights
from syndicate.ingest import jsondoc
from syndicate.ingest.markup import paragraphs
from syndicate.ingest.members import Members, each
from syndicate.ingest.ninjs_links import alt_ids, first_published, last_part, original_url, source_of
from syndicate.ingest.ninjs_pictures import pictures
from syndicate.ingest.ninjs_words import chosen
from syndicate.ingest.parsed import Envelope, Gone, Parsed, ParsedFeed
from syndicate.ingest.permission import licence_in
from syndicate.ingest.sniff import Sniff
from syndicate.ingest.text import one_line
from syndicate.ingest.topics import topic

MEDIA_TYPES = ("application/ninjs+json", "application/vnd.iptc.ninjs+json", "application/x-ndjson", "application/json")

# Ours | 2.x and 3.x, then 1.x, then Superdesk's. What all of them spell alike is asked for by that name.
NAMES: dict[str, tuple[str, ...]] = {
    "guid": ("uri", "guid"),
    "byline": ("by", "byline"),
    "embargoed": ("embargoeduntil", "embargoed"),
    "subjects": ("subjects", "subject"),
    "places": ("places", "place"),
    "organisations": ("organisations", "organisation"),
    "people": ("people", "person"),
}
_MARKS = frozenset(
    (
        *("versioncreated", "contentcreated", "pubstatus", "headlines", "bodies", "body_html", "body_xhtml"),
        *("body_text", "representationtype", "associations", "altids", "copyrightholder", "usageterms"),
    )
)
_STATUS = {status.value: status for status in PubStatus} | {
    "": PubStatus.USABLE,
    "cancelled": PubStatus.CANCELED,
    "withhold": PubStatus.WITHHELD,
}
_WRITERS = frozenset(["author", "writer", "creator", "reporter", "contributor", "correspondent", "by", "byline"])
_SIGNALS = {"correction": Change.CORRECTION, "update": Change.UPDATE}
_NOT_STORIES = ("picture", "graphic", "video", "audio", "event", "planning")


def looks_like(sniff: Sniff) -> bool:
    """An identity as text, and a member that only ninjs has; none that only ours or WordPress has."""
    names = {name.lower() for name in sniff.members}
    return (
        not names.isdisjoint(NAMES["guid"]) and not names.isdisjoint(_MARKS) and not names & {"external_id", "_links"}
    )


def parse(data: bytes, envelope: Envelope) -> ParsedFeed:
    """One item, an array of them, or one in each line. Raises BadInput where this is no JSON."""
    documents = jsondoc.load_many(data)
    return ParsedFeed(results=each(documents, lambda said: _item(said, envelope), envelope, fold=True))


def _item(said: Members, envelope: Envelope) -> Parsed | Gone:
    guid = said.identity(*NAMES["guid"])
    if not guid:
        raise BadInput("This ninjs item has no uri: nothing tells which story it is.")
    rights, hold = _rights(said, envelope)
    headline = _headline(said)
    body = _body(said)
    if rights.pub_status is PubStatus.CANCELED and not headline:
        return Gone(external_id=guid, reason=said.plain("ednote"))
    _check(said, guid, headline, body, rights)
    item = SourceItem(
        external_id=guid,
        headline=headline,
        body_html=body,
        original_url=original_url(said),
        summary=chosen(said, "descriptions", "description").words,
        slugline=said.line("slugline"),
        byline=one_line(said.plain(*NAMES["byline"])),
        authors=_authors(said),
        dateline=said.line("located"),
        section=_section(said),
        topics=_topics(said),
        language=said.language("language"),
        pictures=pictures(said),
        rights=rights,
        info_source=source_of(said, envelope.outlet),
        first_published=_first_published(said, envelope),
        updated=said.date("versioncreated", zone=envelope.zone),
        ed_note=said.plain("ednote"),
        alt_ids=alt_ids(said),
        source_version=said.number("version"),
        credit_line=said.line("creditline"),
        change=_change(said),
    )
    if earlier := said.line("evolvedfrom"):
        said.warn(f"It follows another story of its source: {earlier[:200]}.")
    return Parsed(item=item, warnings=said.told(), hold=hold)


def _headline(said: Members) -> str:
    headline = one_line(chosen(said, "headlines", "headline").words) or said.line("title")
    if not headline and (headline := said.line("slugline")):
        said.warn("It has no headline: its slugline stands for it.")
    return headline


def _check(said: Members, guid: str, headline: str, body: str, rights: Rights) -> None:
    """Refuses what is no story. A kill may come without a text."""
    kind = said.line("type").lower()
    if not body and kind in _NOT_STORIES:
        raise BadInput(f"{guid} is of type {kind} and has no text: no story.")
    if not headline:
        raise BadInput(f"{guid} has no headline.")
    if not body and rights.pub_status is not PubStatus.CANCELED:
        raise BadInput(f"{guid} has no body that can be read as HTML or as text.")


def _body(said: Members) -> str:
    body = chosen(said, "bodies", "body", html_first=True)
    return body.raw if body.is_html else paragraphs(body.raw)


def _rights(said: Members, envelope: Envelope) -> tuple[Rights, str]:
    """The rights, and why an editor must look where they cannot be known."""
    embargoed, no_embargo = said.limit(*NAMES["embargoed"], zone=envelope.zone)
    expires, no_end = said.limit("expires", zone=envelope.zone)
    written = said.line("pubstatus").lower()
    status = _STATUS.get(written)
    no_status = "" if status else f"pubstatus {written[:40]!r} is not known."
    rights = Rights(
        pub_status=status or PubStatus.WITHHELD,
        embargoed=embargoed,
        expires=expires,
        license=_licence(said),
        usage_terms=said.plain("usageterms"),
        copyright_holder=said.line("copyrightholder"),
        copyright_notice=said.plain("copyrightnotice"),
    )
    return rights, " ".join(filter(None, (no_embargo, no_end, no_status)))


def _licence(said: Members) -> str:
    """By its SPDX name where an address or the terms name one that we know, else the address."""
    address = said.part("rightsinfo").line("linkedrights")
    return licence_in((address, said.line("usageterms"))) or address


def _first_published(said: Members, envelope: Envelope) -> PartialDate | None:
    date = first_published(said, envelope.zone) or said.date("contentcreated", "firstpublished", zone=envelope.zone)
    if date is None and (date := said.date("firstcreated", zone=envelope.zone)):
        said.warn("It has no contentCreated: the date of its first version, firstCreated, stands for it.")
    return date


def _authors(said: Members) -> tuple[Person, ...]:
    """The people who wrote it. Superdesk names the desk's own staff in `authors` too, by their roles."""
    people = [(person, person.line("rel").lower()) for person in said.parts(*NAMES["people"])]
    written = [person for person, rel in people if last_part(rel) in _WRITERS]
    written += [person for person in said.parts("authors") if person.line("role").lower() in _WRITERS | {""}]
    return tuple(
        Person(name=name, url=person.address("uri") if person.line("uri").startswith("http") else "")
        for person in written
        if (name := person.line("name"))
    )


def _section(said: Members) -> str:
    """Superdesk's service; the subject that says of itself that it is one."""
    named = [subject for subject in said.parts(*NAMES["subjects"]) if _is_section(subject)]
    return next((part.line("name", "code") for part in (*said.parts("service"), *named)), "")


def _is_section(subject: Members) -> bool:
    return subject.line("rel").lower() == "section"


def _topics(said: Members) -> tuple[Topic, ...]:
    """Subjects, places and organisations with their codes, and the keywords that are none of them."""
    listed = [subject for kind in ("subjects", "places", "organisations") for subject in said.parts(*NAMES[kind])]
    subjects = [subject for subject in listed if not _is_section(subject)]
    coded = [topic for subject in subjects if (topic := _topic(subject))]
    names = {topic.name for topic in coded}
    return tuple(dict.fromkeys([*coded, *(Topic(word) for word in said.words("keywords") if word not in names)]))


def _topic(subject: Members) -> Topic | None:
    scheme, code = subject.line("scheme", "uri"), subject.line("code", "literal", "qcode", "uri")
    return topic(subject.line("name"), scheme=scheme, code=code)


def _change(said: Members) -> Change:
    """What the source signals of this version (Superdesk; IPTC scheme sig:)."""
    signals = said.parts("signal") if said.is_list("signal") else ()
    words = [last_part(signal.line("code", "qcode", "literal", "uri")) for signal in signals]
    return next((_SIGNALS[word] for word in words if word in _SIGNALS), Change.NEW)
