"""NewsML-G2 2.35, conformance level power: a newsItem for a story, a newsMessage for a channel. Pure.

A channel's message holds a packageItem, which lists its stories in their order, then each story and after it the
pictures of it. `newsmlg2_frame` is what all items begin with, `newsmlg2_story` the story, `newsmlg2_pictures` its
pictures, `newsmlg2_facts` where a story comes from, whose it is and what it is about.
Numbers in comments are lines of the official NewsML-G2_2.35-spec-All-Power.xsd.
"""

from collections.abc import Sequence

from lxml import etree

from syndicate.core.newsitem import Feed, NewsItem
from syndicate.outputs import entries, newsmlg2_pictures, newsmlg2_story, words
from syndicate.outputs.dates import utc
from syndicate.outputs.newsmlg2_frame import CATALOG, ITEM_TYPE, NAR, Management, begin, manage, party
from syndicate.outputs.newsmlg2_story import WriteContent, in_nitf, in_xhtml_and_nitf
from syndicate.outputs.text import language_tag, line
from syndicate.outputs.xml import add, in_namespace, put

MESSAGE_TYPE = "application/vnd.iptc.g2.newsmessage+xml"

_IN_GROUP, _IN_ITEM_SET = b"\n" + b"  " * 5, b"\n" + b"  " * 2


def render_item(feed: Feed, item: NewsItem) -> bytes:
    """One story as a newsItem document."""
    root = in_namespace("newsItem", NAR)
    newsmlg2_story.fill(root, feed.base_url, item)
    _finish(root, root, feed.base_url, item, in_xhtml_and_nitf)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def render_feed(feed: Feed, items: Sequence[NewsItem]) -> bytes:
    """A channel as a newsMessage (633). Canceled stories stay in it, as canceled items."""
    return entries.render(render_entry, join_entries, feed, items)


def render_nitf_feed(feed: Feed, items: Sequence[NewsItem]) -> bytes:
    """A channel for receivers of NITF, which has no document of many stories: each newsItem holds a whole NITF one."""
    return entries.render(render_nitf_entry, join_entries, feed, items)


def render_entry(base_url: str, item: NewsItem) -> bytes:
    """A story and its pictures; of one that is out, on a first line, its place in the package."""
    return _entry(base_url, item, in_xhtml_and_nitf)


def render_nitf_entry(base_url: str, item: NewsItem) -> bytes:
    """The same, with the story as a whole NITF document."""
    return _entry(base_url, item, in_nitf)


def join_entries(feed: Feed, live: Sequence[bytes], gone: Sequence[bytes]) -> bytes:
    """The message around its pieces: the package first."""
    listed = [piece.partition(b"\n")[::2] for piece in live]
    root = in_namespace("newsMessage", NAR)
    _header(add(root, f"{NAR}header"), feed)
    item_set = add(root, f"{NAR}itemSet")
    group = _package(add(item_set, f"{NAR}packageItem"), feed)
    places = {
        _place(group, "references", needed=bool(live)): _IN_GROUP.join(reference for reference, _ in listed),
        _place(item_set, "items", needed=bool(live or gone)): _IN_ITEM_SET.join([*(one for _, one in listed), *gone]),
    }
    etree.indent(root)
    whole = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    for place, pieces in places.items():
        whole = whole.replace(place, pieces, 1)
    return whole + b"\n"


def _place(parent: etree._Element, name: str, *, needed: bool) -> bytes:
    """Where pieces will stand: a comment, for which no text of ours can be mistaken."""
    if needed:
        parent.append(etree.Comment(name))
    return f"<!--{name}-->".encode()


def _entry(base_url: str, item: NewsItem, write: WriteContent) -> bytes:
    root = in_namespace("newsMessage", NAR)
    item_set = add(root, f"{NAR}itemSet")
    story = add(item_set, f"{NAR}newsItem")
    newsmlg2_story.fill(story, base_url, item)
    for guid, picture in newsmlg2_pictures.pictures(item).items():
        newsmlg2_pictures.fill(add(item_set, f"{NAR}newsItem"), base_url, item, guid, picture)
    _finish(root, story, base_url, item, write)
    reference = b"" if item.canceled else _inside(_reference(item), depth=1) + b"\n"
    return reference + _inside(root, depth=2)


def _finish(root: etree._Element, story: etree._Element, base_url: str, item: NewsItem, write: WriteContent) -> None:
    """Indent the facts first and put the story in afterwards: white space is a part of a text."""
    etree.indent(root)
    if not item.canceled:
        write(story[-1], base_url, item)


def _inside(root: etree._Element, *, depth: int) -> bytes:
    """What stands below `depth` open elements, as it stands there. No attribute of theirs holds a ">"."""
    return etree.tostring(root, encoding="UTF-8").split(b">", depth)[depth].rsplit(b"</", depth)[0].strip()


def _header(header: etree._Element, feed: Feed) -> None:
    """`sent` is the last change of what the message holds, so that the same content is the same message.

    The priority is IPTC's normal one, because no source tells us another; receivers built on Superdesk need it.
    """
    put(header, f"{NAR}sent", utc(feed.changed_at))
    add(header, f"{NAR}catalogRef", {"href": CATALOG})
    put(header, f"{NAR}sender", line(feed.publisher.name))
    put(header, f"{NAR}transmitId", f"{feed.self_url}#{utc(feed.changed_at)}")
    put(header, f"{NAR}priority", "5")
    put(header, f"{NAR}origin", feed.self_url)
    put(header, f"{NAR}channel", line(feed.title))


def _package(root: etree._Element, feed: Feed) -> etree._Element:
    """The channel's stories in their order (435); those taken back are no part of it. Returns the group to fill.

    A page, a shorter list and another format are packages of their own, so the guid is the address, which holds no key.
    The version is the second of the last change, because a version must grow with each change and nothing counts them.
    """
    begin(root, feed.base_url, guid=feed.self_url, version=int(feed.changed_at.timestamp()), language=feed.language)
    title = line(feed.title) or feed.id
    management = Management(kind="ninat:composite", provider=feed.publisher, version_created=feed.changed_at)
    put(manage(root, feed.base_url, management), f"{NAR}title", title)
    meta = add(root, f"{NAR}contentMeta")
    if language := language_tag(feed.language):
        add(meta, f"{NAR}language", {"tag": language})
    put(meta, f"{NAR}headline", title)
    group_set = add(root, f"{NAR}groupSet", {"root": "stories"})
    return add(group_set, f"{NAR}group", {"id": "stories", "role": "group:main", "mode": "pgrmod:seq"})


def _reference(item: NewsItem) -> etree._Element:
    """A group of one story by guid and version, with hints of what it is, as in IPTC's published example 6."""
    group = in_namespace("group", NAR)
    told = {"residref": line(item.guid), "version": str(item.version), "contenttype": ITEM_TYPE}
    reference = add(group, f"{NAR}itemRef", told)
    add(reference, f"{NAR}itemClass", {"qcode": "ninat:text"})
    party(reference, "provider", item.provider)
    add(reference, f"{NAR}pubStatus", {"qcode": f"stat:{item.rights.pub_status}"})
    put(reference, f"{NAR}title", words.headline(item))
    return group
