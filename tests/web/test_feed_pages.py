"""What people and crawlers read of channels: pages, the list of subscriptions, the news sitemap, robots.txt."""

from dataclasses import replace
from datetime import timedelta
from urllib import robotparser

import pytest
from lxml import etree, html

from syndicate.core.policy import Page, Policy
from syndicate.service import keep
from tests.newsroom import ANA, LATER, NOON, SECOND
from tests.web.conftest import is_problem

NEWS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}


def page(answer):
    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    return html.document_fromstring(answer.text)


def subscriptions(answer):
    root = etree.fromstring(answer.data)
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert [outline.get("type") for outline in root.iter("outline")] == ["rss"] * len(root.findall("body/outline"))
    return {outline.get("text"): outline.get("xmlUrl") for outline in root.iter("outline")}


def sitemap(site):
    answer = site.ask("/news-sitemap.xml")
    assert answer.mimetype == "application/xml"
    return etree.fromstring(answer.data).xpath("s:url", namespaces=NEWS)


def test_a_channel_shows_its_newest_stories_and_its_address_in_each_format(site):
    story_id = site.house.published(headline="Valley <schools> & stoves")
    shown = page(site.ask("/feeds/world"))
    (story,) = shown.xpath("//section[@class='stories']//li")
    assert story.xpath("string(h3/a)") == "Valley <schools> & stoves"
    assert story.xpath("string(h3/a/@href)") == f"/items/{story_id}"
    assert "oc-media.org" in story.text_content()
    assert "2026-03-03" in story.text_content()
    assert "This story originally appeared" in story.text_content()
    addresses = shown.xpath("//input[@readonly]/@value")
    assert "https://news.example/feeds/world.rss" in addresses
    assert all(site.ask(address.removeprefix("https://news.example")).status_code == 200 for address in addresses)


def test_a_story_from_right_to_left_says_so_and_a_withdrawn_one_is_gone(site):
    site.house.published(external_id="a", language="ar", headline="المدارس")
    site.house.withdraw(site.house.published(external_id="b"))
    (story,) = page(site.ask("/feeds/world")).xpath("//section[@class='stories']//li")
    assert (story.get("lang"), story.get("dir")) == ("ar", "rtl")


@pytest.mark.parametrize("path", ["/feeds", "/feeds/world", "/feeds/inner"])
def test_pages_run_nothing_of_others_and_name_no_key(site, path):
    answer = site.ask(f"{path}?key={site.keys['times']}")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert site.keys["times"] not in answer.text
    shown = page(answer)
    assert not shown.xpath("//script[not(@src)] | //@style | //style | //@*[starts-with(name(), 'on')]")
    for address in shown.xpath("//script/@src | //link[@rel='stylesheet']/@href"):
        assert site.ask(address).status_code == 200


def test_a_channel_for_subscribers_needs_the_key_and_is_nobody_elses_to_keep(site):
    is_problem(site.ask("/feeds/inner"), 401)
    is_problem(site.ask("/feeds/secret", by="times"), 404)
    answer = site.ask("/feeds/inner", by="times")
    assert "Authorization: Bearer KEY" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in answer.vary


def test_lists_name_what_the_one_who_asks_may_read(site):
    for by, names in ((None, {"world"}), ("times", {"world", "inner"})):
        assert {href for _, _, href, _ in page(site.ask("/feeds", by=by)).iterlinks() if "/feeds/" in href} == {
            f"/feeds/{name}" for name in names
        }
        found = subscriptions(site.ask("/feeds.opml", by=by))
        assert set(found.values()) == {f"https://news.example/feeds/{name}.rss" for name in names}
    assert site.ask("/feeds.opml").headers["Cache-Control"] == "public, no-cache"
    assert site.ask("/feeds.opml", by="times").headers["Cache-Control"] == "private, no-cache"


def test_the_sitemap_has_the_public_stories_of_two_days(site):
    site.house.published(external_id="old", headline="Old", now=LATER - timedelta(hours=48) - SECOND)
    story_id = site.house.published(external_id="new", headline="A & <b>", now=LATER - timedelta(hours=48))
    (url,) = sitemap(site)
    assert url.xpath("string(s:loc)", namespaces=NEWS) == f"https://news.example/items/{story_id}"
    (news,) = url.xpath("n:news", namespaces=NEWS)
    facts = ("n:publication/n:name", "n:publication/n:language", "n:publication_date", "n:title")
    told = [news.xpath(f"string({fact})", namespaces=NEWS) for fact in facts]
    assert told == ["The Mirror", "en", "2026-03-04T09:30:00Z", "A & <b>"]


def test_the_sitemap_heeds_noindex_of_agreements_and_of_channels_and_withdrawals(site):
    house = site.house
    story_id = house.published(now=LATER)
    assert len(sitemap(site)) == 1
    keep.set_channel(house.store, replace(house.channel(), policy=Policy(page=Page.NOINDEX)), who=ANA, now=LATER)
    assert sitemap(site) == []
    keep.set_channel(house.store, replace(house.channel(), policy=Policy()), who=ANA, now=LATER)
    house.agree(page=Page.NOINDEX)
    site.clock.now += timedelta(minutes=5)
    assert sitemap(site) == []
    house.agree()
    site.clock.now += timedelta(minutes=5)
    assert len(sitemap(site)) == 1
    house.withdraw(story_id, now=LATER)
    assert sitemap(site) == []


def test_the_sitemap_holds_nothing_of_private_channels_and_a_story_of_two_channels_once(site):
    keep.remove_channel(site.house.store, "world", who=ANA, now=NOON)
    site.house.published(now=LATER)
    assert sitemap(site) == []
    for slug in ("a", "b"):
        site.house.add_channel(slug, now=LATER)
    assert len(sitemap(site)) == 1


def test_robots_may_read_everything_and_find_the_sitemap(site):
    rules = robotparser.RobotFileParser()
    rules.parse(site.ask("/robots.txt").text.splitlines())
    assert rules.can_fetch("Googlebot", "https://news.example/items/x")
    assert rules.site_maps() == ["https://news.example/news-sitemap.xml"]
