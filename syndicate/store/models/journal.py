"""What is only ever added: who did what, what was answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from syndicate.store.models.base import Base


class AuditRow(Base):
    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "story_id", "id"),
        Index(None, "who", "id"),
        Index(None, "what", "id"),
        Index(None, "subject", "id"),
        Index(None, "at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str]
    what: Mapped[str] = mapped_column(String(60))
    story_id: Mapped[str | None] = mapped_column(ForeignKey("story.id"))
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]]


class AnswerRow(Base):
    """The first answer to a request that carried an Idempotency-Key."""

    __tablename__ = "idempotent_answer"
    key_id: Mapped[str] = mapped_column(ForeignKey("api_key.id", ondelete="CASCADE"), primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(String(255), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    outcomes: Mapped[list[dict[str, Any]]]
    created_at: Mapped[datetime]
