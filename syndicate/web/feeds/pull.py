"""A pull of a channel: who asks and what, is it still what they have, and if not, the bytes that are ready for it.

Of a channel that did not change since, a pull costs one small question to the database and no rendering, hashing or
compressing. The question is asked every time: what was withdrawn is out of the next answer, in whatever process.

Who says `A-IM: feed` gets only what changed since the state that its ETag names, as 226 (RFC 3229), where that can be
told; else the whole.
"""

import re
from collections.abc import Hashable
from datetime import UTC, datetime
from wsgiref.types import WSGIEnvironment

from werkzeug.http import parse_accept_header

from syndicate.service.deliver import documents, feeds
from syndicate.service.deliver.documents import Document
from syndicate.service.deliver.wishes import Wish
from syndicate.store.pages import Part
from syndicate.web.auth import feed_secret, query
from syndicate.web.conditional import Answer, about, answer, best_coding
from syndicate.web.context import Context
from syndicate.web.feeds.wishes import wish
from syndicate.web.representation import Representation

# A crowd behind a cache that many share is one request a second to us, and what was withdrawn is out of it in two.
PUBLIC = "public, max-age=1, stale-while-revalidate=1"
PRIVATE = "private, no-cache"
_STAMPED = re.compile(r'"([0-9a-f]{1,9})\.[0-9a-f]{32}(?:-[a-z]+)?"')


def pull(here: Context, environ: WSGIEnvironment, slug: str, extension: str) -> Answer:
    """The answer to GET or HEAD of `/feeds/{slug}.{extension}`. Raises what refuses it (core.errors)."""
    asked, secret, now = wish(extension, query(environ)), feed_secret(environ), here.now()
    view = feeds.look(here.store, slug, secret, now)
    if view.key_id:
        here.uses.note(view.key_id, now)

    def whole() -> tuple[Hashable, Representation]:
        made = documents.document(here.store, here.newsroom, slug=slug, wish=asked, now=now, reader=view.reader)
        return _represent(made, dated=view.reader is None and asked.part.archive is None)

    private = not view.public or bool(secret)
    document = here.representations.get((slug, asked, view.reader), view.state, now, whole)
    who, vary = (PRIVATE, ("Authorization",)) if private else (PUBLIC, ())
    found = answer(document, environ, now=now, cache_control=who, vary=vary)
    if found.status != 200 or view.reader or not (stamp := _stamp(environ, asked)):
        return found

    def changes() -> tuple[Hashable, Representation]:
        made = documents.delta(here.store, here.newsroom, slug=slug, wish=asked, stamp=stamp, now=now)
        return _represent(made, dated=True)

    try:
        changed = here.representations.get((slug, asked, stamp), view.state, now, changes)
    except documents.Untold:
        return found
    return _im_used(changed, found, environ, private=private)


def _im_used(changed: Representation, whole: Answer, environ: WSGIEnvironment, *, private: bool) -> Answer:
    """226: its validators are those of the whole as it is now. No cache that knows no 226 may keep it."""
    form = changed.coded(best_coding(environ.get("HTTP_ACCEPT_ENCODING", "")))
    kept = [(name, value) for name, value in whole.headers if name in ("ETag", "Last-Modified", "Link", "Vary")]
    who = "private, no-store, im" if private else "no-store, im"
    return Answer(226, [*kept, ("Cache-Control", who), ("IM", "feed"), *about(changed, form)], form.body)


def _stamp(environ: WSGIEnvironment, asked: Wish) -> datetime | None:
    """The state that this reader has, where it wants only what changed since."""
    if "HTTP_A_IM" not in environ or asked.part != Part():
        return None
    wanted = dict(parse_accept_header(environ["HTTP_A_IM"]))
    known = _STAMPED.search(environ.get("HTTP_IF_NONE_MATCH", "")) if wanted.get("feed") else None
    return datetime.fromtimestamp(int(known[1], 16), UTC) if known else None


def _represent(made: Document, *, dated: bool) -> tuple[Hashable, Representation]:
    return made.state, Representation(
        made.body,
        content_type=f"{made.media_type}; charset=utf-8",
        # a reader's rights change it too, perhaps in the same second as the channel, and an archive changes less often
        # than it: there the ETag alone tells
        changed_at=made.changed_at if dated else None,
        true_until=made.true_until,
        links=made.links,
        stamp=made.stamp,
    )
