"""Each picture of a story as an item of its own: its files, with its own credit, caption and terms.

A picture's guid is made from the story's and the address of its first file, so it is the same in all versions for as
long as the picture is; its version is the story's. The licence of the story does not cover it. When the story is taken
back, so are the pictures that it still names.
"""

import hashlib
from collections.abc import Mapping

from lxml import etree

from syndicate.core.newsitem import NewsItem, Party, Picture
from syndicate.outputs import words
from syndicate.outputs.dates import utc
from syndicate.outputs.newsmlg2_facts import info_source, outlet, rights_info
from syndicate.outputs.newsmlg2_frame import IN_ENGLISH, NAR, Management, begin, manage
from syndicate.outputs.text import language_tag, line, media_type, web_address
from syndicate.outputs.xml import add, count, put

_RENDITIONS = ("highRes", "web", "thumb")


def pictures(item: NewsItem) -> Mapping[str, Picture]:
    """By guid, those of which there is a file; a printed page's captions stand in the story alone."""
    addresses = ((_first_file(picture), picture) for picture in item.pictures)
    return {_guid(item, address): picture for address, picture in addresses if address}


def fill(root: etree._Element, base_url: str, item: NewsItem, guid: str, picture: Picture) -> None:
    """A picture as a newsItem, as in IPTC's published example 3."""
    begin(root, base_url, guid=guid, version=item.version, language=item.language)
    _rights(root, item, picture)
    _item_meta(root, base_url, item, picture)
    _content_meta(add(root, f"{NAR}contentMeta"), item, picture)
    content = add(root, f"{NAR}contentSet")
    if not item.canceled:
        files(content, picture)


def files(parent: etree._Element, picture: Picture) -> None:
    """A file whose purpose the source did not say is one for the web, from where it came."""
    for file in picture.renditions:
        purpose = file.name if file.name in _RENDITIONS else "web"
        told = {"rendition": f"rnd:{purpose}", "href": web_address(file.href)}
        told |= {"contenttype": media_type(file.content_type), "size": count(file.size_bytes)}
        told |= {"width": count(file.width), "height": count(file.height)}
        if told["href"]:
            add(parent, f"{NAR}remoteContent", told)


def _first_file(picture: Picture) -> str:
    return next((address for file in picture.renditions if (address := web_address(file.href))), "")


def _guid(item: NewsItem, address: str) -> str:
    return f"{item.guid}/picture/{hashlib.sha256(address.encode()).hexdigest()[:16]}"


def _rights(root: etree._Element, item: NewsItem, picture: Picture) -> None:
    info = rights_info(root, holder=Party(picture.copyright_holder), notice=words.picture_notice(picture))
    if not item.canceled:
        put(info, f"{NAR}usageTerms", line(picture.usage_terms))
    if not len(info):
        root.remove(info)


def _item_meta(root: etree._Element, base_url: str, item: NewsItem, picture: Picture) -> None:
    management = Management(
        kind="ninat:picture",
        provider=item.provider,
        version_created=item.version_created,
        first_created=item.first_created,
        embargoed=item.rights.embargoed,
        status=item.rights.pub_status,
    )
    meta = manage(root, base_url, management)
    put(meta, f"{NAR}title", _title(item, picture))
    put(meta, f"{NAR}edNote", words.cancellation(item) if item.canceled else "", IN_ENGLISH)
    put(meta, f"{NAR}expires", utc(item.rights.expires) if item.rights.expires else "")


def _title(item: NewsItem, picture: Picture) -> str:
    """What it shows, as far as anybody said; else of which story it is."""
    caption = "" if item.canceled else line(picture.caption)
    return caption or words.headline(item)


def _source(item: NewsItem, picture: Picture) -> Party:
    """Whom its credit names; the story's outlet where nobody is named."""
    credit, outlets = line(picture.credit), outlet(item)
    return outlets if credit in ("", outlets.name) else Party(credit)


def _content_meta(meta: etree._Element, item: NewsItem, picture: Picture) -> None:
    info_source(meta, _source(item, picture))
    if language := language_tag(item.language):
        add(meta, f"{NAR}language", {"tag": language})
    put(meta, f"{NAR}headline", _title(item, picture))
    put(meta, f"{NAR}creditline", line(picture.credit))
    if not item.canceled:
        put(meta, f"{NAR}description", line(picture.caption), {"role": "drol:caption"})
        put(meta, f"{NAR}description", line(picture.alt), {"role": "drol:altText"})
