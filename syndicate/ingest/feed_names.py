"""The vocabularies that feeds are written in, under short names, and an element's children by those names."""

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

_RSS = (
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
    "http://purl.org/rss/1.0/modules/rss091#",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://backend.userland.com/rss",
    "http://backend.userland.com/rss2",
)
_WORDPRESS = tuple(f"http://wordpress.org/export/{version}/" for version in ("1.0", "1.1", "1.2"))
PREFIXES = {
    **dict.fromkeys(_RSS, ""),
    "http://purl.org/atom/ns#": "atom",  # Atom 0.3
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atompub/tombstones/1.0": "at",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://web.resource.org/cc/": "cc",
    "http://creativecommons.org/ns#": "cc",
    "http://backend.userland.com/creativeCommonsRssModule": "creativeCommons",
    "http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html": "creativeCommons",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://schemas.ingestion.microsoft.com/common/": "mi",
    **dict.fromkeys(_WORDPRESS, "wp"),
    **dict.fromkeys((f"{uri}excerpt/" for uri in _WORDPRESS), "excerpt"),
    "http://prismstandard.org/namespaces/basic/2.0/": "prism",
    "http://prismstandard.org/namespaces/basic/3.0/": "prism",
}
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
RDF_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def name_of(element: etree._Element) -> tuple[str, str]:
    """Its vocabulary's short name and its local name in small letters: ("dc", "creator"), ("", "pubdate").

    A vocabulary that is not known here keeps its address, so that its names are taken for no other's.
    """
    if not isinstance(element.tag, str):
        return "?", ""
    uri, _, local = element.tag.rpartition("}")
    uri = uri.removeprefix("{")
    return PREFIXES.get(uri, uri), local.lower()


class Children:
    """What stands in an element, by name: `dc:creator`; RSS's own names, and Atom's in an Atom feed, by themselves."""

    def __init__(self, parent: etree._Element) -> None:
        self.element = parent
        self._found: dict[str, list[etree._Element]] = defaultdict(list)
        home = name_of(parent)[0]
        for child in parent:
            prefix, local = name_of(child)
            self._found[local if prefix in ("", home) else f"{prefix}:{local}"].append(child)

    def all(self, *names: str) -> Iterator[etree._Element]:
        """In the order of the names."""
        for name in names:
            yield from self._found.get(name, ())

    def texts(self, *names: str) -> Iterator[str]:
        for element in self.all(*names):
            if text := text_of(element):
                yield text

    def text(self, *names: str) -> str:
        """The first of them that is not empty."""
        return next(self.texts(*names), "")


def text_of(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext()).strip()
