"""Two or three versions of a text side by side: which blocks each side changed, and which words.

`three_way` is the classical diff3 (Khanna, Kunal, Pierce: A Formal Investigation of Diff3, 2007) over blocks. What it
answers are the blocks themselves, and `words` answers plain text, which a page escapes: no HTML is made here.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from html import unescape
from itertools import groupby
from operator import itemgetter

MOST_TOKENS = 100_000  # of both sides together; beyond, a block is shown as replaced
MOST_PAIRS = 250_000  # that are compared each with each between two places that are the same for sure
_TOKENS = re.compile(r"<[^<>]*>|[^\s<]+|\s+|<")
_END_OF_BLOCK = re.compile(r"</(?:p|div|h\d|li|tr|blockquote|pre|figcaption|figure|section)\s*>|<br\b", re.IGNORECASE)
_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')


class Side(StrEnum):
    OURS = "ours"
    THEIRS = "theirs"


class Who(StrEnum):
    """Who has changed a stretch of blocks since the base."""

    NOBODY = "nobody"
    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"  # in the same way
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some blocks, as all three versions have them."""

    base: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def who(self) -> Who:
        if self.ours == self.theirs:
            return Who.NOBODY if self.ours == self.base else Who.BOTH
        if self.ours == self.base:
            return Who.THEIRS
        return Who.OURS if self.theirs == self.base else Who.CLASH

    @property
    def is_choice(self) -> bool:
        return self.ours != self.theirs

    @property
    def proposed(self) -> Side | None:
        """Whose to take, where only one side has changed anything; None where an editor must say."""
        return {Who.OURS: Side.OURS, Who.CLASH: None}.get(self.who, Side.THEIRS)

    def of(self, side: Side) -> tuple[str, ...]:
        return self.ours if side is Side.OURS else self.theirs


def three_way(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[Stretch, ...]:
    """All blocks in order, in stretches that all agree on and stretches in which somebody has changed something."""
    found: list[Stretch] = []
    at, a, b = 0, 0, 0
    for start, end, in_ours, in_theirs in [
        *_common(base, ours, theirs),
        (len(base), len(base), len(ours), len(theirs)),
    ]:
        changed = Stretch(tuple(base[at:start]), tuple(ours[a:in_ours]), tuple(theirs[b:in_theirs]))
        found += _one_by_one(changed)
        agreed = tuple(base[start:end])
        found += [Stretch((block,), (block,), (block,)) for block in agreed]
        at, a, b = end, in_ours + len(agreed), in_theirs + len(agreed)
    return tuple(found)


def _common(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Runs of the base that stand unchanged in both others: (start, end, where in ours, where in theirs)."""
    mine, others = _runs(base, ours), _runs(base, theirs)
    i = j = 0
    while i < len(mine) and j < len(others):
        (a, in_ours, m), (b, in_theirs, n) = mine[i], others[j]
        start, end = max(a, b), min(a + m, b + n)
        if start < end:
            yield start, end, in_ours + start - a, in_theirs + start - b
        if a + m < b + n:
            i += 1
        else:
            j += 1


def _runs(before: Sequence[str], after: Sequence[str]) -> Sequence[tuple[int, int, int]]:
    """Where both are the same: (where before, where after, how long).

    As in patience diff, what stands once in both is found first; only the short stretches between are compared each
    with each, which would take minutes for a long text that repeats itself, as a hostile one may.
    """
    shorter = min(len(before), len(after))
    head = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    tail = next((at for at in range(shorter - head) if before[-1 - at] != after[-1 - at]), shorter - head)
    ends = len(before) - tail, len(after) - tail
    runs = [(0, 0, head)]
    at, to = head, head
    for a, b in [*_anchors(before[head : ends[0]], after[head : ends[1]], head), ends]:
        if (a - at) * (b - to) <= MOST_PAIRS:
            found = SequenceMatcher(None, before[at:a], after[to:b], autojunk=False).get_matching_blocks()
            runs += [(at + one, to + other, size) for one, other, size in found]
        runs.append((a, b, 1 if (a, b) != ends else 0))
        at, to = a + 1, b + 1
    return [run for run in [*runs, (*ends, tail)] if run[2]]


def _anchors(before: Sequence[str], after: Sequence[str], start: int) -> Sequence[tuple[int, int]]:
    """Places of what stands once on either side, the most of them that come in the same order on both."""
    ours, theirs = Counter(before), Counter(after)
    place = {token: at for at, token in enumerate(after) if theirs[token] == 1}
    pairs = [(at, place[token]) for at, token in enumerate(before) if ours[token] == 1 and token in place]
    lowest: list[int] = []  # the longest growing row, by the smallest end of each length
    before_it: list[int] = []
    last: list[int] = []
    for number, (_, there) in enumerate(pairs):
        length = bisect_left(lowest, there)
        lowest[length : length + 1] = [there]
        last[length : length + 1] = [number]
        before_it.append(last[length - 1] if length else -1)
    row, number = [], last[-1] if last else -1
    while number >= 0:
        row.append((pairs[number][0] + start, pairs[number][1] + start))
        number = before_it[number]
    return row[::-1]


def _one_by_one(stretch: Stretch) -> Sequence[Stretch]:
    """Block by block where each version has as many of them, so that each can be chosen by itself."""
    if not (stretch.base or stretch.ours or stretch.theirs):
        return ()
    if len(stretch.base) == len(stretch.ours) == len(stretch.theirs):
        rows = zip(stretch.base, stretch.ours, stretch.theirs, strict=True)
        return [Stretch((base,), (ours,), (theirs,)) for base, ours, theirs in rows]
    return (stretch,)


class Change(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in plain text, and what became of them."""

    change: Change
    text: str


def words(old: str, new: str) -> tuple[Piece, ...]:
    """What was taken out and put in, word by word, from one text or piece of HTML to another.

    Of markup that changed its name and its address are told, such as ‹a https://example.org/›; what stayed is left out,
    but that blocks end in a new line.
    """
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    if len(before) + len(after) > MOST_TOKENS:
        return tuple(_pieces([(Change.GONE, before), (Change.NEW, after)]))
    found: list[tuple[Change, list[str]]] = []
    i = j = 0
    for a, b, size in [*_runs(before, after), (len(before), len(after), 0)]:
        found += [(Change.GONE, before[i:a]), (Change.NEW, after[j:b]), (Change.SAME, before[a : a + size])]
        i, j = a + size, b + size
    return tuple(_pieces(found))


def _pieces(found: Sequence[tuple[Change, Sequence[str]]]) -> Iterator[Piece]:
    """What is told alike and stands side by side is one piece."""
    told = ((change, "".join(_said(token, change) for token in tokens)) for change, tokens in found)
    for change, pieces in groupby((piece for piece in told if piece[1]), key=itemgetter(0)):
        yield Piece(change, "".join(text for _, text in pieces))


def _said(token: str, change: Change) -> str:
    if not (token.startswith("<") and token.endswith(">")):
        return unescape(token)
    if _END_OF_BLOCK.match(token):
        return "\n"
    if change is Change.SAME:
        return ""
    address = _ADDRESS.search(token)
    name = token.strip("</>").partition(" ")[0]
    if token.startswith("</") or not name:
        return ""
    return f"‹{name} {unescape(address[1])}›" if address else f"‹{name}›"
