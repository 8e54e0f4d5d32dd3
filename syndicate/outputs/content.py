"""The whole story as one piece of HTML, for the formats that carry it as text (RSS, Atom, JSON Feed, ninjs)."""

from html import escape

from lxml import etree

from syndicate.core.newsitem import NewsItem
from syndicate.outputs.body import as_html, begins_with, printed_body
from syndicate.outputs.text import direction, language_tag, line


def html_content(item: NewsItem) -> str:
    """The printed story of this item."""
    return html_of(printed_body(item), item)


def html_of(body: etree._Element, item: NewsItem) -> str:
    """Dateline, pictures, text, and the credit sentence last; nothing where there is no text.

    These formats, or those who read them, know no dateline and no direction of text: both stand in the HTML.
    """
    html = as_html(body).strip()
    dateline = line(item.dateline)
    if dateline and not begins_with(body, dateline):
        html = f'<p class="dateline">{escape(dateline, quote=False)}</p>{html}'
    language = language_tag(item.language)
    if html and direction(language) == "rtl":  # without this the text is set left to right
        html = f'<div lang="{language}" dir="rtl">{html}</div>'
    return html
