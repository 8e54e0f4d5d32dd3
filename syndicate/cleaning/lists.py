"""Lists: items in their order, with what careless editors leave between items put into the item before it."""

from lxml import etree

from syndicate.cleaning.flow import Flow, append, container, element, flush, opening, text, tighten
from syndicate.cleaning.inline import Marks
from syndicate.cleaning.tree import Element, finder, wrap_loose_text

_UNCLOSED = finder(".//dd/dd|.//dd/dt|.//dt/dt|.//dt/dd")


def bulleted(node: Element, marks: Marks, flow: Flow) -> None:
    """Items in order; what stands between items, as many editors write nested lists, joins the item before it."""
    flush(flow)
    tag = "ol" if node.tag == "ol" else "ul"
    out = opening(flow, tag, node)
    stray = flow.inside(etree.Element("li"))
    text(node.text, marks, stray)
    for child in node:
        if child.tag == "li":
            _end_stray(out, stray)
            item = container(child, marks, flow.inside(out), "li")
            if len(item) or item.text:
                out.append(item)
        else:
            element(child, marks, stray)
        text(child.tail, marks, stray)
    _end_stray(out, stray)
    append(flow, out)


def definitions(node: Element, marks: Marks, flow: Flow) -> None:
    flush(flow)
    out = opening(flow, "dl", node)
    _part_definitions(node)
    wrap_loose_text(node, "dd")
    for child in node:
        parts = list(child) if child.tag == "div" and child.find("dt") is not None else [child]
        for part in parts:
            # libxml2 ends a dt where a dl begins, so a term that holds one could not be read again as it was written
            is_term = part.tag == "dt" and part.find(".//dl") is None
            made = container(part, marks, flow.inside(out), "dt" if is_term else "dd")
            if len(made) or made.text:
                out.append(made)
    append(flow, out)


def _end_stray(out: Element, stray: Flow) -> None:
    flush(stray)
    if not len(stray.out):
        return
    if len(out) and all(child.tag in ("ul", "ol") for child in stray.out):
        out[-1].extend(list(stray.out))
    else:
        out.append(stray.out)
        tighten(stray.out)
    stray.out = etree.Element("li")


def _part_definitions(node: Element) -> None:
    """A `dd` that nobody closed holds the next one; each gets its own place."""
    for inner in _UNCLOSED(node):
        before = inner.getparent()
        for part in [inner, *inner.itersiblings()]:
            if before is not None:
                before.addnext(part)
            before = part
