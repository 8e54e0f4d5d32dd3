"""What a saved web page says of itself to machines: JSON-LD, microdata, OpenGraph and other meta elements, links.

Nothing is fetched for it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from syndicate.core.errors import BadInput, TooLarge
from syndicate.ingest.dates import Warn
from syndicate.ingest.encodings import decode
from syndicate.ingest.markup import absolute, plain_line
from syndicate.ingest.page_things import Thing, chosen, json_ld, microdata
from syndicate.ingest.text import one_line

MAX_CHARS, MAX_ELEMENTS, MAX_LINKS_BY_DEPTH = 5_000_000, 25_000, 150_000
_DECLARATION = re.compile(r"\A\s*<\?xml[^<>]*\?>")
_SAVED_FROM = (
    re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)(?P<url>[^\s<>\"']{1,2000})"),  # browsers
    re.compile(r"Page saved with SingleFile\s{1,9}url:\s{1,9}(?P<url>[^\s<>\"']{1,2000})"),
)
_LOOKED_AT = 4096


@dataclass(frozen=True, slots=True)
class Page:
    """`things` are the article as JSON-LD and as microdata describe it, in this order; `metas` by lower-case name.

    `address` is where it was fetched or saved from, empty where nothing tells; its own addresses are
    relative to `base`.
    """

    tree: lxml_html.HtmlElement
    address: str
    base: str
    things: tuple[tuple[str, Thing], ...]
    metas: Mapping[str, tuple[str, ...]]
    links: Mapping[str, str]
    nodes: Mapping[str, Thing] = field(default_factory=dict)

    def meta(self, *names: str) -> str:
        return next((value for name in names for value in self.metas.get(name, ())), "")


def read_page(data: bytes, media_type: str, address: str, warn: Warn) -> Page:
    """Raises BadInput for what is no HTML, TooLarge for what no article's page is."""
    text, doubts = decode(data, media_type)
    for doubt in doubts:
        warn(doubt)
    if len(text) > MAX_CHARS:
        raise TooLarge(f"The page has more than {MAX_CHARS:,} characters.")
    tree = _tree(text)
    saved = next(filter(None, (shape.search(text[:_LOOKED_AT]) for shape in _SAVED_FROM)), None)
    own = address or absolute(saved["url"] if saved else "", "")
    metas = dict(_metas(tree))
    declared = next((one.get("href") or "" for one in tree.iter("base")), "")
    links = dict(_links(tree, absolute(declared, own) or own))
    names = [url for url in (own, links.get("canonical", ""), *metas.get("og:url", ())) if absolute(url, "")]
    base = absolute(declared, own) or next(iter(names), "")
    nodes = list(json_ld(tree, warn))
    items = list(microdata(tree, base, warn))
    found = (("JSON-LD", chosen(nodes, set(names))), ("microdata", chosen(items, set(names))))
    return Page(
        tree=tree,
        address=own,
        base=base,
        things=tuple((name, thing) for name, thing in found if thing is not None),
        metas=metas,
        links=links,
        nodes={str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1},
    )


def _tree(text: str) -> lxml_html.HtmlElement:
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        tree = lxml_html.document_fromstring(_DECLARATION.sub("", text).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise BadInput(f"This is no HTML that can be read: {one_line(str(error))[:100] or 'it is empty'}.") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):  # the rest of it was dropped
        raise TooLarge("The page is nested too deeply to be an article's.")
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise TooLarge(f"The page has more than {MAX_ELEMENTS:,} elements.")
    if _links_by_depth(tree) > MAX_LINKS_BY_DEPTH:
        raise TooLarge("The page has too many links in elements in elements to be an article's.")
    return tree


def _links_by_depth(tree: lxml_html.HtmlElement) -> int:
    """What finding the body costs: every link is looked at once for each element around it."""
    depth = total = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        total += depth if event == "start" and element.tag == "a" else 0
    return total


def _metas(tree: lxml_html.HtmlElement) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By property or name; OpenGraph's, Dublin Core's, and whatever the page's system writes."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("http-equiv") or "").strip().lower()
        value = plain_line(element.get("content") or "")
        if name and value:
            found.setdefault(name, []).append(value)
    return ((name, tuple(values)) for name, values in found.items())


def _links(tree: lxml_html.HtmlElement, base: str) -> Iterator[tuple[str, str]]:
    """The first address of each relation."""
    seen = set()
    for element in tree.iter("link"):
        href = absolute(element.get("href") or "", base)
        for relation in (element.get("rel") or "").lower().split():
            if href and relation not in seen:
                seen.add(relation)
                yield relation, href
