"""The printed story as paragraphs of plain text; no word of it is lost, whatever the nesting."""

from collections.abc import Callable, Mapping

from lxml import etree

from syndicate.outputs.text import line, web_address
from syndicate.outputs.xml import text_of

_Write = Callable[[etree._Element], list[str]]

_BREAK = "\f"  # a character that no text has: XML forbids it


def paragraphs(node: etree._Element) -> list[str]:
    """The content of an element; text and marks that stand between two blocks are a paragraph of their own."""
    made, loose = [], node.text or ""
    for child in node:
        if _holds_blocks(child):
            made += [_lines(loose), *_WRITERS.get(str(child.tag), paragraphs)(child)]
            loose = ""
        else:
            loose += _marked(child)
        loose += child.tail or ""
    return [paragraph for paragraph in (*made, _lines(loose)) if paragraph]


def _holds_blocks(node: etree._Element) -> bool:
    return any(inside.tag in _WRITERS for inside in node.iter())


def _lines(text: str) -> str:
    return "\n".join(line(part) for part in text.split(_BREAK)).strip("\n")


def _marked(node: etree._Element) -> str:
    """Text inside a paragraph. The credit sentence is printed as it is: its address stands at the end."""
    text = (node.text or "") + "".join(_marked(child) + (child.tail or "") for child in node)
    match node.tag:
        case "br":
            return _BREAK + text
        case "img":
            return f"[Picture: {alt}]" if (alt := line(node.get("alt") or "")) else ""
        case "q":
            return f"“{text}”"
        case "a" if not any(parent.get("class") == "credit" for parent in node.iterancestors("p")):
            return f"{text} ({address})" if (address := _elsewhere(node)) else text
    return text


def _elsewhere(link: etree._Element) -> str:
    """Where a link leads, unless its words say so already."""
    href = link.get("href") or ""
    address = href.removeprefix("mailto:").removeprefix("tel:") if ":" in href[:7] else ""
    address = web_address(href) or line(address)
    return "" if address in text_of(link) else address


def _indented(text: str, first: str, others: str) -> str:
    """Each line of a text behind a mark."""
    lines = text.split("\n")
    return "\n".join(f"{first if number == 0 else others}{one}".rstrip() for number, one in enumerate(lines))


def _list(node: etree._Element) -> list[str]:
    start = node.get("start") or ""
    number = int(start[:9]) if start.isascii() and start.isdigit() else 1
    entries = [_lines(node.text or "")]
    for child in node:
        mark = f"{number}. " if node.tag == "ol" else "- "
        if inside := paragraphs(child):
            entries.append(_indented("\n".join(inside), mark, " " * len(mark)))
            number += 1
        entries.append(_lines(child.tail or ""))
    return ["\n".join(filter(None, entries))]


def _definition(node: etree._Element) -> list[str]:
    return [_indented("\n".join(paragraphs(node)), "  ", "  ")]


def _quote(node: etree._Element) -> list[str]:
    inside = paragraphs(node)
    return [_indented("\n\n".join(inside), "> ", "> ")] if inside else []


def _close(node: etree._Element) -> list[str]:
    """What belongs together: no empty lines in it."""
    return ["\n".join(paragraphs(node))]


def _row(node: etree._Element) -> list[str]:
    cells = [_lines(node.text or "")] if (node.text or "").strip() else []
    for cell in node:
        cells.append(" ".join(paragraphs(cell)).replace("\n", " "))
        cells += [_lines(cell.tail or "")] if (cell.tail or "").strip() else []
    return [" | ".join(cells)] if any(cells) else []


def _preformatted(node: etree._Element) -> list[str]:
    return ["".join(str(text) for text in node.itertext()).replace("\r", "").strip("\n")]


def _rule(node: etree._Element) -> list[str]:
    return ["* * *"]


def _figure(node: etree._Element) -> list[str]:
    """A picture by its caption, else by its description; any other figure is its content."""
    images = list(node.iter("img"))
    others = any(inside.tag in _WRITERS and inside.tag not in ("figure", "figcaption", "p") for inside in node.iter())
    if others or not (images or text_of(node)):
        return paragraphs(node)
    said = text_of(node) or ", ".join(filter(None, (line(image.get("alt") or "") for image in images)))
    return [f"[Picture: {said}]"] if said else []


def _player(node: etree._Element) -> list[str]:
    """What another site plays, by title and address."""
    sources = [node, *node.findall("source")]
    address = next((found for one in sources if (found := web_address(one.get("src") or ""))), "")
    told = ": ".join(filter(None, (line(node.get("title") or ""), address)))
    return [told, *paragraphs(node)] if told else paragraphs(node)


def _table_of_writers(*rows: tuple[str, _Write]) -> Mapping[str, _Write]:
    return {tag: write for tags, write in rows for tag in tags.split()}


_WRITERS = _table_of_writers(
    ("p h1 h2 h3 h4 h5 h6 div section article aside header footer main figcaption caption dt li td th", paragraphs),
    ("ul ol", _list),
    ("dl table thead tbody tfoot", _close),
    ("dd", _definition),
    ("tr", _row),
    ("blockquote", _quote),
    ("pre", _preformatted),
    ("hr", _rule),
    ("figure", _figure),
    ("iframe audio video", _player),
)
