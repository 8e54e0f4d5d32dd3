"""Blocks that are more than a paragraph: quotations, rules, preformatted text, tables, figures, sound and film."""

from lxml import etree

from syndicate.cleaning import inline, tables
from syndicate.cleaning.attributes import MARKS, attributes_of
from syndicate.cleaning.flow import Flow, append, block, container, element, flush, mark, opening, text
from syndicate.cleaning.inline import Marks
from syndicate.cleaning.tree import Element

_MEDIA = frozenset({"iframe", "audio", "video"})
_SHOWN = frozenset({"img", "a", "iframe", "audio", "video", "table", "pre", "blockquote", "ul", "ol"})


def quotation(node: Element, marks: Marks, flow: Flow) -> None:
    flush(flow)
    append(flow, container(node, marks, flow, str(node.tag)))


def rule(node: Element, marks: Marks, flow: Flow) -> None:
    flush(flow)
    if len(flow.out) == 0 or flow.out[-1].tag != "hr":
        flow.out.append(etree.Element("hr"))


def preformatted(node: Element, marks: Marks, flow: Flow) -> None:
    flush(flow)
    inner = flow.inside(opening(flow, "pre", node))
    _all_text(node, marks, inner)
    row = inline.preformatted(inner.row)
    if row:
        inline.fill(inner.out, row)
        flow.out.append(inner.out)


def table(node: Element, marks: Marks, flow: Flow) -> None:
    flush(flow)
    if tables.is_layout(node):
        block(node, marks, flow, flow.leaf)
        return
    out = opening(flow, "table", node)
    tables.fill(out, node, lambda cell, tag: container(cell, marks, flow.inside(out), tag))
    if tables.is_one_column(out):
        for cell in out.iter("td"):
            block(cell, (), flow, flow.leaf)
    elif next((cell for cell in out.iter("td", "th", "caption") if len(cell) or cell.text), None) is not None:
        flow.out.append(out)


def figure(node: Element, marks: Marks, flow: Flow) -> None:
    """A figure is something shown and its caption. Without anything shown, or with figures in it, it dissolves."""
    flush(flow)
    inner = flow.inside(opening(flow, "figure", node))
    caption = node.find("figcaption")
    text(node.text, marks, inner)
    for child in node:
        if child is not caption:
            element(child, marks, inner)
        text(child.tail, marks, inner)
    flush(inner)
    shown = inner.out
    for part in list(shown):
        if part.tag == "figure" and len(part) == 1:
            shown.replace(part, part[0])
    holder = _place_shown(flow, shown)
    if caption is not None and holder is None:
        block(caption, marks, flow, flow.leaf)
    elif caption is not None and holder is not None:
        words = container(caption, marks, flow.inside(holder), "figcaption")
        if len(words) or words.text:
            holder.append(words)


def media(node: Element, marks: Marks, flow: Flow) -> None:
    flush(flow)
    tag = str(node.tag)
    made = etree.Element(tag, attributes_of(node, tag))
    for source in node.findall("source"):
        if source.get("src"):
            etree.SubElement(made, "source", attributes_of(source, "source"))
    if made.get("src") or len(made):
        flow.out.append(_as_figure(made))


def _place_shown(flow: Flow, shown: Element) -> Element | None:
    """Write what a figure shows; answers the figure that may take the caption, if there is one."""
    if len(shown) == 1 and shown[0].tag in _SHOWN:
        flow.out.append(shown)
        return shown
    last: Element | None = None
    for part in list(shown):
        last = _as_figure(part) if part.tag in _MEDIA | {"img", "a"} else part
        flow.out.append(last)
    return last if last is not None and last.tag == "figure" and len(last) == 1 else None


def _as_figure(shown: Element) -> Element:
    made = etree.Element("figure")
    made.append(shown)
    return made


def _all_text(node: Element, marks: Marks, flow: Flow) -> None:
    """Inside pre every element but inline ones dissolves, and its line ends are kept."""
    text(node.text, marks, flow)
    for child in node:
        tag = str(child.tag)
        if tag == "br":
            flow.row.append(inline.a_break(marks))
        elif tag in MARKS:
            _all_text(child, mark(child, marks, flow), flow)
        else:
            _all_text(child, marks, flow)
        text(child.tail, marks, flow)
