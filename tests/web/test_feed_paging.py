"""A feed leads back to its first story, by pages and by archives, and tells who asks only what changed since."""

import re
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from lxml import etree

from syndicate.core.newsroom import Order
from syndicate.core.policy import Page, Policy
from syndicate.outputs import FORMATS
from syndicate.service import keep
from tests.newsroom import ANA, LATER, NOON, SECOND
from tests.web.conftest import is_problem

A = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
FEED = "/feeds/world.atom"
COUNT, LENGTH = 23, 8
DELTA = {"A-IM": "feed"}


class Doc:
    """An Atom document as a reader sees it."""

    def __init__(self, answer) -> None:
        assert answer.status_code in (200, 226), answer.text
        self.root, self.answer = etree.fromstring(answer.data), answer
        self.titles = [entry.findtext(f"{A}title") for entry in self.root.iter(f"{A}entry")]
        self.gone = len(self.root.findall(GONE))
        links = self.root.findall(f"{A}link")
        self.links = {link.get("rel"): link.get("href").removeprefix("https://news.example") for link in links}


def read(site, path: str = FEED, **how) -> Doc:
    return Doc(site.ask(path, **how))


def walk(site, path: str, relation: str, **how) -> list[Doc]:
    documents = [read(site, path, **how)]
    while (there := documents[-1].links.get(relation)) and len(documents) < 50:
        documents.append(read(site, there, **how))
    return documents


def set_channel(site, **changes) -> None:
    keep.set_channel(site.house.store, replace(site.house.channel(), **changes), who=ANA, now=NOON)


@pytest.fixture
def stories(site) -> list[str]:
    """Ids of stories out one after another, of which a feed shows some; the newest is named last."""
    set_channel(site, length=LENGTH)
    return [
        site.house.published(external_id=f"e{number}", headline=f"Story {number}", now=NOON + number * SECOND)
        for number in range(COUNT)
    ]


ALL = [f"Story {number}" for number in reversed(range(COUNT))]


@pytest.mark.parametrize("query", ["", "?limit=5"])
def test_pages_lead_back_to_the_first_story_and_forth_again(site, stories, query):
    pages = walk(site, f"{FEED}{query}", "next")
    assert [title for page in pages for title in page.titles] == ALL
    assert len(pages) > 2
    back = walk(site, pages[-1].links["self"], "previous")
    assert sorted({title for page in back for title in page.titles}) == sorted(ALL)
    assert {page.links.get("first") for page in pages} == {f"{FEED}{query}"}
    assert "Story 0" in read(site, pages[0].links["last"]).titles


def walk_by_header(site, path: str, relation: str) -> list[set[str]]:
    """The stories of each document, by what the `Link` header of the one before says."""
    found = []
    while path and len(found) < 50:
        answer = site.ask(path)
        assert answer.status_code == 200, answer.text
        found.append(set(re.findall(r"\bStory \d+\b", answer.text)))
        links = httpx.Response(200, headers={"Link": answer.headers["Link"]}).links
        path = links.get(relation, {}).get("url", "").removeprefix("https://news.example")
    return found


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if form.render_feed])
@pytest.mark.parametrize("query", ["", "?limit=5"])
def test_the_header_of_every_format_leads_back_to_the_first_story_and_each_stands_once(site, stories, form, query):
    pages = walk_by_header(site, f"/feeds/world.{form}{query}", "next")
    assert [len(page) for page in pages[:-1]] == [5 if query else LENGTH] * (len(pages) - 1)
    assert sorted(title for page in pages for title in page) == sorted(ALL)


@pytest.mark.parametrize("form", ["ninjs", "newsml", "nitf"])
def test_the_header_leads_through_the_archives_too(site, stories, form):
    feed, *archives = walk_by_header(site, f"/feeds/world.{form}", "prev-archive")
    assert set().union(feed, *archives) == {*ALL}
    assert len(set().union(*archives)) == sum(map(len, archives))


def test_an_archive_is_known_again_by_its_tag_alone(site, stories):
    archive = site.ask(f"{FEED}?archive=0")
    assert "Last-Modified" not in archive.headers  # of the channel's last change, which is none of this archive
    site.house.published(external_id="new", now=LATER)
    again = {"If-None-Match": archive.headers["ETag"]}
    assert site.ask(f"{FEED}?archive=0", headers=again).status_code == 304


def test_archives_and_the_feed_together_hold_every_story(site, stories):
    documents = walk(site, FEED, "prev-archive")
    assert {title for document in documents for title in document.titles} == set(ALL)
    archives = documents[1:]
    assert all(archive.root.find(f"{HISTORY}archive") is not None for archive in archives)
    assert {archive.links["current"] for archive in archives} == {FEED}
    forth = walk(site, archives[-1].links["self"], "next-archive")
    assert [one.links["self"] for one in forth] == [one.links["self"] for one in reversed(archives)]


def test_an_archive_stays_as_it_is_while_the_channel_goes_on(site, stories):
    archives = walk(site, FEED, "prev-archive")[1:]
    site.house.published(external_id="new", headline="New")
    for archive in archives:
        same = read(site, archive.links["self"])
        if "next-archive" in archive.links:
            assert same.answer.data == archive.answer.data
            known = {"If-None-Match": archive.answer.headers["ETag"]}
            assert site.ask(archive.links["self"], headers=known).status_code == 304


@pytest.mark.parametrize("order", Order)
def test_what_is_withdrawn_leaves_every_page_and_archive(site, stories, order):
    set_channel(site, order=order)
    site.house.withdraw(stories[0])
    for relation in ("next", "prev-archive"):
        documents = walk(site, FEED, relation)
        assert {title for document in documents for title in document.titles} == set(ALL) - {"Story 0"}
        assert [document.gone for document in documents] == [1] + [0] * (len(documents) - 1)


def test_a_correction_moves_a_story_from_its_archive_to_the_front(site, stories):
    site.house.push(external_id="e0", headline="Story 0 corrected")
    site.house.publish(stories[0], now=LATER)
    documents = walk(site, FEED, "prev-archive")
    titles = [title for document in documents for title in document.titles]
    assert documents[0].titles[0] == "Story 0 corrected"
    assert titles.count("Story 0") == 0
    assert set(titles) == {*ALL, "Story 0 corrected"} - {"Story 0"}


def test_a_feed_that_shows_all_that_there_is_says_so(site):
    site.house.published()
    assert read(site).root.find(f"{HISTORY}complete") is not None


def test_a_feed_that_shows_all_that_there_is_has_no_archives(site, stories):
    assert "Story 0" in read(site, f"{FEED}?archive=0").titles
    document = read(site, f"{FEED}?limit=100")
    assert (document.titles, "prev-archive" in document.links) == (ALL, False)
    assert document.root.find(f"{HISTORY}complete") is not None


def test_a_feed_that_does_not_show_all_does_not_say_so(site, stories):
    assert read(site).root.find(f"{HISTORY}complete") is None


def test_an_archive_that_is_not_full_is_not_there(site, stories):
    is_problem(site.ask(f"{FEED}?archive=99999"), 404)


WRONG = {
    "before=x": "before",
    "before=": "before",
    "before=99999999999999999999.a": "before",
    "after=1.%00": "after",
    "archive=-1": "archive",
    "archive=x": "archive",
    "since=yesterday": "since",
    "since=2026-03-04": "since",
    "since=": "since",
    "before=1.a&after=1.a": "after",
    "archive=0&since=2026-03-04T12:00:00Z": "archive",
}


@pytest.mark.parametrize(("query", "name"), WRONG.items())
def test_what_is_no_place_in_a_feed_is_refused_by_name(site, query, name):
    assert name in is_problem(site.ask(f"{FEED}?{query}"), 422, "invalid-fields")["errors"]


def test_a_made_up_place_is_a_place(site, stories):
    assert read(site, f"{FEED}?before=1.").titles == []
    assert read(site, f"{FEED}?after=99999999999999999.zzz").titles == []


def test_since_tells_what_came_changed_and_left_after_that_instant(site, stories):
    moment = site.ask(FEED).headers["Last-Modified"]
    assert moment
    stamp = site.house.channel().changed_at
    site.house.push(external_id="e3", headline="Story 3 corrected")
    site.house.publish(stories[3], now=LATER)
    site.house.published(external_id="new", headline="New", now=LATER)
    site.house.withdraw(stories[5], now=LATER)
    document = read(site, f"{FEED}?since={stamp.isoformat().replace('+00:00', 'Z')}")
    assert document.titles == ["New", "Story 3 corrected"]
    assert document.gone == 1
    assert read(site, f"{FEED}?since={(stamp + timedelta(hours=60)).isoformat()}").titles == []


def test_what_changed_since_has_pages_too(site, stories):
    pages = walk(site, f"{FEED}?since=2026-03-04T12:00:10Z&limit=4", "next")
    titles = [title for page in pages for title in page.titles]
    assert titles == ALL[: len(titles)]
    assert len(pages) > 2


def test_who_asks_for_changes_gets_those_since_its_own_state(site, stories):
    before = site.ask(FEED)
    site.house.published(external_id="new", headline="New", now=LATER)
    site.house.withdraw(stories[-1], now=LATER)
    known = {"If-None-Match": before.headers["ETag"]}
    answer = site.ask(FEED, headers=DELTA | known)
    assert (answer.status_code, answer.headers["IM"]) == (226, "feed")
    assert Doc(answer).titles == ["New"]
    assert Doc(answer).gone == 1
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["ETag"] == site.ask(FEED).headers["ETag"]
    assert site.ask(FEED, headers=DELTA | {"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert site.ask(FEED, headers=known).status_code == 200
    assert site.ask(FEED, headers=known | {"A-IM": "feed;q=0, gzip"}).status_code == 200


def test_who_has_applied_the_changes_has_what_the_feed_shows(site, stories):
    seen, known = set(read(site).titles), site.ask(FEED).headers["ETag"]
    for number in range(4):
        site.house.published(external_id=f"n{number}", headline=f"New {number}", now=LATER + number * SECOND)
        answer = site.ask(FEED, headers=DELTA | {"If-None-Match": known})
        seen, known = seen | set(Doc(answer).titles), answer.headers["ETag"]
        assert set(read(site).titles) <= seen


@pytest.mark.parametrize(
    "change",
    [
        lambda site: set_channel(site, title="Another"),
        lambda site: set_channel(site, policy=Policy(page=Page.NOINDEX)),
        lambda site: [site.house.published(external_id=f"n{n}", now=LATER + n * SECOND) for n in range(LENGTH + 1)],
    ],
    ids=["settings", "policy", "more than it shows"],
)
def test_where_the_changes_cannot_be_told_the_whole_is_sent(site, stories, change):
    known = {"If-None-Match": site.ask(FEED).headers["ETag"]}
    change(site)
    answer = site.ask(FEED, headers=DELTA | known)
    assert answer.status_code == 200
    assert len(Doc(answer).titles) == LENGTH


@pytest.mark.parametrize(
    "tag", ['"x"', "W/", '"1.00000000000000000000000000000000"', '"fffffffff.' + "0" * 32 + '"', "*"]
)
def test_a_state_that_is_none_of_ours_gets_the_whole(site, stories, tag):
    answer = site.ask(FEED, headers=DELTA | {"If-None-Match": tag})
    assert answer.status_code == (304 if tag == "*" else 200)


@pytest.mark.parametrize("path", [f"{FEED}?archive=0", f"{FEED}?since=2026-03-04T12:00:10Z"])
def test_a_part_of_a_feed_has_no_changes_of_its_own(site, stories, path):
    known = {"If-None-Match": site.ask(FEED).headers["ETag"]}
    assert site.ask(path, headers=DELTA | known).status_code == 200


def test_no_link_of_any_page_or_archive_carries_the_key(site, stories):
    inner = replace(site.house.channel("inner"), title="Inner")  # which closes what was to be its first archive
    keep.set_channel(site.house.store, inner, who=ANA, now=NOON)
    for query in ("limit=5", "archive=0", "before=99999999999999999.", "since=2026-03-04T12:00:10Z"):
        answer = site.ask(f"/feeds/inner.atom?{query}&key={site.keys['times']}")
        assert answer.status_code == 200
        assert "key=" not in answer.text
        assert site.keys["times"] not in str(answer.headers)


ACCEPTED = {
    "": "text/html",
    "*/*": "text/html",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": "text/html",
    "application/atom+xml": "application/atom+xml",
    "application/rss+xml": "application/rss+xml",
    "application/json": "application/feed+json",
    "application/ninjs+json": "application/ninjs+json",
    "text/vnd.iptc.nitf": "text/vnd.iptc.nitf",
    "text/plain": "text/plain",
    "text/plain; charset=utf-8": "text/plain",
    "application/json;charset=utf-8;q=0.9, text/html;q=0.2": "application/feed+json",
    "application/ninjs+json;version=2.1": "application/ninjs+json",
    "application/vnd.iptc.g2.newsitem+xml": "application/vnd.iptc.g2.newsitem+xml",
    "text/html;q=0.5, text/plain": "text/plain",
    "text/*;q=0.5, application/rss+xml;q=0.4": "text/html",
}


@pytest.mark.parametrize(("accepted", "media_type"), ACCEPTED.items())
def test_an_items_address_answers_in_the_form_that_is_liked_best(site, accepted, media_type):
    ref = site.house.published()
    headers = {"Accept": accepted} if accepted else {}
    answer = site.ask(f"/items/{ref}", headers=headers)
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    assert "Accept" in {name.strip() for name in answer.headers["Vary"].split(",")}


def test_a_form_that_there_is_not_is_refused_with_those_that_there_are(site):
    ref = site.house.published()
    problem = is_problem(site.ask(f"/items/{ref}", headers={"Accept": "application/pdf"}), 406, "not-acceptable")
    assert {"text/html", "application/rss+xml", "text/plain"} <= set(problem["offered"])


def test_an_address_with_an_ending_is_that_form_whatever_is_liked(site):
    ref = site.house.published()
    assert site.ask(f"/items/{ref}.txt", headers={"Accept": "application/pdf"}).mimetype == "text/plain"
