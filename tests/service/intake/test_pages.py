"""Stories of a feed of summaries, read from their pages where that is agreed, and held where it is not."""

import pytest

from syndicate.core.source import FullText, PollResult
from syndicate.core.workflow import Review
from tests.newsroom import LATER
from tests.partner import Partner, answer, redirect
from tests.service.feeds import Pulled, an_item, pulled, served

TELLS = "of the story tells of the stove, the queue, the books and the people."
LONG = "".join(f"<p>Paragraph {number} {TELLS}</p>" for number in range(12))


def a_page(title: str = "Another title", body: str = LONG) -> bytes:
    head = f'<title>{title}</title><meta name="author" content="Of The Page">'
    story = f"<article><h1>{title}</h1>{body}</article>"
    page = f"<!DOCTYPE html><html><head>{head}</head><body><nav>Home</nav>{story}</body></html>"
    return answer(200, page.encode(), Content_Type="text/html; charset=utf-8")


def a_teaser(partner: Partner, number: int = 1, **parts) -> str:
    link = partner.url(f"/story-{number}/")
    return an_item(number, **{"link": link, "content:encoded": None, "description": "The stove was lit."} | parts)


@pytest.fixture
def feed(house, partner, client) -> Pulled:
    """The outlet lets us fetch its pages, and the feed is to be filled from them."""
    house.agree(fetch_pages=True)
    made = pulled(house, partner, client)
    made.set(full_text=FullText.FETCH_PAGE)
    return made


def test_the_page_gives_the_text_and_the_feed_the_facts(feed, partner):
    feed.says(served(a_teaser(partner)))
    partner.says["/story-1/"] = [a_page()]
    assert feed.poll().detail["items"] == {"created": 1, "pages": 1}
    story = feed.story()
    assert story.review is Review.RECEIVED
    assert "Paragraph 11" in story.source.body_html
    assert (story.source.headline, story.source.byline) == ("Reading room 1 reopens", "Nare Hakobian")


def test_what_came_for_it_is_kept_byte_for_byte(feed, partner):
    feed.says(served(a_teaser(partner)))
    partner.says["/story-1/"] = [a_page()]
    feed.poll()
    assert feed.house.file(feed.story().id).revision.body.startswith(b"<!DOCTYPE html>")


def test_a_story_that_is_whole_in_the_feed_needs_no_page(feed, partner):
    feed.says(served(an_item(1)))
    feed.poll()
    assert [asked.path for asked in partner.asked] == ["/feed"]


@pytest.mark.parametrize("without", ["agreement", "rule"])
def test_no_page_is_fetched_without_agreement_and_rule(feed, partner, without):
    if without == "agreement":
        feed.house.agree(fetch_pages=False)
    else:
        feed.set(full_text=FullText.AS_IS)
    feed.says(served(a_teaser(partner)))
    feed.poll()
    assert [asked.path for asked in partner.asked] == ["/feed"]
    assert (feed.story().review, feed.story().reason) == (Review.HELD, "The feed gives a summary only.")


def test_a_page_of_another_site_is_not_ours_to_fetch(feed, partner):
    feed.says(served(a_teaser(partner, link="https://another.example/story/")))
    feed.poll()
    assert feed.story().reason == "The feed gives a summary only, and its page stands on another site."


FOR_GOOD = {
    "not there": (answer(404), "it answered 404"),
    "behind a wall": (answer(403), "it answered 403"),
    "no page": (answer(200, b"%PDF-1.7", Content_Type="application/pdf"), ""),
    "nothing on it": (a_page(body="<p>Short.</p>"), ""),
    "led away": (redirect("http://169.254.169.254/latest/"), "not on the public network"),
}


@pytest.mark.parametrize(("said", "why"), FOR_GOOD.values(), ids=FOR_GOOD)
def test_a_page_that_gives_nothing_holds_the_story_with_the_reason(feed, partner, said, why):
    feed.says(served(a_teaser(partner), ETag='"1"'), answer(304))
    partner.says["/story-1/"] = [said]
    poll = feed.poll()
    assert poll.detail["items"] == {"created": 1, "held": 1, "pages": 1}
    assert feed.story().reason.startswith("The feed gives a summary only, and its page")
    assert why in feed.story().reason
    assert feed.poll().result is PollResult.NOT_MODIFIED


def test_a_page_that_fails_for_now_is_tried_again_and_its_story_is_there_meanwhile(feed, partner):
    feed.says(served(a_teaser(partner), ETag='"1"'))
    partner.says["/story-1/"] = [answer(503), a_page()]
    first = feed.poll()
    assert (first.result, first.detail["left"]) == (PollResult.PARTIAL, 1)
    assert feed.story().review is Review.HELD
    assert feed.poll(LATER).detail["items"] == {"held": 1, "pages": 1, "updated": 1}
    assert partner.asked[2].headers["If-None-Match"] is None
    assert "Paragraph 11" in feed.story().source.body_html
    assert feed.story().reason == "The full text has come since it was held."


def test_a_touched_teaser_has_its_page_read_again(feed, partner):
    feed.says(
        served(a_teaser(partner, **{"atom:updated": "2026-03-03T10:00:00Z"})),
        served(a_teaser(partner, **{"atom:updated": "2026-03-03T11:00:00Z"})),
    )
    partner.says["/story-1/"] = [a_page(), a_page(body=LONG + "<p>And then the roof was mended, said the mayor.</p>")]
    feed.poll()
    assert feed.poll().detail["items"] == {"pages": 1, "updated": 1}
    assert "roof was mended" in feed.story().source.body_html


def test_only_so_many_pages_are_fetched_at_one_look(feed, partner, monkeypatch):
    monkeypatch.setattr("syndicate.service.intake.harvest.MOST_PAGES", 2)
    feed.says(served(*(a_teaser(partner, number) for number in range(3)), ETag='"1"'))
    for number in range(3):
        partner.says[f"/story-{number}/"] = [a_page()]
    assert feed.poll().detail["left"] == 1
    assert feed.poll().detail["items"] == {"created": 1, "pages": 1, "unchanged": 2}
    assert feed.poll().result is PollResult.UNCHANGED


def test_turning_the_rule_on_reads_the_pages_of_what_is_held(feed, partner):
    feed.set(full_text=FullText.AS_IS)
    feed.says(served(a_teaser(partner)))
    partner.says["/story-1/"] = [a_page()]
    feed.poll()
    feed.set(full_text=FullText.FETCH_PAGE)
    assert feed.poll().detail["items"]["updated"] == 1
