"""Stories as they were rendered, to be joined into feeds."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from syndicate.store.models.base import Base


class FragmentRow(Base):
    """A story at its newest version in one form, under what a policy does to it (empty: nothing).

    `recipe` names the code that wrote it: what other code wrote is as good as not there.
    """

    __tablename__ = "fragment"
    __table_args__ = (Index(None, "recipe"), Index(None, "made_at"))
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    form: Mapped[str] = mapped_column(String(40), primary_key=True)
    policy: Mapped[str] = mapped_column(String(40), primary_key=True)
    version: Mapped[int]
    recipe: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class UnrenderedRow(Base):
    """An edition that waits to be rendered."""

    __tablename__ = "unrendered"
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    version: Mapped[int]
