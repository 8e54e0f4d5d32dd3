"""Outlets, channels, subscribers, people and keys."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from syndicate.store.models.base import Base


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
    """`settled_at` is the stamp of the last change of its settings. The slice that is being filled has the number
    `slice` and `slice_filled` stories by now: slices are the archives of its feeds (RFC 5005 section 4).
    """

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
    settled_at: Mapped[datetime]
    slice: Mapped[int] = mapped_column(default=0)
    slice_filled: Mapped[int] = mapped_column(default=0)


class SubscriberRow(Base):
    """`limited`: each story is decided about. `rights_at` is null where nothing was: it reads what everybody reads."""

    __tablename__ = "subscriber"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str]
    grants: Mapped[dict[str, Any] | None]
    limited: Mapped[bool] = mapped_column(server_default=false())
    ends_at: Mapped[datetime | None]
    rights_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class SubscriptionRow(Base):
    __tablename__ = "subscription"
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id", ondelete="CASCADE"), primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id", ondelete="CASCADE"), primary_key=True)


class UserRow(Base):
    """`totp_step` is the last step of thirty seconds whose code was taken: none is taken twice (RFC 6238 5.2)."""

    __tablename__ = "desk_user"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str]
    created_at: Mapped[datetime]
    language: Mapped[str] = mapped_column(String(35), server_default=text("''"))
    timezone: Mapped[str] = mapped_column(String(64), server_default=text("''"))
    shortcuts: Mapped[bool] = mapped_column(server_default=true())
    totp_secret: Mapped[str] = mapped_column(String(64), server_default=text("''"))
    totp_step: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    oidc_subject: Mapped[str | None] = mapped_column(String(255), unique=True)


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
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
