"""Take out what belongs to the page around the story, by rules that are data, and list each piece in the report.

Two looks: at names, before the tree is rebuilt and its classes are gone; and at words, after it, when every paragraph
is a plain block. A rule never takes the story itself: what holds much of all the words stays, with a warning.
"""

import re

from syndicate.cleaning.furniture_rules import LINK_HEADINGS, LINK_LINES, PLAIN_REQUESTS, SELECTORS, TEXTS
from syndicate.cleaning.rules import Rules
from syndicate.cleaning.selectors import RuleSet, compiled, parse
from syndicate.cleaning.tree import (
    Element,
    drop,
    finder,
    has_words,
    is_much,
    length_of,
    place_of,
    whole_words,
    words_of,
)
from syndicate.cleaning.work import Work

_STANDARD = RuleSet([rule for why, selectors in SELECTORS.items() for rule in parse(selectors, why)])
_NAMED = finder(".//*[@class or @id or @role or @style or self::nav or self::form or self::amp-ad]")
_ALL = finder(".//*")
_TEXTS = [(why, re.compile(pattern, re.IGNORECASE)) for why, pattern in (LINK_LINES | TEXTS).items()]
_ANY_TEXT = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in _TEXTS), re.IGNORECASE)
_PLAIN = re.compile(PLAIN_REQUESTS, re.IGNORECASE)
_HEADINGS = re.compile(LINK_HEADINGS, re.IGNORECASE)
_LONGEST = 400  # characters; a longer paragraph is story, whatever it begins with


def by_name(work: Work) -> None:
    _remove(work, _NAMED(work.body), _STANDARD)
    by_outlet(work)


def by_outlet(work: Work) -> None:
    """The outlet's own selectors: asked before and after the rebuilding, as they may name what either has."""
    if work.rules.remove:
        _remove(work, _ALL(work.body), compiled(work.rules.remove, "by a rule for this outlet"))


def by_words(work: Work) -> None:
    """From the end to the beginning, so that a heading is judged when what follows it is settled."""
    texts = _outlet_texts(work.rules)
    for block in reversed(list(work.body)):
        if block.tag not in ("p", "h2", "h3", "h4", "h5", "h6", "aside"):
            continue
        if len(block.text or "") > _LONGEST:
            continue
        words = whole_words(block, _LONGEST)
        if not words:
            continue
        if _HEADINGS.fullmatch(words):
            under = block.getnext()
            if block.tag == "p" or under is None or _is_only_links(under):
                _remove_with_links(block, words, work)
            continue
        known = _TEXTS if _ANY_TEXT.fullmatch(words) else []
        why = next((why for why, pattern in (*known, *texts) if pattern.fullmatch(words)), "")
        if why in LINK_LINES and block.find(".//a") is None and not _PLAIN.match(words):
            continue
        if why and block.find(".//img") is None:
            work.report.remove("paragraph", why, place_of(block), words)
            drop(block)


def _remove(work: Work, elements: list[Element], rules: RuleSet) -> None:
    whole = 0
    gone: set[Element] = set()
    for element in elements:
        rule = rules.find(element)
        if rule is None or not gone.isdisjoint(element.iterancestors()):
            continue
        whole = whole or length_of(work.body)
        if is_much(length_of(element), whole):
            work.report.warn(f"{rule.selector} looks like {rule.why}, but holds much of the text; it was kept")
            continue
        if has_words(element) or element.find(".//img") is not None:
            work.report.remove(place_of(element).rpartition(" > ")[2], rule.why, place_of(element), words_of(element))
        drop(element)
        gone.add(element)


def _remove_with_links(heading: Element, words: str, work: Work) -> None:
    """A heading over links to other stories goes together with the lists and lines of links under it."""
    why = "links to other stories"
    under = heading.getnext()
    while under is not None and _is_only_links(under):
        following = under.getnext()
        work.report.remove("links", why, place_of(under), words_of(under))
        drop(under)
        under = following
    work.report.remove("heading", why, place_of(heading), words)
    drop(heading)


def _is_only_links(block: Element) -> bool:
    """Are all words of the block inside links? Then it leads elsewhere and tells nothing."""
    if block.tag not in ("p", "ul", "ol", "h3", "h4", "h5", "h6") or block.find(".//a") is None:
        return False
    linked = {part for link in block.iter("a") for part in link.iter()}
    return not any(
        ((part.text or "").strip() and part not in linked)
        or ((part.tail or "").strip(" ,;|·•") and part is not block and part.getparent() not in linked)
        for part in block.iter()
    )


def _outlet_texts(rules: Rules) -> list[tuple[str, re.Pattern[str]]]:
    """Whole paragraphs by their words, as the outlet gives them; a `*` at the end means that more may follow."""
    return [
        (
            "by a rule for this outlet",
            re.compile(re.escape(words.rstrip("*")) + ("(?s:.*)" if words.endswith("*") else ""), re.I),
        )
        for words in rules.remove_texts
    ]
