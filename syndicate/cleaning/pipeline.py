"""The whole of cleaning, to be read from top to bottom: look, read, change step by step, write, check twice."""

from dataclasses import dataclass

from syndicate.cleaning import guard
from syndicate.cleaning.characters import readable
from syndicate.cleaning.discard import discard
from syndicate.cleaning.embeds import bare_addresses, embeds
from syndicate.cleaning.links import anchors, links
from syndicate.cleaning.pictures import pictures
from syndicate.cleaning.report import Report
from syndicate.cleaning.rules import Rules
from syndicate.cleaning.sanitize import sanitize
from syndicate.cleaning.structure import structure
from syndicate.cleaning.tree import Element, parse, write
from syndicate.cleaning.work import Step, Work
from syndicate.core.notes import SourceNote

STEPS: tuple[Step, ...] = (embeds, discard, pictures, links, structure, bare_addresses, anchors)

STANDARD = Rules()

_MOST_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A body ready to leave: `html` is well-formed XHTML, safe, and stays the same when it is cleaned again."""

    html: str
    report: Report
    note: SourceNote | None


def clean(html: str, *, base_url: str = "", rules: Rules = STANDARD, language: str = "") -> Cleaned:
    """Clean one body. Raises TooLarge where it is over a limit; nothing is ever cut."""
    work = Work(parse_checked(html, rules), base_url, rules, language)
    for _ in range(_MOST_ROUNDS):
        for step in STEPS:
            step(work)
        written = write(work.body)
        guard.check_kept(written, rules.limits)
        checked = sanitize(written)
        if checked == written:
            break
        work.body = parse_checked(checked, rules)
    else:
        work.report.warn("The sanitisers changed the cleaned HTML; please look at it")
    return Cleaned(checked, work.report, work.note)


def parse_checked(html: str, rules: Rules) -> Element:
    html = readable(html)
    guard.check(html, rules.limits)
    return parse(html)
