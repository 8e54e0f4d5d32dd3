"""Two readers that share no code understand the same: feedparser, and fastfeedparser (which reads JSON Feed too)."""

import fastfeedparser
import feedparser
import pytest

from syndicate.outputs import FORMATS
from tests.factories import a_feed, an_item
from tests.outputs.stories import KILLED, PRINTED_PAGE

ITEMS = [an_item(), PRINTED_PAGE, KILLED]
READERS = {
    "rss by feedparser": ("rss", feedparser.parse),
    "rss by fastfeedparser": ("rss", fastfeedparser.parse),
    "atom by feedparser": ("atom", feedparser.parse),
    "atom by fastfeedparser": ("atom", fastfeedparser.parse),
    "json by fastfeedparser": ("json", fastfeedparser.parse),
}
PICTURE = "https://media.news.example/p/school.jpg?w=1200&q=80"


@pytest.fixture(params=READERS.values(), ids=READERS)
def parsed(request):
    form, parse = request.param
    render_feed = FORMATS[form].render_feed
    return parse(render_feed(a_feed(), ITEMS))


def test_the_feed_has_its_title_and_its_page(parsed):
    assert (parsed.feed.title, parsed.feed.link) == ("World", "https://news.example/feeds/world")


def test_only_live_stories_are_entries(parsed):
    assert [entry.id for entry in parsed.entries] == [ITEMS[0].guid, ITEMS[1].guid]


def test_a_story_has_its_title_address_dates_author_and_topics(parsed):
    entry = parsed.entries[0]
    assert (entry.title, entry.link) == ("Valley schools reopen after eleven weeks", "https://news.example/items/s7k2")
    assert "Tamar Gelashvili" in entry.author
    assert "Mar 2026 12:00:00" in entry.published or entry.published.startswith("2026-03-04T12:00:00")
    assert {tag.get("label") or tag["term"] for tag in entry.tags} == {"International", "education", "school"}


def test_the_whole_text_is_there_with_the_credit_at_its_end(parsed):
    html = parsed.entries[0].content[0]["value"]
    assert html.index("Schools in the upper valley") < html.index("This story originally appeared on")


def test_the_picture_is_found(parsed):
    entry = parsed.entries[0]
    files = entry.get("media_content") or entry.enclosures  # JSON Feed has no media:content
    assert [one["url"] for one in files] == [PICTURE]
