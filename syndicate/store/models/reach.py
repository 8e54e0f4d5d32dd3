"""Where stories run."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from syndicate.store.models.base import Base


class ReceiptRow(Base):
    """What a subscriber said last of where it has a story."""

    __tablename__ = "receipt"
    __table_args__ = (Index(None, "subscriber_id"),)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int]
    url: Mapped[str]
    live: Mapped[bool]
    live_since: Mapped[datetime | None]
    down_since: Mapped[datetime | None]
    told_at: Mapped[datetime]


class ViewRow(Base):
    """How often the counter's picture of a story was asked for on a day (UTC), on the pages of a subscriber or of ours.

    It names a subscriber and no row of one: what was read stays read when the subscriber is gone.
    """

    __tablename__ = "view_count"
    story_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    subscriber: Mapped[str] = mapped_column(String(80), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    views: Mapped[int]
