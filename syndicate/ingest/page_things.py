"""The articles that a page describes as schema.org things, in JSON-LD and in microdata, read by extruct.

Each script and each kind may be broken by itself; what is broken is left out and told.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from syndicate.ingest.dates import Warn
from syndicate.ingest.markup import absolute

Thing = Mapping[str, Any]

MAX_SCOPES, MAX_PROPERTIES = 300, 2_000
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, RecursionError, etree.LxmlError)
_ARTICLES = re.compile(r"(?:[A-Za-z]{0,40}NewsArticle|Article|BlogPosting|LiveBlogPosting|Report)")


def json_ld(tree: lxml_html.HtmlElement, warn: Warn) -> Iterator[Thing]:
    """Every node of every script, with those of its @graph. A script that is broken is left out and told."""
    # imported here, because it takes a quarter of a second that no other command should wait
    from extruct.jsonld import JsonLdExtractor  # type: ignore[import-untyped]

    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        script.set("type", "application/ld+json")
        try:
            found = JsonLdExtractor().extract_items(script)
        except _BROKEN:
            warn("A JSON-LD script of the page could not be read.")
            continue
        for node in found:
            if isinstance(node, dict):
                yield node
                graph = node.get("@graph")
                yield from (one for one in (graph if isinstance(graph, list) else [graph]) if isinstance(one, dict))


def microdata(tree: lxml_html.HtmlElement, base: str, warn: Warn) -> Iterator[Thing]:
    from extruct.w3cmicrodata import MicrodataExtractor  # type: ignore[import-untyped]

    scoped = tree.xpath("//*[@itemscope]")
    if not scoped:
        return
    if len(scoped) > MAX_SCOPES or len(tree.xpath("//*[@itemprop]")) > MAX_PROPERTIES:
        warn("The page has too much microdata to be an article's; it was not read.")
        return
    for element in scoped:
        element.attrib.pop("itemref", None)  # each name in it costs a search of the whole page
    try:
        found = MicrodataExtractor().extract_items(tree, base or None)
    except _BROKEN:
        warn("The microdata of the page could not be read.")
        return
    yield from (_as_thing(one) for one in found)


def _as_thing(item: Any) -> Any:
    """Microdata in the form of JSON-LD, so that both are read by the same words."""
    if isinstance(item, list):
        return [_as_thing(one) for one in item]
    if not isinstance(item, dict):
        return item
    kinds = item.get("type") or ""
    names = [str(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds])]
    properties = item.get("properties") or {}
    return {"@type": names, **{name: _as_thing(value) for name, value in properties.items()}}


def types_of(thing: Thing) -> list[str]:
    kinds = thing.get("@type") or []
    return [str(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds])]


def chosen(nodes: list[Thing], own: set[str]) -> Thing | None:
    """The article that the page is about: the one that names the page's address, else the first."""
    articles = [node for node in nodes if any(_ARTICLES.fullmatch(kind) for kind in types_of(node))]
    named = (node for node in articles if any(address in own for address in addresses_of(node)))
    return next(named, articles[0] if articles else None)


def addresses_of(thing: Thing) -> Iterator[str]:
    """Where it says that it stands: url, mainEntityOfPage, @id."""
    for name in ("url", "mainEntityOfPage", "@id"):
        value = thing.get(name)
        value = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        if isinstance(value, str) and (address := absolute(value, "")):
            yield address.partition("#")[0]
