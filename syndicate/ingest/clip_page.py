"""A clip's page, read by its evidence: a list of steps, each of which takes the lines it knows and leaves the rest.

Printed pages have no fixed order, so no step counts lines. What gives a line away is its own words (`clip_marks`),
its neighbours, and the page as a whole: a short line from the top that comes again is a running head. What no step
takes stays in the body, and is spoken of; a line too many can be struck by an editor, a lost one cannot be missed.

A new kind of line is a recogniser in `clip_marks` and a step here.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from syndicate.core.newsitem import Picture, Topic
from syndicate.core.newsroom import Outlet
from syndicate.core.notes import SourceNote, find_note
from syndicate.ingest import clip_marks as marks
from syndicate.ingest.clip_lines import (
    Block,
    Line,
    Paragraph,
    is_sentence,
    is_small,
    joined,
    paragraphs,
    read_blocks,
    without,
    wrap_width,
)

_TOP = 15  # lines or paragraphs among which a page's top must lie
_EDGE = 4  # a note without brackets stands this near to the first or the last paragraph
_NOTE_REACH = 30
_HEAD_CHARS = 80
_BODY_CAPTION_CHARS = 300


@dataclass(slots=True, kw_only=True)
class Page:
    """What has been read so far. `blocks` until the paragraphs are made, `head` and `body` from then on."""

    outlet: Outlet
    blocks: tuple[Block, ...]
    head: list[Paragraph] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    issue: date | None = None
    masthead: str = ""
    notes: list[SourceNote] = field(default_factory=list)
    topics: tuple[Topic, ...] = ()
    pictures: list[Picture] = field(default_factory=list)
    byline: marks.Byline | None = None
    republisher: str = ""
    section: str = ""
    headline: str = ""
    summary: str = ""
    unclear: int = 0  # paragraphs at the body's beginning that no step understood
    left_out: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def known(self) -> tuple[str, ...]:
        """The outlet's own names, to compare without case."""
        return tuple(name.casefold() for name in (self.outlet.name, self.outlet.slug, self.outlet.domain) if name)


def read_page(text: str, outlet: Outlet) -> Page:
    """Take the page apart. A page without a headline or a body has that part empty."""
    page = Page(outlet=outlet, blocks=read_blocks(text))
    for step in STEPS:
        step(page)
    return page


def belongs(note: SourceNote, outlet: Outlet) -> bool:
    """The note names the outlet: by its domain, by its name, or by a site that is its name written together."""
    site, domain = note.site.removeprefix("www."), outlet.domain.casefold().removeprefix("www.")
    if site and domain and (site == domain or site.endswith(f".{domain}")):
        return True
    names = {_letters(outlet.name), _letters(outlet.slug)} - {""}
    return _letters(site.partition(".")[0] if site else note.source) in names


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold().removeprefix("the ") if letter.isalnum())


# Steps on lines


def _issue_lines(page: Page) -> None:
    """The day of the issue, from the top; the same line over later pages goes with it."""
    for line in _first_lines(page):
        if found := marks.issue_line(line.raw):
            page.issue = found.day
            page.masthead = next((part for part in found.rest if marks.is_paper(part)), "")
            break
    else:
        return
    year = str(page.issue.year)  # a cheap look before the patterns

    def unwanted(block: Block, position: int) -> bool:
        raw = block.lines[position].raw
        again = marks.issue_line(raw) if year in raw else None
        return again is not None and again.day == page.issue

    page.blocks = without(page.blocks, unwanted)


def _page_marks(page: Page) -> None:
    """Page numbers and pointers to other pages; a small letter counts only on a line by itself."""
    found: dict[str, None] = {}

    def unwanted(block: Block, position: int) -> bool:
        text = block.lines[position].text
        alone = len(block.lines) == 1
        taken = (alone or not is_small(text[0])) and marks.page_mark(text)
        if taken and any(letter.isalnum() for letter in text):
            found[text] = None
        return taken

    page.blocks = without(page.blocks, unwanted)
    page.left_out.extend(found)


def _topic_lines(page: Page) -> None:
    found: dict[str, Topic] = {}

    def unwanted(block: Block, position: int) -> bool:
        topics = marks.topics(block.lines[position].text) if position in (0, len(block.lines) - 1) else ()
        found.update((topic.name, topic) for topic in topics)
        return bool(topics)

    page.blocks = without(page.blocks, unwanted)
    page.topics = tuple(found.values())


def _running_heads(page: Page) -> None:
    """Short lines of the top that come again, and short lines that come again where pages were cut."""
    top = _top_lines(page)
    width = wrap_width(page.blocks)
    cut = Counter(b.lines[0].text.casefold() for b in page.blocks if b.cut and _stands_out(b, 0, width))
    names = {line.text.casefold() for line in top if _may_run(line.text)} | {page.masthead.casefold()} - {""}
    names |= {text for text, times in cut.items() if times > 1}
    in_top = {id(line) for line in top}  # by identity: the same words again are just what we look for
    again: dict[str, str] = {}

    def unwanted(block: Block, position: int) -> bool:
        line = block.lines[position]
        if id(line) in in_top or line.text.casefold() not in names or not _may_run(line.text):
            return False
        if not _stands_out(block, position, width):
            return False
        again.setdefault(line.text.casefold(), line.text)
        return True

    page.blocks = without(page.blocks, unwanted)
    page.left_out.extend(again.values())


def _may_run(text: str) -> bool:
    return len(text) <= _HEAD_CHARS and not is_small(text[0]) and not is_sentence(text) and text[-1] not in ",;:-"


def _stands_out(block: Block, position: int, width: int | None) -> bool:
    """Last in its block, or too short a line to have been wrapped there; one word must stand alone."""
    line = block.lines[position]
    if " " not in line.text:
        return len(block.lines) == 1
    if position == len(block.lines) - 1 or width is None:
        return True
    return len(line.text) + 1 + len(block.lines[position + 1].first_word) <= width


def _first_lines(page: Page) -> list[Line]:
    return [line for block in page.blocks[:_TOP] for line in block.lines[:_TOP]][:_TOP]


def _top_lines(page: Page) -> list[Line]:
    """The lines above the report: to the byline, else to the first line that is prose or one of many."""
    lines = [(line, len(block.lines)) for block in page.blocks[:_TOP] for line in block.lines[:_TOP]][:_TOP]
    signed = next((n for n, (line, _) in enumerate(lines) if marks.byline(line.text, page.known)), None)
    if signed is None:
        signed = next((n for n, (line, many) in enumerate(lines) if many > 2 or marks.is_prose(line.text)), len(lines))
        return [line for line, _ in lines[:signed]]
    return [line for line, _ in lines[: signed + 1]]


# Steps on paragraphs


def _paragraphs(page: Page) -> None:
    page.body = list(paragraphs(page.blocks, wrap_width(page.blocks), marks.starts_something))
    page.blocks = ()


def _source_notes(page: Page) -> None:
    """The notes at the ends of the page, or in brackets not far from them, that all name one source."""
    last = len(page.body)
    near = {*range(min(_NOTE_REACH, last)), *range(max(0, last - _NOTE_REACH), last)}
    taken = {n for n in sorted(near) if _takes_note(page, page.body[n].text, n < _EDGE or n >= last - _EDGE)}
    page.body = [part for n, part in enumerate(page.body) if n not in taken]
    if not page.notes and page.body:
        _note_in_last_paragraph(page)


def _takes_note(page: Page, text: str, at_edge: bool) -> bool:
    note = find_note(text)
    if note is None:
        return False
    if not at_edge and text[0] not in "([*_":
        page.warnings.append(
            f"“{_short(text)}” may be a source note, but it stands inside the report and was left there."
        )
        return False
    if page.notes and _source_of(note, page.outlet) != _source_of(page.notes[0], page.outlet):
        page.warnings.append(f"“{_short(text)}” names another source than the first note and was left in the body.")
        return False
    page.notes.append(note)
    return True


def _source_of(note: SourceNote, outlet: Outlet) -> str:
    return outlet.slug if belongs(note, outlet) else note.site or note.source.casefold()


def _note_in_last_paragraph(page: Page) -> None:
    """A note in brackets that was printed on the last line of the report's last paragraph."""
    text = page.body[-1].text.rstrip()
    start = max(text.rfind("("), text.rfind("["))
    if start > 0 and text.endswith((")", "]")) and (note := find_note(text[start:])):
        rest = text[:start].rstrip()
        page.notes.append(note)
        page.body[-1] = replace(page.body[-1], lines=(Line(rest, rest, 0),))


def _find_head(page: Page) -> None:
    """Part what stands above the report from the report: at the byline, else before its first prose."""
    parts = page.body[:_TOP]
    end = _after_byline(parts, page.known)
    end = _before_prose(parts) if end is None else end
    page.head, page.body = page.body[:end], page.body[end:]


def _after_byline(parts: list[Paragraph], known: tuple[str, ...]) -> int | None:
    prose = 0
    for n, part in enumerate(parts):
        if marks.byline(part.text, known):
            return n + 1 + _belonging(parts[n + 1 :], known)
        prose += marks.is_prose(part.text) and not marks.caption_credit(part.text)
        if prose > 2:  # a caption and a standfirst may stand above a byline, a report may not
            return None
    return None


def _belonging(parts: list[Paragraph], known: tuple[str, ...]) -> int:
    """How many paragraphs under the byline still belong to the head."""
    for n, part in enumerate(parts):
        text = part.text
        caption = not part.apart and marks.caption_credit(text)
        if not (caption or marks.special_to(text) or marks.is_paper(text) or text.casefold() in known):
            return n
    return len(parts)


def _before_prose(parts: list[Paragraph]) -> int:
    headline = None
    for n, part in enumerate(parts):
        caption = marks.caption_credit(part.text)
        if headline is not None and marks.is_prose(part.text) and not caption:
            return n
        if headline is None and marks.headline_like(part.text) and not (caption or marks.is_section(part.text)):
            headline = n
    if headline is None:
        return min(1, len(parts))
    following = (n for n in range(headline + 1, len(parts)) if parts[n].apart)
    return next(following, headline + 1)


# Steps on the head


def _byline(page: Page) -> None:
    def take(part: Paragraph) -> bool:
        if page.byline is not None:
            return False
        page.byline = marks.byline(part.text, page.known)
        return page.byline is not None

    _claim(page, take)


def _captions(page: Page) -> None:
    """Captions above the report by any kind of credit; inside it only by one that cannot be a sentence's end."""
    _join_credits(page)

    def take(part: Paragraph) -> bool:
        return _takes_caption(page, part.text, sure=False)

    _claim(page, take)
    inside = [_inside_caption(page, part.text) for part in page.body]
    page.body = [part for part, taken in zip(page.body, inside, strict=True) if not taken]


def _join_credits(page: Page) -> None:
    """A credit under a caption belongs to it, unless what stands there is all that can be the headline."""
    kept: list[Paragraph] = []
    for part in page.head:
        if kept and not part.apart and marks.only_credit(part.text) and _other_headline(page.head, kept[-1], part):
            caption = joined(kept.pop().lines + part.lines)
            page.pictures.append(Picture(caption=caption, credit=marks.caption_credit(part.text)))
        else:
            kept.append(part)
    page.head = kept


def _other_headline(head: list[Paragraph], *but: Paragraph) -> bool:
    texts = [part.text for part in head if part not in but]
    return any(marks.headline_like(text) and not marks.caption_credit(text) for text in texts)


def _inside_caption(page: Page, text: str) -> bool:
    if len(text) > _BODY_CAPTION_CHARS or not _takes_caption(page, text, sure=True):
        return False
    page.warnings.append(f"“{_short(text)}” stood inside the report and was taken for a picture's caption.")
    return True


def _takes_caption(page: Page, text: str, *, sure: bool) -> bool:
    credit = marks.caption_credit(text, sure=sure)
    if credit:
        page.pictures.append(Picture(caption=text, credit=credit))
    return bool(credit)


def _republisher(page: Page) -> None:
    """The newspaper that printed it: a name that runs over its pages, stands by itself, or is in "Special to …"."""
    others = [part for part in page.head if not marks.is_paper(part.text) and marks.headline_like(part.text)]
    special = page.byline.paper if page.byline else ""

    def take(part: Paragraph) -> bool:
        nonlocal special
        text = part.text
        if text.casefold() in page.known:
            return True
        if paper := marks.special_to(text):
            special = special or paper
            return True
        if not others or not marks.is_paper(text):
            return False
        page.republisher = page.republisher or text
        return text.casefold() == page.republisher.casefold()

    _claim(page, take)
    masthead = next((head for head in page.left_out if head.casefold() == page.masthead.casefold()), page.masthead)
    page.republisher = page.republisher or masthead or special


def _section(page: Page) -> None:
    """A usual section's name; else, and only if something else can be the headline, a few words above it."""

    def take(part: Paragraph) -> bool:
        if page.section or not marks.is_section(part.text):
            return False
        page.section = part.text.strip(" :/")
        return True

    if len(page.head) > 1:
        _claim(page, take)
    pairs = [] if page.section else pairwise(page.head)
    above = next((a for a, b in pairs if marks.may_be_section(a.text) and marks.headline_like(b.text)), None)
    if above is not None:
        page.section = above.text
        _claim(page, lambda part: part is above)
        page.warnings.append(f"“{page.section}” was taken for the section, because it stands above the headline.")


def _headline(page: Page) -> None:
    """One group of lines of what is left; the rest of the head goes where no word of it is lost."""
    groups = _groups(page.head)
    choice = _choose([joined(_lines(group)) for group in groups])
    if choice is None:
        page.body[:0], page.head = page.head, []
        return
    page.headline = joined(_lines(groups[choice]))
    above, below = groups[:choice], groups[choice + 1 :]
    if page.byline and len(below) == 1 and not marks.is_prose(joined(_lines(below[0]))):
        page.summary = joined(_lines(below[0]))
        page.warnings.append(f"“{_short(page.summary)}” stands under the headline and was taken for the summary.")
        below = []
    unclear = [part for group in (*above, *below) for part in group]
    page.warnings += [f"“{_short(part.text)}” was not understood and stands in the body." for part in unclear]
    page.body[:0], page.head, page.unclear = unclear, [], len(unclear)


def _groups(parts: list[Paragraph]) -> list[list[Paragraph]]:
    groups: list[list[Paragraph]] = []
    for part in parts:
        if part.apart or not groups:
            groups.append([part])
        else:
            groups[-1].append(part)
    return groups


def _choose(texts: list[str]) -> int | None:
    """The first text that can be a headline; one in capitals before one that reads like a caption."""
    able = [n for n, text in enumerate(texts) if marks.headline_like(text)]
    able = able or [n for n, text in enumerate(texts) if len(text) <= 250][:1]
    return next((n for n in able if marks.titled(texts[n])), able[0] if able else None)


def _lines(group: list[Paragraph]) -> list[Line]:
    return [line for part in group for line in part.lines]


def _claim(page: Page, take: Callable[[Paragraph], bool]) -> None:
    """Take out of the head what `take` says; what stood under it begins anew."""
    kept: list[Paragraph] = []
    gap = False
    for part in page.head:
        if take(part):
            gap = True
            continue
        kept.append(replace(part, apart=True) if gap else part)
        gap = False
    page.head = kept


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


STEPS: tuple[Callable[[Page], None], ...] = (
    _issue_lines,
    _page_marks,
    _topic_lines,
    _running_heads,
    _paragraphs,
    _source_notes,
    _find_head,
    _byline,
    _captions,
    _republisher,
    _section,
    _headline,
)
