"""The whole of cleaning, to be read from top to bottom: look, read, change step by step, write, check twice."""

from dataclasses import dataclass

from syndicate.cleaning import furniture, guard
from syndicate.cleaning.characters import readable
from syndicate.cleaning.discard import discard
from syndicate.cleaning.duplicates import duplicates
from syndicate.cleaning.embeds import bare_addresses, embeds
from syndicate.cleaning.lift import lift
from syndicate.cleaning.lines import typed
from syndicate.cleaning.links import anchors, links
from syndicate.cleaning.office import office
from syndicate.cleaning.pictures import pictures
from syndicate.cleaning.report import Report, count
from syndicate.cleaning.rules import Rules
from syndicate.cleaning.sanitize import sanitize
from syndicate.cleaning.structure import structure
from syndicate.cleaning.tree import Element, parse, write
from syndicate.cleaning.work import Step, Work
from syndicate.core.notes import SourceNote

STEPS: tuple[Step, ...] = (
    furniture.by_name,  # while classes are there
    embeds,  # before their scripts go
    office,
    discard,
    pictures,
    links,
    structure,  # from here on: paragraphs, headings, lists, tables, figures
    furniture.by_outlet,
    furniture.by_words,
    bare_addresses,
    duplicates,
    lift,
    anchors,
)
STANDARD = Rules()

_MOST_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A body ready to leave: `html` is well-formed XHTML, safe, and stays the same when it is cleaned again.

    `note`, `byline` and `dateline` are what the body said of its own origin, lifted out of it.
    """

    html: str
    report: Report
    note: SourceNote | None
    byline: str = ""
    dateline: str = ""


def clean(html: str, *, base_url: str = "", rules: Rules = STANDARD, language: str = "") -> Cleaned:
    """Clean one body. Raises TooLarge where it is over a limit; nothing is ever cut."""
    work = Work(_read(typed(html), rules), base_url, rules, language)
    for _ in range(_MOST_ROUNDS):
        for step in STEPS:
            step(work)
        written = write(work.body)
        guard.check_kept(written, rules.limits)
        checked = sanitize(written)
        if checked == written:
            break
        work.body = _read(checked, rules)
    else:
        work.report.warn("The sanitisers changed the cleaned HTML; please look at it")
    count(work.report, work.body)
    return Cleaned(checked, work.report, work.note, work.byline, work.dateline)


def _read(html: str, rules: Rules) -> Element:
    html = readable(html)
    guard.check(html, rules.limits)
    return parse(html)
