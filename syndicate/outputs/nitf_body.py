"""The printed story in NITF's words: one table from XHTML to NITF 3.6, total over whatever a text holds.

NITF knows blocks (`p`, `hl2`, `ul`, `media` …) and marks inside them (`em`, `a`, `q` …), and lets no block stand in a
paragraph. A text is therefore read as a row of pieces; loose text and marks between two blocks become a paragraph, and
a mark around blocks is dropped, the blocks stay. No word is lost, whatever the nesting.

Rules: the groups blockContent and enrichedText of nitf-3-6.xsd. The classes of `em` are those of Superdesk's NITF.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby

from lxml import etree

from syndicate.core.newsitem import NewsItem, Picture, Rendition
from syndicate.outputs import words
from syndicate.outputs.body import caption
from syndicate.outputs.text import line, media_type, web_address
from syndicate.outputs.xml import Part, add, count, element, put, say, text_of

Shown = Mapping[str, tuple[Picture, Rendition]]
_Write = Callable[[etree._Element, Shown], list[Part]]

_BLOCKS = frozenset(["p", "hl2", "table", "media", "ol", "ul", "dl", "bq", "pre", "hr"])
_CHILDREN = {
    "table": ("caption", "colgroup", "col", "thead", "tfoot", "tbody", "tr"),
    **dict.fromkeys(("thead", "tfoot", "tbody"), ("tr",)),
    "tr": ("th", "td"),
}


def nitf_blocks(printed: etree._Element, item: NewsItem) -> list[etree._Element]:
    """What `printed_body` gave, as elements that may stand in `body.content` or in a `block`; without namespace."""
    files = ((web_address(r.href), (picture, r)) for picture in item.pictures for r in picture.renditions)
    return _blocks(printed, {address: known for address, known in files if address})


def _pieces(node: etree._Element, shown: Shown) -> list[Part]:
    """The text and the children of an element, in the order of reading."""
    pieces: list[Part] = [node.text or ""]
    for child in node:
        write = _WRITERS.get(str(child.tag), _pieces)
        pieces += [*write(child, shown), child.tail or ""]
    return pieces


def _blocks(node: etree._Element, shown: Shown, *, tag: str = "p") -> list[etree._Element]:
    """The content of an element as blocks; loose text and marks get a block of this tag."""
    made: list[etree._Element] = []
    for is_block, run in groupby(_pieces(node, shown), key=_is_block):
        if is_block:
            made += [block for block in run if isinstance(block, etree._Element)]
            continue
        paragraph = element(tag, {"class": node.get("class", "")}, *run)
        if text_of(paragraph):
            made.append(paragraph)
    return made


def _is_block(piece: Part) -> bool:
    return isinstance(piece, etree._Element) and piece.tag in _BLOCKS


def _paragraphs(node: etree._Element, shown: Shown, *, tag: str = "p") -> list[Part]:
    return [*_blocks(node, shown, tag=tag)]


def _mark(node: etree._Element, shown: Shown, *, tag: str = "em", kind: str = "") -> list[Part]:
    return _around(_pieces(node, shown), tag, {"class": kind})


def _around(pieces: list[Part], tag: str, attributes: Mapping[str, str]) -> list[Part]:
    return pieces if any(map(_is_block, pieces)) else [element(tag, attributes, *pieces)]


def _link(node: etree._Element, shown: Shown) -> list[Part]:
    href, pieces = node.get("href") or "", _pieces(node, shown)
    address = line(href) if href.startswith(("mailto:", "tel:")) else web_address(href)
    return _around(pieces, "a", {"href": address, "title": line(node.get("title") or "")}) if address else pieces


def _raised(node: etree._Element, shown: Shown) -> list[Part]:
    """NITF has `sub` and `sup` in numbers only, and only text in them."""
    pieces = _pieces(node, shown)
    if any(map(_is_block, pieces)) or not text_of(node):
        return pieces
    return [element("num", {}, element(str(node.tag), {}, text_of(node)))]


def _alone(node: etree._Element, shown: Shown) -> list[Part]:
    return [element(str(node.tag))]


def _preformatted(node: etree._Element, shown: Shown) -> list[Part]:
    return [element("pre", {}, "".join(str(text) for text in node.itertext()))]


def _list(node: etree._Element, shown: Shown) -> list[Part]:
    items = [element("li", {}, *_pieces(child, shown)) for child in node if len(child) or text_of(child)]
    start = node.get("start") or ""
    number = start if node.tag == "ol" and start.isascii() and start.isdigit() else ""
    if not items or _strays(node):
        return _paragraphs(node, shown)
    return [element(str(node.tag), {"seqnum": number}, *items)]


def _definitions(node: etree._Element, shown: Shown) -> list[Part]:
    entries = [
        element("dt", {}, text_of(child)) if child.tag == "dt" else element("dd", {}, *_blocks(child, shown))
        for child in node
        if len(child) or text_of(child)
    ]
    return _paragraphs(node, shown) if not entries or _strays(node) else [element("dl", {}, *entries)]


def _strays(node: etree._Element) -> bool:
    """Whether text, or a child of another kind, stands where there should be none: then it is no list and no table."""
    texts = [node.text, *(child.tail for child in node)]
    kinds = _CHILDREN.get(str(node.tag))
    return any(text and text.strip() for text in texts) or any(kinds and child.tag not in kinds for child in node)


def _quote(node: etree._Element, shown: Shown) -> list[Part]:
    inside = _blocks(node, shown)
    return [element("bq", {}, element("block", {}, *inside))] if inside else []


def _table(node: etree._Element, shown: Shown) -> list[Part]:
    """Caption, head, foot, one body: in this order, each with at least one row, each row with at least one cell."""
    parts = {"thead": node.findall("thead"), "tfoot": node.findall("tfoot"), "tbody": [node, *node.findall("tbody")]}
    holders = [holder for group in parts.values() for holder in group]
    rows = [row for holder in holders for row in holder.findall("tr")]
    if not any(map(len, rows)) or any(map(_strays, [*holders, *rows])):
        return _paragraphs(node, shown)
    legend = element("caption", {}, *(piece for part in node.findall("caption") for piece in _pieces(part, shown)))
    table = element("table", {}, *([legend] if text_of(legend) else []))
    for tag, group in parts.items():
        if made := [_row(row, shown) for holder in group for row in holder.findall("tr") if len(row)]:
            say(table, element(tag, {}, *made))
    return [table]


def _row(node: etree._Element, shown: Shown) -> etree._Element:
    return element("tr", {}, *(_cell(cell, shown) for cell in node))


def _cell(node: etree._Element, shown: Shown) -> etree._Element:
    spans = {name: node.get(name) or "" for name in ("colspan", "rowspan")}
    numbers = {name: span for name, span in spans.items() if span.isascii() and span.isdigit()}
    return element(str(node.tag), numbers, *_pieces(node, shown))


def _figure(node: etree._Element, shown: Shown) -> list[Part]:
    """Pictures with one caption, or the caption of a picture that was printed; any other figure is its content."""
    images, legend = list(node.iter("img")), node.find("figcaption")
    all_said = text_of(node) == ("" if legend is None else text_of(legend))  # `media` has no place for other words
    if not all_said or (not images and (legend is None or len(node) > 1)):
        return _paragraphs(node, shown)
    media = _media(images, shown)
    known = _known(images, shown)
    if legend is not None and known and not len(legend) and text_of(legend) == caption(known[0]):
        _sign(media, known[0])
    elif legend is not None and text_of(legend):
        say(media, element("media-caption", {}, *_pieces(legend, shown)))
    return [media]


def _sign(media: etree._Element, picture: Picture) -> None:
    """Caption and credit apart, where they can be told apart: the printed line has the credit in brackets."""
    said = line(picture.caption)
    put(media, "media-caption", said)
    if caption(picture) != said:
        put(media, "media-producer", line(picture.credit).strip("()"))


def _image(node: etree._Element, shown: Shown) -> list[Part]:
    return [_media([node], shown)]


def _media(images: Sequence[etree._Element], shown: Shown) -> etree._Element:
    """Each picture's own terms, then the files; without any file an empty reference, which the schema wants."""
    told = [("copyrightNotice", words.picture_notice(p)) for p in _known(images, shown)]
    told += [("usageTerms", line(p.usage_terms)) for p in _known(images, shown)]
    notes = [element("media-metadata", {"name": name, "value": said}) for name, said in told if said]
    references = [_reference(image, shown) for image in images] or [element("media-reference")]
    return element("media", {"media-type": "image"}, *notes, *references)


def _known(images: Sequence[etree._Element], shown: Shown) -> list[Picture]:
    addresses = (web_address(image.get("src") or "") for image in images)
    return [shown[address][0] for address in addresses if address in shown]


def _reference(image: etree._Element, shown: Shown) -> etree._Element:
    address = web_address(image.get("src") or "")
    told = {"source": address, "alternate-text": line(image.get("alt") or "")}
    if address in shown:
        picture, file = shown[address]
        told |= {"mime-type": media_type(file.content_type), "source-credit": line(picture.credit)}
        told |= {"copyright": line(picture.copyright_holder)}
        told |= {"height": count(file.height), "width": count(file.width)}
    return element("media-reference", told)


def _player(node: etree._Element, shown: Shown) -> list[Part]:
    """A sound or a film of which we know the file."""
    sources = [node, *node.findall("source")]
    files = [(web_address(one.get("src") or ""), media_type(one.get("type") or "")) for one in sources]
    media = element("media", {"media-type": str(node.tag)})
    for address, kind in files:
        if address:
            add(media, "media-reference", {"source": address, "mime-type": kind})
    return [media] if len(media) else _paragraphs(node, shown)


def _frame(node: etree._Element, shown: Shown) -> list[Part]:
    """A player of another site: NITF can only point to it."""
    address = web_address(node.get("src") or "")
    return (
        [element("p", {}, element("a", {"href": address}, line(node.get("title") or "") or address))] if address else []
    )


def _table_of_writers(*rows: tuple[str, _Write]) -> Mapping[str, _Write]:
    return {tag: write for tags, write in rows for tag in tags.split()}


_WRITERS = _table_of_writers(
    ("p div section article aside header footer main address details summary figcaption dt dd li", _paragraphs),
    ("tr caption", _paragraphs),
    ("h1 h2 h3 h4 h5 h6", partial(_paragraphs, tag="hl2")),
    ("ul ol", _list),
    ("dl", _definitions),
    ("blockquote", _quote),
    ("table", _table),
    ("pre", _preformatted),
    ("hr br", _alone),
    ("figure", _figure),
    ("img", _image),
    ("audio video", _player),
    ("iframe", _frame),
    ("a", _link),
    ("em cite var dfn", _mark),
    ("i", partial(_mark, kind="italic")),
    ("b strong", partial(_mark, kind="bold")),
    ("u ins", partial(_mark, kind="underscore")),
    ("s del", partial(_mark, kind="strikethrough")),
    ("code kbd samp", partial(_mark, kind="code")),
    ("mark", partial(_mark, kind="mark")),
    ("q", partial(_mark, tag="q")),
    ("sub sup", _raised),
)
