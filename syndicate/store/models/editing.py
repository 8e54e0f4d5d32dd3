"""What people at the desk do with a story: their edits, for ever, and what is for the moment only."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from syndicate.store.models.base import Base


class EditsRow(Base):
    """All edits of one story as they stood at one time. Like revisions and editions, only ever added."""

    __tablename__ = "story_edits"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    edits: Mapped[dict[str, Any]]
    who: Mapped[str]
    at: Mapped[datetime]


class DraftRow(Base):
    """What somebody has typed and not saved yet, as it was typed."""

    __tablename__ = "draft"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    who: Mapped[str] = mapped_column(String(254), primary_key=True)
    version: Mapped[int]
    revision: Mapped[int]
    typed: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class EditLockRow(Base):
    """Who edits a story now, and from whom it was taken over."""

    __tablename__ = "edit_lock"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    who: Mapped[str] = mapped_column(String(254))
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
    taken_from: Mapped[str] = mapped_column(String(254))


class PresenceRow(Base):
    """Who has a story open."""

    __tablename__ = "presence"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    who: Mapped[str] = mapped_column(String(254), primary_key=True)
    seen_at: Mapped[datetime]


class DecisionRow(Base):
    """The last decision about a story, while it may be undone or has not been carried out yet."""

    __tablename__ = "decision"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    what: Mapped[str] = mapped_column(String(60))
    who: Mapped[str] = mapped_column(String(254))
    at: Mapped[datetime]
    until: Mapped[datetime]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    change: Mapped[str] = mapped_column(String(20))
    note: Mapped[str]


class QuestionRow(Base):
    """What the desk asks an outlet about a story. It ends with the revision that answers it, or closed by somebody."""

    __tablename__ = "question"
    __table_args__ = (Index(None, "story_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"))
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(254))
    text: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(254))
    answer: Mapped[int | None]
