"""What is kept for a time only goes when that is over, once, however many workers look."""

import pytest

from syndicate.service import keys, sweeps, work
from syndicate.store.journal import Answer
from syndicate.store.workers import Seen
from tests.newsroom import ANA, LATER, NOON, SECOND, hands_on

MONTH = sweeps.ANSWERS_KEPT


@pytest.fixture
def hands(store) -> work.Hands:
    return hands_on(store)


def a_worker(name: str = "here:1", seen_at=NOON) -> Seen:
    return Seen(name=name, threads=4, started_at=NOON, seen_at=seen_at)


def test_answers_are_replayed_for_a_month_and_forgotten_then(house, hands, monkeypatch):
    monkeypatch.setattr(sweeps, "AT_ONCE", 2)
    key, _ = keys.add(house.store, outlet="oc-media", who=ANA, now=NOON)
    with house.store.begin() as tx:
        for number in range(5):
            tx.answers.add(key.id, f"old-{number}", Answer("0" * 64, []), NOON - SECOND)
        tx.answers.add(key.id, "new", Answer("0" * 64, []), NOON)
    sweeps.answers(house.store, NOON + MONTH)
    with house.store.read() as tx:
        kept = [name for name in ("old-0", "old-4", "new") if tx.answers.find(key.id, name)]
    assert kept == ["new"]


def test_a_worker_that_was_killed_is_forgotten_and_one_that_lives_is_not(store):
    work.here_is(store, a_worker("killed:1"))
    work.here_is(store, a_worker("alive:2"))
    work.here_is(store, a_worker("alive:2", seen_at=NOON + SECOND))
    sweeps.workers(store, NOON + sweeps.WORKERS_KEPT + SECOND)
    with store.read() as tx:
        assert [worker.name for worker in tx.workers.all()] == ["alive:2"]


def test_each_sweep_waits_once_however_many_workers_say_that_they_are_there(store, hands):
    for number in range(3):
        work.here_is(store, a_worker(f"here:{number}"))
    jobs = work.claim(store, now=NOON, limit=100)
    assert sorted(job.ref for job in jobs) == sorted(work.SWEEPS)
    for job in jobs:
        assert work.do(hands, job, now=NOON) == ""
    soonest = min(every for every, _ in work.SWEEPS.values())
    again = {ref for ref, (every, _) in work.SWEEPS.items() if every == soonest}
    assert work.claim(store, now=NOON + soonest - SECOND, limit=100) == ()
    assert {job.ref for job in work.claim(store, now=NOON + soonest, limit=100)} == again


def test_a_sweep_that_this_release_does_not_know_goes_away(store, hands):
    with store.begin() as tx:
        tx.jobs.want(work.SWEEP, "of-an-older-release", NOON)
    (job,) = work.claim(store, now=NOON, limit=1)
    work.do(hands, job, now=NOON)
    assert work.claim(store, now=LATER, limit=1) == ()
