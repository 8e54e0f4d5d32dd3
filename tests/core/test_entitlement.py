"""May a subscriber have a story? A table of reasons, and which of them is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from syndicate.core.entitlement import WORDS, Offer, Reason, decide
from syndicate.core.grants import Grants, Period, Quota
from syndicate.core.newsroom import Agreement, Subscriber
from syndicate.core.policy import Text
from tests.newsroom import NOON, an_outlet

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY, NEXT_MONDAY = NOON.replace(hour=0) - 2 * DAY, NOON.replace(hour=0) + 5 * DAY  # NOON is a Wednesday
FIRST = NOON.replace(day=1, hour=0)
NEXT_FIRST = FIRST.replace(month=4)
WEEK, MONTH = Quota(2, Period.WEEK), Quota(2, Period.MONTH)
# agreement of the outlet, of the subscriber, the story's age, taken, had: reason, available from
CASES = {
    "nothing limits": ({}, {}, DAY, 9, False, None, None),
    "the agreement has ended": ({}, {"ends": NOON}, DAY, 0, False, Reason.ENDED, None),
    "the agreement goes on": ({}, {"ends": NOON + HOUR}, DAY, 0, False, None, None),
    "the outlet blocks it": ({"blocked_subscribers": ("times",)}, {}, DAY, 0, True, Reason.BLOCKED_BY_OUTLET, None),
    "the outlet blocks another": ({"blocked_subscribers": ("globe",)}, {}, DAY, 0, False, None, None),
    "it blocks the outlet": ({}, {"blocked_outlets": ("oc-media",)}, DAY, 0, False, Reason.BLOCKED_BY_SUBSCRIBER, None),
    "it blocks another": ({}, {"blocked_outlets": ("globe",)}, DAY, 0, False, None, None),
    "its country": ({"territories": ("AM", "GE")}, {"territories": ("AM",)}, DAY, 0, False, None, None),
    "another country": ({"territories": ("AM",)}, {"territories": ("US",)}, DAY, 0, False, Reason.TERRITORY, None),
    "a country too many": ({"territories": ("AM",)}, {"territories": ("AM", "US")}, DAY, 0, 1, Reason.TERRITORY, None),
    "no country told": ({"territories": ("AM",)}, {}, DAY, 0, False, Reason.TERRITORY, None),
    "a country that nobody asks for": ({}, {"territories": ("AM",)}, DAY, 0, False, None, None),
    "too early": ({}, {"embargo_hours": 6}, HOUR, 0, False, Reason.EMBARGO, NOON + 5 * HOUR),
    "early, but it had it": ({}, {"embargo_hours": 6}, HOUR, 0, True, None, None),
    "at its hour": ({}, {"embargo_hours": 6}, 6 * HOUR, 0, False, None, None),
    "the last of the week": ({}, {"quota": WEEK}, HOUR, 1, False, None, None),
    "one too many this week": ({}, {"quota": WEEK}, HOUR, 2, False, Reason.QUOTA_WEEK, NEXT_MONDAY),
    "one that it has": ({}, {"quota": WEEK}, HOUR, 2, True, None, None),
    "one that has waited for a week": ({}, {"quota": WEEK}, 5 * DAY, 0, False, None, None),
    "it waits for one week only": ({}, {"quota": WEEK}, 5 * DAY, 2, False, Reason.QUOTA_WEEK, None),
    "an archive does not trickle in": ({}, {"quota": WEEK}, 10 * DAY, 0, False, Reason.QUOTA_WEEK, None),
    "one too many this month": ({}, {"quota": MONTH}, HOUR, 2, False, Reason.QUOTA_MONTH, NEXT_FIRST),
    "hours count from when it may be had": (
        {},
        {"quota": WEEK, "embargo_hours": 72},
        NOON - MONDAY + HOUR,
        2,
        False,
        Reason.EMBARGO,
        MONDAY + 71 * HOUR,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("outlet", "grants", "age", "taken", "had", "reason", "available"), CASES.values(), ids=CASES)
def test_the_reason_and_when_it_may_lift(outlet, grants, age, taken, had, reason, available):
    offer = Offer(outlet=an_outlet(agreement=Agreement(**outlet)), first_created=NOON - age, had=had)
    subscriber = Subscriber(slug="times", name="Times", grants=Grants(**grants))
    verdict = decide(offer, subscriber, taken=taken, now=NOON)
    assert (verdict.allowed, verdict.reason, verdict.available_from) == (reason is None, reason, available)


def test_the_strongest_reason_is_told():
    everything = Grants(ends=NOON, blocked_outlets=("oc-media",), embargo_hours=6, quota=Quota(1, Period.WEEK))
    agreement = Agreement(blocked_subscribers=("times",), territories=("AM",))
    offer = Offer(outlet=an_outlet(agreement=agreement), first_created=NOON)
    told = []
    for grants, agreed in (
        (everything, agreement),
        (replace(everything, ends=None), agreement),
        (replace(everything, ends=None), replace(agreement, blocked_subscribers=())),
        (replace(everything, ends=None, blocked_outlets=()), replace(agreement, blocked_subscribers=())),
        (replace(everything, ends=None, blocked_outlets=()), Agreement()),
        (Grants(quota=everything.quota), Agreement()),
    ):
        subscriber = Subscriber(slug="times", name="Times", grants=grants)
        told.append(decide(replace(offer, outlet=an_outlet(agreement=agreed)), subscriber, taken=1, now=NOON).reason)
    assert told == [reason for reason in Reason if reason is not Reason.QUOTA_MONTH]


def test_every_reason_has_its_words():
    assert set(WORDS) == set(Reason)


def test_an_excerpt_is_a_form_and_no_refusal():
    subscriber = Subscriber(slug="times", name="Times", grants=Grants(excerpt_only=True))
    verdict = decide(Offer(outlet=an_outlet(), first_created=NOON), subscriber, taken=0, now=NOON)
    assert (verdict.allowed, verdict.form) == (True, Text.SUMMARY)
