"""Taking stories in: created, updated, unchanged, stale; and what a source takes back."""

import pytest

from syndicate.core.errors import BadFields, BadInput, NotFound, OnHold, StaleVersion, UnknownFormat
from syndicate.core.newsroom import Furniture
from syndicate.core.rights import PubStatus
from syndicate.core.workflow import Review
from syndicate.service import keep, keys
from syndicate.service.intake.prepare import Document
from syndicate.service.intake.takeback import Sender, withdraw_by_source
from syndicate.service.receive import receive
from tests.newsroom import ANA, LATER, NEWSROOM, NOON, SECOND, a_push, an_outlet, as_bytes

SENDER = Sender(outlet="oc-media", who="key:k1")
CORRECTED = {"body_html": "<p>Corrected.</p>"}


def test_a_new_article_is_created_and_waits_for_the_desk(house):
    outcome = house.push()
    story = house.story(outcome.id)
    assert (outcome.result, outcome.review, outcome.version) == ("created", "received", 1)
    assert (story.received_at, story.revision, story.review) == (NOON, 1, Review.RECEIVED)
    assert outcome.guid == story.guid == f"tag:news.example,2026-03-04:oc-media/{outcome.id}"
    assert [act.what for act in house.file(outcome.id).acts] == ["receive"]


def test_what_was_sent_is_kept_byte_for_byte_with_its_time_and_key(house):
    key, _ = keys.add(house.store, outlet="oc-media", who=ANA, now=NOON)
    data = b'{"external_id": "x",   "headline":"H","body_html":"<p onclick=\'x\'>B</p>"}\n\n'
    sender = Sender(outlet="oc-media", who=f"key:{key.id}", key_id=key.id)
    document = Document(data=data, media_type="application/json; charset=utf-8")
    (outcome,) = receive(house.store, NEWSROOM, document, sender, now=LATER)
    revision = house.file(outcome.id).revision
    assert revision.body == data
    assert (revision.media_type, revision.received_at, revision.key_id) == (document.media_type, LATER, key.id)


def test_a_push_is_cleaned_once_and_what_was_removed_is_reported_and_kept(house):
    outcome = house.push(body_html='<p>Kept</p><script src="https://x.example/t.js"></script>')
    file = house.file(outcome.id)
    assert "script" not in file.story.source.body_html
    assert [removed["what"] for removed in outcome.report["removed"]] == ["script"]
    assert file.revision.report == outcome.report


@pytest.mark.parametrize("touched", [{}, {"updated": "2026-03-05T10:00:00Z"}, {"source_version": 9}])
@pytest.mark.parametrize("state", [Review.RECEIVED, Review.PUBLISHED])
def test_a_push_that_says_nothing_new_makes_no_version_even_when_it_was_touched(house, state, touched):
    story_id = house.brought_to(state)
    before, rows = house.story(story_id), house.counts()
    outcome = house.push(now=LATER, **touched)
    assert (outcome.result, outcome.id, outcome.version) == ("unchanged", story_id, 1)
    assert house.story(story_id) == before
    assert house.counts() == rows


CHANGES = {
    "headline": {"headline": "Another"},
    "body": CORRECTED,
    "byline": {"byline": "Nino Beridze"},
    "date": {"first_published": "2026-03-02"},
    "precision of the date": {"first_published": "2026-03-03T10:00:00+04:00"},
    "topic": {"topics": ["school", "education"]},
    "licence": {"rights": {}},
    "embargo": {"rights": {"license": "CC-BY-ND-4.0", "embargoed": LATER.isoformat()}},
    "picture": {"pictures": [{"url": "https://oc-media.org/a.jpg"}]},
    "note": {"ed_note": "Mind the names"},
    "address": {"url": "https://oc-media.org/another/"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_push_that_says_something_new_is_an_update_of_the_same_story(house, change):
    first = house.push()
    outcome = house.push(now=LATER, **change)
    assert (outcome.result, outcome.id, outcome.guid) == ("updated", first.id, first.guid)
    assert house.story(first.id).revision == 2
    assert house.acts(first.id) == ["receive-update"]


def test_an_update_of_a_published_story_waits_and_does_not_change_what_is_out(house):
    story_id = house.published()
    feed, items = house.feed()
    outcome = house.push(now=LATER, **CORRECTED)
    story = house.story(story_id)
    assert (outcome.result, outcome.version, outcome.review) == ("updated", 1, "published")
    assert story.update_waits
    assert house.feed() == (feed, items)
    assert house.announced(story_id) == [("upsert", 1)]


@pytest.mark.parametrize("change", ["update", "correction"])
def test_publishing_an_update_makes_the_next_version_of_the_same_story(house, change):
    story_id = house.published()
    house.push(now=LATER, **CORRECTED)
    edition = house.publish(story_id, now=LATER, change=change, note="A name was wrong").edition
    assert (edition.version, edition.change, edition.change_note) == (2, change, "A name was wrong")
    assert edition.first_created == NOON
    assert edition.version_created == LATER
    assert edition.guid == house.file(story_id).editions[0].guid
    assert edition.body_html == "<p>Corrected.</p>"
    assert not house.story(story_id).update_waits


def test_of_several_updates_that_wait_the_newest_goes_out(house):
    story_id = house.published()
    house.push(headline="Second")
    house.push(headline="Third")
    assert house.publish(story_id).edition.headline == "Third"
    assert house.story(story_id).version == 2


def test_corrections_go_straight_through_where_that_is_agreed(house):
    house.agree(corrections_straight_through=True)
    story_id = house.published()
    outcome = house.push(now=LATER, **CORRECTED)
    assert (outcome.version, outcome.review) == (2, "published")
    assert house.feed()[1][0].body_html == "<p>Corrected.</p>"
    assert house.acts(story_id) == ["publish", "receive-update", "publish"]
    assert house.file(story_id).acts[-1].who == "key:k1"


@pytest.mark.parametrize(
    ("name", "changes"),
    {
        "no source can be named": {"url": None, "info_source": {"name": "?"}},
        "it is under embargo": {"rights": {"embargoed": LATER.isoformat()}},
    }.items(),
)
def test_a_correction_that_may_not_go_out_waits_for_the_desk_whatever_is_agreed(house, name, changes):
    house.agree(corrections_straight_through=True)
    story_id = house.published()
    outcome = house.push(**CORRECTED, **changes)
    assert (outcome.result, outcome.version, outcome.review) == ("updated", 1, "published")
    assert house.story(story_id).update_waits
    assert house.out() == ["Valley schools reopen after eleven weeks"]


@pytest.mark.parametrize("straight", [False, True])
def test_what_is_out_leaves_when_its_source_says_that_the_rights_end_sooner(house, straight):
    house.agree(corrections_straight_through=straight)
    story_id = house.published()
    house.push(**CORRECTED, rights={"expires": LATER.isoformat()})
    assert house.out(now=LATER - SECOND)
    assert house.out(now=LATER) == []
    house.clock_strikes(LATER)
    assert house.story(story_id).review is Review.WITHDRAWN


def test_an_embargoed_correction_that_needs_no_desk_goes_out_at_its_instant(house):
    house.agree(corrections_straight_through=True)
    story_id = house.published()
    house.push(**CORRECTED, rights={"embargoed": LATER.isoformat()})
    house.clock_strikes(LATER - SECOND)
    assert house.story(story_id).version == 1
    house.clock_strikes(LATER)
    assert (house.story(story_id).version, house.story(story_id).update_waits) == (2, False)


def test_a_push_older_than_a_mere_touch_is_stale(house):
    house.push(updated="2026-03-05T10:00:00+04:00")
    assert house.push(updated="2026-03-05T12:00:00+04:00").result == "unchanged"
    with pytest.raises(StaleVersion):
        house.push(**CORRECTED, updated="2026-03-05T11:00:00+04:00")


@pytest.mark.parametrize("state", [Review.RECEIVED, Review.HELD, Review.REJECTED, Review.WITHDRAWN, Review.KILLED])
@pytest.mark.parametrize("straight", [False, True])
def test_an_update_moves_no_story_that_the_desk_has_not_let_out(house, state, straight):
    house.agree(corrections_straight_through=straight)
    story_id = house.brought_to(state)
    assert house.push(**CORRECTED).review == state
    assert house.out() == []
    assert house.story(story_id).revision == 2


def test_an_approved_story_goes_back_to_the_queue_when_its_source_changes_it(house):
    story_id = house.push().id
    house.approve(story_id, publish_at=LATER)
    outcome = house.push(**CORRECTED)
    story = house.story(story_id)
    assert (outcome.review, story.publish_at) == ("received", None)
    assert "newer version" in story.reason
    house.clock_strikes(LATER)
    assert house.story(story_id).review is Review.RECEIVED


STALE = {
    "updated": ({"updated": "2026-03-04T10:00:00Z"}, {"updated": "2026-03-04T09:59:59Z"}),
    "updated, in another zone": ({"updated": "2026-03-04T10:00:00Z"}, {"updated": "2026-03-04T12:00:00+04:00"}),
    "updated, by day": ({"updated": "2026-03-04"}, {"updated": "2026-03-03"}),
    "source_version": ({"source_version": 3}, {"source_version": 2}),
    "source_version, whatever updated says": (
        {"source_version": 3, "updated": "2026-03-04T10:00:00Z"},
        {"source_version": 2, "updated": "2026-03-05T10:00:00Z"},
    ),
}


@pytest.mark.parametrize(("stored", "older"), STALE.values(), ids=STALE)
@pytest.mark.parametrize("state", [Review.RECEIVED, Review.PUBLISHED])
def test_an_older_version_is_refused_and_changes_nothing(house, state, stored, older):
    story_id = house.brought_to(state, **stored)
    before, rows = house.story(story_id), house.counts()
    with pytest.raises(StaleVersion) as refused:
        house.push(**CORRECTED, **older, now=LATER)
    assert set(refused.value.extra) == {"stored_updated", "stored_source_version"}
    assert house.story(story_id) == before
    assert house.counts() == rows


NOT_STALE = {
    "the same instant": ({"updated": "2026-03-04T10:00:00Z"}, {"updated": "2026-03-04T14:00:00+04:00"}),
    "a day and an instant of that day": ({"updated": "2026-03-04T10:00:00Z"}, {"updated": "2026-03-04"}),
    "no date in the newer": ({"updated": "2026-03-04T10:00:00Z"}, {}),
    "no date in the stored": ({}, {"updated": "2020-01-01"}),
    "the same source_version": ({"source_version": 3}, {"source_version": 3}),
}


@pytest.mark.parametrize(("stored", "newer"), NOT_STALE.values(), ids=NOT_STALE)
def test_what_is_not_older_for_certain_is_taken(house, stored, newer):
    house.push(**stored)
    assert house.push(**CORRECTED, **newer).result == "updated"


def test_a_dry_run_answers_what_would_happen_and_stores_nothing(house):
    rows = house.counts()
    assert house.push(dry_run=True).result == "created"
    assert house.counts() == rows
    story_id = house.published()
    before, rows = house.story(story_id), house.counts()
    outcome = house.push(dry_run=True, **CORRECTED)
    assert (outcome.result, outcome.id) == ("updated", story_id)
    assert house.push(dry_run=True).result == "unchanged"
    assert house.story(story_id) == before
    assert house.counts() == rows


def test_a_dry_run_refuses_what_a_push_would_refuse(house):
    house.push(source_version=2)
    with pytest.raises(StaleVersion):
        house.push(dry_run=True, source_version=1, **CORRECTED)


def test_two_outlets_may_use_the_same_external_id_for_two_stories(house):
    keep.add_outlet(house.store, an_outlet(slug="globe", name="Globe"), who=ANA, now=NOON)
    first, second = house.push(), house.push(outlet="globe")
    assert (first.result, second.result) == ("created", "created")
    assert first.id != second.id


REFUSALS = {
    "no outlet": (Sender(outlet="nobody", who="k"), "application/json", as_bytes(a_push()), NotFound),
    "unknown media type": (SENDER, "image/png", b"\x89PNG", UnknownFormat),
    "nothing to tell it by": (SENDER, "", b"\x89PNG", UnknownFormat),
    "broken JSON": (SENDER, "application/json", b'{"a": ', BadInput),
    "wrong fields": (SENDER, "application/json", b"{}", BadFields),
}


@pytest.mark.parametrize(("sender", "media_type", "data", "error"), REFUSALS.values(), ids=REFUSALS)
def test_what_is_refused_leaves_nothing(house, sender, media_type, data, error):
    rows = house.counts()
    with pytest.raises(error):
        receive(house.store, NEWSROOM, Document(data=data, media_type=media_type), sender, now=NOON)
    assert house.counts() == rows


def test_the_document_tells_what_it_is_where_the_sender_does_not(house):
    (outcome,) = receive(house.store, NEWSROOM, Document(data=as_bytes(a_push())), SENDER, now=NOON)
    assert outcome.result == "created"


WAITING = [Review.RECEIVED, Review.HELD, Review.APPROVED]


@pytest.mark.parametrize("state", WAITING)
def test_a_source_that_withdraws_what_waits_has_it_rejected(house, state):
    story_id = house.brought_to(state)
    outcome = house.source_withdraws(reason="Not true")
    assert (outcome.result, outcome.review) == ("withdrawn", "rejected")
    assert house.story(story_id).reason == "Withdrawn by its source: Not true"
    assert house.acts(story_id)[-1] == "source-withdraw"


@pytest.mark.parametrize("state", [Review.REJECTED, Review.WITHDRAWN, Review.KILLED])
def test_a_source_that_withdraws_what_has_left_changes_only_its_status(house, state):
    story_id = house.brought_to(state)
    version = house.story(story_id).version
    assert house.source_withdraws().review == state
    story = house.story(story_id)
    assert (story.version, story.pub_status) == (version, PubStatus.CANCELED)


def test_a_source_that_withdraws_what_is_out_takes_effect_at_once(house):
    story_id = house.published()
    outcome = house.source_withdraws(reason="Not true", now=LATER)
    assert (outcome.result, outcome.review, outcome.version) == ("withdrawn", "withdrawn", 2)
    assert house.out() == []
    assert house.feed()[1][0].change_note == "Withdrawn by its source: Not true"
    assert house.acts(story_id) == ["publish", "withdraw"]
    assert house.announced(story_id) == [("upsert", 1), ("withdraw", 2)]


@pytest.mark.parametrize("state", Review)
def test_what_its_source_withdrew_cannot_be_let_out_again_by_the_desk(house, state):
    story_id = house.brought_to(state)
    house.source_withdraws()
    if house.story(story_id).review is Review.REJECTED:
        house.reopen(story_id)
    if state is not Review.KILLED:
        with pytest.raises(OnHold, match="canceled"):
            house.publish(story_id)
    assert house.story(story_id).pub_status is PubStatus.CANCELED
    assert house.out() == []


def test_a_source_that_withdraws_twice_is_told_the_same_and_makes_no_second_version(house):
    story_id = house.published()
    first = house.source_withdraws()
    second = house.source_withdraws(now=LATER)
    assert (second.result, second.version, second.review) == (first.result, first.version, first.review)
    assert len(house.file(story_id).editions) == 2


def test_what_was_withdrawn_stays_out_when_it_is_pushed_again_until_the_desk_lets_it(house):
    sent = {"updated": "2026-03-05T10:00:00+04:00"}
    story_id = house.published(**sent)
    house.source_withdraws()
    assert house.push(now=LATER, **sent).result == "unchanged"  # a late retry says nothing new
    with pytest.raises(OnHold):
        house.publish(story_id, now=LATER)
    outcome = house.push(now=LATER, updated="2026-03-05T12:00:00+04:00")
    assert (outcome.result, outcome.review) == ("updated", "withdrawn")
    assert house.out() == []
    assert house.publish(story_id, now=LATER).review is Review.PUBLISHED


def test_a_source_can_withdraw_only_its_own(house):
    keep.add_outlet(house.store, an_outlet(slug="globe", name="Globe"), who=ANA, now=NOON)
    house.published(outlet="oc-media")
    with pytest.raises(NotFound):
        house.source_withdraws("never sent")
    sender = Sender(outlet="globe", who="key:k2")
    with pytest.raises(NotFound):
        withdraw_by_source(house.store, sender, external_id="oc-2291", reason="", now=NOON)
    assert house.out()


@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_a_push_may_take_back_what_is_out(house, status):
    story_id = house.published()
    outcome = house.push(pub_status=status, now=LATER)
    assert (outcome.result, outcome.review, outcome.version) == ("updated", "withdrawn", 2)
    assert house.story(story_id).pub_status == status
    assert house.story(story_id).reason == f"Its source made it {status}."
    assert house.out() == []


@pytest.mark.parametrize(("status", "review"), [("withheld", "received"), ("canceled", "rejected")])
def test_a_push_may_take_back_what_waits(house, status, review):
    story_id = house.push().id
    house.approve(story_id, publish_at=LATER)
    assert house.push(pub_status=status).review == review
    house.clock_strikes(LATER)
    assert house.out() == []


def test_what_was_withheld_waits_for_the_desk_when_it_is_usable_again(house):
    story_id = house.published()
    house.push(pub_status="withheld")
    assert house.push(now=LATER).review == "withdrawn"
    story = house.publish(story_id, now=LATER + SECOND)
    assert (story.version, story.pub_status) == (3, PubStatus.USABLE)
    assert not story.edition.canceled


def test_what_an_outlets_own_pages_put_around_its_stories_is_left_out(house):
    furniture = Furniture(selectors=(".lesen-sie",), texts=("Follow the valley every morning.",))
    keep.set_outlet(house.store, an_outlet(furniture=furniture), who=ANA, now=NOON)
    around = "<p class='lesen-sie'>Other stories</p><p>Follow the valley every morning.</p>"
    ref = house.push(body_html=f"<p>It reopened.</p>{around}<p>All came.</p>").id
    assert house.story(ref).source.body_html == "<p>It reopened.</p><p>All came.</p>"
    assert [removed["text"] for removed in house.file(ref).revision.report["removed"]] == [
        "Other stories",
        "Follow the valley every morning.",
    ]


def test_a_selector_that_is_none_is_refused_by_name(house):
    outlet = an_outlet(furniture=Furniture(selectors=(".promo >",)))
    with pytest.raises(BadFields) as refusal:
        keep.set_outlet(house.store, outlet, who=ANA, now=NOON)
    assert list(refusal.value.extra["errors"]) == ["remove_selector"]


@pytest.mark.parametrize(("byline", "printed"), [("", "Ani Example"), ("Staff of the Review", "Staff of the Review")])
def test_a_byline_in_the_body_stands_where_the_source_gave_none(house, byline, printed):
    ref = house.push(byline=byline, body_html="<p>By Ani Example</p><p>It reopened.</p><p>All came.</p>").id
    assert house.story(ref).source.byline == printed
    assert house.story(ref).source.body_html == "<p>It reopened.</p><p>All came.</p>"
