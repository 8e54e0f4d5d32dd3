"""Tables as rows, not rules. `mapping` turns rows into core values and back.

Revisions, editions, audit lines and outbox rows are only ever added. Values whose shape belongs to core (items,
rules, agreements) are JSON documents; what lists, constraints and the clock ask for has columns of its own.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
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
    order: Mapped[str] = mapped_column("sorted_by", String(20), server_default="changed")
    length: Mapped[int] = mapped_column(server_default="50")
    policy: Mapped[dict[str, Any] | None]
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


class JobRow(Base):
    """Work that is due at a time. It stays until it is done; a lease tells that somebody is at it until then.

    `generation` grows each time it is wanted, so that work wanted again while it is under way is done again.
    """

    __tablename__ = "job"
    __table_args__ = (UniqueConstraint("kind", "ref"), Index(None, "due_at"))
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    ref: Mapped[str] = mapped_column(String(80))
    due_at: Mapped[datetime]
    generation: Mapped[int]
    lease_until: Mapped[datetime | None]
    token: Mapped[str] = mapped_column(String(32))
    tries: Mapped[int]
    error: Mapped[str]


class TallyRow(Base):
    """How often jobs of a kind were done and failed, ever, by all workers: counted when the job is settled."""

    __tablename__ = "job_tally"
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    done: Mapped[int] = mapped_column(BigInteger)
    failed: Mapped[int] = mapped_column(BigInteger)


class WorkerRow(Base):
    """A worker process, and when it last said that it lives."""

    __tablename__ = "worker"
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    threads: Mapped[int]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class SourceRow(Base):
    """A feed that we pull. `state` is what the last polls left: validators, moves, failures.

    `subscription` is a hub's promise to tell us of news; it has columns of its own, for polls and hubs write at the
    same time.
    """

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("outlet_id", "slug"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlet.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(80))
    address: Mapped[str]
    format: Mapped[str] = mapped_column(String(20))
    interval_s: Mapped[int]
    full_text: Mapped[str] = mapped_column(String(20))
    state: Mapped[dict[str, Any]]
    callback: Mapped[str | None] = mapped_column(String(64), unique=True)
    subscription: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class PollRow(Base):
    """One look at a source: what was asked, what came, what became of it."""

    __tablename__ = "poll"
    __table_args__ = (Index(None, "source_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    result: Mapped[str] = mapped_column(String(20))
    detail: Mapped[dict[str, Any]]


class SeenRow(Base):
    """What a source said of a story when we last looked: only what changes there is news."""

    __tablename__ = "source_seen"
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), primary_key=True)
    external_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    seen_at: Mapped[datetime]


class StoryNameRow(Base):
    """A name under which an outlet's story is known: an id at the source, an address. Hashed, for they are long."""

    __tablename__ = "story_name"
    __table_args__ = (Index(None, "story_id"),)
    name_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlet.id"), primary_key=True)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"))


class StoryDoorRow(Base):
    """What each door last said of a story that comes in by more than one; the fingerprint of it."""

    __tablename__ = "story_door"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    door: Mapped[str] = mapped_column(String(36), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))


class SketchRow(Base):
    """A story's newest text as a MinHash signature, by which near-duplicates are found."""

    __tablename__ = "sketch"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    signature: Mapped[bytes] = mapped_column(LargeBinary)


class BandRow(Base):
    """One band of a signature: stories that share one are worth comparing."""

    __tablename__ = "sketch_band"
    __table_args__ = (Index(None, "story_id"),)
    band: Mapped[str] = mapped_column(String(32), primary_key=True)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)


class LikenessRow(Base):
    """Two stories that say nearly the same, and how nearly in percent. Written once for each of the two."""

    __tablename__ = "likeness"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    other_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    percent: Mapped[int]


class MediaRow(Base):
    """A picture's file that we keep, named by its content, and what it says of itself.

    `used_at` is when somebody last meant to use it: what is young is not swept away though nothing refers to it yet.
    """

    __tablename__ = "media"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    facts: Mapped[dict[str, Any]]
    used_at: Mapped[datetime]


class PictureRow(Base):
    """What became of a picture of a story: the file that we keep of it, or why there is none after `tries`.

    `shown` says that the edition that is out shows it: decided when an edition is made.
    """

    __tablename__ = "picture"
    __table_args__ = (Index(None, "media_sha256"),)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    href_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    href: Mapped[str]
    media_sha256: Mapped[str | None] = mapped_column(ForeignKey("media.sha256"))
    problem: Mapped[str]
    tries: Mapped[int]
    shown: Mapped[bool]
    fetched_at: Mapped[datetime]
