"""Tables of data are kept with headers, spans and caption; tables that only place things on a page dissolve."""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from syndicate.cleaning.tree import Element, wrap_loose_text

MakeCell = Callable[[Element, str], Element]

_SECTIONS = ("thead", "tbody", "tfoot")
_NUMBER = re.compile(r"[1-9]\d{0,2}")


def is_layout(table: Element) -> bool:
    """A table that says so itself, or that holds another table."""
    return (table.get("role") or "").lower() in ("presentation", "none") or table.find(".//table") is not None


def is_one_column(out: Element) -> bool:
    """Written out, is it only paragraphs in boxes? Asked of the result, so that it is answered alike every time."""
    if out.find(".//th") is not None or out.find("caption") is not None:
        return False
    return all(len(row) <= 1 for row in out.iter("tr"))


def fill(out: Element, table: Element, make_cell: MakeCell) -> None:
    """Write the table's parts into `out`, rows always in a section, as HTML5 parsers will have it."""
    section: Element | None = None
    wrap_loose_text(table, "td")
    for part in table:
        tag = str(part.tag)
        if tag == "caption":
            caption = make_cell(part, "caption")
            if len(caption) or caption.text:
                out.insert(0, caption)
        elif tag in ("colgroup", "col"):
            continue  # widths and colours; they say nothing
        elif tag in _SECTIONS:
            section = None
            _fill_section(etree.SubElement(out, tag), part, make_cell)
        else:
            section = etree.SubElement(out, "tbody") if section is None else section
            _fill_row(section, part, make_cell)
    for section in list(out):
        if section.tag in _SECTIONS and not len(section):
            out.remove(section)


def _fill_section(section: Element, source: Element, make_cell: MakeCell) -> None:
    wrap_loose_text(source, "td")
    for row in source:
        _fill_row(section, row, make_cell)


def _fill_row(section: Element, source: Element, make_cell: MakeCell) -> None:
    row = etree.Element("tr")
    for cell, tag in _cells(source):
        made = make_cell(cell, tag)
        for name in ("colspan", "rowspan"):
            if name in made.attrib and not _NUMBER.fullmatch(made.get(name, "")):
                del made.attrib[name]
        row.append(made)
    if len(row):
        section.append(row)


def _cells(source: Element) -> Iterator[tuple[Element, str]]:
    """The cells of a row. Anything else that stands where a row should is a row of one cell."""
    if source.tag != "tr":
        yield source, "th" if source.tag == "th" else "td"
        return
    wrap_loose_text(source, "td")
    for cell in source:
        yield cell, "th" if cell.tag == "th" else "td"
