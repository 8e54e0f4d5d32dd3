"""Reading a document of any format back, as far as all formats can be read alike."""

import json
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml import etree

# where a format of XML has the story itself; several places are renditions of the same story
STORY_PLACES = {
    "html": ("//*[@class='story']",),
    "rss": ("//*[local-name()='encoded']",),
    "atom": ("//*[local-name()='content'][@type='html']",),
    "newsml": ("//*[local-name()='html']/*[local-name()='body']", "//*[local-name()='block']"),
    "nitf": ("/*/*[local-name()='body']/*[local-name()='body.content']",),
}


def values(document: bytes) -> list[str]:
    """Every text, attribute and member of a document, with the HTML in it read as a reader would; each as one line."""
    found = list(_all(document))
    for html in [text for text in found if "</p>" in text]:
        story = etree.HTML(html)
        found += ["".join(story.itertext()), *map(str, story.xpath("//@*"))]
    return [" ".join(value.split()) for value in found]


def renditions(form: str, document: bytes) -> list[str]:
    """The story as a reader is shown it, once for each of the document's renditions."""
    if document[:1] in b"[{":
        found = [text for text in _members(json.loads(document)) if "</p>" in text]
    elif document.startswith(b"<"):
        tree = etree.fromstring(document)
        places = [tree.xpath(path) for path in STORY_PLACES[form.partition("-")[0]]]
        found = ["".join(place.itertext()) for found in places for place in found]
    else:
        return ["\n".join(_lines(document.decode()))]
    return ["".join(etree.HTML(html or "<p/>").itertext()) for html in found]


def _all(document: bytes) -> Iterator[str]:
    if document[:1] in b"[{":
        return _members(json.loads(document))
    return _texts(etree.fromstring(document)) if document.startswith(b"<") else _lines(document.decode())


def _lines(text: str) -> Iterator[str]:
    """The lines of a text and, because a date ends a line or stands in one, its words."""
    yield from (" ".join(line.split()) for line in text.splitlines())
    yield from text.split()


def _texts(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        text = "".join(element.itertext())
        yield from (text, unescape(text), *map(str, element.attrib.values()))


def _members(value: Any) -> Iterator[str]:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if parts is None:
        yield str(value)
    else:
        for part in parts:
            yield from _members(part)


IN_XML = ("href", "src", "url", "uri", "cite", "poster", "source", "ex-ref", "contact")
IN_JSON = ("href", "url", "external_url", "image", "feed_url", "home_page_url", "next_url")


def addresses(document: bytes) -> list[str]:
    """What stands where a reader or a program looks for an address, in a document of XML or JSON and the HTML in it."""
    if document[:1] in b"[{":
        said = json.loads(document)
        found, trees = [text for name, text in _named(said) if name in IN_JSON], _html_in(_members(said))
    else:
        root = etree.fromstring(document)
        found, trees = [], [root, *_html_in(_texts(root))]
    nodes = [node for tree in trees for node in tree.iter()]
    return found + [str(node.get(name)) for node in nodes for name in IN_XML if node.get(name)]


def _html_in(texts: Iterator[str]) -> list[etree._Element]:
    trees = (etree.HTML(text) for text in texts if "</p>" in text)
    return [tree for tree in trees if tree is not None]


def _named(value: Any) -> Iterator[tuple[str, str]]:
    for name, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if isinstance(part, str):
            yield str(name), part
        yield from _named(part)
