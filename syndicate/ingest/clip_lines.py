"""A clip's bytes become lines, and lines become paragraphs again. Nothing here knows what a line means.

A line was broken on purpose where the first word of the next line would still have fitted on it. A page whose long
lines are whole paragraphs is not wrapped at all, so there every line end is on purpose. All of it is linear in time.
"""

import codecs
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from syndicate.core.errors import BadInput, TooLarge

SOFT_HYPHEN = "\u00ad"
MAX_LINES = 20_000  # a full broadsheet page has well under a thousand
MAX_WRAPPED_CHARS = 100
_PAGE_END = "\0"  # on a line by itself; no text that was decoded holds one
_SLACK = 0.85  # people and programs leave the right edge ragged
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

# What XML 1.0 section 2.2 forbids, and marks that nobody can see, go; a form feed is the end of a page.
_UNSEEN: dict[int, str] = dict.fromkeys((*range(9), 0x0B, *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF), " ")
_UNSEEN |= {0x200B: "", 0xFEFF: "", 0x2028: "\n", 0x2029: "\n\n", 0x85: "\n"}

SENTENCE_END = re.compile(r".*[.!?…։][\"'”’»)\]]*", re.DOTALL)
# First parts that stay hyphenated: a break after one of these was a hyphen before.
_HYPHENATED = frozenset(
    "all anti cross ex full half high long low mid multi non part post pre pro self semi short so vice well".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: `text` without outer white space, single spaces inside; `raw` keeps the columns."""

    text: str
    raw: str
    indent: int

    @property
    def first_word(self) -> str:
        return self.text.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines without a blank line between them. `cut`: page furniture was taken out before the first of them."""

    lines: tuple[Line, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together. `apart`: a blank line stands before them; `cut` as of a block."""

    lines: tuple[Line, ...]
    apart: bool
    cut: bool = False

    @property
    def text(self) -> str:
        return joined(self.lines)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text and what to warn of: UTF-8, UTF-16 with a byte order mark, else windows-1252, which is a guess.

    Raises BadInput for bytes that are no text.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    warnings: tuple[str, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise BadInput(f"The clip begins as {encoding} but is not: {error.reason} at byte {error.start}.") from None
        text, warnings = _decode_old(data), ("The clip is not UTF-8 and was read as windows-1252: check its letters.",)
    if "\0" in text:
        raise BadInput("The clip is no readable text: it holds zero bytes.")
    return text, warnings


def _decode_old(data: bytes) -> str:
    try:
        return data.decode("windows-1252")
    except UnicodeDecodeError as error:
        raise BadInput(f"The clip is no readable text: byte {error.start} is no letter of a usual encoding.") from None


def read_blocks(text: str) -> tuple[Block, ...]:
    """The lines, grouped as blank lines part them. Raises TooLarge for more of them than any page has."""
    blocks: list[Block] = []
    lines: list[Line] = []
    count, cut = 0, False
    for raw in (*text.translate(_UNSEEN).replace("\f", f"\n{_PAGE_END}\n").splitlines(), ""):
        words = _words(raw)
        if words and raw != _PAGE_END:
            spaced = raw.expandtabs(8) if "\t" in raw else raw
            lines.append(Line(words, raw.strip(), len(spaced) - len(spaced.lstrip())))
            count += 1
            if count > MAX_LINES:
                raise TooLarge(f"The clip has more than {MAX_LINES} printed lines: a newspaper's page has far fewer.")
            continue
        if lines:
            blocks.append(Block(tuple(lines), cut))
            lines, cut = [], False
        cut = cut or raw == _PAGE_END
    return tuple(blocks)


def _words(raw: str) -> str:
    """A line's words with single spaces. A soft hyphen says something only at the end of a line."""
    words = " ".join(raw.split())
    if SOFT_HYPHEN not in words:
        return words
    plain = " ".join(words.replace(SOFT_HYPHEN, "").split())
    return plain + SOFT_HYPHEN if plain and words.endswith(SOFT_HYPHEN) else plain


def without(blocks: Sequence[Block], unwanted: Callable[[Block, int], bool]) -> tuple[Block, ...]:
    """The blocks less the lines that `unwanted(block, position)` names; what follows a gap knows that it does."""
    kept: list[Block] = []
    cut = False
    for block in blocks:
        marks = [unwanted(block, position) for position in range(len(block.lines))]
        if not any(marks):
            kept.append(replace(block, cut=block.cut or cut))
            cut = False
            continue
        lines = tuple(line for line, mark in zip(block.lines, marks, strict=True) if not mark)
        if lines:
            kept.append(Block(lines, cut=block.cut or cut or marks[0]))
        cut = marks[-1] or (cut and not lines)
    return tuple(kept)


def wrap_width(blocks: Sequence[Block]) -> int | None:
    """The width at which the page was wrapped, in characters, or None where lines are whole paragraphs."""
    lengths = [len(line.text) for block in blocks for line in block.lines]
    wide = [length for length in lengths if length > MAX_WRAPPED_CHARS]
    if not lengths or len(wide) * 20 > len(lengths):  # one long address does not unwrap a page
        return None
    return max((length for length in lengths if length <= MAX_WRAPPED_CHARS), default=None)


def paragraphs(
    blocks: Sequence[Block], width: int | None, starts_something: Callable[[str, str], bool]
) -> tuple[Paragraph, ...]:
    """Lines joined where they were wrapped. `starts_something(before, line)` knows lines that never go on."""
    found: list[Paragraph] = []
    for block in blocks:
        pending: list[Line] = []
        apart, cut = True, block.cut
        for line in block.lines:
            if pending and (
                starts_something(pending[-1].text, line.text) or _broken_on_purpose(pending[-1], line, width)
            ):
                found.append(Paragraph(tuple(pending), apart, cut))
                pending, apart, cut = [], False, False
            pending.append(line)
        found.append(Paragraph(tuple(pending), apart, cut))
    return tuple(found)


def across_cuts(parts: Sequence[Paragraph]) -> list[list[Line]]:
    """Paragraphs as lists of lines, one that furniture had cut in the middle of a sentence made whole again."""
    whole: list[list[Line]] = []
    for part in parts:
        if part.cut and whole and _goes_on(whole[-1][-1].text, part.lines[0].text):
            whole[-1].extend(part.lines)
        else:
            whole.append(list(part.lines))
    return whole


def joined(lines: Sequence[Line]) -> str:
    """One paragraph's text. A word divided at a line end is put together; a hyphen of its own stays."""
    pieces: list[str] = []
    for position, line in enumerate(lines):
        following = lines[position + 1].first_word if position + 1 < len(lines) else ""
        pieces.append(_line_end(line.text, following))
    return "".join(pieces).replace(SOFT_HYPHEN, "")


def divided_words(lines: Sequence[Line]) -> list[str]:
    """The words that `joined` put together without their hyphen: a guess that the reader should hear of."""
    return [
        line.text.rpartition(" ")[2][:-1] + after.first_word
        for line, after in pairwise(lines)
        if _line_end(line.text, after.first_word) == line.text[:-1]
    ]


def _line_end(text: str, following: str) -> str:
    """The line as it is joined to the word that follows on the next one."""
    if not following:
        return text
    if text.endswith(SOFT_HYPHEN):
        return text
    stem = text.rpartition(" ")[2][:-1]
    if text[-1] not in "-‐" or not stem[-1:].isalnum():
        return text + " "
    keeps = stem.casefold() in _HYPHENATED or "-" in stem or not stem[-1].isalpha() or not following[0].islower()
    return text if keeps else text[:-1]


def _broken_on_purpose(line: Line, after: Line, width: int | None) -> bool:
    if _goes_on(line.text, after.text):
        return False
    if width is None or after.indent >= line.indent + 2:
        return True
    return len(line.text) + 1 + len(after.first_word) <= width * _SLACK


def _goes_on(text: str, after: str) -> bool:
    """A sentence left open, taken up in lower case."""
    return is_small(after[0]) and not is_sentence(text)


def is_small(letter: str) -> bool:
    """A small letter that has a capital; Georgian letters, which begin names and sentences as they are, are none."""
    return letter.islower() and letter.title() != letter


def is_sentence(text: str) -> bool:
    """It ends as a sentence does."""
    return bool(SENTENCE_END.fullmatch(text[-8:]))
