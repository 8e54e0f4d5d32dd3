"""One item while it is read: where words, dates and addresses are taken from XML, and what was odd is kept.

Trees are those of `xmldoc.plain_names`. Dates are ISO 8601 in the standards' two spellings: 2025-03-06T14:00:00Z and,
in NITF and NewsML 1.2, 20250306T140000Z.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree

from syndicate.core.dates import PartialDate, Precision
from syndicate.core.errors import BadFields, BadInput, TooLarge
from syndicate.core.newsitem import Change, Party, SourceItem
from syndicate.core.newsroom import Outlet
from syndicate.core.rights import PubStatus
from syndicate.ingest.fields import LANGUAGE, is_web_address
from syndicate.ingest.files import UPLOAD, named_file
from syndicate.ingest.origin import is_of, site_of
from syndicate.ingest.parsed import Envelope, Parsed
from syndicate.ingest.text import one_line


def names(text: str) -> frozenset[str]:
    """A set from a line of names."""
    return frozenset(text.split())


STATUSES = {
    "": PubStatus.USABLE,  # "usable by default" (NewsML-G2 XSD, pubStatus; NITF: the attribute is optional)
    "usable": PubStatus.USABLE,
    "embargoed": PubStatus.USABLE,  # NITF, NewsML 1.2: until its time
    "withheld": PubStatus.WITHHELD,
    "canceled": PubStatus.CANCELED,
    "cancelled": PubStatus.CANCELED,
}
SIGNALS = {
    "update": Change.UPDATE,
    "correction": Change.CORRECTION,
    "withdraw": Change.WITHDRAWAL,
    "withdrawal": Change.WITHDRAWAL,
    "kill": Change.KILL,
}
_MOST_CHARS = {
    "external_id": 500,
    "headline": 1000,
    "slugline": 500,
    "byline": 1000,
    "original_url": 2000,
    "section": 500,
}
_MOST = {"topics": 100, "authors": 50, "pictures": 200, "alt_ids": 50, "hops": 50}
_MOST_WARNINGS, _MOST_PARTS = 50, 5_000
_BLOCKS = names("p br li div block hl2 function byttl tr td th h1 h2 h3 h4 h5 h6")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})?([^0-9].*)?)?")
_ZONED_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})")
_SHORT_OFFSET = re.compile(r"(.*[0-9]T[0-9:.]+[+-][0-9]{2})")
_A_DAY = timedelta(days=1)
_TAG = re.compile(r"<[^<>]*>")


def words(element: etree._Element | None) -> str:
    """All the text in an element as one line; nothing for None."""
    if element is None:
        return ""
    parts = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in _BLOCKS:
            parts.append(" ")
        text = node.text if event == "start" else node.tail if node is not element else ""
        parts.append(text or "")
    return one_line("".join(parts))


def said(root: etree._Element, *paths: str) -> str:
    """The words of the first element, by these paths in their order, that has any."""
    found = (words(element) for path in paths for element in root.iterfind(path))
    return next((text for text in found if text), "")


def each(texts: Iterable[str]) -> tuple[str, ...]:
    """Those that say something, each once."""
    return tuple(dict.fromkeys(text for text in texts if text))


@dataclass(slots=True)
class Reading:
    """`hold` is the reason why an editor must look first; the first one found is told, the others are warnings."""

    envelope: Envelope
    noticed: dict[str, None] = field(default_factory=dict)
    hold: str = ""

    def warn(self, text: str) -> None:
        self.noticed[text] = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """Each once; of very many, the first."""
        more = len(self.noticed) - _MOST_WARNINGS
        first = tuple(islice(self.noticed, _MOST_WARNINGS))
        return (*first, f"And {more} more of this kind.") if more > 0 else first

    def keep_in(self, reason: str) -> None:
        if self.hold and self.hold != reason:
            self.warn(reason)
        self.hold = self.hold or reason

    def date(self, text: str, what: str) -> PartialDate | None:
        """As precise as it was written. What is no date is a warning, and no date."""
        try:
            return self._date(text, what) if text.strip() else None
        except BadInput as error:
            self.warn(f"{what}: {error.detail}.")
            return None

    def embargo(self, text: str, what: str) -> datetime | None:
        """The instant, in UTC. One that cannot be read is never dropped: it holds the story."""
        if not text.strip():
            self.keep_in(f"{what} is without an end: its source embargoes the story and does not say until when.")
            return None
        try:
            until = self._date(text, what)
        except BadInput as error:
            self.keep_in(f"{what} cannot be read: {error.detail}.")
            return None
        if until.precision is Precision.DAY and until.is_before(PartialDate.of(self.envelope.received - _A_DAY)):
            return None  # over, wherever that day was
        if until.instant is None:
            self.keep_in(f"{what} names no time of day, so when it ends is open: {until}.")
            return None
        return until.instant.astimezone(UTC)

    def end_of_rights(self, text: str, what: str) -> datetime | None:
        """The instant, in UTC, from which on it may not be used; of a day, its end. What cannot be read holds."""
        if not text.strip():
            return None
        try:
            end = self._date(text, what)
        except BadInput as error:
            self.keep_in(f"{what} cannot be read: {error.detail}.")
            return None
        if end.instant:
            return end.instant.astimezone(UTC)
        if end.precision is not Precision.DAY:
            self.keep_in(f"{what} names no day, so when the rights end is open: {end}.")
            return None
        midnight = datetime.combine(datetime.fromisoformat(end.text), time(), tzinfo=self.envelope.zone or UTC)
        last = (midnight + _A_DAY).astimezone(UTC)
        self.warn(f"{what} is a day, {end}: read as the end of that day, {last.isoformat()}.")
        return last

    def status(self, code: str) -> PubStatus:
        if code not in STATUSES:
            self.keep_in(f"Its source gives it the status “{one_line(code)[:80]}”, which is not known here.")
        return STATUSES.get(code, PubStatus.USABLE)

    def address(self, text: str | None) -> str:
        """An absolute http or https address, else nothing; a relative one where we know from which document."""
        written = (text or "").strip()
        if self.envelope.address and written:
            try:
                written = urljoin(self.envelope.address, written)
            except ValueError:
                return ""
        return written if is_web_address(written) else ""

    def file(self, text: str | None) -> str:
        """Where a file is: one that came with the document as `upload:NAME`, else its web address. Another is told."""
        written = (text or "").strip()
        if name := named_file(written, self.envelope.file_names):
            return UPLOAD + name
        address = self.address(written)
        if written and not address:
            self.warn(f"A file has no web address and did not come with the story: {one_line(written)[:200]}.")
        return address

    def language(self, tag: str) -> str:
        tag = tag.strip().replace("_", "-")
        if tag and not LANGUAGE.fullmatch(tag):
            self.warn(f"“{one_line(tag)[:40]}” is no language tag.")
            return ""
        return tag

    def version(self, text: str) -> int | None:
        """A version of the source's, a whole number from 0."""
        if not text.strip():
            return None
        if re.fullmatch(r"\s*[0-9]{1,15}\s*", text, re.ASCII):
            return int(text)
        self.warn(f"Its version is no number: “{one_line(text)[:40]}”.")
        return None

    def parsed(self, item: SourceItem) -> Parsed:
        """What was read, as it goes on. Raises BadFields where a text is longer than anybody could print or keep."""
        sizes = {name: len(getattr(item, name)) for name in _MOST_CHARS}
        wrong = {n: [f"Longer than {_MOST_CHARS[n]} characters."] for n, size in sizes.items() if size > _MOST_CHARS[n]}
        if wrong:
            raise BadFields(f"Too long: {', '.join(wrong)}.", errors=wrong)
        item = self._bounded(self._with_headline(item))
        if item.rights.pub_status is not PubStatus.CANCELED and not _TAG.sub("", item.body_html).strip():
            self.keep_in("It has no text.")
        return Parsed(item=item, warnings=self.warnings, hold=self.hold)

    def _bounded(self, item: SourceItem) -> SourceItem:
        many = {name: getattr(item, name) for name, most in _MOST.items() if len(getattr(item, name)) > most}
        for name, found in many.items():
            self.warn(f"Of its {len(found)} {name.replace('_', ' ')} the first {_MOST[name]} were kept.")
        return replace(item, **{name: found[: _MOST[name]] for name, found in many.items()})

    def _with_headline(self, item: SourceItem) -> SourceItem:
        if not item.headline and item.slugline:
            self.warn("It has no headline: its slugline stands in.")
            return replace(item, headline=item.slugline)
        if not item.headline and item.rights.pub_status is not PubStatus.CANCELED:
            self.keep_in("It has no headline.")
        return item

    def _date(self, text: str, what: str) -> PartialDate:
        date = PartialDate.parse(_extended(text.strip()), zone=self.envelope.zone)
        if date.assumed_zone:
            self.warn(f"{what} has no offset: read in the outlet's time zone as {date}.")
        return date


def _extended(text: str) -> str:
    """ISO 8601's basic form as its extended one; a day with an offset, as XML Schema has it, is the day."""
    if found := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, rest = found.groups()
        text = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second or '00'}{rest or ''}" if hour else "")
    if found := _ZONED_DAY.fullmatch(text):
        return found[1]
    return f"{text}:00" if _SHORT_OFFSET.fullmatch(text) else text


def check_count(elements: Iterable[etree._Element]) -> None:
    """Raises TooLarge for more elements than any newsroom writes there: each of them costs work."""
    if sum(1 for _ in islice(elements, _MOST_PARTS + 1)) > _MOST_PARTS:
        raise TooLarge(f"This item has more than {_MOST_PARTS:,} elements of metadata.")


def checked_name(name: str, what: str) -> str:
    """An identity exactly as written: two that differ must not become one. Raises BadInput."""
    name = name.strip()
    if name != one_line(name):
        raise BadInput(f"{what} has white space or characters in it that an identity may not have.")
    return name


def story_page(address: str) -> str:
    """The address, unless it is a site's front page, which is no story's."""
    parts = urlsplit(address)
    return address if parts.path.strip("/") or parts.query else ""


def is_outlet(who: Party, outlet: Outlet) -> bool:
    return (who.name != "" and who.name.casefold() == outlet.name.casefold()) or is_of(who.uri, outlet)


def same_party(one: Party, other: Party) -> bool:
    """By name without regard to case, or by the site of their addresses."""
    name, site = one.name.casefold(), site_of(one.uri)
    return bool((name and name == other.name.casefold()) or (site and site == site_of(other.uri)))
