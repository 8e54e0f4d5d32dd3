"""`_syndication`, our own extension of JSON Feed: credit and rights in parts, what the standard has no name for.

A republisher's feed names itself in `url` and `date_published`, and the original here: so this counts more.
"""

from dataclasses import replace

from syndicate.core.newsitem import Change, Party, Picture, Rendition, SourceItem, Topic
from syndicate.core.rights import Rights
from syndicate.ingest.members import Members
from syndicate.ingest.origin import other_than
from syndicate.ingest.parsed import Envelope, Gone, Result

NAME = "_syndication"
_CHANGES = {change.value: change for change in (Change.NEW, Change.UPDATE, Change.CORRECTION)}


def deleted(feed: Members) -> tuple[Result, ...]:
    """The stories that the feed took back, each by its id."""
    entries = feed.part(NAME).parts("deleted")
    return tuple(Gone(external_id=ref, reason=one.line("reason")) for one in entries if (ref := one.line("id")))


def completed(item: SourceItem, said: Members, envelope: Envelope) -> tuple[SourceItem, str]:
    """The item with what the extension says of it; and why an editor must look, where it says what cannot be read."""
    if NAME not in said:
        return item, ""
    part = said.part(NAME)
    source, section = part.part("source"), part.line("section")
    party = Party(source.line("name"), source.address("site"))
    rights, hold = _rights(part, envelope)
    item = replace(
        item,
        original_url=source.address("url") or item.original_url,
        byline=part.line("byline"),
        dateline=part.line("dateline"),
        slugline=part.line("slugline"),
        section=section,
        topics=_topics(part) or tuple(tag for tag in item.topics if tag.name != section),
        pictures=_pictures(part, item.pictures) or item.pictures,
        rights=rights,
        info_source=other_than(party, envelope.outlet),
        first_published=source.date("published", zone=envelope.zone) or item.first_published,
        source_version=part.number("version"),
        credit_line=part.line("credit_line"),
        change=_CHANGES.get(part.line("change"), Change.NEW),
    )
    return item, hold


def _topics(part: Members) -> tuple[Topic, ...]:
    named = ((topic.line("name"), topic.line("qcode")) for topic in part.parts("topics"))
    return tuple(dict.fromkeys(Topic(name, qcode) for name, qcode in named if name or qcode))


def _rights(part: Members, envelope: Envelope) -> tuple[Rights, str]:
    if part.is_text("rights"):
        return Rights(usage_terms=part.text("rights")), ""
    said = part.part("rights")
    licence = said.line("license_url") or said.line("license")
    known = Rights(license=licence).licence
    expires, hold = said.limit("expires", zone=envelope.zone)
    rights = Rights(
        license=known.spdx if known else said.line("license"),
        usage_terms=said.text("usage_terms"),
        copyright_holder=said.line("copyright_holder"),
        copyright_notice=said.text("copyright_notice"),
        expires=expires,
    )
    return rights, hold


def _pictures(part: Members, attached: tuple[Picture, ...]) -> tuple[Picture, ...]:
    """Each with its credit; what its file is like stands with the attachment of the same address."""
    files = {picture.url: picture.renditions for picture in attached}
    return tuple(
        Picture(
            caption=one.text("caption"),
            credit=one.line("credit"),
            alt=one.line("alt"),
            usage_terms=one.text("usage_terms"),
            copyright_holder=one.line("copyright_holder"),
            copyright_notice=one.text("copyright_notice"),
            renditions=files.get(url, (Rendition(href=url),) if url else ()),
        )
        for one in part.parts("pictures")
        if (url := one.address("url")) or one.line("caption")
    )
