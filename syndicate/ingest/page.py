"""A saved web page: an article as a reader's browser kept it, HTML or XHTML.

Facts come from what the page tells machines (`page_facts`), the body from what it shows readers (`page_body`). The
address is the identity, so the same page saved twice is the same story.
"""

import re

from syndicate.core.errors import BadInput
from syndicate.core.newsitem import SourceItem
from syndicate.ingest import page_facts as facts
from syndicate.ingest.page_body import find_body
from syndicate.ingest.page_document import read_page
from syndicate.ingest.page_words import first
from syndicate.ingest.parsed import Envelope, Parsed, ParsedFeed
from syndicate.ingest.sniff import Sniff

MEDIA_TYPES = ("text/html", "application/xhtml+xml")

_BEGINNING = re.compile(
    r"(?:<\?xml[^<>]*>|<!--[^<>]*-->|\s){0,20}<(?:!doctype\s{1,9}html|html|head|body)\b", re.IGNORECASE
)


def looks_like(sniff: Sniff) -> bool:
    return bool(_BEGINNING.match(sniff.head)) or sniff.root[1].lower() == "html"


def parse(data: bytes, envelope: Envelope) -> ParsedFeed:
    """One page as one story. Raises BadInput where it has no address, no headline or no readable text."""
    warnings: list[str] = []
    warn = warnings.append
    page = read_page(data, envelope.media_type, envelope.address, warn)
    external_id, own = facts.identity(page, warn)
    headline = facts.headline(page)
    original, party = facts.source(page, own, envelope.outlet, warn)
    body, doubt = find_body(page, headline, original)
    if not headline or not body:
        raise BadInput(
            f"The page has no {'readable text' if headline else 'headline'} that could be told from the rest."
        )
    if doubt:
        warn(doubt)
    byline, authors = facts.written_by(page, envelope.outlet)
    section, topics = facts.section_and_topics(page)
    published, updated = facts.dates(page, original, envelope, warn)
    story = SourceItem(
        external_id=external_id,
        headline=headline,
        body_html=body,
        original_url=original,
        summary=facts.summary(page),
        byline=byline,
        authors=authors,
        dateline=first(page, "dateline"),
        section=section,
        topics=topics,
        language=facts.language(page, warn),
        pictures=facts.pictures(page),
        rights=facts.rights(page, warn),
        info_source=party,
        first_published=published,
        updated=updated,
        credit_line=first(page, "creditText"),
    )
    return ParsedFeed(results=(Parsed(item=story, warnings=tuple(warnings), hold=facts.hold(page)),))
