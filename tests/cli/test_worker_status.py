"""`syndicate worker --status` and `doctor`: how it stands with what is due, in words and as JSON."""

import pytest

from syndicate.service import work
from syndicate.store import Store
from syndicate.store.workers import Seen
from tests.newsroom import NOON


@pytest.fixture
def busy(terminal, tmp_path):
    """A release that has been due since NOON, and a worker that was last heard of then."""
    store = Store(f"sqlite:///{tmp_path / 'desk.db'}")
    work.here_is(store, Seen(name="desk-1:42", threads=4, started_at=NOON, seen_at=NOON))
    with store.begin() as tx:
        tx.jobs.want("release", "a-story", NOON)
    store.close()
    return terminal


def test_the_status_as_json(busy):
    told = busy.json("worker", "--status")
    jobs = {job["kind"]: job for job in told["jobs"]}
    assert set(jobs) >= set(work.KINDS)
    assert (jobs["release"]["jobs"], jobs["release"]["due"], jobs["release"]["under_way"]) == (1, 1, 0)
    assert jobs["release"]["oldest_due_s"] > 0
    assert [(worker["name"], worker["alive"]) for worker in told["workers"]] == [("desk-1:42", False)]
    assert told["queue"] == {"url": "sqlite:///var/queue.db", "reachable": True, "messages": 0, "problem": ""}


def test_the_status_for_a_person(busy):
    said = busy.run("worker", "--status")
    assert said.exit_code == 0
    for word in ("release", "desk-1:42", "sqlite:///var/queue.db"):
        assert word in said.output


def test_a_queue_that_is_away_is_told_without_its_password(busy, monkeypatch):
    monkeypatch.setenv("SYNDICATE_QUEUE_URL", "redis://news:hunter2@127.0.0.1:1/0?password=hunter3")
    told = busy.json("worker", "--status")["queue"]
    assert (told["reachable"], told["url"]) == (False, "redis://news:…@127.0.0.1:1/0?password=…")
    diagnosis = busy.json("doctor", code=1)
    assert any("queue did not answer" in problem for problem in diagnosis["problems"])
    assert "hunter" not in str(told) + str(diagnosis)


def test_a_queue_of_no_known_kind_is_refused_by_its_setting(busy, monkeypatch):
    monkeypatch.setenv("SYNDICATE_QUEUE_URL", "amqp://u:hunter2@host")
    refused = busy.run("worker")
    assert refused.exit_code == 1
    assert "SYNDICATE_QUEUE_URL" in refused.output
    assert "hunter2" not in refused.output
