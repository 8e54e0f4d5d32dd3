"""The clock at work: every due job is done, by one hand, whatever becomes of queues, leases and other workers."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Thread

import pytest
from sqlalchemy import text

from syndicate.core.errors import RemoteFailure
from syndicate.queue import Queue
from syndicate.service import work
from syndicate.store import Store
from syndicate.worker import Worker
from tests.newsroom import LATER, SECOND, hands_on
from tests.queues import flush
from tests.whole.server import until

KIND = "test"
PAIRS = [("sqlite", "sqlite"), ("sqlite", "redis"), ("postgresql", "redis"), ("postgresql", "postgresql")]


@dataclass
class Shop:
    """Workers on one database and one queue, and a kind of job whose work a test decides."""

    store: Store
    open_queue: Callable[[], Queue]
    now: datetime = LATER
    done: list[str] = field(default_factory=list)

    def work(self, hands: work.Hands, ref: str, now: datetime) -> datetime | None:
        """Notes that it was done."""
        self.done.append(ref)

    def want(self, *refs: str) -> None:
        with self.store.begin() as tx:
            for ref in refs:
                tx.jobs.want(KIND, ref, self.now)

    def left(self) -> list[str]:
        with self.store.read() as tx:
            return [row.error for row in tx.session.execute(text(f"SELECT error FROM job WHERE kind = '{KIND}'"))]

    def hired(self, threads: int = 2) -> Worker:
        return Worker(hands_on(self.store), self.open_queue(), threads=threads, now=lambda: self.now)

    @contextmanager
    def working(self, *workers: Worker) -> Iterator[None]:
        threads = [Thread(target=worker.run) for worker in workers]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            for worker in workers:
                worker.stop()
            for thread in threads:
                thread.join()


@pytest.fixture(params=PAIRS, ids="-with-a-queue-on-".join)
def shop(request, open_queue, monkeypatch) -> Shop:
    database, storage = request.param
    store: Store = request.getfixturevalue(f"_{database}_store")
    with store.engine.begin() as connection:
        for table in ("job", "job_tally", "worker"):
            connection.execute(text(f"DELETE FROM {table}"))
    made = Shop(store, lambda: open_queue(storage))
    monkeypatch.setitem(work.KINDS, KIND, lambda *asked: made.work(*asked))
    return made


def test_many_workers_do_each_job_once(shop):
    refs = [str(number) for number in range(50)]
    shop.want(*refs)
    with shop.working(*[shop.hired() for _ in range(3)]):
        until(lambda: not shop.left())
    assert Counter(shop.done) == Counter(refs)


def test_no_more_is_claimed_than_there_are_free_hands(shop):
    shop.want(*"abcdef")
    go_on = Event()
    shop.work = lambda hands, ref, now: shop.done.append(ref) or (go_on.wait(60) and None)
    with shop.working(shop.hired(threads=2)):
        until(lambda: len(shop.done) == 2)
        with shop.store.read() as tx:
            (found,) = [waiting for waiting in tx.jobs.waiting(shop.now) if waiting.kind == KIND]
        go_on.set()
        until(lambda: not shop.left())
    assert (found.under_way, found.due) == (2, 4)


def test_slow_partners_never_take_all_hands(shop, monkeypatch):
    monkeypatch.setattr(work, "OUTWARD", {KIND})
    monkeypatch.setitem(work.KINDS, "ours", lambda hands, ref, now: shop.done.append(ref))
    go_on = Event()
    shop.work = lambda hands, ref, now: shop.done.append(ref) or (go_on.wait(60) and None)
    shop.want(*"abcdef")
    with shop.working(shop.hired(threads=3)):
        until(lambda: len(shop.done) == 2)
        with shop.store.begin() as tx:
            tx.jobs.want("ours", "an embargo", shop.now)
        until(lambda: "an embargo" in shop.done)
        assert len(shop.done) == 3
        go_on.set()
        until(lambda: not shop.left())
    assert Counter(shop.done) == Counter([*"abcdef", "an embargo"])


def test_messages_that_a_queue_lost_come_again_when_their_leases_end(shop):
    shop.want(*"abc")
    queue = shop.open_queue()
    for job in work.claim(shop.store, now=shop.now, limit=3):
        queue.put(job)
    flush(queue)
    shop.now += work.LEASE
    with shop.working(shop.hired()):
        until(lambda: not shop.left())
    assert sorted(shop.done) == ["a", "b", "c"]


def test_a_message_whose_lease_is_another_s_by_now_is_not_done(shop):
    shop.want("a")
    (late,) = work.claim(shop.store, now=shop.now, limit=1)
    shop.now += work.LEASE
    (job,) = work.claim(shop.store, now=shop.now, limit=1)
    queue = shop.open_queue()
    for message in (late, job, job):
        queue.put(message)
    with shop.working(shop.hired()):
        until(lambda: not shop.left() and not queue.waiting())
    assert shop.done == ["a"]


def test_what_takes_longer_than_a_lease_keeps_it_while_its_worker_lives(shop):
    shop.want("a")
    begun, go_on = Event(), Event()
    shop.work = lambda hands, ref, now: begun.set() or (go_on.wait(60) and shop.done.append(ref))
    with shop.working(shop.hired()):
        assert begun.wait(60)
        for _ in range(3):
            shop.now += work.LEASE - SECOND

            def renewed() -> bool:
                with shop.store.read() as tx:
                    return not tx.jobs.is_due(shop.now + work.LEASE - SECOND)

            until(renewed)
        go_on.set()
        until(lambda: not shop.left())
    assert shop.done == ["a"]


def test_a_stop_finishes_what_is_under_way_and_leaves_the_rest_to_others_at_once(shop):
    shop.want(*"abcdef")
    begun, go_on = Event(), Event()
    shop.work = lambda hands, ref, now: begun.set() or (go_on.wait(60) and shop.done.append(ref))
    worker = shop.hired(threads=1)
    with shop.working(worker):
        assert begun.wait(60)
        worker.stop()
        go_on.set()
    assert len(shop.done) == 1
    left = [job.ref for job in work.claim(shop.store, now=shop.now, limit=100) if job.kind == KIND]
    assert len(left) == 5
    with shop.store.read() as tx:
        assert tx.workers.all() == []


@pytest.mark.parametrize(
    ("error", "told"),
    [(RuntimeError("a mistake of ours"), "RuntimeError"), (RemoteFailure("No answer."), "No answer.")],
)
def test_what_goes_wrong_with_one_job_stops_no_other_and_is_tried_again_later(shop, error, told):
    def fail_for_b(hands: work.Hands, ref: str, now: datetime) -> None:
        if ref == "b" and now == LATER:
            raise error
        shop.done.append(ref)

    shop.work = fail_for_b
    shop.want(*"abc")
    with shop.working(shop.hired()):
        until(lambda: shop.left() == [told])
        assert sorted(shop.done) == ["a", "c"]
        shop.now += work.retry_after(1)
        until(lambda: not shop.left())
    assert sorted(shop.done) == ["a", "b", "c"]
    with shop.store.read() as tx:
        (tally,) = [tally for tally in tx.jobs.tallies() if tally.kind == KIND]
    assert (tally.done, tally.failed) == (3, 1)


def test_a_job_that_nobody_survives_rests_in_between_and_does_not_keep_the_others_from_being_done(shop):
    shop.want("deadly")
    for _ in range(work.LOST_TRIES):
        (job,) = work.claim(shop.store, now=shop.now, limit=1)
        assert work.begin(shop.store, job, now=shop.now)
        shop.now += work.LEASE
    shop.want("good")
    with shop.working(shop.hired()):
        until(lambda: shop.done == ["good"] and shop.left() == ["Whoever does it does not live to tell."])
        shop.now += work.LOST_REST
        until(lambda: not shop.left())


def test_a_job_may_set_its_own_next_time(shop):
    shop.work = lambda hands, ref, now: shop.done.append(ref) or (now + SECOND if len(shop.done) == 1 else None)
    shop.want("a")
    with shop.working(shop.hired()):
        until(lambda: shop.done == ["a"])
        shop.now += SECOND
        until(lambda: not shop.left())
    assert shop.done == ["a", "a"]


@pytest.fixture
def lonely_shop(open_queue, monkeypatch) -> Callable[[Store], Shop]:
    """One worker, on a queue in a file."""

    def made(store: Store) -> Shop:
        shop = Shop(store, lambda: open_queue("sqlite"))
        monkeypatch.setitem(work.KINDS, KIND, shop.work)
        return shop

    return made


def passes(shop: Shop) -> bool:
    """Time goes by until nothing is left to do."""
    shop.now += SECOND
    return not shop.left()


def test_a_queue_file_that_is_deleted_meanwhile_costs_nothing(lonely_shop, tmp_path, store):
    shop = lonely_shop(store)
    with shop.working(shop.hired()):
        for ref in "abc":
            shop.want(ref)
            until(lambda: passes(shop))
            for file in tmp_path.glob("queue.db*"):
                file.unlink()
    assert shop.done == ["a", "b", "c"]


def test_a_redis_that_is_away_delays_what_is_due_and_loses_nothing(own_redis, store, monkeypatch):
    shop = Shop(store, lambda: Queue(own_redis.url, newsroom="ours"))
    monkeypatch.setitem(work.KINDS, KIND, shop.work)
    shop.want("before-it-was-there")
    with shop.working(shop.hired()):
        for ref in "abc":
            own_redis.start()
            until(lambda: passes(shop))
            own_redis.kill()
            shop.want(ref)
        own_redis.start()
        until(lambda: passes(shop))
    assert shop.done == ["before-it-was-there", "a", "b", "c"]


def test_a_database_that_was_away_finds_the_worker_still_there(lonely_shop, request):
    server: Store = request.getfixturevalue("_postgresql_store")
    url = server.engine.url.update_query_dict({"application_name": "cut-off"})
    shop = lonely_shop(Store(url.render_as_string(False)))
    cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cut-off'")
    with shop.working(shop.hired()):
        for ref in "abc":
            shop.want(ref)
            with server.engine.begin() as other:
                assert other.execute(cut).all()
            until(lambda: passes(shop))
    shop.store.close()
    assert set(shop.done) == {"a", "b", "c"}
