"""Where on a page the story stands. The element is found and kept as it is, with its pictures, lists and tables.

trafilatura tells the story's text from the rest, and what it writes is plainer than the page: so its words only show
the way. The innermost element that holds nearly all of them is the body; cleaning takes out what does not belong.
Microdata that names the body itself (`articleBody`) counts more where it holds as much.
"""

from collections.abc import Iterator
from copy import deepcopy
from html import escape

from lxml import etree
from lxml import html as lxml_html

from syndicate.ingest.markup import inner_html, with_absolute_addresses
from syndicate.ingest.page_document import Page
from syndicate.ingest.text import one_line

_RUN = 4  # words in a row that are found again only where they came from
_NEARLY_ALL = 0.8
_HOMES = frozenset("html body div main article section td tr tbody table form center".split())  # noqa: SIM905
_UNSEEN = frozenset({"head", "script", "style", "template", "noscript"})
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, RecursionError, etree.LxmlError)
_LITTLE = 0.5

Weights = dict[lxml_html.HtmlElement, int]


def find_body(page: Page, headline: str, original: str) -> tuple[str, str]:
    """(HTML, what to warn of); both may be empty: HTML where nothing readable was found."""
    element = _element(page)
    told = [paragraph for line in first_text(page).splitlines() if (paragraph := one_line(line))]
    length = len(element.text_content().split()) if element is not None else 0
    if length < _LITTLE * sum(len(paragraph.split()) for paragraph in told):
        html = "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in told)
        return html, "The page shows less than its JSON-LD tells: the plain text of that was taken, without its markup."
    if element is None or not length:
        return "", ""
    body = inner_html(_without_headline(element, headline))
    return with_absolute_addresses(body, page.base if page.base != original else ""), ""


def first_text(page: Page) -> str:
    """The article's text as its metadata repeats it, lines kept."""
    for _, thing in page.things:
        if isinstance(text := thing.get("articleBody"), str):
            return text
    return ""


def _element(page: Page) -> lxml_html.HtmlElement | None:
    readable = _readable(page.tree)
    if not readable:
        return None
    runs = set(_runs(readable.split()))
    weights = _weights(page.tree, runs)
    whole = weights.get(page.tree, 0)
    named = max(page.tree.xpath("//*[contains(concat(' ', @itemprop, ' '), ' articleBody ')]"),
                key=lambda one: weights.get(one, 0), default=None)  # fmt: skip
    if named is not None and weights.get(named, 0) >= _NEARLY_ALL * whole:
        return named
    found = page.tree
    while (inner := _inner(found, weights, _NEARLY_ALL * whole)) is not None:
        found = inner
    return found if whole else None


def _inner(outer: lxml_html.HtmlElement, weights: Weights, enough: float) -> lxml_html.HtmlElement | None:
    return next((one for one in outer if _is_home(one) and weights.get(one, 0) > enough), None)


def _is_home(element: lxml_html.HtmlElement) -> bool:
    """Whether a story may stand in it: a block that holds blocks, or an element of somebody's own."""
    return isinstance(element.tag, str) and (element.tag in _HOMES or "-" in element.tag)


def _readable(tree: lxml_html.HtmlElement) -> str:
    from trafilatura import bare_extraction  # slow to import, and of no use to any other command

    try:
        found = bare_extraction(deepcopy(tree), include_comments=False, include_tables=True, fast=True)
    except _BROKEN:
        return ""
    text = getattr(found, "text", "")
    return text if isinstance(text, str) else ""


def _weights(tree: lxml_html.HtmlElement, runs: set[str]) -> Weights:
    """For each element how much of the story's text is in it, counted from the innermost outwards."""
    weights: Weights = {}
    for _, element in etree.iterwalk(tree, events=("end",)):
        if element.tag in _UNSEEN:
            continue
        texts = [element.text, *(child.tail for child in element)] if isinstance(element.tag, str) else []
        own = sum(1 for text in texts if text for run in _runs(text.split()) if run in runs)
        weights[element] = own + sum(weights.get(child, 0) for child in element)
    return weights


def _runs(words: list[str]) -> Iterator[str]:
    return (" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))


def _without_headline(element: lxml_html.HtmlElement, headline: str) -> lxml_html.HtmlElement:
    body = deepcopy(element)
    body.tail = None
    for title in [one for one in body.iter("h1", "h2") if one_line(one.text_content()) == headline]:
        title.drop_tree()
    return body
