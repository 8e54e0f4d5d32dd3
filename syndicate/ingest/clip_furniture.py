"""Steps on a clip's lines: the day of the issue is read, and what belongs to the paper and not to the story goes."""

from collections import Counter

from syndicate.core.newsitem import Topic
from syndicate.ingest import clip_marks as marks
from syndicate.ingest.clip_lines import Block, Line, is_sentence, is_small, without, wrap_width
from syndicate.ingest.clip_page import TOP, Page

_HEAD_CHARS = 80


def issue_lines(page: Page) -> None:
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


def page_marks(page: Page) -> None:
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


def topic_lines(page: Page) -> None:
    found: dict[str, Topic] = {}

    def unwanted(block: Block, position: int) -> bool:
        topics = marks.topics(block.lines[position].text) if position in (0, len(block.lines) - 1) else ()
        found.update((topic.name, topic) for topic in topics)
        return bool(topics)

    page.blocks = without(page.blocks, unwanted)
    page.topics = tuple(found.values())


def running_heads(page: Page) -> None:
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
    return [line for block in page.blocks[:TOP] for line in block.lines[:TOP]][:TOP]


def _top_lines(page: Page) -> list[Line]:
    """The lines above the report: to the byline, else to the first line that is prose or one of many."""
    lines = [(line, len(block.lines)) for block in page.blocks[:TOP] for line in block.lines[:TOP]][:TOP]
    signed = next((n for n, (line, _) in enumerate(lines) if marks.byline(line.text, page.known)), None)
    if signed is None:
        signed = next((n for n, (line, many) in enumerate(lines) if many > 2 or marks.is_prose(line.text)), len(lines))
        return [line for line, _ in lines[:signed]]
    return [line for line, _ in lines[: signed + 1]]
