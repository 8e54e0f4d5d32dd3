"""A story, what its source sent, what we published of it, and where that stands."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from syndicate.store.models.base import Base


class StoryRow(Base):
    __tablename__ = "story"
    __table_args__ = (
        UniqueConstraint("outlet_id", "external_id"),
        Index(None, "received_at", "id"),
        Index(None, "review", "received_at", "id"),
    )
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    guid: Mapped[str] = mapped_column(String(400), unique=True)
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlet.id"))
    external_id: Mapped[str] = mapped_column(String(1000))
    review: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str]
    pub_status: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    publish_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    revision: Mapped[int]
    edition_version: Mapped[int | None]
    edition_revision: Mapped[int | None]
    edits_version: Mapped[int] = mapped_column(server_default="0")
    edits_base: Mapped[int] = mapped_column(server_default="0")
    edition_edits: Mapped[int] = mapped_column(server_default="0")
    newest_updated: Mapped[str]
    newest_version: Mapped[int | None]


class DocumentRow(Base):
    """What came in, byte for byte, once: a feed of a hundred stories is one document."""

    __tablename__ = "document"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class RevisionRow(Base):
    """One version as the source sent it: the document, and what we understood of it after cleaning."""

    __tablename__ = "revision"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    received_at: Mapped[datetime]
    key_id: Mapped[str | None] = mapped_column(String(16))
    door: Mapped[str] = mapped_column(String(36))
    media_type: Mapped[str]
    document: Mapped[str] = mapped_column(ForeignKey("document.sha256"))
    fingerprint: Mapped[str] = mapped_column(String(64))
    item: Mapped[dict[str, Any]]
    report: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)


class EditionRow(Base):
    """One version that we published, as every format renders it."""

    __tablename__ = "edition"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    item: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(index=True)


class EntryRow(Base):
    """A story's place in a channel, decided when it is published or the channel's rule changes.

    `stamp` is the channel's own, of the last change here; `slice` is the archive that holds the story.
    """

    __tablename__ = "channel_entry"
    __table_args__ = (
        Index(None, "story_id"),
        Index("ix_channel_entry_page", "channel_id", "live", "placed_at", "story_id"),
        Index("ix_channel_entry_left", "channel_id", "live", "left_at"),
        Index("ix_channel_entry_stamp", "channel_id", "live", "stamp", "story_id"),
        Index("ix_channel_entry_slice", "channel_id", "live", "slice", "placed_at", "story_id"),
    )
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id", ondelete="CASCADE"), primary_key=True)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    live: Mapped[bool]
    placed_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    stamp: Mapped[datetime]
    slice: Mapped[int]
