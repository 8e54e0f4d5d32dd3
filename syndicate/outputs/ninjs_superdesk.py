"""A story in the dialect of ninjs 1.x that receivers built on Superdesk read.

It is ninjs 1.6 with their additions: `guid` beside `uri`, `source` (the outlet), `service` (the section), `keywords`,
`authors`, `poi`. Pictures are an object of associations, the first of them `featuremedia`, each with an object of
renditions; a picture's caption is its `description_text`, its alternative text its `body_text`. All dates end in Z,
without fractions of a second, because their parser knows no others. What is not said here is as in `ninjs_facts`.
"""

from collections.abc import Sequence
from datetime import datetime

from syndicate.core.newsitem import NewsItem, Picture, Rendition
from syndicate.outputs import words
from syndicate.outputs.body import printed_body, word_count
from syndicate.outputs.content import html_of
from syndicate.outputs.dates import utc
from syndicate.outputs.feedxml import pictures
from syndicate.outputs.jsontext import Members, told
from syndicate.outputs.ninjs_facts import (
    editors_note,
    hands,
    identities,
    licence_address,
    links,
    point_of_interest,
    positive,
)
from syndicate.outputs.ninjs_topics import superdesk_about
from syndicate.outputs.text import language_tag, line, media_type, web_address

_STANDARD = {
    "name": "ninjs",
    "version": "1.6",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_1.6.json#",
}
_RENDITIONS = {"": "original", "highRes": "original", "web": "viewImage", "thumb": "thumbnail"}


def superdesk(base_url: str, item: NewsItem) -> Members:
    created = _time(item.first_published.instant) if item.first_published else ""
    return told(
        {
            "guid": item.guid,
            "uri": item.guid,
            "type": "text",
            "version": str(item.version),
            "firstcreated": _time(item.first_created),
            "versioncreated": _time(item.version_created),
            "contentcreated": created,
            "embargoed": _time(item.rights.embargoed),
            "pubstatus": str(item.rights.pub_status),
            "copyrightholder": words.copyright_holder(item).name,
            "copyrightnotice": words.copyright_notice(item),
            "usageterms": words.usage_terms(item),
            "ednote": editors_note(item),
            "language": language_tag(item.language),
            "headline": words.headline(item),
            "slugline": line(item.slugline),
            "byline": line(item.written_by),
            "authors": [{"name": name, "role": "author"} for author in item.authors if (name := line(author.name))],
            "source": words.outlet(item),
            "infosource": _passed_on(item),
            "located": line(item.dateline),
            **_content(item),
            "altids": _alt_ids(item),
            "trustindicator": _links(base_url, item, created),
            "$standard": _STANDARD,
            "expires": _time(item.rights.expires),
            "rightsinfo": told({"linkedrights": licence_address(item)}),
        }
    )


def _content(item: NewsItem) -> Members:
    """What a story taken back has none of."""
    if item.canceled:
        return {}
    printed = printed_body(item)
    section, named = line(item.section), (line(topic.name) for topic in item.topics)
    return {
        "service": [{"code": section, "name": section}] if section else [],
        **superdesk_about(item),
        "keywords": list(dict.fromkeys(name for name in named if name)),
        "description_text": line(item.summary),
        "body_html": html_of(printed, item),
        "wordcount": word_count(printed),
        "associations": {
            "featuremedia" if number == 1 else f"picture{number}": _picture(picture, file)
            for number, (picture, file) in enumerate(pictures(item), start=1)
        },
    }


def _time(moment: datetime | None) -> str:
    return utc(moment.replace(microsecond=0)) if moment else ""


def _passed_on(item: NewsItem) -> list[Members]:
    """Through whose hands it came, ours last; who made it is the `source`."""
    return [
        {"name": name, "rel": role}
        for role, party in hands(item)
        if role == "distributor" and (name := line(party.name))
    ]


def _alt_ids(item: NewsItem) -> Members:
    """An object here, whose names are ours to choose."""
    return {"source" if number == 1 else f"source{number}": one for number, one in enumerate(identities(item), start=1)}


def _links(base_url: str, item: NewsItem, created: str) -> list[Members]:
    return [
        told({"scheme": scheme, "code": code, "title": title, "href": href})
        for scheme, code, title, href in links(base_url, item, created)
    ]


def _picture(picture: Picture, file: Rendition) -> Members:
    address = web_address(file.href)
    return told(
        {
            "guid": address,
            "uri": address,
            "type": "picture",
            "pubstatus": "usable",
            "copyrightholder": line(picture.copyright_holder),
            "copyrightnotice": words.picture_notice(picture),
            "usageterms": line(picture.usage_terms),
            "byline": line(picture.credit),
            "description_text": line(picture.caption),
            "body_text": line(picture.alt),
            "renditions": _renditions(picture.renditions, picture.focus),
        }
    )


def _renditions(files: Sequence[Rendition], focus: tuple[float, float] | None) -> Members:
    """By their names at Superdesk; of two with one name the first."""
    named: Members = {}
    for file in files:
        if web_address(file.href):
            named.setdefault(_RENDITIONS.get(line(file.name), "original"), _rendition(file, focus))
    return named


def _rendition(file: Rendition, focus: tuple[float, float] | None) -> Members:
    return told(
        {
            "href": web_address(file.href),
            "mimetype": media_type(file.content_type),
            "width": positive(file.width),
            "height": positive(file.height),
            "sizeinbytes": positive(file.size_bytes),
            "poi": point_of_interest(file, focus),
        }
    )
