"""What only a really running server can show: durability, the clock, large bodies, going down and coming back."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import httpx
import pytest

from tests.whole.server import Newsroom, an_article, until


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    room = Newsroom(tmp_path)
    yield room
    room.end()


def test_a_story_answered_with_201_survives_kill_9_at_once(newsroom):
    key = newsroom.set_up()
    newsroom.start()
    with newsroom.client(key) as http:
        pushed = http.post("/api/v1/articles", json=an_article())
        newsroom.kill()
    assert pushed.status_code == 201
    newsroom.start(newsroom.port)  # the same port is free again: nothing of the killed server stayed
    with newsroom.client(key) as http:
        assert http.get(f"/api/v1/articles/{pushed.json()['id']}").json()["headline"] == an_article()["headline"]
        assert http.post("/api/v1/articles", json=an_article()).json()["result"] == "unchanged"


def test_whatever_was_accepted_when_kill_9_came_amid_pushes_is_there_once(newsroom):
    key = newsroom.set_up()
    newsroom.start()
    accepted: list[str] = []

    def push(worker: int) -> None:
        with newsroom.client(key) as http:
            for number in range(1000):
                try:
                    answer = http.post("/api/v1/articles", json=an_article(external_id=f"w{worker}-{number}"))
                except httpx.TransportError:
                    return
                if answer.status_code == 201:
                    accepted.append(f"w{worker}-{number}")

    workers = [Thread(target=push, args=(number,)) for number in range(4)]
    for worker in workers:
        worker.start()
    until(lambda: len(accepted) >= 40)
    newsroom.kill()
    for worker in workers:
        worker.join()
    newsroom.start()
    with newsroom.client(key) as http:
        stored, url = [], "/api/v1/articles?limit=100"
        while url:
            page = http.get(url).json()
            stored, url = stored + [item["external_id"] for item in page["items"]], page["next"]
    assert len(stored) == len(set(stored))
    assert set(accepted) <= set(stored)


def test_an_embargoed_story_appears_by_itself_and_not_before(newsroom):
    key = newsroom.set_up()
    newsroom.start()
    lifts = datetime.now(UTC) + timedelta(seconds=4)
    with newsroom.client(key) as http:
        story = an_article(headline="Under embargo", rights={"embargoed": lifts.isoformat()})
        story_id = http.post("/api/v1/articles", json=story).json()["id"]
        newsroom.run("story", "publish", story_id)

        def is_out() -> bool:
            asked = datetime.now(UTC)
            doors = ["/feeds/all.rss", "/feeds/all.newsml", f"/items/{story_id}", f"/items/{story_id}.newsml"]
            seen = ["Under embargo" in http.get(door).text for door in doors]
            assert datetime.now(UTC) >= lifts or not any(seen), f"seen {lifts - asked} before its instant"
            return all(seen)

        until(is_out)


def test_a_body_of_20_mb_is_answered_with_413_with_and_without_its_length(newsroom):
    key = newsroom.set_up()
    newsroom.start()
    pieces = [b"x" * 100_000] * 200
    with newsroom.client(key) as http:
        for body in (b"".join(pieces), iter(pieces)):
            answer = http.post("/api/v1/articles", content=body, headers={"Content-Type": "application/json"})
            assert answer.status_code == 413
            assert answer.headers["Content-Type"] == "application/problem+json"
        assert http.get("/api/v1/articles").json()["items"] == []


def test_a_body_that_breaks_off_is_refused(newsroom):
    key = newsroom.set_up()
    newsroom.start()
    head = (
        f"POST /api/v1/articles HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n"
        'Content-Type: text/plain\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n{"headline":'
    )
    with socket.create_connection(("127.0.0.1", newsroom.port)) as wire:
        wire.sendall(head.encode())
        wire.shutdown(socket.SHUT_WR)
        assert wire.recv(4096).startswith(b"HTTP/1.1 400 ")


def test_the_counts_of_several_web_processes_add_up_whichever_is_asked(newsroom):
    newsroom.environ["SYNDICATE_WEB_WORKERS"] = "2"
    newsroom.start()
    for _ in range(40):
        httpx.get(f"{newsroom.url}/healthz")
    line = 'syndicate_http_requests_total{method="GET",route="/healthz",status="200"} 40.0'
    for _ in range(10):
        assert line in httpx.get(f"{newsroom.url}/metrics").text


def test_readings_are_counted_within_seconds_and_a_clean_stop_loses_none(newsroom):
    key = newsroom.set_up()
    newsroom.environ["SYNDICATE_WEB_WORKERS"] = "2"
    newsroom.start()

    def views() -> int:
        with newsroom.client(key) as http:
            return sum(one["views"] for one in http.get("/api/v1/reach").json()["items"])

    with newsroom.client(key) as http:
        story_id = http.post("/api/v1/articles", json=an_article()).json()["id"]
        newsroom.run("story", "publish", story_id)
        page = http.get(f"/items/{story_id}", headers={"Authorization": ""}).text
    counter = re.search(r'src="([^"]+/c/[^"]+)"', page)[1]
    browser = {"User-Agent": "Mozilla/5.0 (X11) Firefox/140.0"}
    for _ in range(20):
        assert httpx.get(counter, headers=browser).status_code == 200
    until(lambda: views() == 20)
    for _ in range(20):
        httpx.get(counter, headers=browser)
    newsroom.stop()
    newsroom.start(newsroom.port)
    assert views() == 40


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_asked_with_status_0(newsroom, number):
    newsroom.start()
    assert newsroom.stop(number) == 0


def test_a_taken_port_is_told_in_words(newsroom, tmp_path):
    newsroom.start()
    command = [sys.executable, "-m", "syndicate", "serve", "--port", str(newsroom.port)]
    second = subprocess.run(command, env=newsroom.environ, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert "cannot listen" in second.stderr


def test_the_demonstration_runs_twice_and_leaves_nothing_running(tmp_path):
    for _ in range(2):
        command = [sys.executable, "-m", "syndicate", "demo", "--no-serve"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "originally appeared on lori-valley.example on March 3, 2026" in done.stdout
        base_url = next(word for word in done.stdout.split() if word.startswith("http://127.0.0.1"))
        with pytest.raises(httpx.TransportError):
            httpx.get(base_url)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_demonstration_serves_on_until_it_is_stopped_and_takes_its_server_with_it(tmp_path, number):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "syndicate", "demo", "--port", str(port)]
    demo = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    until(lambda: demo.stdout.readline().startswith("Serving on"))
    assert httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
    demo.send_signal(number)
    assert demo.wait() == 0
    demo.stdout.close()
    with pytest.raises(httpx.TransportError):
        httpx.get(f"http://127.0.0.1:{port}/healthz")


@pytest.mark.parametrize(
    ("media_type", "body", "status"),
    [("application/json", b'{"external_id":', 400), ("text/plain", b"A headline\n\nBy Ani Example\n\nHalf a", 411)],
)
def test_half_a_body_without_a_length_is_never_taken_for_a_whole_one(newsroom, media_type, body, status):
    key = newsroom.set_up()
    newsroom.start()
    head = (
        f"POST /api/v1/articles HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: {media_type}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{len(body):x}\r\n"
    )
    with socket.create_connection(("127.0.0.1", newsroom.port)) as wire:
        wire.sendall(head.encode() + body)
        wire.shutdown(socket.SHUT_WR)
        assert wire.recv(4096).startswith(f"HTTP/1.1 {status} ".encode())


def test_a_head_that_takes_long_to_read_is_not_read(newsroom):
    newsroom.start()
    with newsroom.client() as http:
        assert http.get("/items/x", headers={"Accept": "a/b;q=0.1," * 3_000}).status_code == 406
        assert http.get("/items/x", headers={"Accept": "a/b;q=0.1," * 35_000}).status_code == 431
