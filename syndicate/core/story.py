"""One story on the desk: what its source last said, where the desk stands, and what is out."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from syndicate.core.dates import PartialDate
from syndicate.core.edits import Edits
from syndicate.core.errors import RuleBroken
from syndicate.core.newsitem import NewsItem, SourceItem
from syndicate.core.newsroom import Outlet
from syndicate.core.rights import PubStatus
from syndicate.core.terms import embargo
from syndicate.core.workflow import Review


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a source says that it last changed a story, and which version of its own that is."""

    updated: PartialDate | None = None
    version: int | None = None

    def is_before(self, other: "Stamp") -> bool:
        """By the source's own version where both have one, else by time; not where neither tells."""
        if self.version is not None and other.version is not None:
            return self.version < other.version
        return bool(self.updated and other.updated and self.updated.is_before(other.updated))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the desk stands with a story: what a decision changes and its undoing puts back."""

    review: Review
    reason: str = ""
    publish_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """`source` is the newest revision, number `revision`; `edition` is what is out, made from `edition_revision`.

    `fingerprint` tells whether a push says anything new, `door` by which it came: empty for the API and the command
    line, else the id of a source that we pull. `pub_status` is the source's last word: its withdrawal
    by request outlives the revision that it withdrew. `newest` is the source's latest stamp, told by whatever push.
    `publish_at` is the hour that the desk set. `edits` are the desk's own changes, number `edits_version` (0: none
    yet); they were made with revision `edits_base` in view, or no revision up to it changed the same words. The edition
    has those of number `edition_edits`.
    """

    id: str
    guid: str
    outlet: Outlet
    external_id: str
    source: SourceItem
    fingerprint: str = ""
    door: str = ""
    revision: int = 1
    review: Review = Review.RECEIVED
    reason: str = ""
    pub_status: PubStatus = PubStatus.USABLE
    received_at: datetime
    changed_at: datetime
    publish_at: datetime | None = None
    edition: NewsItem | None = None
    edition_revision: int | None = None
    newest: Stamp = Stamp()
    edits: Edits = Edits()
    edits_version: int = 0
    edits_base: int = 0
    edition_edits: int = 0

    @property
    def standing(self) -> Standing:
        return Standing(review=self.review, reason=self.reason, publish_at=self.publish_at)

    @property
    def as_edited(self) -> SourceItem:
        """The newest source version with the desk's edits: what the next edition is made from."""
        return self.edits.over(self.source)

    @property
    def embargoed(self) -> datetime | None:
        """The first instant at which it may appear, by its source and by the agreement with its outlet."""
        return embargo(self.outlet.agreement, self.source, self.outlet.zone or UTC, self.received_at)

    @property
    def as_agreed(self) -> SourceItem:
        """As edited, and not before both its source and the agreement allow it."""
        item = self.as_edited
        return replace(item, rights=replace(item.rights, embargoed=self.embargoed))

    @property
    def mark(self) -> str:
        """Changes with whatever an editor may have decided by: who decides on an older one has not seen the newest."""
        return f"{self.revision}.{self.edits_version}.{self.review}.{self.changed_at:%Y%m%d%H%M%S%f}"

    @property
    def version(self) -> int:
        """The version that is out; before the first, the 1 that it will be."""
        return self.edition.version if self.edition else 1

    @property
    def due_at(self) -> datetime | None:
        """When the clock must look at it: an approved story at its hour, a published one when its rights end.

        One that was published before may have an hour too, at which its next edition goes out.
        """
        if self.review is Review.APPROVED:
            both = (self.publish_at, self.embargoed)
            return max((hour for hour in both if hour), default=None)
        straight = self.source.rights.embargoed if self.goes_straight else None
        hours = (self.ends_at, straight, self.publish_at if self.edition else None)
        return min((hour for hour in hours if hour), default=None)

    @property
    def ends_at(self) -> datetime | None:
        """When what is out must leave: the rights of its edition end, or the source has since said so."""
        if self.review is not Review.PUBLISHED or self.edition is None:
            return None
        ends = (self.edition.rights.expires, self.source.rights.expires)
        return min((end for end in ends if end), default=None)

    @property
    def goes_straight(self) -> bool:
        """An update waits that, by agreement, needs no desk; it does where it touches what the desk has edited."""
        straight = self.outlet.agreement.corrections_straight_through and not self.edits_clash
        return straight and self.update_waits and self.review is Review.PUBLISHED

    @property
    def edits_clash(self) -> bool:
        """The source has changed words that the desk has edited: an editor must say whose are to be printed."""
        return bool(self.edits.parts) and self.edits_base < self.revision

    @property
    def edits_wait(self) -> bool:
        """The desk has changed something since the edition that is out."""
        return self.edition is not None and self.edits_version != self.edition_edits

    @property
    def update_waits(self) -> bool:
        if self.review is Review.KILLED or self.edition_revision is None:
            return False
        return self.revision > self.edition_revision


def check_creditable(item: SourceItem) -> None:
    """A story whose source nobody could name may not be approved. Raises RuleBroken naming what is missing."""
    missing = [
        name
        for name, known in (
            ("headline", item.headline),
            ("body_html", item.body_html),
            ("info_source", item.info_source.name or item.info_source.uri),
            ("url or the source's site", item.site),
        )
        if not known
    ]
    if missing:
        raise RuleBroken(f"The story cannot be credited: it has no {', no '.join(missing)}.", missing=missing)


def next_stamp(previous: datetime | None, now: datetime) -> datetime:
    """The moment to write beside a change: whole seconds, always later than the one before.

    An HTTP date counts in seconds (RFC 9110 5.6.7); two changes within one second must still differ, so the second
    of them is written a second later than it was.
    """
    stamp = now.replace(microsecond=0)
    return stamp if previous is None else max(stamp, previous + timedelta(seconds=1))
