"""The first look at a body: linear in its length, before any library sees it.

Counts what makes parsers slow: characters, tags, depth of nesting, attributes of one tag. The tokens are those of the
HTML standard (13.2.5, tag open to after attribute value), so that a body cannot hide a second tag from us in
a value that only we believe to be quoted. Every quantifier is possessive: nothing is ever tried twice.

Depth is counted from above: an end tag only closes what is open by that name. Elements that HTML closes by itself
(an old page may hold a thousand `<p>` and not one `</p>`) are not counted; the parser has a limit of its own for these.
"""

import re
from collections import Counter

from syndicate.cleaning.rules import Limits
from syndicate.cleaning.vocabulary import VOID, names
from syndicate.core.errors import TooLarge

_ATTRIBUTE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>)))?+"""
_TOKEN = re.compile(rf"<(?:(/?)([a-zA-Z][^\s/>]*+)(?:[\s/]++|{_ATTRIBUTE})*+>?|!--)")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_COMMENT_END = re.compile(r"--!?>")
_RAW_END = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp")}
_NOT_COUNTED = VOID | names("p li dt dd option optgroup tr td th thead tbody tfoot colgroup html head body")
_SMALL = 8_000  # a body of this length that opens fewer elements than may be nested cannot hurt, whatever is in it
_SHORT = 512  # a tag of this length cannot hold enough attributes to hurt


def check_length(html: str, limits: Limits) -> None:
    """Raise TooLarge before anything at all is done with a body that is too long."""
    _refuse_over("characters", len(html), limits.max_chars)


def check(html: str, limits: Limits) -> None:
    """Raise TooLarge, saying which limit and by how much, or return."""
    check_length(html, limits)
    _refuse_over("tags", html.count("<"), limits.max_tags)
    _refuse_over("lines", html.count("\n"), limits.max_lines)
    if len(html) <= _SMALL and html.count("<") - html.count("</") <= limits.max_depth:
        return
    open_by_name: Counter[str] = Counter()
    depth = position = 0
    for token in _TOKEN.finditer(html):
        start, end = token.span()
        if end - start > _SHORT:
            count = sum(1 for _ in _ATTRIBUTES.finditer(html, token.end(2) if token[2] else end, end))
            _refuse_over("attributes in one tag", count, limits.max_attributes)
        if start < position:
            continue  # inside a comment or a script
        closing, name = token.groups()
        if name is None:
            position = _after(_COMMENT_END, html, end - 2)  # "<!-->" is a whole comment
            continue
        name = name.lower()
        if closing:
            if open_by_name[name]:
                open_by_name[name] -= 1
                depth -= 1
        elif name in _RAW_END:
            position = _after(_RAW_END[name], html, end)
        elif name not in _NOT_COUNTED and html[end - 2] != "/":
            open_by_name[name] += 1
            depth += 1
            _refuse_over("levels of nesting", depth, limits.max_depth)


def check_kept(html: str, limits: Limits) -> None:
    """What goes on to the sanitisers: within all limits too, so that it is taken again, and not long for bleach."""
    check(html, limits)
    _refuse_over("characters of kept text", len(html), limits.max_kept_chars)
    _refuse_over("escaped characters", html.count("&"), limits.max_entities)


def _after(end: re.Pattern[str], html: str, position: int) -> int:
    found = end.search(html, position)
    return found.start() if found and html[found.start()] == "<" else found.end() if found else len(html)


def _refuse_over(what: str, count: int, limit: int) -> None:
    if count > limit:
        raise TooLarge(f"The HTML has more than {limit:,} {what}", what=what, limit=limit)
