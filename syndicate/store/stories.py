"""Stories, the revisions that their sources sent and the editions that we published."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select, tuple_
from sqlalchemy.orm import Session, undefer

from syndicate.core.dates import PartialDate
from syndicate.core.edits import NONE, Edits
from syndicate.core.errors import NotFound
from syndicate.core.newsitem import NewsItem, SourceItem
from syndicate.core.rights import PubStatus
from syndicate.core.story import Stamp, Story
from syndicate.core.workflow import Review
from syndicate.store.fragments import Fragments
from syndicate.store.jobs import Jobs
from syndicate.store.listings import Listings
from syndicate.store.mapping import from_json, to_json
from syndicate.store.models import DocumentRow, EditionRow, EditsRow, OutletRow, RevisionRow, StoryRow
from syndicate.store.outlets import OUTLET_ID, as_outlet
from syndicate.store.upsert import Insert

RELEASE = "release"  # the kind of job that is a story's own clock
_ADD_STORY = Insert(StoryRow, lambda story: story.values(outlet_id=OUTLET_ID))
_DOCUMENT = select(DocumentRow.sha256).where(DocumentRow.sha256 == bindparam("sha256"))
_KEEP_DOCUMENT = Insert(DocumentRow, lambda document: document.on_conflict_do_nothing())
_ADD_REVISION, _ADD_EDITION = Insert(RevisionRow), Insert(EditionRow)
Rows = Select[StoryRow, OutletRow, RevisionRow, dict[str, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a source sent, byte for byte, and the report of cleaning it. `document` is the SHA-256 of its body."""

    number: int
    received_at: datetime
    key_id: str | None
    door: str = ""
    media_type: str
    document: str
    body: bytes
    report: dict[str, Any]


class Stories:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._jobs = Jobs(session)
        self._fragments = Fragments(session)
        self._listings = Listings(session)

    def find(self, outlet: str, external_id: str, *, lock: bool = False) -> Story | None:
        return _first(self._session, OutletRow.slug == outlet, StoryRow.external_id == external_id, lock=lock)

    def get(self, ref: str, *, lock: bool = False) -> Story:
        """By id or guid. Raises NotFound."""
        column = StoryRow.guid if ref.startswith("tag:") else StoryRow.id
        if story := _first(self._session, column == ref, lock=lock):
            return story
        raise NotFound(f"There is no story {ref}.")

    def page(
        self,
        *,
        limit: int,
        outlet: str | None = None,
        review: Review | None = None,
        external_id: str | None = None,
        changed_since: datetime | None = None,
        after: tuple[datetime, str] | None = None,
    ) -> Sequence[Story]:
        """Newest received first; `after` is the (received_at, id) of the last story of the page before."""
        query = _stories()
        if outlet is not None:
            query = query.where(OutletRow.slug == outlet)
        if review is not None:
            query = query.where(StoryRow.review == review)
        if external_id is not None:
            query = query.where(StoryRow.external_id == external_id)
        if changed_since is not None:
            query = query.where(StoryRow.changed_at >= changed_since)
        if after is not None:
            query = query.where(tuple_(StoryRow.received_at, StoryRow.id) < after)
        query = query.order_by(StoryRow.received_at.desc(), StoryRow.id.desc()).limit(limit)
        return [_as_story(*row) for row in self._session.execute(query)]

    def by_review(self) -> Mapping[str, int]:
        """How many stories stand in each state of the desk."""
        counted = self._session.execute(select(StoryRow.review, func.count()).group_by(StoryRow.review))
        return {review: count for review, count in counted}  # noqa: C416 - a Row is no tuple to the type checker

    def published(self, batch: int = 500) -> Iterator[Sequence[Story]]:
        """All that were ever published, in batches that fit in memory."""
        last = ""
        while True:
            query = _stories().where(StoryRow.edition_version.is_not(None), StoryRow.id > last)
            rows = self._session.execute(query.order_by(StoryRow.id).limit(batch)).all()
            if not rows:
                return
            yield [_as_story(*row) for row in rows]
            last = rows[-1][0].id

    def live(
        self, outlets: Sequence[str] = (), *, most: int | None = None, batch: int = 500
    ) -> Iterator[Sequence[tuple[str, NewsItem]]]:
        """What is out, with the slug of its outlet: of these outlets or of all, in batches that fit in memory.

        Where `most` is said, the stories that came last, so many of them.
        """
        query = (
            select(OutletRow.slug, EditionRow.item)
            .join(StoryRow, StoryRow.outlet_id == OutletRow.id)
            .join(EditionRow, (EditionRow.story_id == StoryRow.id) & (EditionRow.version == StoryRow.edition_version))
            .where(StoryRow.review == Review.PUBLISHED)
        )
        query = query.where(OutletRow.slug.in_(outlets)) if outlets else query
        if most is not None:
            query = query.order_by(StoryRow.received_at.desc(), StoryRow.id.desc()).limit(most)
        for rows in self._session.execute(query.execution_options(yield_per=batch)).partitions():
            yield [(slug, from_json(item, NewsItem)) for slug, item in rows]

    def add(self, story: Story) -> None:
        row = {
            "id": story.id,
            "guid": story.guid,
            "outlet": story.outlet.slug,
            "external_id": story.external_id,
            "received_at": story.received_at,
            **_columns(story),
        }
        _ADD_STORY(self._session, row)
        if story.due_at:
            self._jobs.want(RELEASE, story.id, story.due_at)

    def save(self, story: Story) -> None:
        """The row, how it is listed, and when the clock must look at it next."""
        row = self._session.get_one(StoryRow, story.id)
        for name, value in _columns(story).items():
            setattr(row, name, value)
        self._listings.refresh(story, story.changed_at)
        self.time(story)

    def time(self, story: Story) -> None:
        """When the clock must look at it next: its own dates, the desk's decision or the agreement changed."""
        if story.due_at:
            self._jobs.want(RELEASE, story.id, story.due_at)
        else:
            self._jobs.drop(RELEASE, story.id)

    def add_revision(self, story: Story, revision: Revision) -> None:
        """Keep what was received as the newest version of what the source said."""
        self._keep_document(revision)
        row = {
            "story_id": story.id,
            "number": revision.number,
            "received_at": revision.received_at,
            "key_id": revision.key_id,
            "door": revision.door,
            "media_type": revision.media_type,
            "document": revision.document,
            "fingerprint": story.fingerprint,
            "item": to_json(story.source),
            "report": revision.report,
        }
        _ADD_REVISION(self._session, row)

    def _keep_document(self, revision: Revision) -> None:
        """Once: the stories of a feed come from one document, which goes to the database with the first of them."""
        if self._session.connection().scalar(_DOCUMENT, {"sha256": revision.document}) is None:
            _KEEP_DOCUMENT(self._session, {"sha256": revision.document, "body": revision.body})

    def get_revision(self, story: Story) -> Revision:
        query = (
            select(RevisionRow, DocumentRow.body)
            .join(DocumentRow, DocumentRow.sha256 == RevisionRow.document)
            .where(RevisionRow.story_id == story.id, RevisionRow.number == story.revision)
            .options(undefer(RevisionRow.report))
        )
        row, body = self._session.execute(query).one()
        return Revision(
            number=row.number,
            received_at=row.received_at,
            key_id=row.key_id,
            door=row.door,
            media_type=row.media_type,
            document=row.document,
            body=body,
            report=row.report,
        )

    def first_out(self, outlet: str, since: datetime) -> int:
        """How many stories of an outlet we have published for the first time from that moment on."""
        query = select(func.count()).select_from(EditionRow).join(StoryRow, StoryRow.id == EditionRow.story_id)
        fresh = (EditionRow.version == 1, EditionRow.created_at >= since, StoryRow.outlet_id == OUTLET_ID)
        return self._session.scalar(query.where(*fresh), {"outlet": outlet}) or 0

    def said(self, story_id: str, revision: int) -> SourceItem:
        """What the source said in that version. Raises NotFound."""
        row = self._session.get(RevisionRow, (story_id, revision))
        if row is None:
            raise NotFound(f"Its source sent no version {revision}.")
        return from_json(row.item, SourceItem)

    def add_edition(self, story: Story) -> None:
        """Keep `story.edition` for ever; it waits to be rendered."""
        if story.edition is None or story.edition_revision is None:
            raise ValueError("the story has no edition")
        row = {
            "story_id": story.id,
            "version": story.edition.version,
            "revision": story.edition_revision,
            "item": to_json(story.edition),
            "created_at": story.edition.version_created,
        }
        _ADD_EDITION(self._session, row)
        self._fragments.wait(story.id, story.edition.version)

    def editions(self, story_id: str) -> Sequence[NewsItem]:
        """All that was published of a story, oldest first."""
        query = select(EditionRow.item).where(EditionRow.story_id == story_id).order_by(EditionRow.version)
        return [from_json(item, NewsItem) for item in self._session.scalars(query)]


def _stories() -> Rows:
    return (
        select(StoryRow, OutletRow, RevisionRow, EditionRow.item, EditsRow.edits)
        .join(OutletRow, OutletRow.id == StoryRow.outlet_id)
        .join(RevisionRow, (RevisionRow.story_id == StoryRow.id) & (RevisionRow.number == StoryRow.revision))
        .outerjoin(EditionRow, (EditionRow.story_id == StoryRow.id) & (EditionRow.version == StoryRow.edition_version))
        .outerjoin(EditsRow, (EditsRow.story_id == StoryRow.id) & (EditsRow.version == StoryRow.edits_version))
    )


def _first(session: Session, *which: ColumnElement[bool], lock: bool) -> Story | None:
    """The story's row is locked before its revision and edition are asked for: a query that has waited for a lock sees
    the row as it is now, but joined to what there was before it waited.
    """
    if lock:
        row_only = select(StoryRow.id).join(OutletRow, OutletRow.id == StoryRow.outlet_id).where(*which)
        locked = row_only.with_for_update(of=StoryRow, key_share=True)  # others may still refer to it
        if session.execute(locked).first() is None:
            return None
    row = session.execute(_stories().where(*which).execution_options(populate_existing=True)).first()
    return _as_story(*row) if row else None


def _as_story(
    row: StoryRow,
    outlet: OutletRow,
    revision: RevisionRow,
    edition: dict[str, Any] | None,
    edits: dict[str, Any] | None,
) -> Story:
    return Story(
        id=row.id,
        guid=row.guid,
        outlet=as_outlet(outlet),
        external_id=row.external_id,
        source=from_json(revision.item, SourceItem),
        fingerprint=revision.fingerprint,
        door=revision.door,
        revision=row.revision,
        review=Review(row.review),
        reason=row.reason,
        pub_status=PubStatus(row.pub_status),
        received_at=row.received_at,
        changed_at=row.changed_at,
        publish_at=row.publish_at,
        edition=from_json(edition, NewsItem) if edition else None,
        edition_revision=row.edition_revision,
        newest=Stamp(PartialDate(row.newest_updated) if row.newest_updated else None, row.newest_version),
        edits=from_json(edits, Edits) if edits else NONE,
        edits_version=row.edits_version,
        edits_base=row.edits_base,
        edition_edits=row.edition_edits,
    )


def _columns(story: Story) -> dict[str, object]:
    return {
        "review": story.review,
        "reason": story.reason,
        "pub_status": story.pub_status,
        "changed_at": story.changed_at,
        "publish_at": story.publish_at,
        "ends_at": story.ends_at,
        "revision": story.revision,
        "edition_version": story.edition.version if story.edition else None,
        "edition_revision": story.edition_revision,
        "edits_version": story.edits_version,
        "edits_base": story.edits_base,
        "edition_edits": story.edition_edits,
        "newest_updated": str(story.newest.updated or ""),
        "newest_version": story.newest.version,
    }
