"""Feeds that we pull, and what each look at them brought."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from syndicate.store.models.base import Base


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


class TrialRow(Base):
    """A look at a feed that somebody asked for, and what was seen, for a while."""

    __tablename__ = "trial"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    who: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    source: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any] | None]
    problem: Mapped[str]
