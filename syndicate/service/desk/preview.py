"""A story as readers and programs would get it, before it goes out: rendered by the formats themselves."""

from dataclasses import replace
from datetime import datetime

from syndicate import ingest
from syndicate.core import compare
from syndicate.core.compare import Piece
from syndicate.core.errors import NotFound, SyndicateError
from syndicate.core.newsitem import Change, NewsItem, SourceItem
from syndicate.core.newsroom import Newsroom
from syndicate.core.roles import Act, Person
from syndicate.core.story import Story
from syndicate.outputs import FORMATS
from syndicate.service.deliver.feeds import item_feed
from syndicate.service.desk import may
from syndicate.service.edition import compose
from syndicate.service.intake.prepare import Document, read
from syndicate.service.read import pictures_of
from syndicate.store import Store, Tx
from syndicate.store.stories import Revision


@may(Act.LOOK)
def received(person: Person, store: Store, ref: str) -> tuple[Piece, ...]:
    """The text as its source sent it, word by word, with what cleaning took out and put in."""
    with store.read() as tx:
        story = tx.stories.get(ref)
        revision = tx.stories.get_revision(story)
    return compare.words(_sent(story, revision) or story.source.body_html, story.source.body_html)


@may(Act.LOOK)
def edition(person: Person, store: Store, newsroom: Newsroom, ref: str, *, now: datetime) -> NewsItem:
    """What would go out now, with addresses of ours that begin at the root. Raises NotFound."""
    with store.read() as tx:
        return _next(tx, tx.stories.get(ref), replace(newsroom, base_url=""), now)


@may(Act.LOOK)
def rendered(person: Person, store: Store, newsroom: Newsroom, ref: str, name: str, *, now: datetime) -> bytes:
    """The same in one of the formats, as a document of its own. Raises NotFound."""
    if name not in FORMATS:
        raise NotFound(f"There is no format {name[:40]}.")
    with store.read() as tx:
        story = tx.stories.get(ref)
        ours = replace(newsroom, base_url="") if name == "html" else newsroom
        item = _next(tx, story, ours, now)
    form, page = FORMATS[name], story.outlet.agreement.page
    feed = replace(item_feed(ours, item, form.extension), canonical=page.canonical, noindex=page.noindex)
    return form.render_item(feed, item)


@may(Act.LOOK)
def as_read(person: Person, store: Store, newsroom: Newsroom, ref: str, *, now: datetime) -> SourceItem:
    """What a reader of RSS makes of our RSS. Raises NotFound."""
    data = rendered(person, store, newsroom, ref, "rss", now=now)
    with store.read() as tx:
        outlet = tx.stories.get(ref).outlet
    (found,) = read(Document(data=data, media_type="application/rss+xml"), outlet, received=now.date()).results
    if not isinstance(found, ingest.Parsed):
        raise NotFound("A story that was taken back has no text to read.")
    return found.item


def _next(tx: Tx, story: Story, newsroom: Newsroom, now: datetime) -> NewsItem:
    change = Change.UPDATE if story.edition else Change.NEW
    return compose(story, newsroom, pictures_of(tx, story), now=now, change=change, note="")


def _sent(story: Story, revision: Revision) -> str:
    """The text before it was cleaned, read anew from the bytes; empty where they hold more than can be told apart."""
    document = Document(data=revision.body, media_type=revision.media_type)
    try:
        results = read(document, story.outlet, received=revision.received_at.date()).results
    except SyndicateError:
        return ""
    items = [result.item for result in results if isinstance(result, ingest.Parsed)]
    mine = [item for item in items if item.external_id == story.external_id] or (items if len(items) == 1 else [])
    return mine[0].body_html if mine else ""
