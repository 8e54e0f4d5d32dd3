"""The whole of cleaning, to be read from top to bottom: look, read, change step by step, write, check twice."""

from dataclasses import dataclass

from syndicate.cleaning import furniture, guard, shortcodes
from syndicate.cleaning.cards import cards
from syndicate.cleaning.characters import readable
from syndicate.cleaning.discard import discard
from syndicate.cleaning.duplicates import duplicates
from syndicate.cleaning.embeds import bare_addresses, embeds
from syndicate.cleaning.figures import adopt_credits
from syndicate.cleaning.lift import lift
from syndicate.cleaning.lines import typed
from syndicate.cleaning.links import anchors, links
from syndicate.cleaning.office import office
from syndicate.cleaning.pictures import pictures
from syndicate.cleaning.report import Report, count
from syndicate.cleaning.rules import Rules
from syndicate.cleaning.sanitize import sanitize, with_noopener
from syndicate.cleaning.shown import pictures_in
from syndicate.cleaning.structure import structure
from syndicate.cleaning.tree import parse, write
from syndicate.cleaning.work import Step, Work
from syndicate.core.newsitem import Picture
from syndicate.core.notes import SourceNote

READ: tuple[Step, ...] = (
    furniture.by_name,  # while classes are there
    embeds,  # before their scripts go
    office,
    cards,
    discard,
    pictures,
    links,
    structure,  # from here on: paragraphs, headings, lists, tables, figures
)
SETTLE: tuple[Step, ...] = (
    furniture.by_outlet,
    furniture.by_words,
    bare_addresses,
    duplicates,
    lift,
    adopt_credits,
)
STANDARD = Rules()

_MOST_ROUNDS, _MOST_PASSES = 3, 8
_EMPTY = parse("")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A body ready to leave: `html` is well-formed XHTML, safe, and stays the same when it is cleaned again.

    `note`, `byline` and `dateline` are what the body said of its own origin, lifted out of it. `pictures` are those
    that it shows, in its order, with the caption and the credit of their figures.
    """

    html: str
    report: Report
    note: SourceNote | None
    byline: str = ""
    dateline: str = ""
    pictures: tuple[Picture, ...] = ()


def clean(html: str, *, base_url: str = "", rules: Rules = STANDARD, language: str = "") -> Cleaned:
    """Clean one body. Raises TooLarge where it is over a limit; nothing is ever cut."""
    guard.check_length(html, rules.limits)
    work = Work(_EMPTY, base_url, rules, language)
    _read(work, typed(html))
    for _ in range(_MOST_ROUNDS):
        _take_steps(work)
        blocks = write(work.body, rules.limits.max_siblings)
        written = "".join(blocks)
        guard.check_kept(written, rules.limits)
        checked = sanitize(blocks)
        if checked == with_noopener(written) and shortcodes.expand(checked, Report()) == checked:
            break
        _read(work, checked)
    else:
        work.report.warn("The sanitisers changed the cleaned HTML; please look at it")
    if not checked and html.strip():
        work.report.warn("Nothing of this body is left; the list of what was removed says why")
    count(work.report, checked)
    shown = pictures_in(work.body) if work.report.pictures else ()
    return Cleaned(checked, work.report, work.note, work.byline, work.dateline, shown)


def _take_steps(work: Work) -> None:
    """All steps; those of SETTLE again while blocks go, for what one takes out may uncover what another looks for."""
    for step in READ:
        step(work)
    blocks = -1
    for _ in range(_MOST_PASSES):
        if len(work.body) == blocks:
            break
        blocks = len(work.body)
        for step in SETTLE:
            step(work)
    anchors(work)


def _read(work: Work, html: str) -> None:
    html = shortcodes.expand(readable(html), work.report)
    guard.check(html, work.rules.limits)
    work.source = html.lower()
    work.body = parse(html)
