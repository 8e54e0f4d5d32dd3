"""The clock of the newsroom: embargoes lift, scheduled stories go out, rights end. Any number may run at once.

It claims jobs that are due, no more than it has free hands, and puts them into the queue. One hand is kept from work
that waits for other servers, so that no slow partner delays the end of an embargo. A hand that takes a job out begins
it by taking its lease over: a message that is late or doubled finds no lease, and nothing is done. Leases of jobs in
hand are renewed while this process lives; a killed one's run out, and another worker takes the jobs.
"""

import os
import socket
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Semaphore

from structlog.contextvars import bound_contextvars

from syndicate.core.errors import Unavailable
from syndicate.logging import get_logger
from syndicate.queue import Queue
from syndicate.service import work
from syndicate.store.jobs import Job
from syndicate.store.workers import Seen

TICK_S = 1.0
GRACE_S = 25
BEAT = timedelta(seconds=10)
RENEW_EVERY = work.LEASE / 3
_NEVER = datetime.min.replace(tzinfo=UTC)
log = get_logger("worker")


class Worker:
    """`run()` works until `stop()`, which any thread and any signal handler may call."""

    def __init__(self, hands: work.Hands, queue: Queue, *, threads: int, now: Callable[[], datetime]) -> None:
        self._hands, self._queue, self._threads, self._now = hands, queue, threads, now
        self._ways_out = Semaphore(max(1, threads - 1))
        self._bell: SimpleQueue[None] = SimpleQueue()  # its put() is safe in a signal handler, where Event.set() is not
        self._stopping = False
        self._claimed: deque[Job] = deque(maxlen=2 * threads)  # those that may still be in the queue are among them
        self._in_hand: dict[str, Job] = {}
        self._started_at, self._said_at, self._renewed_at = now(), _NEVER, _NEVER

    def stop(self) -> None:
        """Begin nothing more; `run` returns when what is under way is done, or after GRACE_S."""
        self._stopping = True
        self._bell.put(None)

    def run(self) -> None:
        """Looks each second, and whenever a hand is free again."""
        hands = self._queue.hands(self._take, threads=self._threads)
        hands.start()
        log.info("worker.started", threads=self._threads)
        while not self._stopping:
            self._safely(hands.check_worker_health)
            self._safely(self._tick)
            self._wait()
        hands.stop_flag.set()
        self._safely(self._give_back)
        self._finish()
        hands.stop(graceful=True)
        self._safely(lambda: work.farewell(self._hands.store, self.name))
        self._queue.close()
        log.info("worker.stopped", unfinished=len(self._in_hand))

    @property
    def name(self) -> str:
        return f"{socket.gethostname()[:100]}:{os.getpid()}"

    def _tick(self) -> None:
        now = self._now()
        if now - self._said_at >= BEAT:
            seen = Seen(name=self.name, threads=self._threads, started_at=self._started_at, seen_at=now)
            work.here_is(self._hands.store, seen)
            self._said_at = now
        self._renew(now)
        self._claim(now)

    def _claim(self, now: datetime) -> None:
        under_way, waiting = list(self._in_hand.values()), self._queue.waiting()
        if (free := self._threads - len(under_way) - waiting) <= 0:
            return
        outward = max(1, self._threads - 1) - waiting - sum(job.kind in work.OUTWARD for job in under_way)
        for job in work.claim(self._hands.store, now=now, limit=free, outward=outward):
            self._claimed.append(job)
            self._queue.put(job)

    def _renew(self, now: datetime) -> None:
        if self._in_hand and now - self._renewed_at >= RENEW_EVERY:
            work.renew(self._hands.store, list(self._in_hand.values()), now=now)
            self._renewed_at = now

    def _give_back(self) -> None:
        work.give_back(self._hands.store, list(self._claimed))

    def _finish(self) -> None:
        deadline = time.monotonic() + GRACE_S
        while self._in_hand and time.monotonic() < deadline:
            self._safely(lambda: self._renew(self._now()))
            self._wait()

    def _wait(self) -> None:
        with suppress(Empty):
            self._bell.get(timeout=TICK_S)
        with suppress(Empty):
            while True:
                self._bell.get_nowait()

    def _take(self, job: Job) -> None:
        """In a hand's thread. What goes wrong with a job stops no other, and its row is due again later."""
        with bound_contextvars(job=f"{job.kind}:{job.ref}"):
            self._safely(lambda: self._go_out(job) if job.kind in work.OUTWARD else self._do(job))
        self._bell.put(None)

    def _go_out(self, job: Job) -> None:
        """Taken from a queue that others fill too, it may be one too many: then it is left for another hand."""
        if not self._ways_out.acquire(blocking=False):
            work.give_back(self._hands.store, [job])
            return
        try:
            self._do(job)
        finally:
            self._ways_out.release()

    def _do(self, job: Job) -> None:
        mine = work.begin(self._hands.store, job, now=self._now())
        if mine is None:
            log.info("worker.not_ours", tries=job.tries)
            return
        self._in_hand[mine.token], begun = mine, time.perf_counter()
        try:
            problem = work.do(self._hands, mine, now=self._now())
        finally:
            del self._in_hand[mine.token]
        if problem:
            log.warning("worker.failed", tries=mine.tries, detail=problem)
        else:
            log.info("worker.done", ms=round((time.perf_counter() - begun) * 1000, 1))

    def _safely(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Unavailable as error:
            log.warning("worker.unavailable", detail=error.detail)
        except Exception:
            log.exception("worker.fault")
