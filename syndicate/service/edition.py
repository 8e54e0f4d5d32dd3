"""Composing what we publish: the source's words, our identity and dates, and the credit, compiled once.

Dates in the credit are put into words here, by Babel, and kept with the edition: a later release of the calendar
data never changes what was printed.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

from syndicate.core.credit import (
    DEFAULT_LANGUAGE,
    DEFAULT_TEMPLATE,
    Credit,
    CreditFacts,
    can_fill,
    compile_credit,
    pick_template,
)
from syndicate.core.dates import PartialDate, Precision
from syndicate.core.newsitem import Change, NewsItem, Picture, SourceItem, source_fields
from syndicate.core.newsroom import Newsroom, Outlet
from syndicate.core.policy import Policy, Text
from syndicate.core.rights import PubStatus
from syndicate.core.story import Story, next_stamp
from syndicate.service.deliver.shaping import under
from syndicate.service.intake.pictures import Judged, published

EXCERPT = Policy(text=Text.SUMMARY)
_SPANS = (Precision.YEAR, Precision.MONTH)  # something happens on a day, but in a month


def compose(
    story: Story, newsroom: Newsroom, pictures: Sequence[Judged], *, now: datetime, change: Change, note: str
) -> NewsItem:
    """The next edition from the newest source version and the desk's edits, with those pictures that may go out.

    The credit is made from what the source said: no edit changes it. Where the agreement gives an excerpt, the text is
    its summary.
    """
    last = story.edition
    stamp = next_stamp(last.version_created if last else None, now)
    said = published(story.as_edited, pictures, newsroom.base_url)
    source = replace(
        said,
        rights=replace(said.rights, pub_status=PubStatus.USABLE),
        credit_line=_credit_line(said.credit_line or said.info_source.name, newsroom.name),
        change=change,
        change_note=note,
    )
    item = NewsItem(
        **source_fields(source),
        id=story.id,
        guid=story.guid,
        version=last.version + 1 if last else 1,
        first_created=last.first_created if last else stamp,
        version_created=stamp,
        provider=newsroom.party,
        credit=credit_for(story.source, story.outlet, newsroom),
    )
    return under(item, EXCERPT) if story.outlet.agreement.excerpt_only else item


def compose_recall(story: Story, last: NewsItem, *, now: datetime, change: Change, reason: str) -> NewsItem:
    """The edition that takes the one before back: same identity and provenance, no content.

    Of pictures the addresses of their files stay, by which those are recalled that went out as items of their own.
    """
    return replace(
        last,
        body_html="",
        summary="",
        pictures=tuple(Picture(renditions=picture.renditions) for picture in last.pictures if picture.renditions),
        rights=replace(last.rights, pub_status=PubStatus.CANCELED),
        version=last.version + 1,
        version_created=next_stamp(last.version_created, now),
        change=change,
        change_note=reason,
    )


def credit_for(item: SourceItem, outlet: Outlet, newsroom: Newsroom) -> Credit:
    """The credit sentence by the outlet's template for the story's language."""
    date = item.first_published
    facts = CreditFacts(
        site=item.site,
        outlet=item.info_source.name or outlet.name,
        date=date.text if date else "",
        byline=item.written_by,
        url=item.original_url or item.info_source.uri,
        headline=item.headline,
        republisher=newsroom.name,
    )
    template, language = pick_template(outlet.credit_templates, item.language)
    if not can_fill(template, facts):  # settled before the date is in words, so that sentence and date agree
        template, language = DEFAULT_TEMPLATE, DEFAULT_LANGUAGE
    if date:
        facts = replace(facts, date=date_in_words(date, language, outlet.zone))
    if template == DEFAULT_TEMPLATE and date and date.precision in _SPANS:
        template = template.replace(" on {date}", " in {date}")
    return compile_credit(template, facts)


def _credit_line(*names: str) -> str:
    """Who told it and who printed it, each once."""
    return " / ".join(dict.fromkeys(name for name in names if name))


def date_in_words(date: PartialDate, language: str, zone: tzinfo | None) -> str:
    """A date as the language writes it, never more precise than it is: "March 3, 2026", "Մարտ 2026", "2026"."""
    locale = _locale(language)
    if day := date.day_in(zone):
        return format_date(day, format="long", locale=locale)
    if date.precision is Precision.MONTH:
        month = datetime.fromisoformat(f"{date.text}-01")
        return format_skeleton("yMMMM", month, locale=locale)
    return date.text


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
