"""Work that waits for its time. The row is the truth: it stays until the work is done.

A job is named by its kind and what it is about (`ref`), and stands once. Who does it holds a lease: when the lease
ends unrenewed, because its holder was killed, the next worker takes it. So each job is done at least once, and what it
does must bear to be done twice.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, case, delete, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from syndicate.store.models import JobRow, TallyRow
from syndicate.store.upsert import Insert


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job under lease: `token` is the lease's, `tries` counts this one, `generation` is the wish that it fulfils."""

    kind: str
    ref: str
    token: str
    generation: int
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much of one kind there is: all that stand, those due and not begun, those under way, those that failed."""

    kind: str
    jobs: int = 0
    due: int = 0
    under_way: int = 0
    failing: int = 0
    oldest_due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often jobs of a kind were done, and how often they failed, since there is a count."""

    kind: str
    done: int = 0
    failed: int = 0


class Jobs:
    def __init__(self, session: Session) -> None:
        self._session = session

    def want(self, kind: str, ref: str, at: datetime) -> None:
        """This is to be done at `at`, whenever it was to be done before. Under way, it will be done once more."""
        _WANT(self._session, _fresh(kind, ref, at))

    def soon(self, kind: str, ref: str, at: datetime) -> None:
        """This is to be done by `at`: what waits for an earlier time takes it in, and is not put off by it."""
        _SOON(self._session, _fresh(kind, ref, at))

    def ensure(self, kind: str, ref: str, at: datetime) -> None:
        """It is to be done at `at`, unless a time is set already."""
        _ENSURE(self._session, _fresh(kind, ref, at))

    def drop(self, kind: str, ref: str) -> None:
        """It need not be done any more."""
        self._session.execute(delete(JobRow).where(JobRow.kind == kind, JobRow.ref == ref))

    def stands(self, kind: str, ref: str) -> bool:
        """Whether this is still to be done."""
        asked = select(JobRow.id).where(JobRow.kind == kind, JobRow.ref == ref)
        return self._session.scalars(asked).first() is not None

    def is_due(self, now: datetime) -> bool:
        """Whether `claim` would give any: a question that writes nothing."""
        return self._session.scalars(select(JobRow.id).where(*_free(now)).limit(1)).first() is not None

    def claim(
        self, now: datetime, *, lease: timedelta, limit: int, only: Collection[str] = (), but: Collection[str] = ()
    ) -> Sequence[Job]:
        """Take up to `limit` jobs that are due, the longest due first; no other is given them while the lease holds.

        Of all kinds, or `only` of these, or of all `but` these.
        """
        if limit <= 0:
            return []
        kinds = [JobRow.kind.in_(only)] if only else []
        kinds += [JobRow.kind.not_in(but)] if but else []
        query = select(JobRow).where(*_free(now), *kinds).order_by(JobRow.due_at, JobRow.id).limit(limit)
        rows = self._session.scalars(query.with_for_update(skip_locked=True)).all()
        return [_leased(row, now + lease) for row in rows]

    def take(self, kind: str, ref: str, now: datetime, *, lease: timedelta) -> Job | None:
        """Claim this one, whenever it is due, and whether it stood or not; None where another is at it."""
        self.ensure(kind, ref, now)
        free = or_(JobRow.lease_until.is_(None), JobRow.lease_until <= now)
        query = select(JobRow).where(JobRow.kind == kind, JobRow.ref == ref, free).with_for_update(skip_locked=True)
        row = self._session.scalars(query).first()
        return _leased(row, now + lease) if row else None

    def put_off_lost(self, now: datetime, at: datetime, *, tries: int, error: str) -> None:
        """What was begun so many times, and whose holder did not live to say how it went, is to be done at `at`."""
        lost = (JobRow.due_at <= now, JobRow.lease_until <= now, JobRow.tries >= tries)
        later = {"due_at": at, "lease_until": None, "token": "", "error": error}
        self._session.execute(update(JobRow).where(*lost).values(later).execution_options(synchronize_session=False))

    def begin(self, job: Job, until: datetime) -> Job | None:
        """Take the lease over to do the job now, under a token of one's own; None where it is another's by now."""
        mine = replace(job, token=uuid4().hex)
        return mine if self._change(job, lease_until=until, token=mine.token) else None

    def give_back(self, job: Job) -> None:
        """Nobody has begun it, and its claimer will not: it stands as before the claim."""
        tries = case((JobRow.tries > 0, JobRow.tries - 1), else_=0)  # wanted again meanwhile, it has none
        self._change(job, lease_until=None, token="", tries=tries)

    def renew(self, job: Job, until: datetime) -> bool:
        """Hold the lease for longer; False where it is another's by now, or the job is gone."""
        return self._change(job, lease_until=until)

    def done(self, job: Job) -> None:
        """It is done: the row goes, or, where it was wanted again meanwhile, stands as if nobody had begun."""
        mine = (JobRow.kind == job.kind, JobRow.ref == job.ref, JobRow.token == job.token)
        self._session.execute(delete(JobRow).where(*mine, JobRow.generation == job.generation))
        self._change(job, lease_until=None, token="", tries=0)
        self._count(job.kind, TallyRow.done)

    def again(self, job: Job, at: datetime, error: str = "") -> None:
        """It is to be done at `at` once more, after `error` if there was one; what was wanted meanwhile counts more."""
        due = case((JobRow.generation == job.generation, at), else_=JobRow.due_at)
        self._change(job, lease_until=None, token="", due_at=due, error=error, **({} if error else {"tries": 0}))
        self._count(job.kind, TallyRow.failed if error else TallyRow.done)

    def waiting(self, now: datetime) -> Sequence[Waiting]:
        due = or_(JobRow.lease_until.is_(None), JobRow.lease_until <= now) & (JobRow.due_at <= now)
        query = (
            select(
                JobRow.kind,
                func.count(),
                func.count().filter(due),
                func.count().filter(JobRow.lease_until > now),
                func.count().filter(JobRow.error != ""),
                func.min(JobRow.due_at).filter(due),
            )
            .group_by(JobRow.kind)
            .order_by(JobRow.kind)
        )
        return [
            Waiting(kind=kind, jobs=jobs, due=due, under_way=under_way, failing=failing, oldest_due_at=oldest)
            for kind, jobs, due, under_way, failing, oldest in self._session.execute(query)
        ]

    def tallies(self) -> Sequence[Tally]:
        rows = self._session.scalars(select(TallyRow).order_by(TallyRow.kind))
        return [Tally(kind=row.kind, done=row.done, failed=row.failed) for row in rows]

    def _count(self, kind: str, what: InstrumentedAttribute[int]) -> None:
        _COUNT[what.key](self._session, {"kind": kind, "done": 0, "failed": 0, what.key: 1})

    def _change(self, job: Job, **values: object) -> bool:
        mine = update(JobRow).where(JobRow.kind == job.kind, JobRow.ref == job.ref, JobRow.token == job.token)
        found = self._session.execute(mine.values(**values).execution_options(synchronize_session=False))
        return bool(found.rowcount)  # type: ignore[attr-defined]


def _wanted_again(wish: Any) -> Any:
    again = {name: wish.excluded[name] for name in ("due_at", "tries", "error")}
    again["generation"] = JobRow.generation + 1
    return wish.on_conflict_do_update(index_elements=["kind", "ref"], set_=again)


def _wanted_sooner(wish: Any) -> Any:
    """Under way it has begun with what was before: it is done again at the new time."""
    waits = (JobRow.token == "") & (JobRow.due_at < wish.excluded.due_at)  # nobody is at it
    again = {"due_at": case((waits, JobRow.due_at), else_=wish.excluded.due_at), "generation": JobRow.generation + 1}
    return wish.on_conflict_do_update(index_elements=["kind", "ref"], set_=again)


def _one_more(what: InstrumentedAttribute[int]) -> Insert:
    counted = {what.key: what + 1}
    return Insert(TallyRow, lambda tally: tally.on_conflict_do_update(index_elements=["kind"], set_=counted))


_WANT = Insert(JobRow, _wanted_again)
_SOON = Insert(JobRow, _wanted_sooner)
_ENSURE = Insert(JobRow, lambda wish: wish.on_conflict_do_nothing(index_elements=["kind", "ref"]))
_COUNT = {what.key: _one_more(what) for what in (TallyRow.done, TallyRow.failed)}


def _fresh(kind: str, ref: str, at: datetime) -> dict[str, object]:
    return {"kind": kind, "ref": ref, "due_at": at, "generation": 1, "token": "", "tries": 0, "error": ""}


def _leased(row: JobRow, until: datetime) -> Job:
    row.token, row.lease_until, row.tries = uuid4().hex, until, row.tries + 1
    return Job(kind=row.kind, ref=row.ref, token=row.token, generation=row.generation, tries=row.tries)


def _free(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return JobRow.due_at <= now, or_(JobRow.lease_until.is_(None), JobRow.lease_until <= now)
