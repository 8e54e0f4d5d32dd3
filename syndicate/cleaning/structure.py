"""Rebuild the body from the few elements of a news story, whatever soup it came as.

The old tree is walked once and a new one is written: wrappers (div, section, font, span) dissolve, bare text and text
between `<br><br>` become paragraphs, inline elements around blocks move into them, lists and tables are completed, and
headings begin at h2, because the page that will show the story has its own h1. Element by element the rules are those
of the HTML standard's content models (4.4 to 4.9); text is never reordered and never lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import cast

from lxml import etree

from syndicate.cleaning import inline, lines, tables
from syndicate.cleaning.captions import CREDIT, mark_credit
from syndicate.cleaning.inline import Mark, Marks, Piece, Row
from syndicate.cleaning.tree import Element, finder, wrap_loose_text
from syndicate.cleaning.vocabulary import ALLOWED, CLASSES, names
from syndicate.cleaning.work import Work

MARKS = {
    **{tag: tag for tag in ("strong", "em", "u", "s", "sub", "sup", "small", "mark", "code", "kbd", "samp", "var")},
    **{tag: tag for tag in ("a", "q", "cite", "abbr", "dfn", "time", "bdi", "bdo", "ruby", "rt", "rp", "del", "ins")},
    "b": "strong",
    "i": "em",
    "strike": "s",
    "tt": "code",
    "acronym": "abbr",
    "span": "span",
}
_KEPT_APART = frozenset({"q", "cite", "abbr", "time", "dfn", "ruby", "rt", "rp"})
_HEADINGS = {"h1": "h2", **{name: name for name in ("h2", "h3", "h4", "h5", "h6")}}
_WRAPPERS = names(
    "p div section article main header footer address center details summary form fieldset legend nav hgroup search"
    " caption tr tbody thead tfoot figcaption li dt dd option label noscript"
)
_TIGHT = frozenset({"li", "td", "th", "dd", "dt", "figcaption", "caption"})
_MEDIA = frozenset({"iframe", "audio", "video"})
_SHOWN = frozenset({"img", "a", "iframe", "audio", "video", "table", "pre", "blockquote", "ul", "ol"})
_MAY_BE_EMPTY = frozenset({"alt", "controls"})
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_INLINE = frozenset(MARKS.values())
_AUTO = finder(".//*[@dir='auto']")
_UNCLOSED = finder(".//dd/dd|.//dd/dt|.//dt/dt|.//dt/dd")
_BLANK_LINE = re.compile(r"\n[ \t]*+\n\s*+")


@dataclass(slots=True)
class Flow:
    """A place that takes blocks. Text gathers in `row` until a block begins or ends."""

    out: Element
    leaf: str = "p"
    bare: bool = False  # directly in the body: a blank line there is a new paragraph, as people type
    inherited: dict[str, str] = field(default_factory=dict)  # lang and dir of wrappers that dissolved
    anchor: str = ""  # id of something that dissolved; the next block takes it
    row: Row = field(default_factory=list)


def structure(work: Work) -> None:
    """Put a rebuilt tree in the place of the old."""
    work.body = rebuilt(work.body)
    if work.mentions("auto"):
        _settle_auto(work.body)


def rebuilt(body: Element) -> Element:
    flow = Flow(etree.Element("body"), bare=True)
    children(body, (), flow)
    flush(flow)
    return flow.out


def children(node: Element, marks: Marks, flow: Flow) -> None:
    text(node.text, marks, flow)
    for child in node:
        element(child, marks, flow)
        text(child.tail, marks, flow)


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
        _inline(node, marks, flow)
    elif tag == "br":
        flow.row.append(inline.a_break(marks))
    elif tag == "img":
        _picture(node, marks, flow)
    elif tag in _HEADINGS:
        _block(node, tuple(mark for mark in marks if mark.tag != "strong"), flow, _HEADINGS[tag])
    elif tag in _WRAPPERS:
        _block(node, marks, flow, flow.leaf)
    elif tag in _CONTAINERS:
        _CONTAINERS[tag](node, marks, flow)
    else:
        children(node, marks, flow)


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
        if flow.out.tag in _TIGHT:
            _write_paragraph(flow, mark_credit(paragraph) if flow.out.tag == "figcaption" else paragraph)
            continue
        before, middle, after = _pictures_at_the_edges(paragraph)
        _write_figures(flow, before)
        _write_paragraph(flow, middle)
        _write_figures(flow, after)


def _settle_auto(body: Element) -> None:
    """`dir="auto"`, which some editors write everywhere, is kept only where a right-to-left letter comes early."""
    for block in _AUTO(body):
        words = islice(cast(Iterator[str], block.itertext()), 20)
        if not any(_RIGHT_TO_LEFT.search(piece[:500]) for piece in words):
            del block.attrib["dir"]


def _items(node: Element) -> list[tuple[str, str]]:
    return cast(list[tuple[str, str]], node.items())


def opening(flow: Flow, tag: str, node: Element | None = None) -> Element:
    """A new block, with the node's attributes and what dissolved wrappers around it have left to it."""
    if node is None and not flow.inherited and not flow.anchor:
        return etree.Element(tag)
    found = {**flow.inherited, **({} if node is None else attributes_of(node, tag))}
    for name in ("lang", "dir"):
        if name in found and found[name] == flow.out.get(name):
            del found[name]  # its container says so already
    if flow.anchor:
        found.setdefault("id", flow.anchor)
        flow.anchor = ""
    return etree.Element(tag, dict(sorted(found.items())))


def attributes_of(node: Element, tag: str) -> dict[str, str]:
    """What the vocabulary allows on `tag`, in order of names."""
    if not node.attrib:
        return {}
    names = ALLOWED[tag]
    found = {name: " ".join(value.split()) for name, value in _items(node) if name in names}
    if not found:
        return found
    if found.get("class") not in CLASSES.get(tag, ()):
        found.pop("class", None)
    if "dir" in found:
        found["dir"] = found["dir"].lower()
    if "dir" in found and found["dir"] not in (("ltr", "rtl") if tag in _INLINE else ("ltr", "rtl", "auto")):
        del found["dir"]
    kept = {name: value for name, value in sorted(found.items()) if value or name in _MAY_BE_EMPTY}
    return {"rel": kept.pop("rel"), **kept} if "rel" in kept else kept


def container(node: Element, marks: Marks, flow: Flow, tag: str) -> Element:
    """A new element `tag` with all of the node's content as blocks; not yet put anywhere."""
    inner = Flow(opening(flow, tag, node))
    children(node, marks, inner)
    flush(inner)
    if tag == "figcaption":
        _join_credit(inner.out)
    if tag in _TIGHT:
        tighten(inner.out)
    return inner.out


def tighten(out: Element) -> None:
    """A list item or cell of one paragraph (perhaps with a list under it) needs no `<p>`."""
    paragraph, lists = next(iter(out), None), list(out)[1:]
    if paragraph is None or paragraph.tag != "p" or paragraph.attrib or any(o.tag not in ("ul", "ol") for o in lists):
        return
    out.remove(paragraph)
    out.text = paragraph.text
    for place, part in enumerate(list(paragraph)):
        out.insert(place, part)


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


def _inline(node: Element, marks: Marks, flow: Flow) -> None:
    children(node, marks_with(node, marks, flow), flow)


def marks_with(node: Element, marks: Marks, flow: Flow) -> Marks:
    """The marks that hold inside an inline element: one more, where the element means anything."""
    tag = MARKS[str(node.tag)]
    if tag == "strong" and flow.leaf in _HEADINGS:
        return marks
    found = attributes_of(node, tag)
    if "id" in found and not len(node) and not (node.text or "").strip():
        flow.anchor = found.pop("id")
    if tag == "a":  # browsers underline links by themselves
        marks = tuple(mark for mark in marks if mark.tag != "u")
    elif tag == "u" and any(mark.tag == "a" for mark in marks):
        return marks
    if (tag == "a" and not found.keys() & {"href", "id"}) or (tag == "span" and not found):
        return marks
    key = id(node) if tag in _KEPT_APART or "id" in found else 0
    return inline.with_mark(marks, Mark(tag, tuple(found.items()), key))


def _picture(node: Element, marks: Marks, flow: Flow) -> None:
    found = attributes_of(node, "img")
    if "src" in found:
        found.setdefault("alt", "")
        links = tuple(mark for mark in marks if mark.tag == "a")
        flow.row.append(Piece("", links, etree.Element("img", dict(sorted(found.items())))))


def _block(node: Element, marks: Marks, flow: Flow, leaf: str) -> None:
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


def _quote(node: Element, marks: Marks, flow: Flow) -> None:
    flush(flow)
    _append(flow, container(node, marks, flow, str(node.tag)))


def _append(flow: Flow, made: Element) -> None:
    if len(made) or (made.text or "").strip():
        flow.out.append(made)


def _rule(node: Element, marks: Marks, flow: Flow) -> None:
    flush(flow)
    if len(flow.out) == 0 or flow.out[-1].tag != "hr":
        flow.out.append(etree.Element("hr"))


def _preformatted(node: Element, marks: Marks, flow: Flow) -> None:
    flush(flow)
    inner = Flow(opening(flow, "pre", node))
    _all_text(node, marks, inner)
    row = inline.preformatted(inner.row)
    if row:
        inline.fill(inner.out, row)
        flow.out.append(inner.out)


def _all_text(node: Element, marks: Marks, flow: Flow) -> None:
    """Inside pre every element but inline ones dissolves, and its line ends are kept."""
    text(node.text, marks, flow)
    for child in node:
        tag = str(child.tag)
        if tag == "br":
            flow.row.append(inline.a_break(marks))
        elif tag in MARKS:
            _all_text(child, marks_with(child, marks, flow), flow)
        else:
            _all_text(child, marks, flow)
        text(child.tail, marks, flow)


def _list(node: Element, marks: Marks, flow: Flow) -> None:
    """Items in order; what stands between items, as many editors write nested lists, joins the item before it."""
    flush(flow)
    tag = "ol" if node.tag == "ol" else "ul"
    out = opening(flow, tag, node)
    stray = Flow(etree.Element("li"))
    text(node.text, marks, stray)
    for child in node:
        if child.tag == "li":
            _end_stray(out, stray)
            item = container(child, marks, Flow(out), "li")
            if len(item) or item.text:
                out.append(item)
        else:
            element(child, marks, stray)
        text(child.tail, marks, stray)
    _end_stray(out, stray)
    _append(flow, out)


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


def _definitions(node: Element, marks: Marks, flow: Flow) -> None:
    flush(flow)
    out = opening(flow, "dl", node)
    _part_definitions(node)
    wrap_loose_text(node, "dd")
    for child in node:
        parts = list(child) if child.tag == "div" and child.find("dt") is not None else [child]
        for part in parts:
            made = container(part, marks, Flow(out), "dt" if part.tag == "dt" else "dd")
            if len(made) or made.text:
                out.append(made)
    _append(flow, out)


def _part_definitions(node: Element) -> None:
    """A `dd` that nobody closed holds the next one; each gets its own place."""
    for inner in _UNCLOSED(node):
        before = inner.getparent()
        for part in [inner, *inner.itersiblings()]:
            if before is not None:
                before.addnext(part)
            before = part


def _table(node: Element, marks: Marks, flow: Flow) -> None:
    flush(flow)
    if tables.is_layout(node):
        _block(node, marks, flow, flow.leaf)
        return
    out = opening(flow, "table", node)
    tables.fill(out, node, lambda cell, tag: container(cell, marks, Flow(out), tag))
    if tables.is_one_column(out):
        for cell in out.iter("td"):
            _block(cell, (), flow, flow.leaf)
    elif next((cell for cell in out.iter("td", "th", "caption") if len(cell) or cell.text), None) is not None:
        flow.out.append(out)


def _figure(node: Element, marks: Marks, flow: Flow) -> None:
    """A figure is something shown and its caption. Without anything shown, or with figures in it, it dissolves."""
    flush(flow)
    inner = Flow(opening(flow, "figure", node))
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
        _block(caption, marks, flow, flow.leaf)
    elif caption is not None and holder is not None:
        words = container(caption, marks, Flow(holder), "figcaption")
        if len(words) or words.text:
            holder.append(words)


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


def _media(node: Element, marks: Marks, flow: Flow) -> None:
    flush(flow)
    tag = str(node.tag)
    made = etree.Element(tag, attributes_of(node, tag))
    for source in node.findall("source"):
        if source.get("src"):
            etree.SubElement(made, "source", attributes_of(source, "source"))
    if made.get("src") or len(made):
        flow.out.append(_as_figure(made))


def _as_figure(shown: Element) -> Element:
    figure = etree.Element("figure")
    figure.append(shown)
    return figure


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


_CONTAINERS = {
    "blockquote": _quote,
    "aside": _quote,
    "ul": _list,
    "ol": _list,
    "menu": _list,
    "dir": _list,
    "dl": _definitions,
    "table": _table,
    "figure": _figure,
    "pre": _preformatted,
    "listing": _preformatted,
    "hr": _rule,
    "iframe": _media,
    "audio": _media,
    "video": _media,
}
