"""A newspaper clip: the plain text of a printed page, as somebody copied it out of a paper or an archive.

The page is read by `STEPS`; then what was read becomes a story, and what could not be read becomes warnings. A new
kind of line is a recogniser in `clip_marks` and a step here.
The language is left empty: nothing on a page names it, and it is not guessed from the words.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from html import escape
from itertools import pairwise

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput
from syndicate.core.newsitem import Hop, Party, SourceItem
from syndicate.core.rights import Rights
from syndicate.ingest import clip_furniture, clip_head
from syndicate.ingest import clip_marks as marks
from syndicate.ingest.clip_lines import (
    across_cuts,
    decode,
    divided_words,
    is_sentence,
    is_small,
    joined,
    paragraphs,
    read_blocks,
    wrap_width,
)
from syndicate.ingest.clip_page import Page
from syndicate.ingest.clip_source import Source, note_doubts, read_source, source_notes
from syndicate.ingest.parsed import Envelope, Parsed, ParsedFeed
from syndicate.ingest.sniff import Sniff

MEDIA_TYPES = ("text/plain",)

_SNIFFED_BYTES = 4096
_OTHER_FORMATS = ("<", "{", '["', "[{", "%PDF", "PK\x03\x04")
_SUBHEAD_WORDS, _SUBHEAD_CHARS = 8, 60


def looks_like(sniff: Sniff) -> bool:
    """Text of more than one line that is no markup and no JSON. Looks at the beginning only."""
    try:
        text, _ = decode(_beginning(sniff.data))
    except BadInput:
        return False
    text = text.lstrip("\ufeff \t\r\n")
    return bool(text) and not text.startswith(_OTHER_FORMATS) and len(text.splitlines()) > 1


def _beginning(data: bytes) -> bytes:
    """The first bytes, not cut in the middle of a UTF-8 letter."""
    start = data[:_SNIFFED_BYTES]
    if len(data) <= _SNIFFED_BYTES or start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start
    end = next((n for n in range(1, 5) if start[-n] & 0xC0 != 0x80), 1)  # where the last letter begins
    return start[:-end]


def parse(data: bytes, envelope: Envelope) -> ParsedFeed:
    """Read one clip as one story of the envelope's outlet. What was not understood is said in the warnings.

    Raises BadInput for bytes that are no readable text, or carry no headline with a report below it.
    """
    text, warnings = decode(data)
    page = Page(outlet=envelope.outlet, blocks=read_blocks(text))
    for step in STEPS:
        step(page)
    texts = across_cuts(page.body)
    if not _has_words(page.headline) or not any(_has_words(joined(lines)) for lines in texts):
        missing = "report below a headline" if _has_words(page.headline) else "headline"
        raise BadInput(f"The clip has no {missing} that could be told from the rest.")
    source = read_source(page)
    item = SourceItem(
        external_id=_external_id(page, source),
        headline=page.headline,
        body_html=_body_html([joined(lines) for lines in texts], page.unclear),
        original_url=source.url,
        summary=page.summary,
        byline=page.byline.text if page.byline else "",
        authors=page.byline.authors if page.byline else (),
        section=page.section,
        topics=page.topics,
        pictures=tuple(page.pictures),
        rights=Rights(license=source.licence),
        info_source=source.party,
        first_published=source.published,
        hops=_hops(page, source),
    )
    divided = [word for lines in texts for word in divided_words(lines)]
    warnings = (*warnings, *page.warnings, *_doubts(page, source, divided, envelope.received))
    return ParsedFeed(results=(Parsed(item=item, warnings=warnings),))


def _paragraphs(page: Page) -> None:
    """From here on the page is paragraphs, all of them in the body."""
    page.body = list(paragraphs(page.blocks, wrap_width(page.blocks), marks.starts_something))
    page.blocks = ()


def _has_words(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _hops(page: Page, source: Source) -> tuple[Hop, ...]:
    """From the source to the paper that printed it, where there is such a paper."""
    if not page.republisher:
        return ()
    printed = PartialDate.of(page.issue) if page.issue else None
    return (Hop(party=source.party, when=source.published), Hop(party=Party(page.republisher), when=printed))


def _external_id(page: Page, source: Source) -> str:
    """The same for the same story from the same place, whatever was corrected in its body since."""
    day = str(source.published or page.issue or "undated")
    words = unicodedata.normalize("NFKC", page.headline).casefold()
    letters = "".join(letter if letter.isalnum() else " " for letter in words).split()
    place = source.party.site.removeprefix("www.") or source.party.name
    digest = hashlib.sha256("\n".join((place, day, " ".join(letters))).encode()).hexdigest()[:10]
    plain = unicodedata.normalize("NFKD", " ".join(letters)).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    slug = slug if len(slug) <= 48 else slug[:48].rpartition("-")[0]
    return "-".join(part for part in ("clip", day, slug, digest) if part)


def _body_html(texts: list[str], unclear: int) -> str:
    """Paragraphs, and the short lines between them that are subheads."""
    tags = ["p"] * len(texts)
    for n, (text, after) in enumerate(pairwise(texts)):
        if n and n >= unclear and _is_subhead(text) and marks.is_prose(after):
            tags[n] = "h2"
    return "\n".join(f"<{tag}>{escape(text, quote=False)}</{tag}>" for tag, text in zip(tags, texts, strict=True))


def _is_subhead(text: str) -> bool:
    short = len(text) <= _SUBHEAD_CHARS and len(text.split()) <= _SUBHEAD_WORDS
    return short and text[0].isalnum() and not is_small(text[0]) and not is_sentence(text) and text[-1] not in ",;:-–—"


def _doubts(page: Page, source: Source, divided: list[str], received: date) -> Iterator[str]:
    """What an editor should know before believing what was read."""
    if page.issue is None:
        yield "No issue date was found at the top of the clip."
    elif page.issue > received:
        yield f"The issue date {page.issue} is later than the day on which the clip came in, {received}."
    if page.byline is None:
        yield "No byline was found."
    if not page.section:
        yield "No section was found."
    if not page.republisher:
        yield "No name of the newspaper that printed it was found."
    yield from note_doubts(page, source)
    if page.left_out:
        yield "Left out as page furniture: " + _listed(page.left_out)
    if divided:
        yield "Joined where a line end divided them: " + _listed(divided)


def _listed(words: list[str]) -> str:
    shown = ", ".join(f"“{word[:60]}”" for word in words[:8])
    return shown + (f" and {len(words) - 8} more." if len(words) > 8 else ".")


STEPS: tuple[Callable[[Page], None], ...] = (
    clip_furniture.issue_lines,
    clip_furniture.page_marks,
    clip_furniture.topic_lines,
    clip_furniture.running_heads,
    _paragraphs,
    source_notes,
    clip_head.find_head,
    clip_head.byline,
    clip_head.captions,
    clip_head.republisher,
    clip_head.section,
    clip_head.headline,
)
