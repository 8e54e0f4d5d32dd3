"""Small helpers to build XML: no element without something to say, no character that XML forbids."""

from collections.abc import Mapping

from lxml import etree

from syndicate.core.text import printable
from syndicate.outputs.text import line

Part = str | etree._Element


def put(parent: etree._Element, tag: str, text: str, attributes: Mapping[str, str] | None = None) -> None:
    """Add an element with this text; where there is no text, nothing."""
    if said := printable(text).strip():
        add(parent, tag, attributes).text = said


def add(parent: etree._Element, tag: str, attributes: Mapping[str, str] | None = None) -> etree._Element:
    """Add an element with those of the attributes that have a value, and return it."""
    told = {name: printable(value) for name, value in (attributes or {}).items() if value}
    return etree.SubElement(parent, tag, told)


def element(tag: str, attributes: Mapping[str, str] | None = None, *parts: Part) -> etree._Element:
    """A new element with attributes, as `add` takes them, and with text and elements in it."""
    told = {name: printable(value) for name, value in (attributes or {}).items() if value}
    made = etree.Element(tag, told)
    say(made, *parts)
    return made


def say(parent: etree._Element, *parts: Part) -> None:
    """Append text and elements in the order of reading."""
    for part in parts:
        if isinstance(part, etree._Element):
            parent.append(part)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + printable(part)
        else:
            parent.text = (parent.text or "") + printable(part)


def in_namespace(tag: str, namespace: str) -> etree._Element:
    """A new element for which this namespace, in braces, is the default one."""
    return etree.Element(namespace + tag, nsmap={None: namespace.strip("{}")})  # type: ignore[dict-item]  # stubs know no None


def qualify(tree: etree._Element, namespace: str) -> etree._Element:
    """The same tree, in which every element that had no namespace now has this one, in braces."""
    for node in tree.iter():
        if not str(node.tag).startswith("{"):
            node.tag = f"{namespace}{node.tag}"
    return tree


def rooted(tree: etree._Element, namespace: str) -> etree._Element:
    """A tree that was made without a namespace, as a document of its own in this one, in braces."""
    root = in_namespace(str(tree.tag), namespace)
    root.attrib.update(tree.attrib)
    root.text = tree.text
    root.extend(list(tree))
    return qualify(root, namespace)


def count(number: int | None) -> str:
    """A size as an attribute; nothing where it is not known, or is no size."""
    return str(number) if number and number > 0 else ""


def text_of(parent: etree._Element) -> str:
    """All text in an element, as one line."""
    return line("".join(str(text) for text in parent.itertext()))
