"""A first look at a document: enough to tell formats apart, no more. Nothing here refuses; reading does that."""

from functools import cached_property
from typing import Any

from lxml import etree

from syndicate.core.errors import BadInput
from syndicate.ingest import jsondoc

HEAD_BYTES = 65_536


class Sniff:
    """Each view of the bytes is made once, when it is asked for."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def head(self) -> str:
        """The beginning as text, without a byte order mark or white space before it."""
        start = self.data[:HEAD_BYTES]
        return start.decode(jsondoc.encoding_of(start), "replace").lstrip("\ufeff").lstrip()

    @cached_property
    def json(self) -> Any:
        """The JSON value; of an array or of JSON lines the first; None where this is no JSON."""
        if self.head[:1] not in ("{", "["):
            return None
        try:
            return jsondoc.load_first(self.data)
        except BadInput:
            return None

    @cached_property
    def members(self) -> frozenset[str]:
        """The names in a JSON object, or in the first of several."""
        return frozenset(self.json) if isinstance(self.json, dict) else frozenset()

    @cached_property
    def root(self) -> tuple[str, str]:
        """The (namespace, local name) of an XML document's first element; empty where there is none."""
        if not self.head.startswith("<"):
            return "", ""
        parser = etree.XMLPullParser(
            events=("start",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
        )
        try:
            parser.feed(self.data[:HEAD_BYTES].lstrip())
        except etree.XMLSyntaxError:
            return "", ""
        first: Any = next(iter(parser.read_events()), None)
        if first is None:
            return "", ""
        namespace, _, name = str(first[1].tag).rpartition("}")  # what recovers may have a name that QName refuses
        return namespace.lstrip("{"), name
