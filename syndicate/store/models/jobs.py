"""Work that is due, and who does it."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from syndicate.store.models.base import Base


class JobRow(Base):
    """Work that is due at a time. It stays until it is done; a lease tells that somebody is at it until then.

    `generation` grows each time it is wanted, so that work wanted again while it is under way is done again.
    """

    __tablename__ = "job"
    __table_args__ = (UniqueConstraint("kind", "ref"), Index(None, "due_at"))
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    ref: Mapped[str] = mapped_column(String(80))
    due_at: Mapped[datetime]
    generation: Mapped[int]
    lease_until: Mapped[datetime | None]
    token: Mapped[str] = mapped_column(String(32))
    tries: Mapped[int]
    error: Mapped[str]


class TallyRow(Base):
    """How often jobs of a kind were done and failed, ever, by all workers: counted when the job is settled."""

    __tablename__ = "job_tally"
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    done: Mapped[int] = mapped_column(BigInteger)
    failed: Mapped[int] = mapped_column(BigInteger)


class WorkerRow(Base):
    """A worker process, and when it last said that it lives."""

    __tablename__ = "worker"
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    threads: Mapped[int]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
