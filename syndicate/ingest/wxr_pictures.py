"""A picture as WordPress keeps it: an attachment, with caption, alternative text and credit in three places."""

import re
from collections.abc import Mapping

from syndicate.core.newsitem import Picture, Rendition
from syndicate.ingest.feed_names import Children
from syndicate.ingest.markup import absolute, plain_line
from syndicate.ingest.text import one_line

_CREDITS = ("_media_credit", "_credit", "media_credit", "credit")  # of Newspack, Largo and their like
_SIZE = re.compile(r'"width";i:([0-9]{1,5});s:6:"height";i:([0-9]{1,5});')  # PHP's serialize()
_LOOKED_AT = 200


def attachment_picture(item: Children, meta: Mapping[str, str]) -> Picture | None:
    """None where the attachment has no address."""
    href = absolute(item.text("wp:attachment_url"), "")
    size = _SIZE.search(meta.get("_wp_attachment_metadata", "")[:_LOOKED_AT])
    if not href:
        return None
    width, height = (int(size[1]) or None, int(size[2]) or None) if size else (None, None)
    return Picture(
        caption=plain_line(item.text("excerpt:encoded")),
        credit=next((plain_line(meta[key]) for key in _CREDITS if meta.get(key)), ""),
        alt=one_line(meta.get("_wp_attachment_image_alt", "")),
        renditions=(Rendition(href=href, width=width, height=height),),
    )
