"""Rebuild the body from the few elements of a news story, whatever soup it came as.

The old tree is walked once and a new one is written: wrappers (div, section, font, span) dissolve, bare text and text
between `<br><br>` become paragraphs, inline elements around blocks move into them, lists and tables are completed, and
headings begin at h2, because the page that will show the story has its own h1. Element by element the rules are those
of the HTML standard's content models (4.4 to 4.9); text is never reordered and never lost.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import cast

from lxml import etree

from syndicate.cleaning import blocks, lists
from syndicate.cleaning.flow import TIGHT, Flow, Handler, children, flush, tighten
from syndicate.cleaning.tree import Element, finder
from syndicate.cleaning.work import Work

HANDLERS: dict[str, Handler] = {
    "blockquote": blocks.quotation,
    "aside": blocks.quotation,
    "ul": lists.bulleted,
    "ol": lists.bulleted,
    "menu": lists.bulleted,
    "dir": lists.bulleted,
    "dl": lists.definitions,
    "table": blocks.table,
    "figure": blocks.figure,
    "pre": blocks.preformatted,
    "listing": blocks.preformatted,
    "hr": blocks.rule,
    "iframe": blocks.media,
    "audio": blocks.media,
    "video": blocks.media,
}
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_WITH_LANGUAGE = finder(".//*[@lang]")
_AUTO = finder(".//*[@dir='auto']")


def structure(work: Work) -> None:
    """Put a rebuilt tree in the place of the old."""
    if work.language:
        _drop_own_language(work.body, work.language)
    work.body = rebuilt(work.body)
    if work.mentions("auto"):
        _settle_auto(work.body)


def rebuilt(body: Element) -> Element:
    flow = Flow(etree.Element("body"), HANDLERS, bare=True)
    children(body, (), flow)
    flush(flow)
    return flow.out


def _drop_own_language(body: Element, language: str) -> None:
    """The story as a whole has its language; only words in another one need to say so."""
    for element in _WITH_LANGUAGE(body):
        foreign = any(up.get("lang") for up in element.iterancestors())
        if not foreign and (element.get("lang") or "").lower() == language.lower():
            del element.attrib["lang"]


def _settle_auto(body: Element) -> None:
    """`dir="auto"`, which some editors write everywhere, is kept only where a right-to-left letter comes early."""
    for block in _AUTO(body):
        words = islice(cast(Iterator[str], block.itertext()), 20)
        if not any(_RIGHT_TO_LEFT.search(piece[:500]) for piece in words):
            del block.attrib["dir"]
            holder = block.getparent()
            if holder is not None and holder.tag in TIGHT:  # its one paragraph has no reason left to be one
                tighten(holder)
