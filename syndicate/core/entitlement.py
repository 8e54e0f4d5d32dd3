"""May this subscriber have this story, and if not, why not? Decided when a story or a right changes; a table to read.

The channels that a subscriber was given come first and are not asked about here. What an agreement with an outlet
allows and what one with a subscriber allows must both agree; the strongest reason against it is the one that is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from syndicate.core.grants import Period
from syndicate.core.newsroom import Outlet, Subscriber
from syndicate.core.policy import Text


class Reason(StrEnum):
    ENDED = "agreement-ended"
    BLOCKED_BY_OUTLET = "blocked-by-outlet"
    BLOCKED_BY_SUBSCRIBER = "blocked-by-subscriber"
    TERRITORY = "territory"
    EMBARGO = "embargo-hours"
    QUOTA_WEEK = "quota-week"
    QUOTA_MONTH = "quota-month"


WORDS = {
    Reason.ENDED: "The agreement with this subscriber has ended.",
    Reason.BLOCKED_BY_OUTLET: "The outlet does not want its stories to go to this subscriber.",
    Reason.BLOCKED_BY_SUBSCRIBER: "The subscriber does not want stories of this outlet.",
    Reason.TERRITORY: "The outlet allows its stories in some countries only, and the subscriber publishes elsewhere.",
    Reason.EMBARGO: "The subscriber gets stories some hours after we have published them.",
    Reason.QUOTA_WEEK: "The subscriber has had as many stories this week as its agreement allows.",
    Reason.QUOTA_MONTH: "The subscriber has had as many stories this month as its agreement allows.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A story as far as rights ask: whose it is, when we first published it, and whether the subscriber had it."""

    outlet: Outlet
    first_created: datetime
    had: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`available_from` is when it is worth asking again, where time alone may lift the reason."""

    reason: Reason | None = None
    available_from: datetime | None = None
    form: Text = Text.FULL

    @property
    def allowed(self) -> bool:
        return self.reason is None


def decide(offer: Offer, subscriber: Subscriber, *, taken: int, now: datetime) -> Verdict:
    """`taken` counts the stories that it was given in the present period of its quota."""
    form = Text.SUMMARY if subscriber.grants.excerpt_only else Text.FULL
    against = next(_against(offer, subscriber, taken, now), None)
    return Verdict(reason=against[0], available_from=against[1], form=form) if against else Verdict(form=form)


def _against(
    offer: Offer, subscriber: Subscriber, taken: int, now: datetime
) -> Iterator[tuple[Reason, datetime | None]]:
    """All that speaks against it, the strongest first."""
    grants, agreement = subscriber.grants, offer.outlet.agreement
    if not grants.hold_at(now):
        yield Reason.ENDED, None
    if subscriber.slug in agreement.blocked_subscribers:
        yield Reason.BLOCKED_BY_OUTLET, None
    if offer.outlet.slug in grants.blocked_outlets:
        yield Reason.BLOCKED_BY_SUBSCRIBER, None
    if agreement.territories and not (grants.territories and {*grants.territories} <= {*agreement.territories}):
        yield Reason.TERRITORY, None
    available = offer.first_created + timedelta(hours=grants.embargo_hours)
    if grants.embargo_hours and now < available and not offer.had:
        yield Reason.EMBARGO, available
    if grants.quota and not offer.had:
        quota = grants.quota
        reason = Reason.QUOTA_WEEK if quota.period is Period.WEEK else Reason.QUOTA_MONTH
        # a story waits for one roll-over at most: an archive does not trickle in over the years
        if available < quota.before(now):
            yield reason, None
        elif taken >= quota.stories:
            yield reason, quota.end(now) if available >= quota.begin(now) else None
