"""Tables as rows, not rules. `mapping` turns rows into core values and back.

Revisions, editions, audit lines and outbox rows are only ever added. Values whose shape belongs to core (items,
rules, agreements) are JSON documents; what lists, constraints and the clock ask for has columns of its own.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UTCDateTime(TypeDecorator[datetime]):
    """Aware UTC in and out on both databases; refuses a naive datetime (ValueError)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"naive datetime {value.isoformat()}: say which zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        datetime: UTCDateTime,
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
        str: Text,
    }


class OutletRow(Base):
    __tablename__ = "outlet"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str]
    domain: Mapped[str]
    timezone: Mapped[str]
    credit_templates: Mapped[dict[str, Any]]
    agreement: Mapped[dict[str, Any]]
    furniture: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class ChannelRow(Base):
    __tablename__ = "channel"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str]
    public: Mapped[bool]
    language: Mapped[str]
    rule: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class SubscriberRow(Base):
    __tablename__ = "subscriber"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str]
    created_at: Mapped[datetime]


class SubscriptionRow(Base):
    __tablename__ = "subscription"
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id", ondelete="CASCADE"), primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id", ondelete="CASCADE"), primary_key=True)


class UserRow(Base):
    __tablename__ = "desk_user"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str]
    created_at: Mapped[datetime]


class KeyRow(Base):
    """The SHA-256 of a 256-bit random secret: nothing to guess, so no slow hash is needed."""

    __tablename__ = "api_key"
    __table_args__ = (
        CheckConstraint("(outlet_id IS NULL) <> (subscriber_id IS NULL)", name="one_owner"),
        Index(None, "outlet_id"),
        Index(None, "subscriber_id"),
    )
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str]
    scopes: Mapped[list[str]]
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlet.id", ondelete="CASCADE"))
    subscriber_id: Mapped[int | None] = mapped_column(ForeignKey("subscriber.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class StoryRow(Base):
    __tablename__ = "story"
    __table_args__ = (
        UniqueConstraint("outlet_id", "external_id"),
        Index(None, "received_at", "id"),
        Index(None, "review", "received_at", "id"),
        Index(None, "due_at"),
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
    due_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    revision: Mapped[int]
    edition_version: Mapped[int | None]
    edition_revision: Mapped[int | None]
    newest_updated: Mapped[str]
    newest_version: Mapped[int | None]


class RevisionRow(Base):
    """One version as the source sent it: the exact bytes, and what we understood of them after cleaning."""

    __tablename__ = "revision"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    received_at: Mapped[datetime]
    key_id: Mapped[str | None] = mapped_column(String(16))
    media_type: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
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
    created_at: Mapped[datetime]


class EntryRow(Base):
    """A story's place in a channel, decided when it is published or the channel's rule changes."""

    __tablename__ = "channel_entry"
    __table_args__ = (
        Index(None, "story_id"),
        Index("ix_channel_entry_page", "channel_id", "live", "placed_at", "story_id"),
        Index("ix_channel_entry_left", "channel_id", "live", "left_at"),
    )
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id", ondelete="CASCADE"), primary_key=True)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    live: Mapped[bool]
    placed_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class AuditRow(Base):
    __tablename__ = "audit"
    __table_args__ = (Index(None, "story_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str]
    what: Mapped[str] = mapped_column(String(60))
    story_id: Mapped[str | None] = mapped_column(ForeignKey("story.id"))
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]]


class OutboxRow(Base):
    """What must be announced, committed with the change that it announces."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    topic: Mapped[str] = mapped_column(String(60))
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"))
    version: Mapped[int]


class AnswerRow(Base):
    """The first answer to a request that carried an Idempotency-Key."""

    __tablename__ = "idempotent_answer"
    key_id: Mapped[str] = mapped_column(ForeignKey("api_key.id", ondelete="CASCADE"), primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(String(255), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    outcomes: Mapped[list[dict[str, Any]]]
    created_at: Mapped[datetime]
