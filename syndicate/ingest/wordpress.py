"""Posts as WordPress's REST API gives them (developer.wordpress.org/rest-api/reference/posts): one, or a list.

`guid` is the post's permanent name, the same in the site's RSS and in its export; its link may change. With `?_embed`
come the author, the terms and the featured picture.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput
from syndicate.core.newsitem import Person, Picture, Rendition, SourceItem, Topic
from syndicate.core.rights import PubStatus, Rights
from syndicate.ingest import jsondoc
from syndicate.ingest.markup import plain_line, plain_text
from syndicate.ingest.members import Members, each, identity
from syndicate.ingest.origin import first_home
from syndicate.ingest.parsed import Envelope, Parsed, ParsedFeed
from syndicate.ingest.renditions import biggest_first, known_name
from syndicate.ingest.sniff import Sniff

MEDIA_TYPES = ("application/json",)
_OWN = frozenset(["date_gmt", "modified_gmt", "_links", "guid", "featured_media", "comment_status", "_embedded"])
_MORE = re.compile(r"(?:\[?(?:…|\.\.\.)\]?\s{0,5})?(?:(?:Continue reading|Read more)\b[^\n]*)?\Z")
_ENDING_CHARS = 200
_NOT_POSTS = frozenset(("attachment", "revision", "nav_menu_item"))
_QUARTER, _FARTHEST = timedelta(minutes=15), timedelta(hours=14)
_UNSORTED = "uncategorized"


def looks_like(sniff: Sniff) -> bool:
    """A post's id, title and content, and two names that nobody else uses."""
    return {"id", "title", "content"} <= sniff.members and len(sniff.members & _OWN) > 1


def parse(data: bytes, envelope: Envelope) -> ParsedFeed:
    """A post, or each post of a list. Raises BadInput where this is no JSON."""
    document = jsondoc.load(data)
    posts = document if isinstance(document, list) else [document]
    return ParsedFeed(results=each(posts, lambda post: _item(post, envelope), envelope))


def _item(post: Members, envelope: Envelope) -> Parsed:
    external_id, headline = _identity(post), plain_line(_field(post, "title"))
    rights, hold = _standing(post, envelope)
    body = _field(post, "content")
    _check(post, external_id, headline, bool(body or hold or rights.pub_status is not PubStatus.USABLE))
    canonical = post.part("yoast_head_json").address("canonical")
    address, other = first_home(post.address("link"), canonical, envelope.outlet)
    if other.name:
        post.warn(f"Its canonical address is on another site, {other.name}: the story is taken for that site's.")
    section, topics = _terms(post)
    item = SourceItem(
        external_id=external_id,
        headline=headline,
        body_html=body,
        original_url=address,
        summary=_without_ending(plain_text(_field(post, "excerpt"))),
        authors=_authors(post),
        section=section,
        topics=topics,
        language=_language(post),
        pictures=_pictures(post),
        rights=rights,
        info_source=other,
        first_published=_date(post, "date", envelope),
        updated=_date(post, "modified", envelope),
    )
    return Parsed(item=item, warnings=post.told(), hold=hold)


def _check(post: Members, external_id: str, headline: str, has_body: bool) -> None:
    """Refuses what is no story."""
    if (kind := post.line("type")) in _NOT_POSTS:
        raise BadInput(f"{external_id} is of type {kind}: no story.")
    if not headline:
        raise BadInput(f"{external_id} has no title.")
    if not has_body:
        raise BadInput(f"{external_id} has no content.")


def _field(post: Members, name: str) -> str:
    """The HTML of a field that is an object with `rendered`; some plugins write the text itself."""
    return post.markup(name) if post.is_text(name) else post.part(name).markup("rendered", "raw")


def _without_ending(excerpt: str) -> str:
    """Without the "[…]" and the link to the rest that a theme puts behind it."""
    return excerpt[:-_ENDING_CHARS] + _MORE.sub("", excerpt[-_ENDING_CHARS:], count=1).rstrip()


def _identity(post: Members) -> str:
    """The guid; where a plugin left it out, the address by number that WordPress makes guids from."""
    guid = plain_line(_field(post, "guid"))
    if guid:
        return identity(guid)
    number, site = post.number("id"), post.address("link").partition("://")[2].partition("/")[0]
    if number is None or not site:
        raise BadInput("This post has neither a guid nor an id with a link: nothing tells which story it is.")
    post.warn("It has no guid: the address by its number stands for it.")
    return f"{post.address('link').partition('://')[0]}://{site}/?p={number}"


def _standing(post: Members, envelope: Envelope) -> tuple[Rights, str]:
    """What its status allows (register_post_status), and why an editor must look: only what is public is for us."""
    status = post.line("status").lower() or "publish"
    if status == "trash":
        return Rights(pub_status=PubStatus.CANCELED), ""
    if post.part("content").flag("protected"):
        return Rights(), "It is protected by a password at its source."
    if status == "publish":
        return Rights(), ""
    if status != "future":
        return Rights(), f"Its status at the source is {status[:40]}: it is not published there."
    begins = _date(post, "date", envelope)
    if begins is None or begins.instant is None:
        return Rights(), "It is scheduled at its source, and the hour cannot be read."
    return Rights(embargoed=begins.instant.astimezone(UTC)), ""


def _date(post: Members, name: str, envelope: Envelope) -> PartialDate | None:
    """The site's local time with the offset by which it differs from the same moment in UTC (`date`, `date_gmt`)."""
    local, moment = _naive(post, name), _naive(post, f"{name}_gmt")
    if moment is None:
        return post.date(name, zone=envelope.zone)
    offset = local - moment if local else timedelta()
    if offset % _QUARTER or abs(offset) > _FARTHEST:
        post.warn(f"{name} and {name}_gmt are not one moment: {name}_gmt counts.")
        offset = timedelta()
    return PartialDate.of((moment + offset).replace(tzinfo=timezone(offset)))


def _naive(post: Members, name: str) -> datetime | None:
    """The time without its zone, or None: an unpublished draft has zeros for date_gmt."""
    try:
        moment = PartialDate.parse(post.line(name), zone=UTC).instant
    except BadInput:
        return None
    return moment.replace(tzinfo=None) if moment else None


def _authors(post: Members) -> tuple[Person, ...]:
    embedded = post.part("_embedded").parts("author")
    people = [Person(name=name, url=who.address("link")) for who in embedded if (name := who.line("name"))]
    if not people and (name := post.part("yoast_head_json").line("author")):
        people = [Person(name=name)]
    if not people and "author" in post:
        post.warn("It names no author, only a number: ask WordPress for it with ?_embed.")
    return tuple(people)


def _terms(post: Members) -> tuple[str, tuple[Topic, ...]]:
    """The section is the first category; the other categories and the tags are topics."""
    found: dict[str, list[str]] = {}
    for group in post.part("_embedded").lists("wp:term"):
        for term in group:
            found.setdefault(term.line("taxonomy"), []).append(plain_line(term.line("name")))
    sections = [name for name in found.pop("category", []) if name and name.lower() != _UNSORTED]
    names = [*sections[1:], *(name for names in found.values() for name in names if name)]
    return sections[0] if sections else "", tuple(Topic(name) for name in dict.fromkeys(names))


def _language(post: Members) -> str:
    """As a translation plugin says it (Polylang, WPML), else Yoast's og_locale."""
    return post.language("lang", "language") or post.part("yoast_head_json").language("og_locale")


def _pictures(post: Members) -> tuple[Picture, ...]:
    """The featured picture with all its sizes; credit and copyright as the file's own metadata say them."""
    media = [part for part in post.part("_embedded").parts("wp:featuredmedia") if part.line("source_url")]
    return tuple(_picture(part) for part in media if part.line("media_type") in ("", "image"))


def _picture(media: Members) -> Picture:
    details = media.part("media_details")
    made_by = details.part("image_meta")
    sizes = [_file(name, size) for name, size in details.named("sizes")]
    original = Rendition(
        href=media.file("source_url"),
        name="highRes",
        content_type=media.line("mime_type"),
        width=details.number("width") or None,
        height=details.number("height") or None,
        size_bytes=details.number("filesize") or None,
    )
    return Picture(
        caption=plain_text(_field(media, "caption")),
        credit=made_by.line("credit"),
        alt=media.line("alt_text"),
        copyright_notice=made_by.text("copyright"),
        renditions=biggest_first((*sizes, original)),
    )


def _file(name: str, size: Members) -> Rendition:
    return Rendition(
        href=size.file("source_url"),
        name=known_name(name),
        content_type=size.line("mime_type"),
        width=size.number("width") or None,
        height=size.number("height") or None,
        size_bytes=size.number("filesize") or None,
    )
