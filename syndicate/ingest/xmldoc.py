"""The one XML parser: no entities, no network, no DTD, bounded in size and depth. What is not well-formed says where.

Senders declare document types all the time (NITF and NewsML 1.2 ask for it), so a DOCTYPE alone is no reason to refuse;
entities declared in one are (XXE, "billion laughs"): no newsroom needs them.
"""

import re
from html.entities import html5
from typing import Any

from lxml import etree

from syndicate.core.errors import BadInput, TooLarge
from syndicate.core.text import FORBIDDEN, printable
from syndicate.ingest.encodings import decode

MAX_BYTES, MAX_TAGS, MAX_DEPTH = 64_000_000, 1_000_000, 200

_REFERENCE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z_:][A-Za-z0-9_:.-]{0,63}));"
)
_SECTION = re.compile(r"<!--|<!\[CDATA\[")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def load(data: bytes, media_type: str = "") -> tuple[etree._Element, tuple[str, ...]]:
    """The root element, and what was doubtful about the encoding. Raises BadInput saying where it went wrong."""
    if len(data) > MAX_BYTES:
        raise TooLarge(f"This XML is larger than {MAX_BYTES:,} bytes.")
    text, doubts = decode(data, media_type)
    return parse(text), doubts


def parse(text: str) -> etree._Element:
    """The root element, without comments and processing instructions; an encoding that it declares tells nothing here.

    Names that only HTML knows, such as &nbsp;, are read as what they mean there, because so many senders write them;
    a name that nobody knows stays as it is written. Control characters, which XML forbids, are left out.
    """
    if _tags(text) > MAX_TAGS:
        raise TooLarge(f"This XML has more than {MAX_TAGS:,} tags.")
    text = _without_nul(text.lstrip("\ufeff \t\r\n"))
    root = _parse(_REFERENCE.sub(_known, printable(text)).encode())
    _check_depth(root)
    return root


def _tags(text: str) -> int:
    """How many there may be, without those in CDATA sections, which are text: a feed's stories stand in such."""
    count, at = 0, 0
    for section in _SECTION.finditer(
        text
    ):  # a comment may hold the beginning of a CDATA section, and that of a comment
        if section.start() < at:
            continue
        end = text.find("-->" if section[0] == "<!--" else "]]>", section.end())
        if end < 0:
            break
        count += text.count("<", at, section.start()) + 1
        at = end
    return count + text.count("<", at)


def plain_names(root: etree._Element, *, lower: bool = False) -> etree._Element:
    """The same tree with local names only: which namespace senders write, if any, tells nothing that the name does not.

    `xml:lang` becomes `lang`; attributes of other namespaces go. `lower` is for NITF, where some write capitals.
    """
    for node in root.iter(etree.Element):
        node.tag = _local(node.tag, lower)
        for name in map(str, node.attrib):
            plain = "lang" if name == _LANG else _local(name, lower)
            if plain != name:
                value = node.attrib.pop(name)
                if plain not in node.attrib and (name == _LANG or not name.startswith("{")):
                    node.set(plain, value)
    etree.cleanup_namespaces(root)
    return root


def _local(tag: Any, lower: bool) -> str:
    name = str(tag).rpartition("}")[2]
    return name.lower() if lower else name


def _without_nul(text: str) -> str:
    if (at := text.find("\0")) < 0:
        return text
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    raise BadInput(f"A NUL at line {line}, column {column}: no XML, or of another encoding.", line=line, column=column)


def _known(reference: re.Match[str]) -> str:
    decimal, hexadecimal, name = reference.groups()
    if name:
        return "".join(f"&#{ord(character)};" for character in html5.get(f"{name};", "")) or f"&amp;{name};"
    number = int(decimal) if decimal else int(hexadecimal, 16)
    forbidden = number > 0x10FFFF or FORBIDDEN.match(chr(number))
    return "" if forbidden else reference[0]


def _parse(data: bytes) -> etree._Element:
    options: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    parser = etree.XMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, **options)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position if error.position else (0, 0)
        raise BadInput(f"This is not well-formed XML: {error.msg}.", line=line, column=column) from None
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise BadInput("This XML declares entities of its own, which are not read here.")
    if next(root.iter(etree.Entity), None) is not None:
        raise BadInput("This XML names an entity that is not known.")
    return root


def _check_depth(root: etree._Element) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise BadInput(f"This XML is nested more than {MAX_DEPTH} deep.")
