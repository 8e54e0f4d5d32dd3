"""Who listens to our feeds."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from syndicate.store.models.base import Base


class ListenerRow(Base):
    """A callback that is told when a feed changes. Its topic is named by its address, not by a row, and so is its key:
    a channel or key that is gone must still be told of as gone.

    `callback_hash` is the SHA-256 of the callback, which may be longer than an index takes.
    """

    __tablename__ = "hub_listener"
    __table_args__ = (
        UniqueConstraint(
            "channel", "format", "variant", "most", "callback_hash", name="uq_hub_listener_topic_callback"
        ),
        Index(None, "host"),
        Index(None, "lease_until"),
        Index(None, "wished_at"),
    )
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    channel: Mapped[str] = mapped_column(String(80))
    format: Mapped[str] = mapped_column(String(20))
    variant: Mapped[str] = mapped_column(String(20))
    limit: Mapped[int] = mapped_column("most")
    callback: Mapped[str]
    callback_hash: Mapped[str] = mapped_column(String(64))
    host: Mapped[str] = mapped_column(String(255))
    key_id: Mapped[str] = mapped_column(String(16))
    secret: Mapped[str]
    lease_until: Mapped[datetime | None]
    told_at: Mapped[datetime]
    failures: Mapped[int]
    failing_since: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    wish: Mapped[dict[str, Any] | None]
    wished_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
