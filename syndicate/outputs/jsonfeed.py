"""JSON Feed 1.1 (jsonfeed.org/version/1.1), and our extension `_syndication`. Pure: same items, same bytes.

`url` is our page, `external_url` the original article; dates are ours, `_syndication.source.published` is the
original's with its own precision. The extension carries the credit in parts: version, byline, credit sentence, rights,
source, the pictures' own credits; what each of its members means, `about` tells. A canceled story leaves the items and
stands in the feed's `_syndication.deleted`. Members follow the specification's order.
"""

import json
from collections.abc import Sequence
from html import escape

from syndicate.core.newsitem import Change, Feed, NewsItem, Party, Picture, item_url
from syndicate.outputs import entries, words
from syndicate.outputs.content import html_content
from syndicate.outputs.dates import utc, w3c
from syndicate.outputs.feedxml import FEED_RIGHTS, pictures
from syndicate.outputs.jsontext import Members, piece, told, with_list
from syndicate.outputs.text import language_tag, line, media_type, web_address

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"
PROFILE = "/schemas/json/jsonfeed-profile.schema.json"


def render_feed(feed: Feed, items: Sequence[NewsItem]) -> bytes:
    """A feed with its items in the given order."""
    return entries.render(render_entry, join_entries, feed, items)


def render_item(feed: Feed, item: NewsItem) -> bytes:
    """JSON Feed has no document of one item: a feed that holds it alone."""
    return render_feed(feed, [item])


def render_entry(base_url: str, item: NewsItem) -> bytes:
    """The item of a story, or what `deleted` says of it."""
    return piece(_deleted(item) if item.canceled else _item(base_url, item), level=2)


def join_entries(feed: Feed, live: Sequence[bytes], gone: Sequence[bytes]) -> bytes:
    """The feed around its pieces."""
    return with_list(_describe(feed, [json.loads(one) for one in gone]), "items", live)


def _describe(feed: Feed, deleted: list[Members]) -> Members:
    title = line(feed.title) or feed.id
    return told(
        {
            "version": VERSION,
            "title": title,
            "home_page_url": feed.page_url,
            "feed_url": feed.self_url,
            "description": f"{title}: stories republished by {line(feed.publisher.name)}, with credit",
            "next_url": feed.paging.next,
            "authors": _named([feed.publisher]),
            "language": language_tag(feed.language),
            "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
            "_syndication": told(
                {
                    "about": f"{feed.base_url}{PROFILE}",
                    "id": feed.id,
                    "changed": utc(feed.changed_at),
                    "rights": FEED_RIGHTS,
                    "deleted": deleted,
                }
            ),
        }
    )


_TAKEN_BACK = {Change.KILL: "killed", Change.REVOKED: "revoked"}


def _deleted(item: NewsItem) -> Members:
    what = _TAKEN_BACK.get(item.change, "withdrawn")
    when = utc(item.version_created)
    return told(
        {"id": item.guid, "version": item.version, "when": when, "what": what, "reason": words.cancellation(item)}
    )


def _item(base_url: str, item: NewsItem) -> Members:
    shown = list(pictures(item))
    return told(
        {
            "id": item.guid,
            "url": item_url(base_url, item),
            "external_url": web_address(item.original_url),
            "title": words.headline(item),
            "content_html": html_content(item) or f"<p>{escape(words.headline(item))}</p>",  # it must have one
            "summary": line(item.summary),
            "image": web_address(shown[0][1].href) if shown else "",
            "date_published": utc(item.first_created),
            "date_modified": utc(item.version_created),
            "authors": _named(words.authors(item)),
            "tags": _tags(item),
            "language": language_tag(item.language),
            "attachments": _attachments(item),
            "_syndication": _syndication(base_url, item),
        }
    )


def _named(who: Sequence[Party]) -> list[Members]:
    addressed = ((line(one.name), web_address(one.uri)) for one in who)
    return [told({"name": name, "url": address}) for name, address in addressed if name]


def _tags(item: NewsItem) -> list[str]:
    names = (line(topic.name) or line(topic.qcode) for topic in item.topics)
    return list(dict.fromkeys(name for name in (line(item.section), *names) if name))


def _attachments(item: NewsItem) -> list[Members]:
    """The pictures' files; the specification wants a type, so a file without a known one is named in the text only."""
    return [
        told(
            {
                "url": web_address(file.href),
                "mime_type": media_type(file.content_type),
                "title": line(picture.caption),
                "size_in_bytes": file.size_bytes if file.size_bytes and file.size_bytes > 0 else None,
            }
        )
        for picture, file in pictures(item)
        if media_type(file.content_type)
    ]


def _syndication(base_url: str, item: NewsItem) -> Members:
    return told(
        {
            "about": f"{base_url}{PROFILE}",
            "version": item.version,
            "change": str(item.change),
            "correction": words.correction(item),
            "byline": line(item.byline),
            "dateline": line(item.dateline),
            "slugline": line(item.slugline),
            "section": line(item.section),
            "topics": [told({"name": line(one.name), "qcode": line(one.qcode)}) for one in item.topics],
            "credit": line(item.credit.text),
            "credit_line": line(item.credit_line),
            "rights": _rights(item),
            "source": _source(item),
            "provider": _party(item.provider),
            "pictures": [_picture(picture) for picture in item.pictures],
        }
    )


def _rights(item: NewsItem) -> Members:
    rights, known = item.rights, item.rights.licence
    return told(
        {
            "copyright_holder": words.copyright_holder(item).name,
            "copyright_notice": words.copyright_notice(item),
            "usage_terms": line(rights.usage_terms),
            "license": known.name if known else line(rights.license),
            "license_url": known.url if known else "",
            "license_in_words": known.in_words if known else "",
            "expires": utc(rights.expires) if rights.expires else "",
        }
    )


def _source(item: NewsItem) -> Members:
    return told(
        {
            "name": words.outlet(item),
            "site": web_address(item.info_source.uri),
            "url": web_address(item.original_url),
            "published": w3c(item.first_published) if item.first_published else "",
            "updated": w3c(item.updated) if item.updated else "",
        }
    )


def _party(who: Party) -> Members:
    return told({"name": line(who.name), "url": web_address(who.uri)})


def _picture(picture: Picture) -> Members:
    """A picture has its own credit and terms: the licence of the story does not cover it."""
    return told(
        {
            "url": next((address for file in picture.renditions if (address := web_address(file.href))), ""),
            "caption": line(picture.caption),
            "credit": line(picture.credit),
            "alt": line(picture.alt),
            "copyright_holder": line(picture.copyright_holder),
            "copyright_notice": words.picture_notice(picture),
            "usage_terms": line(picture.usage_terms),
        }
    )
