"""Lines that were broken to fit a page, as in text copied from a PDF or typed by hand, made paragraphs again."""

import re

from syndicate.cleaning.inline import Piece, Row

_LEAST_BREAKS = 3
_GOING_ON = re.compile(r"[^.!?։:;…»”\"')]\Z")
_LOWER = re.compile(r"[a-zß-öø-ÿāăąćčďđēėęěğģīįıķļłńňōőœřśşšţťūůűųźżžəа-яёա-և]")
_LONG_LINE = 100  # characters; nobody wraps text at more, so a longer line is a paragraph of its own


def joined(row: Row) -> Row:
    """A paragraph of broken lines as one line. Verse keeps its lines: they begin with capitals or end a sentence.

    Only alphabets with small letters can tell; a word divided at a line's end is left as it is, hyphen and all, for
    nobody can know whether the hyphen belongs to it.
    """
    if len(row) <= 2 * _LEAST_BREAKS:  # there are words on both sides of each
        return row
    breaks = [at for at, piece in enumerate(row) if piece.is_break]
    if len(breaks) < _LEAST_BREAKS:
        return row
    wrapped = sum(1 for at in breaks if _goes_on(row, at))
    if wrapped * 10 < len(breaks) * 6:
        return row
    return [Piece(" ", piece.marks) if piece.is_break else piece for piece in row]


def typed(text: str) -> str:
    """Text without any markup in which each line is a paragraph, with a blank line after each."""
    if "<" in text or "\n\n" in text.replace("\r", "") or "\n" not in text.strip():
        return text
    lines = [line for line in text.split("\n") if line.strip()]
    return "\n\n".join(lines) if any(len(line) > _LONG_LINE for line in lines) else text


def _goes_on(row: Row, at: int) -> bool:
    before, after = row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None
    if before is None or after is None or before.atom is not None or after.atom is not None:
        return False
    return bool(_GOING_ON.search(before.text) and _LOWER.match(after.text.lstrip()))
