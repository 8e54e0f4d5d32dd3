"""What carries a due job to a free hand: on three storages the same, and never what anything depends on."""

import pickle
from pathlib import Path
from threading import Event

import pytest

from syndicate.core.errors import Unavailable
from syndicate.queue import Queue
from syndicate.store.jobs import Job
from tests.queues import flush
from tests.whole.server import until

JOB = Job(kind="poll", ref="outlet/feed é", token="t" * 32, generation=3, tries=2)


def test_a_job_arrives_at_a_hand_as_it_was_put(queue):
    taken: list[Job] = []
    hands = queue.hands(taken.append, threads=2)
    queue.put(JOB)
    assert queue.waiting() == 1
    hands.start()
    until(lambda: taken == [JOB])
    hands.stop(graceful=True)
    assert queue.waiting() == 0


def test_each_message_goes_to_one_of_many_hands_in_many_processes(request, open_queue, queue):
    other = open_queue(request.node.callspec.params["queue"])
    taken: list[str] = []
    teams = [each.hands(lambda job: taken.append(job.ref), threads=3) for each in (queue, other)]
    for team in teams:
        team.start()
    for number in range(60):
        queue.put(Job(kind="poll", ref=str(number), token="", generation=1, tries=1))
    until(lambda: len(taken) >= 60)
    for team in teams:
        team.stop(graceful=True)
    assert sorted(taken, key=int) == [str(number) for number in range(60)]


def test_two_newsrooms_on_one_server_have_two_queues(request, queue_url, queue):
    theirs = Queue(queue_url(request.node.callspec.params["queue"]), newsroom="theirs")
    queue.put(JOB)
    assert (queue.waiting(), theirs.waiting()) == (1, 0)
    theirs.close()


def test_a_queue_that_was_emptied_is_empty_and_takes_new_messages(queue):
    queue.put(JOB)
    flush(queue)
    assert queue.waiting() == 0
    queue.put(JOB)
    assert queue.waiting() == 1


def test_messages_are_data_and_never_code(queue, tmp_path):
    class Bomb:
        def __reduce__(self):
            return Path.touch, (tmp_path / "exploded",)

    queue.waiting()
    queue._huey.storage.enqueue(pickle.dumps(Bomb()))
    met = Event()
    hands = queue.hands(lambda job: met.set(), threads=1)
    hands.start()
    queue.put(JOB)
    assert met.wait(30)
    hands.stop(graceful=True)
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize("url", ["redis://u:hush@127.0.0.1:1", "postgresql://u:hush@127.0.0.1:1/none", "sqlite:///{}"])
def test_a_queue_that_does_not_answer_says_so_and_keeps_its_password(url, tmp_path):
    broken = tmp_path / "queue.db"
    broken.write_text("no database, " * 100)
    queue = Queue(url.format(broken), newsroom="a")
    with pytest.raises(Unavailable) as failed:
        queue.waiting()
    assert "hush" not in failed.value.detail


@pytest.mark.parametrize(
    "url", ["", "sqlite", "sqlite://", "sqlite:///", "mysql://h/d", "redis:", "redis://h:port", "/q.db"]
)
def test_a_url_that_is_of_no_queue_is_refused(url):
    with pytest.raises(ValueError):
        Queue(url, newsroom="a")
