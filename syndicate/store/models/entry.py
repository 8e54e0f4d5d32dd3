"""Who is signed in, who failed to, and by what else than a password people prove who they are.

A token of 256 random bits is stored as its SHA-256: nothing to guess, so no slow hash is needed.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from syndicate.store.models.base import Base


class SessionRow(Base):
    """`awaits_code`: the password was right, and the code is still to come."""

    __tablename__ = "desk_session"
    __table_args__ = (Index(None, "user_id"),)
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("desk_user.id", ondelete="CASCADE"))
    awaits_code: Mapped[bool]
    device: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)


class LinkRow(Base):
    """A link that sets a password, once."""

    __tablename__ = "desk_link"
    __table_args__ = (Index(None, "user_id"),)
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("desk_user.id", ondelete="CASCADE"))
    ends_at: Mapped[datetime]


class RecoveryCodeRow(Base):
    __tablename__ = "desk_recovery_code"
    user_id: Mapped[int] = mapped_column(ForeignKey("desk_user.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)


class FailureRow(Base):
    """How often an account, or an address, failed; `name` is a hash that does not tell which."""

    __tablename__ = "desk_failure"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)
