"""A pull of a channel: who asks and what, is it still what they have, and if not, the bytes that are ready for it.

Of a channel that did not change since, a pull costs one small question to the database and no rendering, hashing or
compressing. The question is asked every time: what was withdrawn is out of the next answer, in whatever process.
"""

from collections.abc import Hashable
from wsgiref.types import WSGIEnvironment

from syndicate.service import documents, feeds
from syndicate.web.auth import feed_secret, query
from syndicate.web.conditional import Answer, answer
from syndicate.web.context import Context
from syndicate.web.feeds.wishes import wish
from syndicate.web.representation import Representation

# A crowd behind a cache that many share is one request a second to us, and what was withdrawn is out of it in two.
PUBLIC = "public, max-age=1, stale-while-revalidate=1"
PRIVATE = "private, no-cache"


def pull(here: Context, environ: WSGIEnvironment, slug: str, extension: str) -> Answer:
    """The answer to GET or HEAD of `/feeds/{slug}.{extension}`. Raises what refuses it (core.errors)."""
    asked, secret, now = wish(extension, query(environ)), feed_secret(environ), here.now()
    view = feeds.look(here.store, slug, secret, now)
    if view.key_id:
        here.uses.note(view.key_id, now)

    def make() -> tuple[Hashable, Representation]:
        made = documents.document(here.store, here.newsroom, slug=slug, wish=asked, now=now, reader=view.reader)
        content_type = f"{made.media_type}; charset=utf-8"
        return made.state, Representation(
            made.body,
            content_type=content_type,
            # a reader's rights change it too, perhaps in the same second as the channel: its ETag alone tells
            changed_at=None if view.reader else made.changed_at,
            true_until=made.true_until,
            links=made.links,
        )

    document = here.representations.get((slug, asked, view.reader), view.state, now, make)
    if view.public and not secret:
        return answer(document, environ, now=now, cache_control=PUBLIC)
    return answer(document, environ, now=now, cache_control=PRIVATE, vary=["Authorization"])
