"""May it go out? The strongest hold wins, and each ends exactly at its instant."""

from zoneinfo import ZoneInfo

import pytest

from syndicate.core.rights import Hold, PubStatus, Rights, hold_on
from tests.newsroom import LATER, MICROSECOND, NOON

CANCELED, WITHHELD = PubStatus.CANCELED, PubStatus.WITHHELD
HOLDS = [
    ({}, None),
    ({"embargoed": NOON + MICROSECOND}, Hold.EMBARGOED),
    ({"embargoed": NOON}, None),  # an embargo ends at its instant
    ({"expires": NOON + MICROSECOND}, None),
    ({"expires": NOON}, Hold.EXPIRED),  # a right ends before its instant
    ({"pub_status": WITHHELD}, Hold.WITHHELD),
    ({"pub_status": CANCELED}, Hold.CANCELED),
    ({"pub_status": CANCELED, "embargoed": LATER, "expires": NOON}, Hold.CANCELED),
    ({"pub_status": WITHHELD, "embargoed": LATER, "expires": NOON}, Hold.WITHHELD),
    ({"embargoed": LATER, "expires": NOON}, Hold.EXPIRED),  # it will never go out
    ({"embargoed": NOON, "expires": LATER}, None),
    ({"usage_terms": "Ask first", "license": "all rights reserved"}, None),  # words are shown, not enforced
]


@pytest.mark.parametrize(("rights", "hold"), HOLDS)
def test_the_strongest_hold_wins(rights, hold):
    assert hold_on(Rights(**rights), NOON) is hold


def test_an_instant_is_the_same_in_every_zone():
    rights = Rights(embargoed=NOON.astimezone(ZoneInfo("Asia/Tbilisi")))
    assert hold_on(rights, NOON) is None
    assert hold_on(rights, NOON - MICROSECOND) is Hold.EMBARGOED


def test_a_licence_is_known_by_its_name():
    assert Rights(license="CC BY-ND 4.0").licence.spdx == "CC-BY-ND-4.0"
    assert Rights(license="ours").licence is None
