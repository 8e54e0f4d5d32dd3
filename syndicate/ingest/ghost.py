"""Posts as Ghost gives them: from its Content and Admin API, and in its webhooks (ghost.org/docs/webhooks).

`id` is the post's permanent name: the site's RSS feed has it as guid too. What is not for everybody at the source is
held here: its paying readers' posts are no gift.
"""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from syndicate.core.errors import BadInput
from syndicate.core.newsitem import Person, Picture, Rendition, SourceItem, Topic
from syndicate.core.rights import PubStatus, Rights
from syndicate.ingest import jsondoc
from syndicate.ingest.markup import paragraphs, plain_text
from syndicate.ingest.members import Members, each
from syndicate.ingest.origin import first_home
from syndicate.ingest.parsed import Envelope, Gone, Parsed, ParsedFeed
from syndicate.ingest.sniff import Sniff

MEDIA_TYPES = ("application/json",)
_OWN = frozenset(
    ("uuid", "html", "feature_image", "published_at", "updated_at", "visibility", "custom_excerpt", "primary_tag")
)


def looks_like(sniff: Sniff) -> bool:
    """A list of posts; a webhook's post; or one post by names that nobody else uses."""
    document = sniff.json if isinstance(sniff.json, dict) else {}
    webhook = document.get("post")
    if isinstance(webhook, dict) or isinstance(document.get("posts"), list):
        return "external_id" not in document
    return {"id", "title"} <= sniff.members and len(sniff.members & _OWN) > 2


def parse(data: bytes, envelope: Envelope) -> ParsedFeed:
    """Each post. Raises BadInput where this is no JSON."""
    document = jsondoc.load(data)
    return ParsedFeed(results=each(_posts(document), lambda post: _item(post, envelope), envelope))


def _posts(document: Any) -> Sequence[Any]:
    """The posts of an answer, of a webhook (each with what it was before, in `previous`), or one alone."""
    if not isinstance(document, dict):
        return document if isinstance(document, list) else [document]
    if isinstance(document.get("posts"), list):
        return list(document["posts"])
    webhook = document.get("post")
    if isinstance(webhook, dict):
        return [webhook if "current" in webhook or "previous" in webhook else {"current": webhook}]
    return [document]


def _item(said: Members, envelope: Envelope) -> Parsed | Gone:
    if "current" not in said and "previous" not in said:
        return _post(said, envelope, was_public=False)
    now, before = said.part("current"), said.part("previous")
    if now.line("id", "uuid"):
        return _post(now, envelope, was_public=before.line("status") == "published")
    return Gone(external_id=_identity(before), reason="It was deleted.")  # post.deleted: nothing is current


def _post(post: Members, envelope: Envelope, *, was_public: bool) -> Parsed:
    external_id, headline = _identity(post), post.line("title")
    rights, hold = _standing(post, envelope, was_public)
    body = post.markup("html") or paragraphs(post.text("plaintext"))
    if not headline:
        raise BadInput(f"{external_id} has no title.")
    if not body and not hold and rights.pub_status is PubStatus.USABLE:
        raise BadInput(f"{external_id} has no html: ask Ghost's Admin API for it with formats=html.")
    address, other = first_home(post.address("url"), post.address("canonical_url"), envelope.outlet)
    if other.name:
        post.warn(f"Its canonical address is on another site, {other.name}: the story is taken for that site's.")
    section, topics = _tags(post)
    item = SourceItem(
        external_id=external_id,
        headline=headline,
        body_html=body,
        original_url=address,
        summary=post.text("custom_excerpt"),
        authors=_authors(post),
        section=section,
        topics=topics,
        language=post.language("locale"),
        pictures=_pictures(post),
        rights=rights,
        info_source=other,
        first_published=post.date("published_at", zone=envelope.zone),
        updated=post.date("updated_at", zone=envelope.zone),
        alt_ids=(uuid,) if (uuid := post.line("uuid")) and uuid != external_id else (),
    )
    return Parsed(item=item, warnings=post.told(), hold=hold)


def _identity(post: Members) -> str:
    if name := post.identity("id", "uuid"):
        return name
    raise BadInput("This post has no id: nothing tells which story it is.")


def _standing(post: Members, envelope: Envelope, was_public: bool) -> tuple[Rights, str]:
    """What its status and visibility allow, and why an editor must look."""
    status, readers = post.line("status").lower() or "published", post.line("visibility").lower() or "public"
    if status == "draft" and was_public:  # post.unpublished
        return Rights(pub_status=PubStatus.CANCELED), ""
    if readers != "public":
        return Rights(), f"At its source it is for {readers[:40]} only, not for everybody."
    if status == "published" and not post.flag("email_only"):
        return Rights(), ""
    if status != "scheduled":
        return Rights(), f"Its status at the source is {status[:40]}: it is not published there."
    begins = post.date("published_at", zone=envelope.zone)
    if begins is None or begins.instant is None:
        return Rights(), "It is scheduled at its source, and the hour cannot be read."
    return Rights(embargoed=begins.instant.astimezone(UTC)), ""


def _authors(post: Members) -> tuple[Person, ...]:
    people = post.parts("authors") or ((post.part("primary_author"),) if "primary_author" in post else ())
    named = ((person.line("name"), person.address("website", "url")) for person in people)
    return tuple(Person(name=name, url=url) for name, url in named if name)


def _tags(post: Members) -> tuple[str, tuple[Topic, ...]]:
    """The primary tag is the section, the others are topics. Tags that begin with # are the site's own business."""
    names = [tag.line("name") for tag in (post.part("primary_tag"), *post.parts("tags")) if not _internal(tag)]
    once = [name for name in dict.fromkeys(names) if name]
    return (once[0] if once else ""), tuple(Topic(name) for name in once[1:])


def _internal(tag: Members) -> bool:
    return tag.line("visibility") == "internal" or tag.line("name").startswith("#")


def _pictures(post: Members) -> tuple[Picture, ...]:
    href = post.file("feature_image")
    if not href:
        return ()
    caption = plain_text(post.markup("feature_image_caption"))
    return (Picture(caption=caption, alt=post.line("feature_image_alt"), renditions=(Rendition(href=href),)),)
