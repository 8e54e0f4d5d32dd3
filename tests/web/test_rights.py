"""Two subscribers of one channel with different rights: each reads its own documents, and never the other's."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from syndicate.core.grants import Grants
from syndicate.core.newsroom import Subscriber
from syndicate.core.rule import Rule
from syndicate.service import keep, keys, read
from syndicate.service.deliver.rendering import render
from tests.newsroom import ANA, LATER, NEWSROOM, NOON, SECOND
from tests.web.conftest import Site, is_problem
from tests.web.test_feed_paging import walk

FEED = "/feeds/inner.rss"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def agree(site: Site, slug: str, *, now: datetime | None = None, **grants: object) -> None:
    subscriber = replace(read.subscriber(site.house.store, slug), grants=Grants(**grants))
    keep.set_subscriber(site.house.store, subscriber, who=ANA, now=now or site.clock.now)


@pytest.fixture
def post(site: Site) -> Site:
    """Beside `times` there is `post`; one story is of `oc-media`, the other of `globe`."""
    keep.add_subscriber(site.house.store, Subscriber(slug="post", name="P", channels=("inner",)), who=ANA, now=NOON)
    _, site.keys["post"] = keys.add(site.house.store, subscriber="post", who=ANA, now=NOON)
    keep.remove_channel(site.house.store, "world", who=ANA, now=NOON)
    site.house.published(headline="Ours", summary="In short.")
    globe = {"external_id": "g", "headline": "Theirs", "outlet": "globe", "url": "https://globe.example/1"}
    site.house.published(**globe)
    return site


def headlines(site: Site, by: str, path: str = FEED) -> set[str]:
    text = site.ask(path, by=by).get_data(as_text=True)
    return {name for name in ("Ours", "Theirs") if f"<title>{name}</title>" in text}


def test_each_reads_what_it_may_have_in_every_format_whoever_asked_before(post):
    agree(post, "times", blocked_outlets=("globe",))
    agree(post, "post", blocked_outlets=("oc-media",))
    for extension in ("rss", "atom", "json", "ninjs", "newsml", "nitf"):
        bodies = {by: post.ask(f"/feeds/inner.{extension}", by=by).get_data(as_text=True) for by in ("times", "post")}
        assert ("Ours" in bodies["times"], "Theirs" in bodies["times"]) == (True, False), extension
        assert ("Ours" in bodies["post"], "Theirs" in bodies["post"]) == (False, True), extension
    pages = {by: post.ask("/feeds/inner", by=by).text for by in ("times", "post")}
    assert ("Ours" in pages["times"], "Theirs" in pages["times"]) == (True, False)
    assert ("Ours" in pages["post"], "Theirs" in pages["post"]) == (False, True)


def test_a_validator_of_one_is_nothing_to_the_other_and_holds_until_its_own_rights_change(post):
    agree(post, "times", blocked_outlets=("globe",))
    agree(post, "post", blocked_outlets=("oc-media",))
    etag = {by: post.ask(FEED, by=by).headers["ETag"] for by in ("times", "post")}

    def status(by: str, of: str) -> int:
        return post.ask(FEED, by=by, headers={"If-None-Match": etag[of]}).status_code

    assert [status("times", "times"), status("times", "post"), status("post", "times")] == [304, 200, 200]
    agree(post, "post")
    assert [status("times", "times"), status("post", "post")] == [304, 200]
    assert headlines(post, "post") == {"Ours", "Theirs"}


def test_two_changes_of_rights_within_one_second_are_never_taken_for_one_by_a_date(post):
    agree(post, "times", blocked_outlets=("globe",))
    assert "Last-Modified" not in post.ask(FEED, by="times").headers
    since = {"If-Modified-Since": "Fri, 31 Dec 2027 00:00:00 GMT"}
    assert post.ask(FEED, by="times", headers=since).status_code == 200


def test_subscribers_without_rights_of_their_own_read_one_document(post):
    assert post.ask(FEED, by="times").headers["ETag"] == post.ask(FEED, by="post").headers["ETag"]


def test_excerpts_are_excerpts_in_the_feed_and_at_the_item(post):
    agree(post, "times", excerpt_only=True)
    (ours, *_) = post.ask("/api/v1/changes", by="times").json["changes"]
    item = ours["links"]["json"].removeprefix("https://news.example")
    for path in (FEED, item):
        texts = {by: post.ask(path, by=by).get_data(as_text=True) for by in ("times", "post")}
        assert "We counted the days" not in texts["times"], path
        assert "We counted the days" in texts["post"], path
    assert "private" in post.ask(item, by="times").headers["Cache-Control"]


CHANGED = {  # where each format says when a story in a feed changed last
    "rss": r"<dcterms:modified>(.*?)Z<",
    "atom": r"<entry.*?<updated>(.*?)Z<",
    "json": r'"date_modified": "(.*?)Z"',
    "ninjs": r'"versionCreated": "(.*?)(?:Z|\+00:00)"',
    "newsml": r"<newsItem.*?<versionCreated>(.*?)Z<",
    "nitf": r"<newsItem.*?<versionCreated>(.*?)Z<",
}


@pytest.mark.parametrize(("extension", "pattern"), CHANGED.items())
def test_what_was_lost_and_is_given_again_is_newer_than_what_told_of_its_loss(post, extension, pattern):
    (_, globe) = post.ask("/api/v1/changes", by="times").json["changes"]
    lost, again = LATER + DAY, LATER + 2 * DAY
    feed, item = f"/feeds/inner.{extension}", f"/items/{globe['guid'].rpartition('/')[2]}.{extension}"

    def dates(by: str) -> list[str]:
        return sorted(re.findall(pattern, post.ask(feed, by=by).get_data(as_text=True), re.DOTALL))

    def says(path: str, moment: datetime) -> bool:
        text = post.ask(path, by="times").get_data(as_text=True)
        return f"{moment:%Y-%m-%dT%H:%M:%SZ}" in text.replace("+00:00", "Z") or f"{moment:%Y%m%dT%H%M%SZ}" in text

    render(post.house.store, NEWSROOM, NOON)  # what is kept rendered for all has the date for all
    before = dates("times")
    post.clock.now = lost
    agree(post, "times", blocked_outlets=("globe",))
    assert [says(path, lost) for path in (feed, item)] == [True, True]
    post.clock.now = again
    agree(post, "times")
    assert [says(path, lost) for path in (feed, item)] == [False, False]
    assert says(item, again)
    assert dates("times") == [before[0], f"{again:%Y-%m-%dT%H:%M:%S}"]
    assert dates("post") == before


def test_a_readers_own_document_changed_last_when_its_rights_did(post):
    before, shared = (post.ask("/feeds/inner.atom", by=by).get_data(as_text=True) for by in ("times", "post"))
    agree(post, "times", blocked_outlets=("globe",))
    after = post.ask("/feeds/inner.atom", by="times").get_data(as_text=True)
    told = [re.findall(r"<updated>(.*?)</updated>", text)[0] for text in (before, shared, after)]
    assert told[0] == told[1]
    assert told[2] == f"{LATER:%Y-%m-%dT%H:%M:%SZ}" > told[1]


def test_when_an_agreement_ends_the_key_opens_nothing_private_from_that_instant_and_the_log_says_why(post):
    agree(post, "times", ends=LATER + DAY)
    (ours, *_) = post.ask("/api/v1/changes", by="times").json["changes"]
    item = ours["links"]["page"].removeprefix("https://news.example")
    post.clock.now = LATER + DAY - SECOND
    assert [post.ask(path, by="times").status_code for path in (FEED, item)] == [200, 200]
    post.clock.now = LATER + DAY  # whether or not a worker has seen to it
    for path in (FEED, "/feeds/inner"):
        assert is_problem(post.ask(path, by="times"), 403)["reason"] == "agreement-ended"
    is_problem(post.ask(item, by="times"), 404)  # its clock has not struck; then it is 410
    assert "inner" not in post.ask("/feeds.opml", by="times").get_data(as_text=True)
    post.house.clock_strikes(LATER + DAY)
    told = [change["type"] for change in post.ask("/api/v1/changes", by="times").json["changes"]]
    assert told == ["upsert", "upsert", "access-revoked", "access-revoked"]
    assert post.ask(item, by="times").status_code == 410


def test_what_a_channel_held_is_410_for_who_had_it_when_it_is_narrowed_or_taken_and_404_for_all_others(post):
    (ours, *_) = post.ask("/api/v1/changes", by="times").json["changes"]
    item = ours["links"]["ninjs"].removeprefix("https://news.example")
    by_whom = ("times", "post", None)
    assert [post.ask(item, by=by).status_code for by in by_whom] == [200, 200, 404]
    inner = post.house.channel("inner")
    keep.set_channel(post.house.store, replace(inner, rule=Rule(keywords=("nothing",))), who=ANA, now=LATER + DAY)
    gone = [post.ask(item, by=by) for by in by_whom]
    assert [answer.status_code for answer in gone] == [410, 410, 404]
    assert post.ask(item, by="times").data == gone[0].data  # the same bytes whenever it is asked
    assert "reopened on Monday" not in gone[0].get_data(as_text=True)
    keep.set_channel(post.house.store, inner, who=ANA, now=LATER + 2 * DAY)
    assert [post.ask(item, by=by).status_code for by in by_whom] == [200, 200, 404]
    keep.set_subscriber(post.house.store, Subscriber(slug="times", name="Times"), who=ANA, now=LATER + 2 * DAY)
    assert [post.ask(item, by=by).status_code for by in by_whom] == [410, 200, 404]


def test_what_was_lost_is_410_at_its_item_and_what_was_never_had_is_404(post):
    addresses = [
        change["links"]["page"].removeprefix("https://news.example")
        for change in post.ask("/api/v1/changes", by="post").json["changes"]
    ]
    agree(post, "times", blocked_outlets=("globe",))
    assert [post.ask(path, by="times").status_code for path in addresses] == [200, 410]
    globe = {"external_id": "h", "headline": "Later", "outlet": "globe", "url": "https://globe.example/2"}
    later = post.house.published(**globe, now=LATER)
    assert [post.ask(f"/items/{later}", by=by).status_code for by in ("times", "post")] == [404, 200]
    post.house.withdraw(later, now=LATER)
    assert [post.ask(f"/items/{later}", by=by).status_code for by in ("times", "post")] == [404, 410]
    assert later not in post.ask("/feeds/inner.atom", by="times").get_data(as_text=True)


def story(site: Site, number: int, at: datetime, outlet: str = "oc-media") -> None:
    url = f"https://{outlet}.example/{number}"
    site.house.published(external_id=f"s{number}", headline=f"Story {number}", outlet=outlet, url=url, now=at)


def its_hour_ends(site: Site) -> None:
    agree(site, "times", embargo_hours=1, now=NOON)
    site.house.clock_strikes(NOON + HOUR)
    for number in range(6):
        story(site, number, NOON + DAY + number * SECOND)


def its_block_is_lifted(site: Site) -> None:
    for number in range(6):
        story(site, number, NOON + DAY + number * SECOND, "globe")
    agree(site, "times", blocked_outlets=("globe", "oc-media"), now=NOON + DAY + MINUTE)
    agree(site, "times", blocked_outlets=("oc-media",), now=NOON + DAY + HOUR)


GIVEN = {"embargo hours": (its_hour_ends, 6), "block": (its_block_is_lifted, 7)}


def since(at: datetime) -> str:
    return f"/feeds/inner.atom?since={at.isoformat().replace('+00:00', 'Z')}"


@pytest.mark.parametrize(("happens", "number"), GIVEN.values(), ids=GIVEN)
def test_what_a_reader_was_given_later_is_told_by_since_once_and_page_by_page(post, happens, number):
    happens(post)
    post.house.clock_strikes(NOON + DAY + HOUR + 10 * SECOND)
    before, after = since(NOON + DAY + 30 * MINUTE), since(NOON + DAY + HOUR + 10 * SECOND)
    whole = walk(post, before, "next", by="times")[0].titles
    assert len(whole) == len({*whole}) == number
    pages = walk(post, f"{before}&limit=2", "next", by="times")
    assert [title for page in pages for title in page.titles] == whole
    back = walk(post, pages[-1].links["self"], "previous", by="times")
    assert {title for page in back for title in page.titles} == {*whole}
    assert walk(post, after, "next", by="times")[0].titles == []
    assert walk(post, before, "next", by="post")[0].titles == []
    assert post.queries(f"{before}&limit=1", by="times") == post.queries(f"{before}&limit=3", by="times")


def test_what_is_published_and_what_is_given_stand_in_one_order_of_their_moments(post):
    agree(post, "times", embargo_hours=1, now=NOON)
    post.house.clock_strikes(NOON + HOUR)
    for number in range(3):
        story(post, number, NOON + DAY + number * SECOND)
    for number in range(2):
        post.house.clock_strikes(NOON + DAY + HOUR + number * SECOND)
    agree(post, "times", now=NOON + DAY + HOUR + MINUTE)
    story(post, 3, NOON + DAY + HOUR + 2 * MINUTE)
    pages = walk(post, f"{since(NOON + DAY + 30 * MINUTE)}&limit=1", "next", by="times")
    assert [page.titles for page in pages] == [["Story 3"], ["Story 2"], ["Story 1"], ["Story 0"]]


def test_rights_that_leave_a_reader_what_it_had_are_no_news_by_since(post):
    agree(post, "times", now=LATER, embargo_hours=1)
    assert walk(post, since(NOON + DAY), "next", by="times")[0].titles == []
