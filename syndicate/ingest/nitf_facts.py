"""Where a NITF document comes from, whose it is, when it may be used and what it is about: the facts of its head.

Rules: NITF 3.6, docdata, pubdata, revision-history, rights. The first `pubdata` is the original publication. A time of
midnight there and in `date.issue` is a day: the standard writes a day so "when no time is available". An absent or
empty `date.release` is no embargo, "it is assumed to be on receipt", unless the status says that there is one.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Hop, Party, Person, Topic
from syndicate.core.rights import PubStatus, Rights
from syndicate.ingest.nitf_body import Body
from syndicate.ingest.permission import licence_alone, licence_in
from syndicate.ingest.reading import Reading, each, is_outlet, said, story_page, words
from syndicate.ingest.text import one_line

FIRST = frozenset({"", "0", "1"})  # generations that follow no other
KILLS = frozenset({"kill", "killed", "mandatory kill", "mandatorykill"})
RECALLS = KILLS | {"withdraw", "withdrawal", "cancellation"}

_MIDNIGHT = re.compile(r"\s*([0-9]{8})T?000000(?:Z|[+-][0-9]{2}:?[0-9]{2})?\s*")
_IDENTIFIED = ("person", "org", "location", "event", "object.title", "function", "classifier", "virtloc")
_SUBJECT = re.compile(r"[0-9]{8}")
_MEDIA_TOPICS = re.compile(r"media ?topic|medtop", re.IGNORECASE)


def attribute(root: etree._Element, path: str, name: str) -> str:
    """Of the first element of this path that has the attribute."""
    return next((text for e in root.iterfind(path) if (text := one_line(e.get(name, "")))), "")


def meta(root: etree._Element, *names: str) -> str:
    """What NITF has no element for, many senders say in `meta name content`."""
    found = {e.get("name", "").strip().lower(): one_line(e.get("content", "")) for e in root.iterfind("head/meta")}
    return next((found[name] for name in names if found.get(name)), "")


def languages(root: etree._Element) -> Iterator[str]:
    yield from (e.get("lang", "") for e in (root, *root.iterfind("body"), *root.iterfind("body/body.content")))
    yield from (root.get("baselang", ""), meta(root, "language", "lang"))


def info_source(root: etree._Element, reading: Reading) -> Party:
    """Where it was published first, unless that is the outlet itself."""
    original = root.find("head/pubdata")
    found = _publisher(original, reading) if original is not None else Party()
    return Party() if is_outlet(found, reading.envelope.outlet) else found


def original_url(root: etree._Element, reading: Reading) -> str:
    original = root.find("head/pubdata")
    return story_page(reading.address(original.get("ex-ref"))) if original is not None else ""


def first_published(
    root: etree._Element, docdata: etree._Element, source: Party, reading: Reading
) -> PartialDate | None:
    if when := _day_or_time(attribute(root, "head/pubdata[1]", "date.publication"), "Its publication", reading):
        return when
    issued = _day_or_time(attribute(docdata, "date.issue", "norm"), "date.issue", reading)
    first = attribute(docdata, "du-key", "generation") in FIRST
    if issued and first and source == Party():
        reading.warn(f"Its date of publication is not given: its date of issue, {issued}, stands in.")
        return issued
    return None


def updated(root: etree._Element, docdata: etree._Element, reading: Reading) -> PartialDate | None:
    """The later of the last revision and of the issue."""
    texts = [(e.get("norm", ""), "Its last revision") for e in root.iterfind("head/revision-history")]
    texts.append((attribute(docdata, "date.issue", "norm"), "date.issue"))
    latest: PartialDate | None = None
    for text, what in texts:
        found = _day_or_time(text, what, reading)
        if found and (latest is None or latest.is_before(found)):
            latest = found
    return latest


def _day_or_time(text: str, what: str, reading: Reading) -> PartialDate | None:
    midnight = _MIDNIGHT.fullmatch(text)
    return reading.date(midnight[1] if midnight else text, what)


def hops(root: etree._Element, docdata: etree._Element, reading: Reading) -> tuple[Hop, ...]:
    """Its publications, the original first, and the services that delivered it (`del-list`)."""
    found = []
    for entry in root.iterfind("head/pubdata"):
        when = _day_or_time(entry.get("date.publication", ""), "Its publication", reading)
        found.append(
            Hop(party=_publisher(entry, reading), when=when, uri=story_page(reading.address(entry.get("ex-ref"))))
        )
    names = each(one_line(source.get("src-name", "")) for source in docdata.iterfind("del-list/from-src"))
    known = {hop.party.name.casefold() for hop in found}
    found += [Hop(party=Party(name)) for name in names if name.casefold() not in known]
    return tuple(hop for hop in found if hop.party != Party())


def _publisher(entry: etree._Element, reading: Reading) -> Party:
    """By its name, else by its site; the address is that of its site."""
    page = urlsplit(reading.address(entry.get("ex-ref")))
    site = f"{page.scheme}://{page.netloc}/" if page.netloc else ""
    return Party(one_line(entry.get("name", "")) or (page.hostname or ""), site)


def identities(root: etree._Element, docdata: etree._Element) -> tuple[str, ...]:
    """Names that it alone has, and that of the document which it corrects. A du-key is used again: it is none."""
    attributes = (("doc-id", "id-string"), ("correction", "id-string"))
    found = [one_line(e.get(name, "")) for path, name in attributes for e in docdata.iterfind(path)]
    return each((*found, one_line(root.get("uno", ""))))


def writers(root: etree._Element, byline: str) -> tuple[Person, ...]:
    """Who wrote it by its history. One name that is the whole byline may be any number of people, and is nobody's."""
    history = root.iterfind("head/revision-history")
    names = each(one_line(e.get("name", "")) for e in history if e.get("function") == "writer-author")
    return tuple(Person(name=name) for name in names) if names != (byline,) else ()


def topics(root: etree._Element, docdata: etree._Element) -> tuple[Topic, ...]:
    """Subjects with their codes, what the head identifies, keywords: each name once."""
    found = [_subject(subject) for subject in root.iterfind("head/tobject/tobject.subject")]
    listed = [e for e in docdata.iterfind("identified-content/*") if e.tag in _IDENTIFIED]
    names = [words(e) or one_line(e.get("value", "")) for e in listed]
    names += [one_line(keyword.get("key", "")) or words(keyword) for keyword in docdata.iterfind("key-list/keyword")]
    coded = {topic.name.casefold() for topic in found}
    found += [Topic(name) for name in each(names) if name.casefold() not in coded]
    return tuple(dict.fromkeys(topic for topic in found if topic.name or topic.qcode))


def _subject(subject: etree._Element) -> Topic:
    """The narrowest name. Eight digits are an IPTC code: a Subject Code, or a Media Topic where its provider says so.

    No Subject Code begins with 2, and most Media Topics do: of them a sender need not say it.
    """
    parts = (one_line(subject.get(f"tobject.subject.{part}", "")) for part in ("detail", "matter", "type"))
    number = one_line(subject.get("tobject.subject.refnum", ""))
    said_so = _MEDIA_TOPICS.search(subject.get("tobject.subject.ipr", ""))
    scheme = "medtop" if said_so or number.startswith("2") else "subj"
    return Topic(next((p for p in parts if p), ""), f"{scheme}:{number}" if _SUBJECT.fullmatch(number) else "")


def kinds_of_messages(docdata: etree._Element) -> set[str]:
    return {message.get("msg-type", "").strip().lower() for message in docdata.iterfind("ed-msg")}


def rights(docdata: etree._Element, body: Body, reading: Reading) -> Rights:
    status = docdata.get("management-status", "").strip().lower()
    pub_status = reading.status(status)
    terms = each(_terms(docdata, body))
    starts = attribute(docdata, "doc.rights", "startdate") or body.rights.get("rights.startdate", "")
    if starts:
        reading.warn(f"Its rights start at {starts[:80]}.")
    return Rights(
        pub_status=PubStatus.CANCELED if kinds_of_messages(docdata) & RECALLS else pub_status,
        embargoed=_embargo(docdata, status, reading),
        expires=_end(docdata, body, reading),
        license=next(filter(None, map(licence_alone, terms)), "") or licence_in(terms),
        usage_terms="\n".join(text for text in terms if not licence_alone(text)),
        copyright_holder=attribute(docdata, "doc.copyright", "holder")
        or body.rights.get("rights.owner", "")
        or attribute(docdata, "doc.rights", "owner"),
        copyright_notice="\n".join(body.notices),
    )


def _terms(docdata: etree._Element, body: Body) -> Iterator[str]:
    for name in ("type", "limitations", "geography"):
        yield body.rights.get(f"rights.{name}", "")
        yield attribute(docdata, "doc.rights", name)


def _embargo(docdata: etree._Element, status: str, reading: Reading) -> datetime | None:
    release = attribute(docdata, "date.release", "norm") or said(docdata, "date.release")
    if not release and status != "embargoed":
        return None
    return reading.embargo(release, "Its embargo (date.release)")


def _end(docdata: etree._Element, body: Body, reading: Reading) -> datetime | None:
    texts = (
        (attribute(docdata, "date.expire", "norm"), "Its end (date.expire)"),
        (attribute(docdata, "doc.rights", "enddate"), "The end of its rights"),
        (body.rights.get("rights.enddate", ""), "The end of its rights"),
    )
    return min((end for text, what in texts if (end := reading.end_of_rights(text, what))), default=None)
