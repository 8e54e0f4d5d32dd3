"""Stories of a wire service in its own format: a kill takes back what is out, and nobody's embargo is forgotten."""

from pathlib import Path

import pytest

from syndicate.core.workflow import Review
from syndicate.service.intake.prepare import Document
from syndicate.service.intake.takeback import Sender
from syndicate.service.receive import receive
from tests.newsroom import LATER, NEWSROOM, NOON

GOLDEN = Path(__file__).parents[1] / "ingest" / "golden"
SENDER = Sender(outlet="oc-media", who="key:k1")
STORY = b"""<newsItem guid="urn:newsml:tidewater.example:20260305:ferry" version="3">
  <itemMeta><itemClass qcode="ninat:text"/><versionCreated>2026-03-04T08:00:00Z</versionCreated>
    <link rel="irel:derivedFrom" href="https://oc-media.org/ferry/"/></itemMeta>
  <contentMeta><contentCreated>2026-03-03</contentCreated>
    <headline>Ferry line ends its service</headline></contentMeta>
  <contentSet><inlineData>The ferry stops on Friday.</inlineData></contentSet>
</newsItem>"""


def send(house, data, now=NOON):
    (outcome,) = receive(house.store, NEWSROOM, Document(data=data, media_type="application/xml"), SENDER, now=now)
    return outcome


def test_a_kill_takes_back_what_is_out(house):
    outcome = send(house, STORY)
    house.publish(outcome.id)
    killed = send(house, (GOLDEN / "newsml" / "kill.xml").read_bytes(), now=LATER)
    story = house.story(outcome.id)
    assert (killed.id, killed.result) == (outcome.id, "updated")
    assert (story.review, story.edition.canceled) == (Review.KILLED, True)


@pytest.mark.parametrize(
    "name", ["newsml/embargo-without-an-end", "newsml/embargo-unreadable", "newsml/unknown-status"]
)
def test_what_nobody_can_vouch_for_is_held_with_the_reason(house, name):
    story = house.story(send(house, (GOLDEN / f"{name}.xml").read_bytes()).id)
    assert story.review is Review.HELD
    assert story.reason


def test_a_story_of_another_newsroom_keeps_its_source(house):
    story = house.story(send(house, (GOLDEN / "newsml" / "ntb-sends-faktisk.xml").read_bytes()).id)
    assert story.source.info_source.name == "Faktasjekk"
    assert story.source.site == "faktasjekk.example"
