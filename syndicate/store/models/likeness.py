"""By what names and by what text a story is known again."""

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from syndicate.store.models.base import Base


class StoryNameRow(Base):
    """A name under which an outlet's story is known: an id at the source, an address. Hashed, for they are long."""

    __tablename__ = "story_name"
    __table_args__ = (Index(None, "story_id"),)
    name_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlet.id"), primary_key=True)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"))


class StoryDoorRow(Base):
    """What each door last said of a story that comes in by more than one; the fingerprint of it."""

    __tablename__ = "story_door"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    door: Mapped[str] = mapped_column(String(36), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))


class SketchRow(Base):
    """A story's newest text as a MinHash signature, by which near-duplicates are found."""

    __tablename__ = "sketch"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    signature: Mapped[bytes] = mapped_column(LargeBinary)


class UncomparedRow(Base):
    """A story's text that waits to be compared with all others."""

    __tablename__ = "uncompared"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    revision: Mapped[int]


class BandRow(Base):
    """One band of a signature: stories that share one are worth comparing."""

    __tablename__ = "sketch_band"
    __table_args__ = (Index(None, "story_id"),)
    band: Mapped[str] = mapped_column(String(32), primary_key=True)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)


class LikenessRow(Base):
    """Two stories that say nearly the same, and how nearly in percent. Written once for each of the two."""

    __tablename__ = "likeness"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    other_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    percent: Mapped[int]
