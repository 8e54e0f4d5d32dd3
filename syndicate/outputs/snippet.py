"""A story as a piece of HTML to be pasted into another site's page: "republish this".

It brings its credit with the link, its rights and its pictures with theirs. What does not belong into the text of a
page stands in a comment before it: that all of it be pasted, and the elements for the page's head, where the agreement
asks for `canonical` or `noindex`. Where readings are counted, the last element is a picture of one point: its address
names the story and nothing of the reader, and it asks the browser to tell no more than the site it is shown on.

It has no style and no script of its own. A story that is out no more is a line that says so.
"""

from lxml import etree

from syndicate.core.newsitem import Feed, NewsItem
from syndicate.outputs import words
from syndicate.outputs.body import as_html, printed_body
from syndicate.outputs.html import about_dates, about_rights, counter, hints
from syndicate.outputs.text import direction, language_tag, line
from syndicate.outputs.xml import element, put, say

MEDIA_TYPE = "text/html"

_PASTE = "Paste all of this: the credit, its link and the rights belong to the story."
_PICTURES = "The pictures have terms of their own: the licence of the story does not cover them."


def render_item(feed: Feed, item: NewsItem) -> bytes:
    """A comment and one `article`, UTF-8."""
    if item.canceled:
        return _written(element("div", {}, element("p", {}, words.cancellation(item))))
    tag = language_tag(item.language)
    article = element("article", {"lang": tag, "dir": direction(tag) if tag else "auto"}, _header(item))
    printed = printed_body(item)
    say(article, printed.text or "", *printed)
    if len(rights := about_rights(item)):
        say(article, rights)
    article.extend(counter(feed))
    return _comment(feed, item) + _written(element("div", {}, article))


def _header(item: NewsItem) -> etree._Element:
    header = element("header")
    put(header, "p", line(item.section))
    put(header, "h1", words.headline(item))
    put(header, "p", line(item.summary))
    put(header, "p", line(item.written_by))
    dates = about_dates(item)
    for told in dates:  # without our stylesheet they would run together
        told.tail = ". "
    say(header, dates)
    put(header, "p", line(item.dateline))
    return header


def _comment(feed: Feed, item: NewsItem) -> bytes:
    """No address can end it: there is always a quotation mark between an address and the next `>`."""
    heads = [etree.tostring(hint, encoding="unicode") for hint in hints(feed, item)]
    told = [_PASTE, *([_PICTURES] if item.pictures else [])]
    told += [f"Into the head of your page: {' '.join(heads)}"] if heads else []
    return "<!--\n{}\n-->\n".format("\n".join(told)).encode()


def _written(holder: etree._Element) -> bytes:
    return f"{as_html(holder)}\n".encode()
