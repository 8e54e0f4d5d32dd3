"""A story in the dialect of ninjs 1.x that receivers built on Superdesk read.

It is ninjs 1.6 with their additions: `guid` beside `uri`, `source` (the outlet), `service` (the section), `keywords`,
`authors`, `poi`. Pictures are an object of associations, the first of them `featuremedia`, each with an object of
renditions; a picture's caption is its `description_text`, its alternative text its `body_text`. Our dates end in Z,
without fractions of a second, because their parser knows no others. What is not said here is as in `ninjs_facts`.
"""

from collections.abc import Sequence
from datetime import datetime

from syndicate.core.newsitem import NewsItem, Picture, Rendition, Topic, item_url
from syndicate.outputs import words
from syndicate.outputs.body import printed_body, word_count
from syndicate.outputs.content import html_of
from syndicate.outputs.dates import utc, w3c
from syndicate.outputs.feedxml import MEDIA_TOPICS, pictures
from syndicate.outputs.jsontext import Members, told
from syndicate.outputs.ninjs_facts import (
    RELATIONS,
    content_created,
    editors_note,
    licence_address,
    point_of_interest,
    positive,
)
from syndicate.outputs.text import language_tag, line, media_type, web_address

_STANDARD = {
    "name": "ninjs",
    "version": "1.6",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_1.6.json#",
}
_RENDITIONS = {"": "original", "highRes": "original", "web": "viewImage", "thumb": "thumbnail"}


def superdesk(base_url: str, item: NewsItem) -> Members:
    return told(
        {
            "guid": item.guid,
            "uri": item.guid,
            "type": "text",
            "version": str(item.version),
            "firstcreated": _time(item.first_created),
            "versioncreated": _time(item.version_created),
            "contentcreated": content_created(item),
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
            "infosource": [{"name": name, "rel": "distributor"}] if (name := line(item.provider.name)) else [],
            "located": line(item.dateline),
            **_content(item),
            "altids": _alt_ids(item),
            "trustindicator": _links(base_url, item),
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
        "subject": [subject for topic in item.topics if (subject := _subject(topic))],
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


def _subject(topic: Topic) -> Members:
    """IPTC's Media Topics by scheme and code; another code stands alone."""
    name, code = line(topic.name), line(topic.qcode)
    scheme = MEDIA_TOPICS if code.startswith("medtop:") else ""
    return told({"name": name, "scheme": scheme, "code": code.removeprefix("medtop:")})


def _alt_ids(item: NewsItem) -> Members:
    """An object here, whose names are ours to choose."""
    known = dict.fromkeys(one for one in (line(item.external_id), *map(line, item.alt_ids)) if one)
    named = {"source" if number == 1 else f"source{number}": one for number, one in enumerate(known, start=1)}
    day = item.first_published if item.first_published and not item.first_published.instant else None
    return named | ({"firstpublished": w3c(day)} if day else {})


def _links(base_url: str, item: NewsItem) -> list[Members]:
    original, ours = web_address(item.original_url), item_url(base_url, item)
    links = [("derivedFrom", words.outlet(item), original), ("seeAlso", line(item.provider.name), ours)]
    return [
        told({"scheme": RELATIONS, "code": relation, "title": title, "href": href})
        for relation, title, href in links
        if href
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
