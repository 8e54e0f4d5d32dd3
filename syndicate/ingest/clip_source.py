"""Where a clip says that it comes from: its notes are found, taken out of the body, and understood."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Party
from syndicate.core.newsroom import Outlet
from syndicate.core.notes import SourceNote, find_note
from syndicate.ingest.clip_lines import Line
from syndicate.ingest.clip_page import Page, short

_EDGE = 4  # a note without brackets stands this near to the first or the last paragraph
_REACH = 30  # one in brackets this near
_DISTANT_DAYS = 200


@dataclass(frozen=True, slots=True)
class Source:
    """Where the notes say the story came from."""

    party: Party
    published: PartialDate | None = None
    url: str = ""
    licence: str = ""


def source_notes(page: Page) -> None:
    """The notes at the ends of the page, or in brackets not far from them, that all name one source."""
    last = len(page.body)
    near = {*range(min(_REACH, last)), *range(max(0, last - _REACH), last)}
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
            f"“{short(text)}” may be a source note, but it stands inside the report and was left there."
        )
        return False
    if page.notes and _source_of(note, page.outlet) != _source_of(page.notes[0], page.outlet):
        page.warnings.append(f"“{short(text)}” names another source than the first note and was left in the body.")
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


def read_source(page: Page) -> Source:
    """The first note's source; its date, address and licence from whichever note has them."""
    if not page.notes:
        return Source(page.outlet.party)
    note = next((note for note in page.notes if note.site), page.notes[0])
    dates = (note.original_date(page.issue) for note in page.notes)
    return Source(
        _party(note, page.outlet),
        next((day for day in dates if day), None),
        next((note.address for note in page.notes if note.address), ""),
        next((note.licence for note in page.notes if note.licence), ""),
    )


def _party(note: SourceNote, outlet: Outlet) -> Party:
    ours = belongs(note, outlet)
    if note.site:
        return Party(outlet.name if ours else note.source, f"https://{note.site}/")
    return outlet.party if ours else Party(note.source)


def note_doubts(page: Page, source: Source) -> Iterator[str]:
    """What the notes leave open, or say against what is known otherwise."""
    if not page.notes:
        yield f"No note says where the story appeared first: {page.outlet.name} is named, and no original date."
        return
    if not belongs(page.notes[0], page.outlet):
        yield f"The note names {page.notes[0].source}, which is not known to be {page.outlet.name}."
    dated = next((note for note in page.notes if note.year or note.month), None)
    if dated is None:
        yield "The note gives no original date."
    elif source.published is None and dated.year is None and page.issue is None:
        yield f"The note's date has no year, and there is no issue date to take it from: “{dated.text}”"
    elif source.published is None:
        yield f"The note's date is on no calendar: “{dated.text}”"
    elif (day := source.published.day_in(None)) and page.issue:
        yield from _day_doubts(day, page.issue, guessed=dated.year is None)


def _day_doubts(day: date, issue: date, *, guessed: bool) -> Iterator[str]:
    if day > issue:
        yield f"The note's date {day} is later than the issue date {issue}."
    elif guessed and (issue - day).days > _DISTANT_DAYS:
        yield f"The note's date was read as {day}, long before the issue of {issue}: check its year."


def belongs(note: SourceNote, outlet: Outlet) -> bool:
    """The note names the outlet: by its domain, by its name, or by a site that is its name and one ending."""
    site, domain = note.site.removeprefix("www."), outlet.domain.casefold().removeprefix("www.")
    if site and domain and (site == domain or site.endswith(f".{domain}")):
        return True
    names = {_letters(outlet.name), _letters(outlet.slug)} - {""}
    if site.count(".") > 1:  # tidewater.elsewhere.example is anybody's
        return False
    return _letters(site.partition(".")[0] if site else note.source) in names


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold().removeprefix("the ") if letter.isalnum())
