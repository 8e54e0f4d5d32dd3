"""Set pieces of block editors that say with classes what HTML has elements for: pull quotes and link cards."""

from lxml import etree

from syndicate.cleaning.tree import Element, drop, finder, place_of, words_of
from syndicate.cleaning.work import Work

_PULL_QUOTES = finder(
    ".//*[contains(@class,'pullquote') or contains(@class,'pull-quote') or contains(@class,'pull_quote')]"
    "[self::figure or self::blockquote or self::aside or self::div or self::p]"
)
_BOOKMARKS = finder(".//*[contains(@class,'kg-bookmark-card')]")
_PART = finder(".//*[contains(@class,'kg-bookmark-title')]")


def cards(work: Work) -> None:
    if work.mentions("pullquote", "pull-quote", "pull_quote"):
        for quote in _PULL_QUOTES(work.body):
            _as_aside(quote)
    if work.mentions("kg-bookmark"):
        for card in _BOOKMARKS(work.body):
            _as_link(card, work)


def _as_aside(quote: Element) -> None:
    """A pull quote repeats the text beside it; HTML (4.3.5) has `aside` for that. A blockquote is a real quotation."""
    if any(up.tag == "aside" for up in quote.iterancestors()):
        return
    quote.tag = "aside"
    for inner in quote.findall(".//blockquote"):
        inner.tag = "div"


def _as_link(card: Element, work: Work) -> None:
    link = card.find(".//a[@href]")
    title = next(iter(_PART(card)), None)
    if link is None or title is None:
        return
    words = words_of(title)
    work.report.rewrite("link card", "a link with its title", place_of(card), words_of(card))
    paragraph = etree.Element("p")
    etree.SubElement(paragraph, "a", href=link.get("href") or "").text = words
    card.addprevious(paragraph)
    drop(card)
