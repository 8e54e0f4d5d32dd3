"""Ways out: one module for each format. A new format is one module, one line here and its golden folder in the tests.

Rendering is pure: the same feed and items give the same bytes, whatever the clock, the settings or the machine.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from syndicate.core.errors import BadFields
from syndicate.core.newsitem import Feed, NewsItem
from syndicate.outputs import atom, html, jsonfeed, newsmlg2, newsmlg2_frame, ninjs, nitf, plain, rss, snippet
from syndicate.outputs.entries import JoinEntries, RenderEntry

RenderFeed = Callable[[Feed, Sequence[NewsItem]], bytes]
RenderItem = Callable[[Feed, NewsItem], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way to write a format. `media_type` is a feed's, `item_media_type` a single story's, both without charset.

    `render_feed` is None where there are stories only. `render_entry` and `join_entries` are its two steps, for those
    who keep the pieces of stories; None where a feed can only be rendered at once.
    """

    media_type: str
    item_media_type: str
    render_feed: RenderFeed | None
    render_item: RenderItem
    render_entry: RenderEntry | None = None
    join_entries: JoinEntries | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Format(Variant):
    """A format as it is written where nothing else is asked for, and its other variants by what a reader asks.

    `parameter` is the name of that question in an address, such as `version` in `?version=2.1`.
    """

    name: str
    extension: str
    parameter: str = ""
    variants: Mapping[str, Variant] = field(default_factory=dict)

    def variant(self, asked: str) -> Variant:
        """The variant of this name; the format itself where none is asked for. Raises BadFields for an unknown one."""
        if not asked:
            return self
        if found := self.variants.get(asked):
            return found
        raise BadFields(
            f"There is no such {self.parameter} of {self.name}.",
            errors={self.parameter: [f"One of: {', '.join(self.variants)}."]},
        )


def _ninjs(version: ninjs.Version) -> Variant:
    return Variant(
        media_type=ninjs.MEDIA_TYPE,
        item_media_type=ninjs.MEDIA_TYPE,
        render_feed=version.render_feed,
        render_item=version.render_item,
        render_entry=version.render_entry,
        join_entries=ninjs.join_entries,
    )


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
            render_entry=rss.render_entry,
            join_entries=rss.join_entries,
        ),
        Format(
            name="atom",
            extension="atom",
            media_type=atom.MEDIA_TYPE,
            item_media_type=atom.MEDIA_TYPE,
            render_feed=atom.render_feed,
            render_item=atom.render_item,
            render_entry=atom.render_entry,
            join_entries=atom.join_entries,
        ),
        Format(
            name="json",
            extension="json",
            media_type=jsonfeed.MEDIA_TYPE,
            item_media_type=jsonfeed.MEDIA_TYPE,
            render_feed=jsonfeed.render_feed,
            render_item=jsonfeed.render_item,
            render_entry=jsonfeed.render_entry,
            join_entries=jsonfeed.join_entries,
        ),
        Format(
            name="ninjs",
            extension="ninjs",
            media_type=ninjs.MEDIA_TYPE,
            item_media_type=ninjs.MEDIA_TYPE,
            render_feed=ninjs.VERSION_3.render_feed,
            render_item=ninjs.VERSION_3.render_item,
            render_entry=ninjs.VERSION_3.render_entry,
            join_entries=ninjs.join_entries,
            parameter="version",
            variants={
                "3.0": _ninjs(ninjs.VERSION_3),
                "2.1": _ninjs(ninjs.VERSION_2),
                "1.x": _ninjs(ninjs.SUPERDESK),
            },
        ),
        Format(
            name="newsml",
            extension="newsml",
            media_type=newsmlg2.MESSAGE_TYPE,
            item_media_type=newsmlg2_frame.ITEM_TYPE,
            render_feed=newsmlg2.render_feed,
            render_item=newsmlg2.render_item,
            render_entry=newsmlg2.render_entry,
            join_entries=newsmlg2.join_entries,
        ),
        Format(
            name="nitf",
            extension="nitf",
            media_type=newsmlg2.MESSAGE_TYPE,
            item_media_type=nitf.MEDIA_TYPE,
            render_feed=newsmlg2.render_nitf_feed,
            render_item=nitf.render_item,
            render_entry=newsmlg2.render_nitf_entry,
            join_entries=newsmlg2.join_entries,
            parameter="dialect",
            variants={
                "plain": Variant(
                    media_type=nitf.MEDIA_TYPE,
                    item_media_type=nitf.MEDIA_TYPE,
                    render_feed=None,
                    render_item=nitf.render_plain_item,
                )
            },
        ),
        Format(
            name="html",
            extension="html",
            media_type=html.MEDIA_TYPE,
            item_media_type=html.MEDIA_TYPE,
            render_feed=None,
            render_item=html.render_item,
            parameter="as",
            variants={
                "snippet": Variant(
                    media_type=snippet.MEDIA_TYPE,
                    item_media_type=snippet.MEDIA_TYPE,
                    render_feed=None,
                    render_item=snippet.render_item,
                )
            },
        ),
        Format(
            name="txt",
            extension="txt",
            media_type=plain.MEDIA_TYPE,
            item_media_type=plain.MEDIA_TYPE,
            render_feed=None,
            render_item=plain.render_item,
        ),
    )
}
