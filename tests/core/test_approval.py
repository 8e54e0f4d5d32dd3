"""Which stories an agreement approves by itself: by section, and by the time of day where the outlet is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from syndicate.core.approval import Approval, approves, wrong_approvals

NIGHT, DAY = Approval(after="22:00", before="06:00"), Approval(after="09:00", before="17:00")
SPORT = Approval(sections=("Sport", "Local  news"))

CASES = [
    (SPORT, "Sport", "12:00", True),
    (SPORT, "sPORT", "12:00", True),
    (SPORT, "local news", "00:00", True),
    (SPORT, "Politics", "12:00", False),
    (SPORT, "", "12:00", False),
    (Approval(), "", "23:59", True),
    (DAY, "Any", "08:59", False),
    (DAY, "Any", "09:00", True),
    (DAY, "Any", "17:00", False),
    (NIGHT, "Any", "22:00", True),
    (NIGHT, "Any", "05:59", True),
    (NIGHT, "Any", "06:00", False),
    (NIGHT, "Any", "12:00", False),
    (Approval(sections=("Sport",), after="22:00", before="06:00"), "Politics", "23:00", False),
]


@pytest.mark.parametrize(("approval", "section", "clock", "goes"), CASES)
def test_a_rule_covers_its_sections_at_its_hours(approval, section, clock, goes):
    assert approval.covers(section, clock) is goes


def test_the_clock_is_the_outlets_own_and_any_rule_is_enough():
    evening = datetime(2026, 3, 3, 19, 30, tzinfo=UTC)  # 23:30 in Tbilisi
    assert approves((DAY, NIGHT), "", evening, ZoneInfo("Asia/Tbilisi"))
    assert not approves((DAY, NIGHT), "", evening, UTC)
    assert not approves((), "", evening, UTC)


@pytest.mark.parametrize(
    "approval",
    [
        Approval(after="22:00"),
        Approval(before="06:00"),
        Approval(after="24:00", before="06:00"),
        Approval(after="9:00", before="17:00"),
        Approval(after="09:00", before="09:00"),
        Approval(sections=("",)),
        Approval(sections=("S" * 201,)),
        Approval(sections=("Sport",) * 51),
    ],
    ids=["no-end", "no-begin", "no-such-hour", "one-digit", "no-time", "nameless", "long", "many"],
)
def test_a_rule_that_could_not_be_meant_is_told(approval):
    assert wrong_approvals((approval,))


def test_rules_that_can_be_used_are_not_told():
    assert not wrong_approvals((NIGHT, DAY, SPORT, Approval()))
    assert wrong_approvals((SPORT,) * 21)
