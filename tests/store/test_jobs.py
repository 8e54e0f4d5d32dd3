"""Work that waits: it stands once, is given to one worker at a time, and is never lost."""

import pytest

from syndicate.store import Store
from syndicate.store.jobs import Job
from tests.newsroom import LATER, NOON, SECOND, at_once

LEASE = 30 * SECOND


def claimed(store: Store, now=NOON, limit: int = 10) -> list[Job]:
    with store.begin() as tx:
        return list(tx.jobs.claim(now, lease=LEASE, limit=limit))


def want(store: Store, *refs: str, at=NOON) -> None:
    with store.begin() as tx:
        for ref in refs:
            tx.jobs.want("poll", ref, at)


@pytest.fixture
def job(store) -> Job:
    want(store, "a")
    (taken,) = claimed(store)
    return taken


def test_a_job_stands_once_and_its_last_time_counts(store):
    want(store, "a", at=LATER)
    want(store, "a", at=NOON)
    assert [job.ref for job in claimed(store)] == ["a"]


def test_what_is_ensured_keeps_the_time_that_it_has(store):
    want(store, "a", at=NOON)
    with store.begin() as tx:
        tx.jobs.ensure("poll", "a", LATER)
    assert [job.ref for job in claimed(store)] == ["a"]


def soon(store: Store, at) -> None:
    with store.begin() as tx:
        tx.jobs.soon("poll", "a", at)


def test_what_is_wanted_soon_is_not_put_off_by_being_wanted_again(store):
    for later in range(3):
        soon(store, NOON + later * SECOND)
    assert claimed(store, NOON - SECOND) == []
    (job,) = claimed(store, NOON)
    with store.begin() as tx:
        tx.jobs.done(job)
    assert claimed(store, LATER) == []


def test_what_is_wanted_soon_while_it_is_under_way_is_done_once_more_at_the_new_time(store, job):
    soon(store, NOON + 2 * SECOND)
    with store.begin() as tx:
        tx.jobs.done(job)
    assert claimed(store, NOON + SECOND) == []
    assert [again.ref for again in claimed(store, NOON + 2 * SECOND)] == ["a"]


def test_what_was_to_wait_longer_is_done_as_soon_as_it_is_wanted(store):
    want(store, "a", at=LATER)
    soon(store, NOON)
    assert [job.ref for job in claimed(store)] == ["a"]


def test_a_claimed_job_is_given_to_nobody_else_until_its_lease_ends(store, job):
    assert claimed(store, NOON + LEASE - SECOND) == []
    (again,) = claimed(store, NOON + LEASE)
    assert (again.ref, again.tries, again.token != job.token) == ("a", 2, True)


def test_a_renewed_lease_holds_on(store, job):
    with store.begin() as tx:
        assert tx.jobs.renew(job, NOON + 2 * LEASE)
    assert claimed(store, NOON + LEASE) == []


def test_one_whose_lease_was_lost_can_neither_renew_nor_settle(store, job):
    (other,) = claimed(store, NOON + LEASE)
    with store.begin() as tx:
        assert not tx.jobs.renew(job, LATER)
        tx.jobs.done(job)
        assert tx.jobs.renew(other, LATER)


def test_who_begins_a_job_takes_its_lease_over_once(store, job):
    with store.begin() as tx:
        mine = tx.jobs.begin(job, NOON + 2 * LEASE)
        assert (mine.ref, mine.tries, mine.token != job.token) == ("a", 1, True)
        assert tx.jobs.begin(job, LATER) is None
        assert not tx.jobs.renew(job, LATER)
    assert claimed(store, NOON + LEASE) == []


def test_a_job_given_back_stands_as_before_the_claim(store, job):
    with store.begin() as tx:
        tx.jobs.give_back(job)
    (again,) = claimed(store)
    assert again.tries == 1


def test_a_job_that_somebody_has_begun_cannot_be_given_back_by_its_claimer(store, job):
    with store.begin() as tx:
        tx.jobs.begin(job, LATER)
        tx.jobs.give_back(job)
    assert claimed(store) == []


def test_a_job_wanted_anew_before_it_was_given_back_has_its_first_try_before_it(store, job):
    want(store, "a")
    with store.begin() as tx:
        tx.jobs.give_back(job)
    (again,) = claimed(store)
    assert again.tries == 1


def test_what_was_done_and_what_failed_is_counted_by_kind(store):
    want(store, *"abc")
    first, second, third = claimed(store)
    with store.begin() as tx:
        tx.jobs.done(first)
        tx.jobs.again(second, LATER)
        tx.jobs.again(third, LATER, error="no answer")
        (tally,) = tx.jobs.tallies()
    assert (tally.kind, tally.done, tally.failed) == ("poll", 2, 1)


def test_a_job_that_is_done_is_gone(store, job):
    with store.begin() as tx:
        tx.jobs.done(job)
    assert claimed(store, LATER) == []


@pytest.mark.parametrize("settle", ["done", "again"])
def test_a_job_wanted_again_while_it_was_under_way_is_done_again(store, job, settle):
    want(store, "a", at=NOON + SECOND)
    with store.begin() as tx:
        tx.jobs.done(job) if settle == "done" else tx.jobs.again(job, LATER)
    (again,) = claimed(store, NOON + SECOND)
    assert (again.ref, again.tries) == ("a", 1)


def test_a_failed_job_comes_back_at_its_time_with_its_tries_counted(store, job):
    with store.begin() as tx:
        tx.jobs.again(job, NOON + SECOND, error="no answer")
        (waiting,) = tx.jobs.waiting(NOON)
    assert (waiting.kind, waiting.jobs, waiting.due, waiting.failing) == ("poll", 1, 0, 1)
    (again,) = claimed(store, NOON + SECOND)
    assert again.tries == 2


def test_many_claim_at_once_and_each_job_is_given_once(store):
    want(store, *"abcdefgh")
    taken = at_once(*[lambda: claimed(store, limit=2) for _ in range(4)])
    assert sorted(job.ref for jobs in taken for job in jobs) == list("abcdefgh")
