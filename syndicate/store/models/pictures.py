"""Files that we keep, and the pictures that show them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from syndicate.store.models.base import Base


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
