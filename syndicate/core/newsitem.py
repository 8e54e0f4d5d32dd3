"""The story as a value: what a source said (`SourceItem`) and one version of what we publish (`NewsItem`).

Field names are IPTC's (NewsML-G2, ninjs). Text fields are plain text; only `body_html` is HTML, cleaned, an
XHTML-compatible fragment. Empty text means that the source did not say.
"""

import re
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from syndicate.core.credit import Credit
from syndicate.core.dates import PartialDate
from syndicate.core.rights import PubStatus, Rights

_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation: its name as printed and, where known, an address that identifies it."""

    name: str = ""
    uri: str = ""

    @property
    def site(self) -> str:
        """The host of its address, as a reader would type it."""
        return _host(self.uri)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str
    affiliation: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject in words and, where the source coded it, as a QCode such as `medtop:20000053`.

    `broader` are the wider subjects that it belongs to, QCodes or names, where the source says so.
    """

    name: str
    qcode: str = ""
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One file of a picture. Width and height in pixels, size in bytes, None where unknown.

    `name` is IPTC's for its purpose (NewsCodes `rnd:`): highRes, web or thumb; empty where the source did not say.
    """

    href: str
    name: str = ""
    content_type: str = ""
    width: int | None = None
    height: int | None = None
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture with its own credit and rights; the story's licence does not cover it.

    A printed page gives a caption without a file: then there are no renditions. `focus` is the point that a crop must
    keep, from the left and from the top as parts of 1, where the source gave one.
    """

    caption: str = ""
    credit: str = ""
    alt: str = ""
    usage_terms: str = ""
    copyright_holder: str = ""
    copyright_notice: str = ""
    focus: tuple[float, float] | None = None
    renditions: tuple[Rendition, ...] = ()

    @property
    def url(self) -> str:
        return self.renditions[0].href if self.renditions else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One publisher through whose hands the story came to us, oldest first (NewsML-G2 hopHistory)."""

    party: Party
    when: PartialDate | None = None
    uri: str = ""


class Change(StrEnum):
    """What a version is to one who has the version before it (IPTC signal scheme `sig:`).

    A minor change, such as of a comma, has no signal there: nobody need do anything about it.
    """

    NEW = "new"
    MINOR = "minor"
    UPDATE = "update"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    KILL = "kill"
    REVOKED = "access-revoked"  # to one reader: the story goes on for others


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceItem:
    """One story as one outlet told it, at one version of theirs. No edit of ours changes any of it.

    `info_source` is who the facts came from, where that is not the outlet that sent it. `credit_line` is the credit as
    the source wants it printed. `change` and `change_note` are what it says of this version itself.
    """

    external_id: str
    headline: str
    body_html: str = ""
    original_url: str = ""
    summary: str = ""
    slugline: str = ""
    byline: str = ""
    authors: tuple[Person, ...] = ()
    dateline: str = ""
    section: str = ""
    topics: tuple[Topic, ...] = ()
    language: str = ""
    pictures: tuple[Picture, ...] = ()
    rights: Rights = field(default_factory=Rights)
    info_source: Party = Party()
    first_published: PartialDate | None = None
    updated: PartialDate | None = None
    ed_note: str = ""
    alt_ids: tuple[str, ...] = ()
    hops: tuple[Hop, ...] = ()
    source_version: int | None = None
    credit_line: str = ""
    change: Change = Change.NEW
    change_note: str = ""

    @property
    def site(self) -> str:
        """Where it appeared first, as the credit names it: the host of the story, else of its source."""
        return _host(self.original_url) or self.info_source.site

    @property
    def words(self) -> int:
        return len(_TAG.sub(" ", self.body_html).split())

    @property
    def written_by(self) -> str:
        """The byline as printed, else the authors' names."""
        return self.byline or ", ".join(author.name for author in self.authors)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem(SourceItem):
    """One story at one version, as we publish it: what the source said, our identity, dates and credit.

    `version_created` and `first_created` are ours, aware UTC, whole seconds. `credit_line` names the source and us;
    `change_note` tells what this version of ours changed, or why the story was withdrawn. `id` is the name in our
    addresses; `guid` never changes.
    """

    id: str
    guid: str
    version: int
    first_created: datetime
    version_created: datetime
    provider: Party
    credit: Credit = Credit()

    @property
    def canceled(self) -> bool:
        return self.rights.pub_status is PubStatus.CANCELED

    def revoked(self, at: datetime) -> "NewsItem":
        """To one who had it, and may not have it from that moment on: its identity and whose it was, no words.

        Of pictures the addresses of their files stay, as in any recall.
        """
        return replace(
            self,
            headline="",
            slugline="",
            body_html="",
            summary="",
            ed_note="",
            pictures=tuple(Picture(renditions=one.renditions) for one in self.pictures if one.renditions),
            rights=replace(self.rights, pub_status=PubStatus.CANCELED),
            change=Change.REVOKED,
            change_note="",
            version_created=at.replace(microsecond=0),
        )

    def given_back(self, at: datetime) -> "NewsItem":
        """To one from whom it had been taken, from that moment on: newer than what told of the taking (RFC 6721 3)."""
        return replace(self, version_created=max(self.version_created, at.replace(microsecond=0)))


def source_fields(item: SourceItem) -> dict[str, Any]:
    """The part of an item that its source said, by field name: what a NewsItem is made from."""
    return {f.name: getattr(item, f.name) for f in fields(SourceItem)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """A document's place in a feed that is longer than it (RFC 5005): addresses, empty where there is none.

    The pages of a paged feed (section 3) may change while they are read: `first`, `previous`, `next`, `last`. An
    `archive` (section 4) never changes again; `current` is the document that does, and `prev_archive` leads from
    either to older stories. A `complete` feed (section 2) has no stories but those in it.
    """

    first: str = ""
    previous: str = ""
    next: str = ""
    last: str = ""
    current: str = ""
    prev_archive: str = ""
    next_archive: str = ""
    archive: bool = False
    complete: bool = False

    @property
    def links(self) -> dict[str, str]:
        """The addresses that are known, by their link relation (RFC 8288)."""
        named = {f.name.replace("_", "-"): getattr(self, f.name) for f in fields(self)}
        return {relation: address for relation, address in named.items() if address and isinstance(address, str)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A channel, or one story, as a document at an address: what an output format needs beside the items.

    `changed_at` is the moment of the last change that shows in the document; whole seconds, aware UTC.
    `page_url` is where people read the same. `base_url` is our own address, without a slash at its end. `canonical` and
    `noindex` are what the agreement asks for in pages: that they name the original as the one to be found, that search
    engines leave them out. `counter_url` is the address that counts a reading, where the document is one story and
    readings are counted. `hub` is the WebSub hub that tells of changes, if any.
    """

    id: str
    title: str
    self_url: str
    page_url: str
    base_url: str
    changed_at: datetime
    publisher: Party
    language: str = ""
    canonical: bool = True
    noindex: bool = False
    counter_url: str = ""
    hub: str = ""
    paging: Paging = Paging()

    def item_url(self, item: NewsItem) -> str:
        return item_url(self.base_url, item)


def item_url(base_url: str, item: NewsItem) -> str:
    """Our page of a story."""
    return f"{base_url}/items/{item.id}"


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # no address at all, such as https://[
        return ""
