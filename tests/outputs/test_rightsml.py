"""A licence as a policy: what a program may conclude from it, and nothing that the source did not say."""

import json

import pytest

from syndicate.core.licences import LICENCES
from syndicate.core.newsitem import Party
from syndicate.core.rights import Rights
from syndicate.outputs.rightsml import policy
from tests.factories import LATER, an_item

COMMERCIAL = "http://creativecommons.org/ns#CommercialUse"
SHARE_ALIKE = "http://creativecommons.org/ns#ShareAlike"


def said(item):
    return json.loads(policy(item))


def under(license):
    return an_item(rights=Rights(license=license))


@pytest.mark.parametrize(
    ("license", "permitted", "forbidden", "duties"),
    [
        ("CC-BY-4.0", ["distribute", "derive"], [], ["attribute"]),
        ("CC-BY-ND-4.0", ["distribute"], ["derive"], ["attribute"]),
        ("CC-BY-NC-4.0", ["distribute", "derive"], [COMMERCIAL], ["attribute"]),
        ("CC-BY-NC-ND-4.0", ["distribute"], ["derive", COMMERCIAL], ["attribute"]),
        ("CC-BY-SA-4.0", ["distribute", "derive"], [], ["attribute", SHARE_ALIKE]),
        ("CC0-1.0", ["distribute", "derive"], [], []),
    ],
)
def test_a_licence_says_what_is_permitted_forbidden_and_owed(license, permitted, forbidden, duties):
    told = said(under(license))
    assert [rule["action"] for rule in told["permission"]] == permitted
    assert [rule["action"] for rule in told.get("prohibition", [])] == forbidden
    owed = [duty["action"] for rule in told["permission"] for duty in rule.get("duty", [])]
    assert sorted(set(owed)) == sorted(duties)


def test_only_changed_copies_are_shared_alike():
    distribute, _ = said(under("CC-BY-SA-4.0"))["permission"]
    assert [duty["action"] for duty in distribute["duty"]] == ["attribute"]


@pytest.mark.parametrize("license", ["", "Ask us first", "All rights reserved", "CC BY"])
def test_a_licence_that_we_do_not_know_permits_nothing(license):
    assert policy(an_item(rights=Rights(license=license, expires=LATER))) == ""


def test_every_rule_speaks_of_the_story_and_is_given_by_its_holder():
    told = said(under("CC-BY-ND-4.0"))
    assert {rule["target"] for rule in told["permission"] + told["prohibition"]} == {an_item().guid}
    assert told["permission"][0]["assigner"] == "https://oc-media.org/"
    assert told["permission"][0]["duty"] == [{"action": "attribute", "attributedParty": "https://oc-media.org/"}]


def test_a_holder_without_an_address_is_not_made_up():
    told = said(an_item(rights=Rights(license="CC-BY-4.0"), info_source=Party("Hetq")))
    assert "assigner" not in told["permission"][0]
    assert told["permission"][0]["duty"] == [{"action": "attribute"}]


def test_the_end_of_our_right_ends_every_permission():
    told = said(an_item(rights=Rights(license="CC-BY-4.0", expires=LATER)))
    ends = [constraint for rule in told["permission"] for constraint in rule["constraint"]]
    assert [(end["leftOperand"], end["operator"], end["rightOperand"]["@value"]) for end in ends] == [
        ("dateTime", "lt", "2026-03-06T09:30:00Z")
    ] * 2


@pytest.mark.parametrize("license", LICENCES)
def test_a_policy_has_an_identity_and_names_its_profile(license):
    told = said(under(license))
    assert told["uid"] == f"{an_item().guid}/policy/1"
    assert told["profile"] == "https://iptc.org/std/RightsML/odrl-profile/"
