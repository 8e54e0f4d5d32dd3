"""Text with its marks: what stands inside one paragraph, free of how the source had nested it.

A paragraph is a row of pieces, each a text with the marks (emphasis, links, ...) that hold for it, outermost first. In
this form bold text broken into five spans, a link around two paragraphs and `<b><p>` are all the same simple thing,
and writing it back gives one answer only. That is what makes cleaning twice change nothing.
"""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from syndicate.cleaning.characters import lost_joiners
from syndicate.cleaning.tree import Element


class Mark(NamedTuple):
    """An inline element. `key` tells apart neighbours that must not melt into one, as two quotations."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    key: int = 0


Marks = tuple[Mark, ...]


@dataclass(slots=True)
class Piece:
    """A text, or where `atom` is set an element that stands in the text as one character does."""

    text: str
    marks: Marks
    atom: Element | None = None

    @property
    def is_break(self) -> bool:
        return self.atom is not None and self.atom.tag == "br"

    @property
    def has_words(self) -> bool:
        return self.atom is None and bool(self.text.strip(EDGE))

    @property
    def is_picture(self) -> bool:
        return self.atom is not None and self.atom.tag == "img"


Row = list[Piece]

SPACES = re.compile(r"[ \t\n\f\r\xa0]{2,}+|[\t\n\f\r]")  # a single space, breaking or not, is as it should be
EDGE = " \t\n\f\r\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
EDGE += "\u202f\u205f\u3000\u200c\u200d"
INVISIBLE = EDGE + "\u200e\u200f\u2066\u2067\u2068\u2069\u202a\u202b\u202c"
_MANY = 100  # pieces; from here on it pays to join texts before they are written one by one
_NOTHING = etree.Element("nothing")
_REPLACING = {"a": {"a"}, "rt": {"rt", "rp"}, "rp": {"rt", "rp"}}


def a_break(marks: Marks) -> Piece:
    return Piece("", marks, etree.Element("br"))


def with_mark(marks: Marks, mark: Mark) -> Marks:
    """The marks with one more. A mark inside its like adds nothing; a link in a link takes its place."""
    if mark.tag in _REPLACING:
        return (*(old for old in marks if old.tag not in _REPLACING[mark.tag]), mark)
    if mark.key == 0 and any(old.tag == mark.tag and old.attributes == mark.attributes for old in marks):
        return marks
    return (*marks, mark)


def paragraphs(row: Row) -> list[Row]:
    """The row as paragraphs: two line breaks or more end one; white space is collapsed; empty ones are gone."""
    done: list[Row] = []
    current: Row = []
    breaks = 0
    for piece in _collapsed(_joined_rightly(row)):
        if piece.is_break:
            breaks += 1
            continue
        if breaks > 1 and current:
            done.append(current)
            current = []
        elif breaks and current:
            current.append(a_break(piece.marks))
        breaks = 0
        current.append(piece)
    done.append(current)
    return [settled for each in done if (settled := _settled(each))]


def preformatted(row: Row) -> Row:
    """The row with its white space as it is, but for empty lines at either end."""
    pieces = [Piece("\n", piece.marks) if piece.is_break else piece for piece in _joined_rightly(row)]
    while pieces and pieces[0].atom is None and not pieces[0].text.lstrip("\n"):
        pieces.pop(0)
    while pieces and pieces[-1].atom is None and not pieces[-1].text.rstrip():
        pieces.pop()
    if pieces:
        pieces[0].text = pieces[0].text.lstrip("\n")  # HTML would drop one by itself, each time it is read
        pieces[-1].text = pieces[-1].text.rstrip() if pieces[-1].atom is None else ""
    return pieces if is_visible(pieces) else []


def is_visible(row: Row) -> bool:
    for piece in row:  # noqa: SIM110  asked of every paragraph: a generator costs more than the question
        if piece.atom is not None or piece.text.strip(INVISIBLE):
            return True
    return False


def _melted(row: Row) -> Row:
    """The row with neighbouring texts of the same marks in one piece."""
    groups = groupby(row, key=lambda piece: (piece.marks, id(piece.atom) if piece.atom is not None else 0))
    melted = []
    for (marks, _), group in groups:
        pieces = list(group)
        melted.append(pieces[0] if pieces[0].atom is not None else Piece("".join(p.text for p in pieces), marks))
    return melted


def stripped(row: Row) -> Row:
    """The row, which begins and ends with words, without white space around them."""
    if row:
        row[0].text = row[0].text.lstrip(EDGE)
        row[-1].text = row[-1].text.rstrip(EDGE)
    return row


def fill(parent: Element, row: Row) -> None:
    """Write the row into `parent`, opening each mark once for as long as it holds."""
    marks: Marks = ()
    opened, last = [parent], [_NOTHING]  # `last` is the newest child at each level: to ask lxml for it takes time
    for piece in row if len(row) < _MANY else _melted(row):
        if piece.marks != marks:
            shared = _shared(marks, piece.marks)
            del opened[shared + 1 :], last[shared + 1 :]
            for mark in piece.marks[shared:]:
                last[-1] = etree.SubElement(opened[-1], mark.tag, dict(mark.attributes))
                opened.append(last[-1])
                last.append(_NOTHING)
            marks = piece.marks
        if piece.atom is not None:
            opened[-1].append(piece.atom)
            last[-1] = piece.atom
        elif last[-1] is not _NOTHING:
            last[-1].tail = (last[-1].tail or "") + piece.text
        else:
            opened[-1].text = (opened[-1].text or "") + piece.text


def _joined_rightly(row: Row) -> Row:
    """The row without joiners that join nothing; looked at as one text, for letters may stand in different elements."""
    if not any("\u200c" in piece.text or "\u200d" in piece.text for piece in row):
        return row
    lost = lost_joiners("".join("\n" if piece.atom is not None else piece.text for piece in row))
    if not lost:
        return row
    gone, position = set(lost), 0
    for piece in row:
        length = 1 if piece.atom is not None else len(piece.text)
        if piece.atom is None:
            piece.text = "".join(char for at, char in enumerate(piece.text, position) if at not in gone)
        position += length
    return row


def _collapsed(row: Row) -> Row:
    """White space as HTML shows it: one space for a run; none beside another, or at the edge of a line.

    A single no-break space between words is kept ("5 km"); in a run with others it is an editor's padding.
    """
    pieces: Row = []
    after_space = True
    for piece in row:
        if piece.atom is not None:
            if piece.is_break:
                _strip_end(pieces)
            pieces.append(piece)
            after_space = piece.is_break
            continue
        text = SPACES.sub(" ", piece.text)
        if after_space:
            text = text.lstrip(EDGE if not pieces or pieces[-1].is_break else " \xa0")
        if text:
            piece.text = text
            pieces.append(piece)
            after_space = text[-1] in " \xa0"
    _strip_end(pieces)
    return pieces


def _strip_end(pieces: Row) -> None:
    while pieces and pieces[-1].atom is None:
        pieces[-1].text = pieces[-1].text.rstrip(EDGE)
        if pieces[-1].text:
            return
        pieces.pop()


def _settled(row: Row) -> Row:
    """The row with spaces and breaks taken out of marks that end or begin there; nothing where it shows nothing."""
    if not is_visible(row):
        return []
    for number, piece in enumerate(row):
        if piece.marks and (piece.is_break or (piece.atom is None and not piece.text.strip(" \xa0"))):
            before = row[number - 1].marks if number else ()
            after = row[number + 1].marks if number + 1 < len(row) else ()
            piece.marks = piece.marks[: min(_shared(piece.marks, before), _shared(piece.marks, after))]
    return row


def _shared(one: Marks, other: Marks) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
