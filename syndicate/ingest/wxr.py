"""A WordPress export (WXR 1.0 to 1.2): RSS with what WordPress knows of its posts. Posts are stories, nothing else is.

A post's status is WordPress's own (developer.wordpress.org, "Post Status"): what is in the trash is taken back, what
is scheduled is under embargo until its hour, what its site does not show to everybody is held. The local time of a
post is given twice, as local time and as GMT: the difference is its offset. Shortcodes and bare lines stay in the body.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

from lxml import etree

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput, SyndicateError
from syndicate.core.newsitem import Person, Picture, SourceItem, Topic
from syndicate.core.rights import PubStatus, Rights
from syndicate.ingest.dates import Warn, read_date
from syndicate.ingest.feed import with_warnings
from syndicate.ingest.feed_document import Part, read
from syndicate.ingest.feed_facts import MOST_TOPICS, checked_id, language, links
from syndicate.ingest.feed_names import Children, text_of
from syndicate.ingest.markup import absolute, plain_line, plain_text
from syndicate.ingest.origin import first_home
from syndicate.ingest.parsed import Envelope, Parsed, ParsedFeed, Result
from syndicate.ingest.sniff import Sniff
from syndicate.ingest.text import one_line
from syndicate.ingest.wxr_pictures import attachment_picture

MEDIA_TYPES = ("application/rss+xml", "application/xml", "text/xml")

_HELD = {
    "draft": "It is a draft at its source.",
    "auto-draft": "It is a draft at its source.",
    "pending": "It waits for review at its source.",
    "private": "It is private at its source.",
}
_CANONICAL = ("_yoast_wpseo_canonical", "rank_math_canonical_url", "_genesis_canonical_uri", "_aioseop_custom_link")
_NO_TIME = "0000-00-00"
_QUARTER, _WIDEST = timedelta(minutes=15), timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class _Site:
    """What an export tells beside its posts: names by login, pictures by the number of their attachment."""

    envelope: Envelope
    language: str
    names: Mapping[str, str]
    pictures: Mapping[str, Picture]


@dataclass(slots=True)
class _Post:
    """One item: its elements, its further facts by key, and what is odd about it."""

    item: Children
    meta: Mapping[str, str]
    warnings: list[str] = field(default_factory=list)

    @property
    def warn(self) -> Warn:
        return self.warnings.append


def looks_like(sniff: Sniff) -> bool:
    return sniff.root[1] == "rss" and "http://wordpress.org/export/" in sniff.head


def parse(data: bytes, envelope: Envelope) -> ParsedFeed:
    """The posts in document order. Raises BadInput where this cannot be read as an export at all."""
    document = read(data, envelope.media_type)
    head = Children(document.head)
    items = [Children(part) for part in document.parts if not isinstance(part, BadInput)]
    site = _Site(
        envelope=envelope,
        language=head.text("language"),
        names=dict(_names(head)),
        pictures=dict(_pictures(items)),
    )
    results: list[Result] = [_result(part, site) for part in document.parts if _is_post(part)]
    warnings = (*document.warnings, *_left_out(items))
    return ParsedFeed(results=tuple(with_warnings(results, warnings)))


def _names(head: Children) -> Iterator[tuple[str, str]]:
    for author in map(Children, head.all("wp:author")):
        first_and_last = f"{author.text('author_first_name')} {author.text('author_last_name')}"
        name = one_line(author.text("author_display_name") or first_and_last)
        if name:
            yield author.text("author_login").casefold(), name


def _pictures(items: list[Children]) -> Iterator[tuple[str, Picture]]:
    for item in items:
        if item.text("wp:post_type") == "attachment" and (picture := attachment_picture(item, meta_of(item))):
            yield item.text("wp:post_id"), picture


def meta_of(item: Children) -> dict[str, str]:
    """What plugins and WordPress itself noted of an item, by key."""
    notes = (Children(note) for note in item.all("wp:postmeta"))
    return {note.text("meta_key"): note.text("meta_value") for note in notes}


def _is_post(part: Part) -> bool:
    return isinstance(part, BadInput) or Children(part).text("wp:post_type") in ("post", "")


def _left_out(items: list[Children]) -> Iterator[str]:
    kinds = Counter(item.text("wp:post_type") for item in items)
    others = [f"{count} of type {kind[:40]!r}" for kind, count in kinds.most_common(10) if kind not in ("post", "")]
    if others:
        yield f"Entries that are no posts were left out: {', '.join(others)}."


def _result(part: Part, site: _Site) -> Result:
    if isinstance(part, BadInput):
        return part
    try:
        item = Children(part)
        return _story(_Post(item, meta_of(item)), site)
    except SyndicateError as refusal:
        return refusal


def _story(post: _Post, site: _Site) -> Parsed:
    item, status = post.item, post.item.text("wp:status")
    headline = plain_line(item.text("title"))
    guid = item.text("guid")
    if not guid or not headline:
        raise BadInput(f"Post {item.text('wp:post_id')[:20]} has no {'title' if guid else 'guid'}.")
    link = links(item, "").get("alternate", "")
    canonical = next((url for key in _CANONICAL if (url := absolute(post.meta.get(key, ""), link))), "")
    original, other = first_home(link, canonical, site.envelope.outlet)
    if other.name:
        post.warn(f"Its canonical address is on another site, {other.name}: its date there is not told.")
    section, topics = _section_and_topics(item)
    byline, authors = _written_by(post, site)
    published = _moment(post, "post_date", site)
    rights, hold = _status(post, status, published)
    story = SourceItem(
        external_id=checked_id(guid),
        headline=headline,
        body_html=item.text("content:encoded"),
        original_url=original,
        summary=plain_text(item.text("excerpt:encoded")),
        byline=byline,
        authors=authors,
        section=section,
        topics=topics,
        language=_language(item.element, site, post.warn),
        pictures=_featured(post, site),
        rights=rights,
        first_published=None if other.name or (status in _HELD and status != "private") else published,
        updated=_moment(post, "post_modified", site),
        info_source=other,
        alt_ids=(link,) if link and link != original else (),
    )
    return Parsed(item=story, warnings=tuple(post.warnings), hold=hold)


def _status(post: _Post, status: str, published: PartialDate | None) -> tuple[Rights, str]:
    """(rights, the reason to hold it)."""
    if status == "trash":
        return Rights(pub_status=PubStatus.CANCELED), ""
    if status == "future":
        until = published.instant if published else None
        hold = "" if until else "It is scheduled at its source for a time that could not be read."
        return Rights(embargoed=until.astimezone(UTC) if until else None), hold
    if status != "publish":
        return Rights(), _HELD.get(status, f"Its status at its source is {status[:40]!r}, which is not known here.")
    return Rights(), "It is behind a password at its source." if post.item.text("wp:post_password") else ""


def _moment(post: _Post, name: str, site: _Site) -> PartialDate | None:
    """The local time with the offset by which it differs from GMT; without GMT, in the outlet's time zone."""
    local, gmt = post.item.text(f"wp:{name}"), post.item.text(f"wp:{name}_gmt")
    if not local or local.startswith(_NO_TIME):
        return None
    try:
        there, here = datetime.fromisoformat(local), datetime.fromisoformat(gmt)
        offset = there - here
    except (ValueError, TypeError):  # no GMT, as drafts have it
        return read_date(f"wp:{name}", local, site.envelope.zone, post.warn)
    if offset % _QUARTER or abs(offset) > _WIDEST:
        post.warn(f"wp:{name} and its GMT differ by {offset}, which is no offset: GMT was kept.")
        return read_date(f"wp:{name}_gmt", f"{gmt} GMT", None, post.warn)
    return read_date(f"wp:{name}", there.replace(tzinfo=timezone(offset)).isoformat(), None, post.warn)


def _section_and_topics(item: Children) -> tuple[str, tuple[Topic, ...]]:
    """The section is the first category; the other categories and the tags are topics."""
    said = [(one.get("domain"), one.get("nicename"), one_line(text_of(one))) for one in item.all("category")]
    categories = [name for domain, slug, name in said if domain == "category" and slug != "uncategorized" and name]
    tags = [name for domain, _, name in said if domain in ("post_tag", "tag") and name]
    names = dict.fromkeys([*categories[1:], *tags])
    return categories[0] if categories else "", tuple(Topic(name) for name in list(names)[:MOST_TOPICS])


def _language(item: etree._Element, site: _Site, warn: Warn) -> str:
    """As a plugin for many languages (Polylang) says it of the post, else the site's."""
    plugin = (one.get("nicename") or "" for one in Children(item).all("category") if one.get("domain") == "language")
    return language(item, next(plugin, "") or site.language, warn)


def _written_by(post: _Post, site: _Site) -> tuple[str, tuple[Person, ...]]:
    """The names behind the logins, of several authors (Co-Authors Plus) too. A login is no name."""
    several = [one.get("nicename") or "" for one in post.item.all("category") if one.get("domain") == "author"]
    logins = [login.removeprefix("cap-") for login in several] or [post.item.text("dc:creator")]
    names = []
    for login in logins:
        if name := site.names.get(login.casefold()):
            names.append(name)
        elif login:
            post.warn(f"The author {login[:80]!r} has no name in this export.")
    return ", ".join(names), tuple(Person(name=name) for name in names)


def _featured(post: _Post, site: _Site) -> tuple[Picture, ...]:
    number = post.meta.get("_thumbnail_id", "")
    picture = site.pictures.get(number)
    if number and not picture:
        post.warn("Its picture is not in this export.")
    return (picture,) if picture else ()
