"""May this item leave the building now, and what may be done to it?

Times are aware UTC datetimes and `now` is always passed in. Nothing here raises for editorial reasons: a hold is an
answer, not an error.

Rules: pubStatus and embargoed as in NewsML-G2 itemMeta; the three values are
http://cv.iptc.org/newscodes/pubstatusg2/. `expires` is ours, from partner contracts.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from syndicate.core.licences import Licence, find_licence


class PubStatus(StrEnum):
    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


class Hold(StrEnum):
    CANCELED = "canceled"
    WITHHELD = "withheld"
    EMBARGOED = "embargoed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What the source allows. The times are enforced; the words are kept and shown as written."""

    pub_status: PubStatus = PubStatus.USABLE
    embargoed: datetime | None = None
    expires: datetime | None = None
    license: str = ""
    usage_terms: str = ""
    copyright_holder: str = ""
    copyright_notice: str = ""

    @property
    def licence(self) -> Licence | None:
        return find_licence(self.license)


def hold_on(rights: Rights, now: datetime) -> Hold | None:
    """The reason to keep an item in, or None when it may go out.

    The strongest reason wins: a canceled item stays canceled whatever its embargo says.
    An embargo ends *at* its instant; a licence ends *before* its instant.
    """
    if rights.pub_status is PubStatus.CANCELED:
        return Hold.CANCELED
    if rights.pub_status is PubStatus.WITHHELD:
        return Hold.WITHHELD
    if rights.expires and now >= rights.expires:
        return Hold.EXPIRED
    if rights.embargoed and now < rights.embargoed:
        return Hold.EMBARGOED
    return None
