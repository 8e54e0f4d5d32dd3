"""A story in ninjs 3.0 (IPTC), and in 2.1, which says the same in other names.

Rules: IPTC's ninjs-schema_3.0.json and ninjs-schema_2.1.json, which refuse unknown members. `version` is a string;
`firstCreated` and `versionCreated` are ours, `contentCreated` is the original's. ninjs knows no address on the web: the
original article and our page are links among the `trustIndicators`. It knows no date without a time either: an original
date of a day or less is the title of one of these links, which shows where the date can be seen; so nothing is made
more precise. It knows no credit line: the credit sentence stands in the body.

A canceled story (withdrawn or killed) keeps its `uri`, with version + 1, `pubStatus` canceled, a note that tells why,
no words of the story but its headline, by which an editor finds what to take down, and nothing that permits its use.
"""

from typing import Any

from syndicate.core.newsitem import Change, NewsItem, Party, Picture, Rendition, item_url
from syndicate.outputs import words
from syndicate.outputs.body import printed_body, word_count
from syndicate.outputs.content import html_of
from syndicate.outputs.dates import utc, w3c
from syndicate.outputs.feedxml import pictures
from syndicate.outputs.jsontext import Members, told
from syndicate.outputs.ninjs_topics import about
from syndicate.outputs.text import language_tag, line, media_type, web_address

ROLES = "http://cv.iptc.org/newscodes/contentprodpartyrole/"
RELATIONS = "http://cv.iptc.org/newscodes/itemrelation/"
DATES = "https://schema.org/"

_SIGNALS = {Change.UPDATE: "Update", Change.CORRECTION: "Correction"}  # ninjs has no member for a signal


def version_3(base_url: str, item: NewsItem) -> Members:
    """Facts of the record, then the content, then where it comes from."""
    return told(
        {
            "uri": item.guid,
            "type": "text",
            "version": str(item.version),
            "firstCreated": utc(item.first_created),
            "versionCreated": utc(item.version_created),
            "contentCreated": content_created(item),
            "embargoedUntil": utc(item.rights.embargoed) if item.rights.embargoed else "",
            "pubStatus": str(item.rights.pub_status),
            "copyrightHolder": words.copyright_holder(item).name,
            "copyrightNotice": words.copyright_notice(item),
            "usageTerms": words.usage_terms(item),
            "edNote": editors_note(item),
            "language": language_tag(item.language),
            **_content(base_url, item),
            "headlines": [_text("main", "text/plain", words.headline(item))],
            "people": [_person(author.name, author.url) for author in item.authors if line(author.name)],
            "infoSources": _info_sources(item),
            "by": line(item.written_by),
            "slugline": line(item.slugline),
            "located": line(item.dateline),
            "altIds": [{"role": "source", "value": one} for one in identities(item)],
            "trustIndicators": _links(base_url, item),
            "standard": _standard("3.0"),
            "expires": utc(item.rights.expires) if item.rights.expires else "",
            "rightsInfo": told({"linkedRights": licence_address(item)}),
        }
    )


def _content(base_url: str, item: NewsItem) -> Members:
    """What a story taken back has none of."""
    if item.canceled:
        return {}
    printed, summary = printed_body(item), line(item.summary)
    html = html_of(printed, item)
    return {
        "descriptions": [_text("summary", "text/plain", summary)] if summary else [],
        "bodies": [_text("main", "text/html", html) | {"wordCount": word_count(printed)}] if html else [],
        **about(base_url, item),
        "associations": [_picture(number, *shown) for number, shown in enumerate(pictures(item), start=1)],
    }


def _text(role: str, content_type: str, value: str) -> Members:
    return {"role": role, "contentType": content_type, "value": value}


def content_created(item: NewsItem) -> str:
    """The original's date where it is an instant."""
    first = item.first_published
    return w3c(first) if first and first.instant else ""


def licence_address(item: NewsItem) -> str:
    """Where the licence stands; a story that was taken back has none any more."""
    known = item.rights.licence
    return known.url if known and not item.canceled else ""


def editors_note(item: NewsItem) -> str:
    """For editors, never readers: what the source has to tell them, and what this version changed."""
    if item.canceled:
        return words.cancellation(item)
    signal, note = _SIGNALS.get(item.change, ""), line(item.change_note)
    changed = f"{signal}: {note}" if signal and note else signal or note
    return words.sentences(line(item.ed_note), changed) if changed else line(item.ed_note)


def _person(name: str, address: str) -> Members:
    return told({"name": line(name), "rel": "creator", "uri": web_address(address)})


def _info_sources(item: NewsItem) -> list[Members]:
    return [
        told({"name": line(party.name), "role": f"{ROLES}{role}", "uri": web_address(party.uri)})
        for role, party in hands(item)
    ]


def hands(item: NewsItem) -> list[tuple[str, Party]]:
    """Who made it, through whose hands it came, and who passes it on, each once, with IPTC's role."""
    origin = Party(words.outlet(item), item.info_source.uri)
    parties = [("origcont", origin), *(("distributor", hop.party) for hop in item.hops), ("distributor", item.provider)]
    by_name = {(line(who.name) or web_address(who.uri)).casefold(): (role, who) for role, who in reversed(parties)}
    return [known for name, known in reversed(by_name.items()) if name]


def identities(item: NewsItem) -> list[str]:
    """The story's names at its source, each once."""
    return [one for one in dict.fromkeys(map(line, (item.external_id, *item.alt_ids))) if one]


def _links(base_url: str, item: NewsItem) -> list[Members]:
    found = links(base_url, item, content_created(item))
    return [told({"role": scheme + code, "title": title, "href": href}) for scheme, code, title, href in found]


def links(base_url: str, item: NewsItem, created: str) -> list[tuple[str, str, str, str]]:
    """The original article, from which this is derived; our page, to see also; and where the original's date stands.

    Each with its scheme and code, a title and an address. The date is a title where `created`, the document's own
    date of the content, is not just what the source said. Our page prints it too, for an original that has no address.
    """
    original, ours = web_address(item.original_url), item_url(base_url, item)
    published = w3c(item.first_published) if item.first_published else ""
    found = [
        (RELATIONS, "derivedFrom", words.outlet(item), original),
        (RELATIONS, "seeAlso", line(item.provider.name), ours),
        (DATES, "datePublished", published, "" if published == created else original or ours),
    ]
    return [link for link in found if link[-1]]


def _picture(number: int, picture: Picture, file: Rendition) -> Members:
    """A picture is an item of its own, with its own credit and rights, known by the address of its file.

    So an update of the story brings the same picture again, not a second one.
    """
    caption, alt = line(picture.caption), line(picture.alt)
    described = [("caption", caption), ("alt", alt)]
    return told(
        {
            "name": f"picture{number}",
            "uri": web_address(file.href),
            "type": "picture",
            "copyrightHolder": line(picture.copyright_holder),
            "copyrightNotice": words.picture_notice(picture),
            "usageTerms": line(picture.usage_terms),
            "descriptions": [_text(role, "text/plain", value) for role, value in described if value],
            "by": line(picture.credit),
            "renditions": [_rendition(one, picture.focus) for one in picture.renditions if web_address(one.href)],
        }
    )


def _rendition(file: Rendition, focus: tuple[float, float] | None) -> Members:
    return told(
        {
            "name": line(file.name) or "original",
            "href": web_address(file.href),
            "contentType": media_type(file.content_type),
            "width": positive(file.width),
            "height": positive(file.height),
            "sizeInBytes": positive(file.size_bytes),
            "poi": point_of_interest(file, focus),
        }
    )


def point_of_interest(file: Rendition, focus: tuple[float, float] | None) -> Members:
    """What a crop must keep, in pixels from the top left, where the size of the file is known."""
    width, height = positive(file.width), positive(file.height)
    if not focus or not width or not height:
        return {}
    return {"x": round(focus[0] * width), "y": round(focus[1] * height)}


def positive(number: int | None) -> int | None:
    """A size; nothing where it is not known, or is no size."""
    return number if number and number > 0 else None


def _standard(version: str) -> Members:
    schema = f"http://www.iptc.org/std/ninjs/ninjs-schema_{version}.json#"
    return {"name": "ninjs", "version": version, "schema": schema}


def version_2(base_url: str, item: NewsItem) -> Members:
    """The same members, their names in lower case."""
    return _lowered(version_3(base_url, item)) | {"standard": _standard("2.1")}


_RENAMED = {"embargoedUntil": "embargoed"}
_NEW_IN_3 = ("poi",)


def _lowered(members: Members) -> Members:
    kept = {name: member for name, member in members.items() if name not in _NEW_IN_3}
    return {_RENAMED.get(name, name).lower(): _lowered_value(member) for name, member in kept.items()}


def _lowered_value(value: Any) -> Any:
    if isinstance(value, list):
        return [_lowered_value(one) for one in value]
    return _lowered(value) if isinstance(value, dict) else value
