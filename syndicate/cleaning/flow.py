"""Text and inline elements on their way into blocks: the middle of the rebuilding that `structure` describes.

A flow is a place that takes blocks. Text gathers in it until a block begins or ends; elements that hold blocks of their
own (lists, tables, figures) are left to the handlers that the flow was given.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from syndicate.cleaning import inline, lines
from syndicate.cleaning.attributes import MARKS, attributes_of, marks_with
from syndicate.cleaning.captions import CREDIT, mark_credit
from syndicate.cleaning.inline import Marks, Piece, Row
from syndicate.cleaning.settled import settle
from syndicate.cleaning.tree import Element
from syndicate.cleaning.vocabulary import HEADINGS, UNLINKED, names

_LEAVES = {"h1": "h2", **{name: name for name in HEADINGS}}
_WRAPPERS = names(
    "p div section article main header footer address center details summary form fieldset legend nav hgroup search"
    " caption tr tbody thead tfoot figcaption li dt dd option label noscript"
)
TIGHT = frozenset({"li", "td", "th", "dd", "dt", "figcaption", "caption"})
_BLANK_LINE = re.compile(r"\n[ \t]*+\n\s*+")


Handler = Callable[[Element, Marks, "Flow"], None]


@dataclass(slots=True)
class Flow:
    """Where blocks are written to, and what the wrappers that dissolved around it have left to them."""

    out: Element
    handlers: Mapping[str, Handler]
    leaf: str = "p"
    bare: bool = False  # directly in the body: a blank line there is a new paragraph, as people type
    inherited: dict[str, str] = field(default_factory=dict)  # lang and dir
    anchor: str = ""  # an id; the next block takes it
    row: Row = field(default_factory=list)

    def inside(self, out: Element) -> "Flow":
        """A flow of its own for an element that holds blocks."""
        return Flow(out, self.handlers)


def children(node: Element, marks: Marks, flow: Flow) -> None:
    text(node.text, marks, flow)
    for child in node:
        tail = child.tail
        if not (child.tag == "p" and _taken_over(child, marks, flow)):
            element(child, marks, flow)
        text(tail, marks, flow)


def text(words: str | None, marks: Marks, flow: Flow) -> None:
    if not words or (not flow.row and words.isspace()):
        return
    if not flow.bare or "\n" not in words:
        flow.row.append(Piece(words, marks))
        return
    first, *others = _BLANK_LINE.split(words)
    flow.row.append(Piece(first, marks))
    for other in others:
        flush(flow)
        flow.row.append(Piece(other, marks))


def element(node: Element, marks: Marks, flow: Flow) -> None:
    tag = str(node.tag)
    if tag in MARKS:
        children(node, mark(node, marks, flow), flow)
    elif tag == "br":
        flow.row.append(inline.a_break(marks))
    elif tag == "img":
        _picture(node, marks, flow)
    elif tag in _LEAVES:
        block(node, tuple(mark for mark in marks if mark.tag != "strong"), flow, _LEAVES[tag])
    elif tag in _WRAPPERS:
        block(node, marks, flow, flow.leaf)
    elif tag in flow.handlers:
        flow.handlers[tag](node, marks, flow)
    else:
        children(node, marks, flow)


def _taken_over(node: Element, marks: Marks, flow: Flow) -> bool:
    """Was it a paragraph that stays the element it is? Only where nothing around it has a say in it."""
    if marks or flow.leaf != "p" or flow.inherited or flow.anchor or flow.out.tag == "figcaption" or not settle(node):
        return False
    flush(flow)
    node.tail = None
    flow.out.append(node)
    return True


def flush(flow: Flow) -> None:
    """Write the gathered text as paragraphs (or as what `leaf` says)."""
    if not flow.row:
        return
    row, flow.row = flow.row, []
    if flow.out.tag != "figcaption":  # the one place where a credit is marked as one
        for piece in row:
            piece.marks = (
                tuple(mark for mark in piece.marks if mark != CREDIT) if CREDIT in piece.marks else piece.marks
            )
    for paragraph in map(lines.joined, inline.paragraphs(row)):
        if flow.out.tag in TIGHT:
            _write_paragraph(flow, mark_credit(paragraph) if flow.out.tag == "figcaption" else paragraph)
            continue
        before, middle, after = _pictures_at_the_edges(paragraph)
        _write_figures(flow, before)
        _write_paragraph(flow, middle)
        _write_figures(flow, after)


def opening(flow: Flow, tag: str, node: Element | None = None) -> Element:
    """A new block, with the node's attributes and what dissolved wrappers around it have left to it."""
    if (node is None or not node.attrib) and not flow.inherited and not flow.anchor:
        return etree.Element(tag)
    found = {**flow.inherited, **({} if node is None else attributes_of(node, tag))}
    for name in ("lang", "dir"):
        if name in found and found[name] == flow.out.get(name):
            del found[name]  # its container says so already
    if flow.anchor:
        found.setdefault("id", flow.anchor)
        flow.anchor = ""
    return etree.Element(tag, dict(sorted(found.items())))


def container(node: Element, marks: Marks, flow: Flow, tag: str) -> Element:
    """A new element `tag` with all of the node's content as blocks; not yet put anywhere."""
    inner = flow.inside(opening(flow, tag, node))
    children(node, marks, inner)
    flush(inner)
    if tag == "figcaption":
        _join_credit(inner.out)
    if tag in TIGHT:
        tighten(inner.out)
    return inner.out


def block(node: Element, marks: Marks, flow: Flow, leaf: str) -> None:
    """A block that dissolves, leaving its paragraphs; lang and dir go on to them."""
    flush(flow)
    before = flow.leaf, flow.bare, flow.inherited
    flow.leaf, flow.bare = leaf, False
    own = attributes_of(node, "p")
    flow.anchor = own.pop("id", flow.anchor)
    flow.inherited = {**flow.inherited, **own}
    children(node, marks, flow)
    flush(flow)
    flow.leaf, flow.bare, flow.inherited = before


def append(flow: Flow, made: Element) -> None:
    if len(made) or (made.text or "").strip():
        flow.out.append(made)


def tighten(out: Element) -> None:
    """A list item or cell of one paragraph (perhaps with a list under it) needs no `<p>`."""
    paragraph, lists = next(iter(out), None), list(out)[1:]
    if paragraph is None or paragraph.tag != "p" or paragraph.attrib or any(o.tag not in ("ul", "ol") for o in lists):
        return
    out.remove(paragraph)
    out.text = paragraph.text
    for place, part in enumerate(list(paragraph)):
        out.insert(place, part)


def mark(node: Element, marks: Marks, flow: Flow) -> Marks:
    """The marks inside an inline element; the id of an empty one goes to the next block."""
    marks, anchor = marks_with(node, marks, flow.leaf)
    flow.anchor = anchor or flow.anchor
    return marks


def _picture(node: Element, marks: Marks, flow: Flow) -> None:
    found = attributes_of(node, "img")
    if "src" in found:
        found.setdefault("alt", "")
        links = () if node.get(UNLINKED) is not None else tuple(mark for mark in marks if mark.tag == "a")
        flow.row.append(Piece("", links, etree.Element("img", dict(sorted(found.items())))))


def _write_paragraph(flow: Flow, row: Row) -> None:
    if row and inline.is_visible(row):
        block = opening(flow, flow.leaf)
        inline.fill(block, row)
        flow.out.append(block)


def _write_figures(flow: Flow, row: Row) -> None:
    for piece in row:
        if piece.is_picture:
            inline.fill(etree.SubElement(flow.out, "figure"), [piece])


def _pictures_at_the_edges(row: Row) -> tuple[Row, Row, Row]:
    """Pictures before and after the words of a paragraph are figures; only one amid words stays in the text."""
    start, end = 0, len(row)
    while start < end and not row[start].has_words:
        start += 1
    while end > start and not row[end - 1].has_words:
        end -= 1
    return row[:start], inline.stripped(row[start:end]), row[end:]


def _join_credit(caption: Element) -> None:
    """A credit that the source put into a block of its own follows the caption in one paragraph."""
    if len(caption) != 2 or any(part.tag != "p" or part.attrib for part in caption):
        return
    words, credit = caption
    if len(credit) == 1 and not (credit.text or credit[0].tail) and credit[0].get("class") == "credit":
        last = words[-1] if len(words) else None
        if last is None:
            words.text = (words.text or "") + " "
        else:
            last.tail = (last.tail or "") + " "
        words.append(credit[0])
        caption.remove(credit)
