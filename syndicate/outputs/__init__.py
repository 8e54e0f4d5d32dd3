"""Ways out: one module for each format. A new format is one module, one line here and its golden folder in the tests.

Rendering is pure: the same feed and items give the same bytes, whatever the clock, the settings or the machine.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from syndicate.core.newsitem import Feed, NewsItem
from syndicate.outputs import html, newsmlg2, rss

RenderFeed = Callable[[Feed, Sequence[NewsItem]], bytes]
RenderItem = Callable[[Feed, NewsItem], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How to write one format. `media_type` is a feed's, `item_media_type` a single story's, both without charset.

    `render_feed` is None where the format has stories only.
    """

    name: str
    extension: str
    media_type: str
    item_media_type: str
    render_feed: RenderFeed | None
    render_item: RenderItem


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format(
            name="rss",
            extension="rss",
            media_type=rss.MEDIA_TYPE,
            item_media_type=rss.MEDIA_TYPE,
            render_feed=rss.render_feed,
            render_item=rss.render_item,
        ),
        Format(
            name="newsml",
            extension="newsml",
            media_type=newsmlg2.MESSAGE_TYPE,
            item_media_type=newsmlg2.ITEM_TYPE,
            render_feed=newsmlg2.render_feed,
            render_item=newsmlg2.render_item,
        ),
        Format(
            name="html",
            extension="html",
            media_type=html.MEDIA_TYPE,
            item_media_type=html.MEDIA_TYPE,
            render_feed=None,
            render_item=html.render_item,
        ),
    )
}
