"""XMP packets: RDF in XML inside a picture (ISO 16684-1), read for IPTC's fields and written for those of a credit.

A property stands as an attribute or as an element, and its value plain, in one language or several, or as a list.
"""

from collections.abc import Iterator
from typing import cast

from lxml import etree

from syndicate.core.media import Told

MAX_BYTES = 1_000_000
MAX_WRITTEN_CHARS = 2000  # a JPEG's segment holds 64 KB, and a character may take five bytes
_NS = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "core": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "ext": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
# IPTC Photo Metadata 2024.1, part 1: the XMP property of each field.
_PROPERTIES = {
    "headline": "photoshop:Headline",
    "caption": "dc:description",
    "alt": "core:AltTextAccessibility",
    "byline": "dc:creator",
    "credit": "photoshop:Credit",
    "copyright_holder": "plus:CopyrightOwnerName",
    "copyright_notice": "dc:rights",
    "usage_terms": "xmpRights:UsageTerms",
    "created": "photoshop:DateCreated",
}
_WRITTEN = ("byline", "credit", "copyright_notice", "usage_terms")
_LISTS, _LANGUAGES = ("byline",), ("copyright_notice", "usage_terms")
_MAIN_SUBJECT = "http://cv.iptc.org/newscodes/imageregionrole/mainSubjectArea"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(packet: bytes) -> dict[str, str]:
    """IPTC's fields by our names, as they are written; what cannot be read says nothing."""
    root = _parsed(packet)
    return {} if root is None else {field: _value(root, name) for field, name in _PROPERTIES.items()}


def focus(packet: bytes) -> tuple[float, float] | None:
    """The middle of the main subject's area (IPTC Image Region), as parts of width and height."""
    root = _parsed(packet)
    for region in [] if root is None else root.findall(".//ext:ImageRegion/*/rdf:li", _NS):
        boundary = region.find(".//ext:RegionBoundary", _NS)
        if boundary is not None and _MAIN_SUBJECT in _text(region) and _member(boundary, "ext:rbUnit") == "relative":
            return _middle(boundary)
    return None


def written(told: Told) -> bytes:
    """A packet with whose the picture is and what may be done with it, nothing else; empty where neither is said."""
    said = {field: value[:MAX_WRITTEN_CHARS] for field in _WRITTEN if (value := getattr(told, field))}
    if not said:
        return b""
    meta = etree.Element("{adobe:ns:meta/}xmpmeta", nsmap={"x": "adobe:ns:meta/"})
    shown = {prefix: _NS[prefix] for prefix in ("rdf", "dc", "photoshop", "xmpRights")}
    rdf = etree.SubElement(meta, _name("rdf:RDF"), nsmap=shown)
    description = etree.SubElement(rdf, _name("rdf:Description"), {_name("rdf:about"): ""})
    for field, value in said.items():
        _write(etree.SubElement(description, _name(_PROPERTIES[field])), field, value)
    begin, end = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>', b'<?xpacket end="r"?>'
    return begin + etree.tostring(meta, encoding="utf-8") + end


def _write(element: etree._Element, field: str, value: str) -> None:
    """In the form that ISO 16684-1 gives each property: plain, a list, or by languages."""
    if field in _LISTS:
        element = etree.SubElement(etree.SubElement(element, _name("rdf:Seq")), _name("rdf:li"))
    elif field in _LANGUAGES:
        element = etree.SubElement(etree.SubElement(element, _name("rdf:Alt")), _name("rdf:li"), {_LANG: "x-default"})
    element.text = value


def _parsed(packet: bytes) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(packet.strip(b" \t\r\n\0"), parser) if len(packet) <= MAX_BYTES else None
    except (etree.XMLSyntaxError, ValueError):
        return None
    has_types = root is None or root.getroottree().docinfo.internalDTD is not None
    return None if has_types else root


def _value(root: etree._Element, name: str) -> str:
    for element in root.iter(_name(name)):
        items = element.findall("*/rdf:li", _NS) or [element]
        if any(item.get(_LANG) for item in items):  # one value in several languages, the first unless one is default
            items = [next((item for item in items if item.get(_LANG) == "x-default"), items[0])]
        if value := ", ".join(filter(None, map(_text, items))):
            return value
    attributes = (node.get(_name(name)) for node in root.iter(_name("rdf:Description")))
    return next(filter(None, attributes), "")


def _middle(boundary: etree._Element) -> tuple[float, float] | None:
    """Of a rectangle by its upper left corner and its sides; of a circle, which has no sides, by its centre."""
    try:
        x, y, width, height = (float(_member(boundary, f"ext:{side}") or 0) for side in ("rbX", "rbY", "rbW", "rbH"))
    except ValueError:
        return None
    across, down = x + width / 2, y + height / 2
    return (round(across, 4), round(down, 4)) if 0 <= across <= 1 and 0 <= down <= 1 else None


def _member(structure: etree._Element, name: str) -> str:
    """A member of a structure, which RDF allows to be an element or an attribute, with a Description between or not."""
    inside = structure.find(f".//{name}", _NS)
    if inside is not None:
        return _text(inside)
    nodes = [structure, *structure.findall("rdf:Description", _NS)]
    return next((value for node in nodes if (value := node.get(_name(name)))), "")


def _text(element: etree._Element) -> str:
    return "".join(cast(Iterator[str], element.itertext())).strip()


def _name(short: str) -> str:
    prefix, _, name = short.partition(":")
    return f"{{{_NS[prefix]}}}{name}"
