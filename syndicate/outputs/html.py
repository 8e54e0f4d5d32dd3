"""A story as a page to read: self-contained but for one stylesheet of ours and the pictures. No script.

The story is in its own language and direction, our labels are English and say so. Where the agreement asks for it,
`rel="canonical"` names the original, so that search engines send readers there, and `robots` keeps search engines out.
Only `/static/item.css` and pictures are loaded, which `default-src 'none'` with two exceptions allows.

A story that is out no more says what happened, when and why. A withdrawn one still names itself; a killed one does not
even say its headline, for which it may have been killed.
"""

import re

from lxml import etree

from syndicate.core.newsitem import Feed, NewsItem
from syndicate.outputs import words
from syndicate.outputs.body import as_html, caption, printed_body
from syndicate.outputs.dates import utc, w3c
from syndicate.outputs.text import direction, language_tag, line, web_address
from syndicate.outputs.xml import add, element, put, say

MEDIA_TYPE = "text/html"
STYLESHEET = "/static/item.css"

_ENGLISH = {"lang": "en", "dir": "ltr"}
_INSTANT = re.compile(r"([0-9-]{10})T([0-9]{2}:[0-9]{2}):[0-9.]+(Z|[+-][0-9:]{5})")


def render_item(feed: Feed, item: NewsItem) -> bytes:
    """The whole page, UTF-8."""
    title = words.public_title(item)
    body = element("body", {}, _gone(item, title) if item.canceled else _article(item))
    tag = "" if item.canceled else language_tag(item.language)
    page = element("html", {"lang": tag or "en", "dir": direction(tag)}, _head(feed, item, title), body)
    etree.indent(page)
    if not item.canceled:
        _insert_story(page, item)
        next(page.iter("article")).extend(counter(feed))
    return f"<!DOCTYPE html>\n{as_html(element('div', {}, page))}\n".encode()


def _head(feed: Feed, item: NewsItem, title: str) -> etree._Element:
    head = element("head", {}, element("meta", {"charset": "utf-8"}))
    add(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    put(head, "title", title)
    if item.canceled:
        add(head, "meta", {"name": "robots", "content": "noindex"})
    else:
        _about(head, feed, item)
    add(head, "link", {"rel": "stylesheet", "href": f"{feed.base_url}{STYLESHEET}"})
    return head


def _about(head: etree._Element, feed: Feed, item: NewsItem) -> None:
    for name, content in (
        ("author", ", ".join(one.name for one in words.writers(item))),
        ("description", line(item.summary)),
    ):
        if content:
            add(head, "meta", {"name": name, "content": content})
    for media_type, extension in (("application/rss+xml", "rss"), ("application/vnd.iptc.g2.newsitem+xml", "newsml")):
        add(head, "link", {"rel": "alternate", "type": media_type, "href": f"{feed.item_url(item)}.{extension}"})
    for hint in hints(feed, item):
        head.append(hint)


def hints(feed: Feed, item: NewsItem) -> list[etree._Element]:
    """What the agreement asks a page of the story to tell search engines, as elements of its head."""
    original = web_address(item.original_url)
    canonical = [element("link", {"rel": "canonical", "href": original})] if feed.canonical and original else []
    return canonical + ([element("meta", {"name": "robots", "content": "noindex"})] if feed.noindex else [])


def _article(item: NewsItem) -> etree._Element:
    article = element("article")
    tag = language_tag(item.language)
    # an unknown language is said to be unknown (lang="", HTML 3.2.6.2): else it would be read as our English
    article.set("lang", tag)
    article.set("dir", direction(tag) if tag else "auto")
    header = add(article, "header")
    put(header, "p", line(item.section), {"class": "section"})
    put(header, "h1", words.headline(item))
    put(header, "p", line(item.summary), {"class": "summary"})
    put(header, "p", line(item.written_by), {"class": "byline"})
    say(header, about_dates(item))
    put(header, "p", line(item.dateline), {"class": "dateline"})
    add(article, "div", {"class": "story"})
    if len(rights := about_rights(item)):
        say(article, rights)
    return article


def counter(feed: Feed) -> list[etree._Element]:
    """Where readings are counted: a picture of one point. It asks the browser to say no more than the site's name."""
    if not (address := web_address(feed.counter_url)):
        return []
    point = element("img", {"src": address, "width": "1", "height": "1", "referrerpolicy": "origin"})
    point.set("alt", "")  # it says nothing, and says so
    return [point]


def _insert_story(page: etree._Element, item: NewsItem) -> None:
    """After indentation, because white space is a part of a text."""
    place = next(node for node in page.iter("div") if node.get("class") == "story")
    story = printed_body(item)
    place.text = story.text
    place.extend(list(story))


def about_dates(item: NewsItem) -> etree._Element:
    """Where and when it was first published, and when here; dates as they are known, for every language the same."""
    dates = element("p", {"class": "dates", **_ENGLISH})
    origin = element("span", {"class": "origin"}, "First published")
    outlet, original = words.outlet(item), web_address(item.original_url) or web_address(item.info_source.uri)
    if outlet:
        say(origin, " by ", element("a", {"href": original}, outlet) if original else element("b", {}, outlet))
    if item.first_published:
        say(origin, " on ", _time(w3c(item.first_published)))
    if len(origin):
        say(dates, origin)
    ours = element("span", {"class": "republished"}, f"Republished by {line(item.provider.name) or 'us'} on ")
    say(ours, _time(utc(item.first_created)))
    if item.version > 1:
        what, why = words.changed(item)
        say(ours, f", {what}", _time(utc(item.version_created)), why)
    say(dates, ours)
    return dates


def _time(written: str) -> etree._Element:
    """As a reader reads it: an instant as "2026-03-03 14:05 UTC+04:00", a day or less as it is."""
    shown = _INSTANT.sub(r"\1 \2 UTC\3", written).removesuffix("Z")
    return element("time", {"datetime": written}, shown)


def about_rights(item: NewsItem) -> etree._Element:
    """Credit line, copyright, terms and licence, and the pictures' own terms, in plain words.

    The source's words are in the language of the story around them; ours say that they are English.
    """
    footer = element("footer", {"class": "rights"})
    put(footer, "p", line(item.credit_line), {"class": "credit-line"})
    put(footer, "p", words.copyright_notice(item), {"class": "copyright"})
    put(footer, "p", line(item.rights.usage_terms), {"class": "terms"})
    if known := item.rights.licence:
        link = element("a", {"rel": "license", "href": known.url}, known.name)
        say(footer, element("p", {"class": "licence", **_ENGLISH}, "Licence: ", link, f" ({known.in_words})."))
    elif written := line(item.rights.license):
        say(footer, element("p", {"class": "licence"}, _ours("Licence:"), f" {written}"))
    for picture in item.pictures:
        if terms := words.picture_rights(picture):
            named = caption(picture)
            told = (_ours("Picture"), f" “{named}”: {terms}") if named else (_ours("Picture:"), f" {terms}")
            say(footer, element("p", {"class": "picture"}, *told))
    return footer


def _ours(label: str) -> etree._Element:
    return element("span", _ENGLISH, label)


def _gone(item: NewsItem, title: str) -> etree._Element:
    article = element("article", {"class": "gone"})
    put(article, "h1", title)
    put(article, "p", words.cancellation(item), {"class": "reason"})
    say(article, element("p", {"class": "dates"}, "Since ", _time(utc(item.version_created))))
    if outlet := words.outlet(item):
        put(article, "p", f"It came from {outlet}.", {"class": "origin"})
    return article
