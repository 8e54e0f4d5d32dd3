"""Steps on a clip's paragraphs: what stands above the report is parted from it and told apart."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from syndicate.core.newsitem import Picture
from syndicate.ingest import clip_marks as marks
from syndicate.ingest.clip_lines import Line, Paragraph, joined
from syndicate.ingest.clip_page import TOP, Page, short

_BODY_CAPTION_CHARS = 300


def find_head(page: Page) -> None:
    """Part what stands above the report from the report: at the byline, else before its first prose."""
    parts = page.body[:TOP]
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


def byline(page: Page) -> None:
    def take(part: Paragraph) -> bool:
        if page.byline is not None:
            return False
        page.byline = marks.byline(part.text, page.known)
        return page.byline is not None

    _claim(page, take)


def captions(page: Page) -> None:
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
    page.warnings.append(f"“{short(text)}” stood inside the report and was taken for a picture's caption.")
    return True


def _takes_caption(page: Page, text: str, *, sure: bool) -> bool:
    credit = marks.caption_credit(text, sure=sure)
    if credit:
        page.pictures.append(Picture(caption=text, credit=credit))
    return bool(credit)


def republisher(page: Page) -> None:
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


def section(page: Page) -> None:
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


def headline(page: Page) -> None:
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
        page.warnings.append(f"“{short(page.summary)}” stands under the headline and was taken for the summary.")
        below = []
    unclear = [part for group in (*above, *below) for part in group]
    page.warnings += [f"“{short(part.text)}” was not understood and stands in the body." for part in unclear]
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
