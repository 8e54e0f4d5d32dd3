"""Rows of the desk's queue, and the filters that people keep."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from syndicate.store.models.base import Base

_ORDER = ("arrived_at", "seq")


class ListingRow(Base):
    """A story as the queue lists it, written with each change of it. Each version that comes in is a new row in place
    of the one before, so that `seq` counts arrivals and is never used again: the full-text index knows texts by it.

    Each filter has an index that ends in the order of the list, so that a page is read and not sorted.
    """

    __tablename__ = "listing"
    __table_args__ = (
        Index("ix_listing_order", "review", *_ORDER),
        *(
            Index(f"ix_listing_{column}", "review", column, *_ORDER)
            for column in ("outlet", "section", "language", "licence", "update_waits", "light", "alike")
        ),
        Index(None, "recheck_at"),
        {"sqlite_autoincrement": True},
    )
    seq: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), unique=True)
    review: Mapped[str] = mapped_column(String(20))
    outlet: Mapped[str] = mapped_column(String(80))
    headline: Mapped[str]
    byline: Mapped[str]
    section: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(20))
    licence: Mapped[str] = mapped_column(String(100))
    first_published: Mapped[str] = mapped_column(String(40))
    received_at: Mapped[datetime]
    arrived_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    publish_at: Mapped[datetime | None]
    embargoed: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    words: Mapped[int]
    pictures: Mapped[int]
    pictures_held: Mapped[int]
    update_waits: Mapped[bool]
    alike: Mapped[int]
    light: Mapped[str] = mapped_column(String(10))
    recheck_at: Mapped[datetime | None]


class ListingTopicRow(Base):
    """A topic of a listed story, by `core.listing.topic_key`."""

    __tablename__ = "listing_topic"
    __table_args__ = (Index(None, "seq"),)
    topic: Mapped[str] = mapped_column(String(200), primary_key=True)
    seq: Mapped[int] = mapped_column(ForeignKey("listing.seq", ondelete="CASCADE"), primary_key=True)


class ListingChoiceRow(Base):
    """A value that stories were ever listed with: what a filter offers to choose from."""

    __tablename__ = "listing_choice"
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(200), primary_key=True)


class SavedFilterRow(Base):
    """A filter that a person keeps by a name."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("user_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("desk_user.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    filter: Mapped[dict[str, Any]]
