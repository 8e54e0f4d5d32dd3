"""Looking at a source: what is new comes in, what is not costs nothing, and whatever a server does is in the log."""

import gzip
from datetime import timedelta

import pytest

from syndicate.core.source import PollResult
from syndicate.core.workflow import Review
from syndicate.delivery.http import Client, Limits
from syndicate.service import work
from syndicate.service.intake import sources
from syndicate.service.intake.harvest import AT_ONCE
from syndicate.store.sources import KEPT_POLLS
from tests.newsroom import ANA, LATER, NEWSROOM, NOON, SECOND, hands_on
from tests.partner import answer, drip, redirect, silent
from tests.service.feeds import HOUR, RSS, Pulled, a_feed, an_item, pulled, served

MINUTE = timedelta(minutes=1)


@pytest.fixture
def feed(house, partner, client) -> Pulled:
    return pulled(house, partner, client)


def test_the_stories_of_a_feed_come_in_and_wait_for_the_desk(feed):
    feed.says(served(an_item(1), an_item(2)))
    poll = feed.poll()
    assert (poll.result, poll.detail["items"]) == (PollResult.STORIES, {"created": 2})
    assert (poll.detail["status"], poll.detail["bytes"]) == (200, len(a_feed(an_item(1), an_item(2))))
    story = feed.story(1)
    assert (story.review, story.source.byline or story.source.authors[0].name) == (Review.RECEIVED, "Nare Hakobian")
    assert feed.next_at == NOON + 15 * MINUTE == feed.now.state.next_at


def test_the_next_question_carries_the_validators_exactly_as_they_were_given(feed, partner):
    feed.says(served(an_item(), ETag='W/"7-é"', Last_Modified="yesterday at noon"), answer(304))
    feed.poll()
    assert feed.poll().result is PollResult.NOT_MODIFIED
    asked = partner.asked[1].headers
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('W/"7-é"', "yesterday at noon")


def test_the_same_bytes_again_are_not_read(feed):
    feed.says(served(an_item(), ETag='"1"'), served(an_item(), ETag='"2"'))
    feed.poll()
    poll = feed.poll()
    assert (poll.result, "items" in poll.detail) == (PollResult.UNCHANGED, False)
    assert feed.now.state.etag == '"2"'


def test_a_story_that_did_not_change_makes_no_version_whatever_else_did(feed):
    feed.says(served(an_item(1)), served(an_item(2), an_item(1)))
    feed.poll()
    assert feed.poll().detail["items"] == {"created": 1, "unchanged": 1}
    assert feed.story(1).revision == 1


def test_what_did_not_change_is_not_cleaned_again(feed, monkeypatch):
    feed.says(served(an_item(1), an_item(2)), served(an_item(1), an_item(2, title="Two")))
    feed.poll()
    cleaned = []
    from syndicate.service.intake import harvest

    prepare = harvest.prepare
    monkeypatch.setattr(harvest, "prepare", lambda items, outlet: cleaned.extend(items) or prepare(items, outlet))
    feed.poll()
    assert [parsed.item.headline for parsed in cleaned] == ["Two"]


def test_a_change_is_a_new_version_of_the_same_story(feed):
    feed.says(served(an_item(1)), served(an_item(1, title="It reopens at last")))
    feed.poll()
    assert feed.poll().detail["items"] == {"updated": 1}
    assert (feed.story(1).revision, feed.story(1).source.headline) == (2, "It reopens at last")


def test_a_late_post_with_an_old_date_arrives(feed):
    old = "Mon, 05 Jan 2015 09:00:00 +0400"
    feed.says(served(an_item(1)), served(an_item(1), an_item(2, pubDate=old)))
    feed.poll()
    assert feed.poll().detail["items"] == {"created": 1, "unchanged": 1}


def test_a_post_that_was_only_touched_makes_no_version(feed):
    touched = {"atom:updated": "2026-03-05T10:00:00+04:00"}
    feed.says(served(an_item(1)), served(an_item(1, **touched)))
    feed.poll()
    assert feed.poll().result is PollResult.UNCHANGED
    assert feed.story(1).revision == 1


def test_a_change_counts_although_the_feed_set_its_date_back(feed):
    feed.says(
        served(an_item(1, **{"atom:updated": "2026-03-05T10:00:00+04:00"})),
        served(an_item(1, title="Set right", **{"atom:updated": "2026-03-01T10:00:00+04:00"})),
    )
    feed.poll()
    assert feed.poll().detail["items"] == {"updated": 1}


def test_what_has_left_the_feed_stays(feed):
    feed.says(served(an_item(1)), served(an_item(2)))
    feed.poll()
    feed.poll()
    assert len(feed.stories()) == 2
    assert feed.story(1).review is Review.RECEIVED


def test_what_the_feed_takes_back_is_taken_back_once(feed):
    gone = '<at:deleted-entry ref="https://oc-media.org/?p=1" when="2026-03-04T12:00:00Z"/>'
    feed.says(served(an_item(1)), served(gone), served(gone, an_item(2)))
    feed.poll()
    assert feed.poll().detail["items"] == {"withdrawn": 1}
    assert feed.story(1).review is Review.REJECTED
    assert feed.poll().detail["items"] == {"created": 1, "unchanged": 1}


def test_a_story_that_came_by_push_too_does_not_go_to_and_fro(feed):
    first = an_item(1, **{"atom:updated": "2026-03-03T12:00:00+04:00"})
    feed.says(served(first), served(an_item(2), first), served(an_item(3), first))
    feed.poll()
    push = {"external_id": "https://oc-media.org/?p=1", "url": "https://oc-media.org/reading-room-1/"}
    feed.house.push(**push, headline="By push", updated="2026-03-04T12:00:00+04:00")
    for _ in range(2):
        feed.poll()
    assert feed.story(1).source.headline == "By push"
    assert feed.story(1).revision == 2


def test_one_that_is_told_of_twice_in_a_feed_counts_once(feed):
    twice = (an_item(1, title="New"), an_item(1, title="Old"))
    feed.says(served(*twice), served(*twice, an_item(2)))
    feed.poll()
    assert feed.poll().detail["items"] == {"created": 1, "unchanged": 1}
    assert (feed.story(1).source.headline, feed.story(1).revision) == ("New", 1)


def test_a_refused_item_stops_no_other_and_is_tried_again_when_it_changes(feed):
    ours = f"{NEWSROOM.base_url}/items/abc"
    bad = an_item(1, link=ours)
    feed.says(served(bad, an_item(2)), served(bad, an_item(3)), served(an_item(1), an_item(3)))
    first = feed.poll()
    assert (first.result, first.detail["items"]) == (PollResult.PARTIAL, {"created": 1, "refused": 1})
    assert "itself, come back" in first.detail["refused"][0]["why"]
    assert feed.poll().detail["items"] == {"created": 1, "unchanged": 1}
    assert feed.poll().detail["items"] == {"created": 1, "unchanged": 1}


def test_a_permanent_move_is_remembered_beside_the_given_address(feed, partner):
    partner.says["/feed"] = [redirect("/new", 301)]
    partner.says["/new"] = [served(an_item(1))]
    feed.poll()
    assert (feed.now.address, feed.now.asked_at) == (partner.url("/feed"), partner.url("/new"))
    feed.poll()
    assert [asked.path for asked in partner.asked] == ["/feed", "/new", "/new"]


def test_a_passing_redirect_is_followed_each_time(feed, partner):
    partner.says["/feed"], partner.says["/new"] = [redirect("/new", 302)], [served(an_item(1))]
    feed.poll()
    assert feed.now.asked_at == partner.url("/feed")


def test_a_move_that_leads_nowhere_any_more_is_forgotten(feed, partner):
    partner.says["/feed"], partner.says["/new"] = [redirect("/new", 301)], [served(an_item(1)), answer(410)]
    for _ in range(4):
        feed.poll()
    assert not feed.now.state.stopped
    assert feed.now.asked_at == partner.url("/feed")


def test_what_is_gone_for_good_is_not_asked_again_until_it_is_set(feed, partner):
    feed.says(answer(410))
    poll = feed.poll()
    assert (poll.result, feed.next_at, feed.now.is_due(LATER)) == (PollResult.STOPPED, None, False)
    feed.poll(LATER)
    assert len(partner.asked) == 1
    feed.set(interval_s=600)
    feed.says(served(an_item(1)))
    assert feed.poll(LATER).result is PollResult.STORIES


def test_an_hour_of_failures_is_waited_out_and_nothing_is_lost(feed):
    feed.says(served(an_item(1), ETag='"1"'))
    feed.poll()
    feed.says(answer(500))
    now, waits = NOON, []
    while now < NOON + HOUR:
        assert feed.poll(now).detail["error"] == "It answered 500."
        waits.append(feed.next_at - now)
        now = feed.next_at
    assert waits == sorted(waits)
    assert len(waits) == 2
    assert (feed.now.state.failures, feed.now.state.failing_since, feed.now.state.etag) == (2, NOON, '"1"')
    feed.says(served(an_item(2), an_item(1)))
    assert feed.poll(now).detail["items"] == {"created": 1, "unchanged": 1}
    assert (feed.now.state.failures, feed.now.state.failing_since) == (0, None)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("3600", HOUR),
        ("Wed, 04 Mar 2026 14:00:00 GMT", 2 * HOUR),
        ("999999999", 24 * HOUR),
        ("1", 15 * MINUTE),
        ("soon", 22.5 * MINUTE),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_heeded_within_a_day(feed, status, header, wait):
    feed.says(answer(status, Retry_After=header))
    feed.poll()
    assert wait <= feed.next_at - NOON <= wait * 1.1


MISBEHAVING = {
    "500": (answer(500), "It answered 500."),
    "404": (answer(404), "nothing at its address"),
    "401": (answer(401), "wants a key"),
    "403": (answer(403), "refuses us"),
    "204": (answer(204), "It answered 204."),
    "not modified, unasked": (answer(304), "It answered 304."),
    "nothing at all": (b"", "not HTTP"),
    "closed in the middle": (answer(200, a_feed(an_item()), Content_Length="99999"), "broke off"),
    "no length and no end": (
        answer(200, a_feed(an_item(1), an_item(2))[:-300], Content_Length=None, Content_Type=RSS),
        "broke off",
    ),
    "a gzip bomb": (answer(200, gzip.compress(b" " * 9_000_000), Content_Encoding="gzip"), "over the limit"),
    "garbled chunks": (answer(200, b"zz\r\n", Content_Length=None, Transfer_Encoding="chunked"), "broke off"),
    "huge headers": (answer(200, a_feed(), X_A="a" * 200_000), "headers that are too long"),
    "HTTP/0.9": (b"<rss>", "not HTTP"),
    "a page": (answer(200, b"<!DOCTYPE html><html><body><p>Hello</p></body></html>", Content_Type="text/html"), ""),
    "an empty answer": (answer(200, b"", Content_Type=RSS), ""),
    "something else": (answer(200, b"%PDF-1.7 ...", Content_Type=RSS), ""),
    "a circle": (redirect("/feed"), "circle"),
    "a way to the metadata": (redirect("http://169.254.169.254/latest/"), "not on the public network"),
}


@pytest.mark.parametrize(("said", "told"), MISBEHAVING.values(), ids=MISBEHAVING)
def test_a_misbehaving_server_is_a_line_in_the_log_and_loses_nothing(feed, said, told):
    feed.says(served(an_item(1), ETag='"1"'), said, served(an_item(1), an_item(2)))
    feed.poll()
    if said == answer(304):
        feed.set(interval_s=900)  # which forgets the validators
    poll = feed.poll(NOON + HOUR)
    assert poll.result is PollResult.FAILED
    assert told in poll.detail["error"]
    assert feed.next_at > NOON + HOUR
    assert len(feed.stories()) == 1
    assert feed.poll(LATER).result is PollResult.STORIES
    assert [poll.result for poll in feed.log()] == [PollResult.STORIES, PollResult.FAILED, PollResult.STORIES]


@pytest.mark.parametrize("said", [silent, drip(served(an_item())[:60])], ids=["silent", "dripping"])
def test_a_slow_server_is_waited_for_no_longer_than_its_time(feed, partner, said):
    limits = Limits(connect_s=10, read_s=0.3, total_s=0.6)
    feed.client = Client(user_agent="s", allow_hosts=partner.host, limits=limits)
    feed.says(said)
    poll = feed.poll()
    assert poll.result is PollResult.FAILED
    assert "0.3 seconds" in poll.detail["error"] or "0.6 seconds" in poll.detail["error"]
    feed.client.close()


ENCODINGS = {
    "gzip": answer(200, gzip.compress(a_feed(an_item(1))), Content_Encoding="gzip", Content_Type="text/html"),
    "windows-1251": answer(
        200, b"<?xml version='1.0'?>" + a_feed(an_item(1)), Content_Type="text/xml; charset=windows-1251"
    ),
    "no length, but an end": answer(200, a_feed(an_item(1)) + b"\n<!-- cached -->\n", Content_Length=None),
    "no media type": answer(200, a_feed(an_item(1))),
    "said to be plain text": answer(200, a_feed(an_item(1)), Content_Type="text/plain"),
}


@pytest.mark.parametrize("said", ENCODINGS.values(), ids=ENCODINGS)
def test_the_same_story_in_another_wrapping_is_no_news(feed, said):
    feed.says(served(an_item(1)), said)
    feed.poll()
    feed.poll()
    assert feed.stories() == {"https://oc-media.org/?p=1": "Reading room 1 reopens"}
    assert feed.story(1).revision == 1
    assert feed.log()[0].result is PollResult.UNCHANGED


def test_a_long_feed_is_stored_a_few_at_a_time_and_goes_on_where_it_was_killed(feed, monkeypatch):
    items = [an_item(number) for number in range(AT_ONCE * 2 + 10)]
    feed.says(served(*items))
    from syndicate.service.intake import harvest

    really, calls = harvest.receive_item, []

    def killed(*args, **kwargs):
        calls.append(1)
        if len(calls) > AT_ONCE + 5:
            raise KeyboardInterrupt
        return really(*args, **kwargs)

    monkeypatch.setattr(harvest, "receive_item", killed)
    with pytest.raises(KeyboardInterrupt):
        feed.poll()
    assert len(feed.stories()) == AT_ONCE
    monkeypatch.setattr(harvest, "receive_item", really)
    assert feed.poll().detail["items"] == {"created": AT_ONCE + 10, "unchanged": AT_ONCE}
    assert len(feed.stories()) == len(items)
    assert {feed.story(number).revision for number in range(len(items))} == {1}


def test_the_worker_looks_when_it_is_due_and_one_at_a_time(feed):
    feed.says(served(an_item(1)))
    hands = hands_on(feed.house.store, client=feed.client)
    (job,) = work.claim(feed.house.store, now=NOON, limit=9)
    assert work.take(feed.house.store, "poll", feed.source.id, now=NOON) is None
    work.do(hands, job, now=NOON)
    assert [poll.result for poll in feed.log()] == [PollResult.STORIES]
    assert "poll" not in {job.kind for job in work.claim(feed.house.store, now=NOON + MINUTE, limit=9)}
    assert "poll" in {job.kind for job in work.claim(feed.house.store, now=NOON + HOUR, limit=9)}


def test_a_source_that_was_removed_is_not_looked_at(feed):
    hands = hands_on(feed.house.store, client=feed.client)
    job = work.take(feed.house.store, "poll", feed.source.id, now=NOON)
    sources.remove(feed.house.store, feed.source, who=ANA, now=NOON)
    work.do(hands, job, now=NOON)
    assert not work.claim(feed.house.store, now=LATER, limit=9)


def test_the_log_keeps_the_newest(feed):
    feed.says(answer(404))
    feed.poll()
    with feed.house.store.begin() as tx:
        (line,) = tx.sources.polls(feed.source.id, limit=1)
        for number in range(KEPT_POLLS + 3):
            tx.sources.log(feed.source.id, type(line)(at=NOON + number * SECOND, result=line.result, detail={}))
    assert len(feed.log()) == KEPT_POLLS
    assert feed.log()[0].at == NOON + (KEPT_POLLS + 2) * SECOND


def test_what_was_set_anew_while_we_looked_is_looked_at_anew(feed, partner):
    def meanwhile(_partner, _asked):
        feed.set(address=partner.url("/other"))
        yield served(an_item(1), ETag='"old"')

    feed.says(meanwhile)
    partner.says["/other"] = [served(an_item(2))]
    feed.look()
    assert feed.log() == []
    assert (feed.next_at, feed.now.state.etag) == (NOON, "")
    feed.poll()
    assert partner.asked[-1].path == "/other"


def test_a_summary_is_held_with_the_reason(feed):
    feed.says(served(an_item(1, **{"content:encoded": None, "description": "The stove was lit."})))
    assert feed.poll().detail["items"] == {"created": 1, "held": 1}
    assert (feed.story(1).review, feed.story(1).reason) == (Review.HELD, "The feed gives a summary only.")
