"""What Prometheus reads: counts that agree with what happened, whoever asks, and nothing but counts."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from syndicate.app import create_app
from syndicate.service import work
from syndicate.store import Store
from syndicate.store.workers import Seen
from tests.newsroom import LATER, NOON, SECOND
from tests.web.conftest import CONFIG, Site


def samples(answer) -> dict[tuple[str, ...], float]:
    """Each sample by its name and the values of its labels."""
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.get_data(as_text=True))
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def test_requests_are_counted_by_the_rule_that_they_met_and_not_by_their_address(site):
    for path in ("/feeds/world.rss", "/feeds/world.rss", "/feeds/inner.rss", "/feeds/none.rss", "/no/such/page"):
        site.ask(path)
    seen = samples(site.ask("/metrics"))
    assert seen["syndicate_http_requests_total", "GET", "/feeds/<channel>.<extension>", "200"] == 2
    assert seen["syndicate_http_requests_total", "GET", "", "404"] == 1
    assert seen["syndicate_http_request_duration_seconds_count", "GET", ""] == 1


def test_a_stranger_cannot_make_the_labels_many(site):
    for number in range(50):
        site.ask(f"/made/up/{number}", method=f"MADE{number}")
    labels = {name for name in samples(site.ask("/metrics")) if name[0] == "syndicate_http_requests_total"}
    assert labels == {("syndicate_http_requests_total", "other", "", "404")}


def test_jobs_are_told_by_kind_and_state_with_the_age_of_the_longest_due(site):
    with site.house.store.begin() as tx:
        for ref, at in (("a", LATER - 90 * SECOND), ("b", LATER), ("c", LATER + SECOND), ("d", NOON)):
            tx.jobs.want("release", ref, at)
    (job,) = work.claim(site.house.store, now=LATER, limit=1)
    assert job.ref == "d"
    seen = samples(site.ask("/metrics"))
    states = {state: seen["syndicate_jobs", "release", state] for state in ("due", "under_way", "later")}
    assert states == {"due": 2, "under_way": 1, "later": 1}
    assert seen["syndicate_job_oldest_due_age_seconds", "release"] == 90


def test_what_was_done_and_failed_is_told_for_every_kind_even_before_its_first_time(site):
    with site.house.store.begin() as tx:
        tx.jobs.want("release", "no-such-story", NOON)
        tx.jobs.want("unknown", "a", NOON)
    for job in work.claim(site.house.store, now=LATER, limit=10):
        if job.kind == "release":
            work.do(site.house.hands, job, now=LATER)
        else:
            with pytest.raises(KeyError):
                work.do(site.house.hands, job, now=LATER)
    seen = samples(site.ask("/metrics"))
    assert seen["syndicate_jobs_done_total", "release"] == 1
    assert seen["syndicate_jobs_failed_total", "unknown"] == 1
    assert seen["syndicate_jobs_failing", "unknown"] == 1
    assert all(seen["syndicate_jobs_done_total", kind] >= 0 for kind in work.KINDS)


def test_stories_and_living_workers_are_counted(site):
    site.house.published()
    site.house.push(external_id="second")
    for name, seen_at in (("alive:1", LATER), ("killed:2", LATER - 60 * SECOND)):
        work.here_is(site.house.store, Seen(name=name, threads=4, started_at=NOON, seen_at=seen_at))
    seen = samples(site.ask("/metrics"))
    assert (seen["syndicate_stories", "published"], seen["syndicate_stories", "received"]) == (1, 1)
    assert seen["syndicate_stories", "killed"] == 0
    assert seen[("syndicate_workers",)] == 1


def test_counting_stories_is_not_asked_of_the_database_at_every_look(site: Site):
    assert site.queries("/metrics") > 0
    assert site.queries("/metrics") == 0
    site.clock.now += 5 * SECOND
    assert site.queries("/metrics") > 0


def test_while_the_database_is_away_requests_are_told_and_that_it_is_away():
    client = create_app(CONFIG, Store("postgresql://nobody@127.0.0.1:1/nothing"), now=lambda: LATER).test_client()
    client.get("/healthz")
    seen = samples(client.get("/metrics"))
    assert seen[("syndicate_database_up",)] == 0
    assert seen["syndicate_http_requests_total", "GET", "/healthz", "200"] == 1


def test_nothing_but_counts_is_told(site):
    site.push()
    site.ask("/feeds/inner.rss", by="times")
    told = site.ask("/metrics").get_data(as_text=True)
    for secret in (*site.keys.values(), *site.keys, "inner", "secret", "oc-2291", "Valley schools"):
        assert secret not in told
