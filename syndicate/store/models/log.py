"""The change log: its moments, where they put stories, and which readers could see which channels when."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from syndicate.store.models.base import Base


class ClockRow(Base):
    """One row: the number of the last moment. Who counts on holds it until it commits, so numbers appear in order."""

    __tablename__ = "change_clock"
    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)


class ChangeRow(Base):
    """One moment. An edition names its story; what else moves stories (`moved`, `access`) names none."""

    __tablename__ = "change"
    __table_args__ = (Index(None, "story_id", "seq"), Index(None, "at"))
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(20))
    story_id: Mapped[str | None] = mapped_column(ForeignKey("story.id"))
    version: Mapped[int | None]


class PlaceRow(Base):
    """What a moment did to a story in a channel. It outlives the channel: its readers must hear how it ended."""

    __tablename__ = "channel_change"
    __table_args__ = (Index(None, "channel_id", "story_id", "seq"),)
    channel_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(ForeignKey("change.seq"), primary_key=True)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(4))
    version: Mapped[int]


class EntitlementRow(Base):
    """What was decided about a story for one subscriber, from `since_seq` until before `until_seq`; null: it stands."""

    __tablename__ = "entitlement"
    __table_args__ = (
        Index(None, "subscriber_id", "since_seq", "story_id"),
        Index(None, "subscriber_id", "taken_at"),
        Index(None, "subscriber_id", "available_from"),
    )
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id", ondelete="CASCADE"), primary_key=True)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    since_seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    until_seq: Mapped[int | None] = mapped_column(BigInteger)
    allowed: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(30))
    available_from: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    decided_at: Mapped[datetime]


class AccessRow(Base):
    """From `since_seq` until before `until_seq` a subscriber (none: everybody) could read a channel."""

    __tablename__ = "channel_access"
    __table_args__ = (Index(None, "subscriber_id", "since_seq"), Index(None, "channel_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int | None] = mapped_column(ForeignKey("subscriber.id", ondelete="CASCADE"))
    channel_id: Mapped[int]
    channel: Mapped[str] = mapped_column(String(80))
    since_seq: Mapped[int] = mapped_column(BigInteger)
    until_seq: Mapped[int | None] = mapped_column(BigInteger)
