"""A Google News sitemap: the newest public stories by their addresses here.

Rules: sitemaps.org 0.9 and Google's news extension 0.9: stories of the last two days, at most 1,000; the publication's
name as it stands on the site, its language as ISO 639 (Chinese by region), when we published it, its title as printed.
"""

from collections.abc import Sequence
from datetime import timedelta

from lxml import etree

from syndicate.core.newsitem import NewsItem, item_url
from syndicate.core.newsroom import Newsroom
from syndicate.outputs import words
from syndicate.outputs.dates import utc
from syndicate.outputs.text import language_tag, line
from syndicate.outputs.xml import add, put

MEDIA_TYPE = "application/xml"
MOST_STORIES, OLDEST = 1000, timedelta(hours=48)

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_TRADITIONAL = {"hant", "tw", "hk", "mo"}


def render(newsroom: Newsroom, items: Sequence[NewsItem]) -> bytes:
    """The whole document, UTF-8, in the order of `items`."""
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "news": _NEWS})  # type: ignore[dict-item]
    for item in items:
        url = add(root, f"{{{_SITEMAP}}}url")
        put(url, f"{{{_SITEMAP}}}loc", item_url(newsroom.base_url, item))
        news = add(url, f"{{{_NEWS}}}news")
        publication = add(news, f"{{{_NEWS}}}publication")
        put(publication, f"{{{_NEWS}}}name", line(newsroom.name))
        put(publication, f"{{{_NEWS}}}language", _language(item))
        put(news, f"{{{_NEWS}}}publication_date", utc(item.first_created))
        put(news, f"{{{_NEWS}}}title", words.headline(item))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _language(item: NewsItem) -> str:
    """English where the source did not say: the element is obligatory."""
    main, *rest = language_tag(item.language).lower().split("-")
    if main == "zh":
        return "zh-cn" if _TRADITIONAL.isdisjoint(rest) else "zh-tw"
    return main or "en"
