"""The overview of a newsroom at work."""

from datetime import timedelta

from syndicate.service import work
from syndicate.store.workers import Seen


def test_it_counts_the_workers_that_live_and_the_work_that_fails(desk):
    now, store = desk.clock.now, desk.house.store
    for name, seen_at in {"a:1": now, "b:2": now - timedelta(hours=1)}.items():
        work.here_is(store, Seen(name=name, threads=2, started_at=seen_at, seen_at=seen_at))
    (job,) = [one for one in work.claim(store, now=now, limit=100) if one.ref == "answers"]
    with store.begin() as tx:
        tx.jobs.again(job, now, error="The other server did not answer.")
    shown = desk.signed_in("viewer").get("/desk/overview")
    assert shown.status_code == 200
    assert "1 worker lives." in shown.text


def test_it_says_that_nothing_goes_out_where_no_worker_lives(desk):
    assert "No worker lives" in desk.signed_in("viewer").get("/desk/overview").text
