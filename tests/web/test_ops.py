"""For operators: alive, ready, and logs of one JSON object a line under one id, in which no key ever stands."""

import base64
import json

import pytest
from sqlalchemy import text

from syndicate.app import create_app
from syndicate.service.deliver import documents
from syndicate.store import Store, schema
from tests.newsroom import LATER
from tests.web.conftest import API, CONFIG, Site, is_problem


def lines(log) -> list[dict]:
    """Every line of the log is one JSON object."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_it_is_alive_and_ready(site):
    for path in ("/healthz", "/readyz"):
        answer = site.ask(path)
        assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_without_its_database_it_is_alive_and_not_ready_and_says_to_try_again(log):
    client = create_app(CONFIG, Store("postgresql://nobody@127.0.0.1:1/nothing"), now=lambda: LATER).test_client()
    assert client.get("/healthz").status_code == 200
    for path in ("/readyz", "/feeds/world.rss", "/items/x"):
        answer = client.get(path)
        is_problem(answer, 503, "unavailable")
        assert answer.headers["Retry-After"]
    is_problem(client.post(API, headers={"Authorization": "Bearer x"}, json={}), 503)


def test_with_tables_of_another_release_it_is_not_ready(site):
    with site.house.store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '20200101_0000'"))
    try:
        assert "20200101_0000" in is_problem(site.ask("/readyz"), 503)["detail"]
    finally:
        with site.house.store.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": schema.head()})


def test_a_request_has_one_id_in_its_answer_and_in_its_log_line(site, log):
    answer = site.ask("/healthz", headers={"X-Request-Id": "cms-0123456789"})
    assert answer.headers["X-Request-Id"] == "cms-0123456789"
    (line,) = lines(log)
    assert line["request_id"] == "cms-0123456789"
    assert (line["event"], line["method"], line["path"], line["status"]) == ("http.request", "GET", "/healthz", 200)


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "with space 123", 'quote"123456', "é" * 10, "a;b=1234567"])
def test_an_id_that_is_not_of_our_form_is_replaced(site, given):
    own = site.ask("/healthz", headers={"X-Request-Id": given}).headers["X-Request-Id"]
    assert own != given
    assert len(own) == 32


def test_two_requests_have_two_ids(site):
    assert len({site.ask("/healthz").headers["X-Request-Id"] for _ in range(2)}) == 2


def test_a_refusal_has_its_id_too(site, log):
    answer = site.ask(API)
    assert answer.headers["X-Request-Id"] == lines(log)[-1]["request_id"]


def test_no_key_ever_stands_in_a_log(site: Site, log):
    password = base64.b64encode(f"x:{site.keys['times']}".encode()).decode()
    for key in (*site.keys.values(), "syn_wrong-but-secret"):
        for path in ("/feeds/inner.rss", "/feeds/world.rss", API, f"{API}/x", "/nothing", "/items/x", "/readyz"):
            site.ask(f"{path}?key={key}")
            site.ask(path, by=key)
            site.ask(path, headers={"Authorization": f"Basic {password}"})
            site.ask(path, method="DELETE", by=key)
    site.push()
    site.push(b"{")
    site.push({"headline": "words of the article"})
    seen = log.getvalue()
    assert len(lines(log)) > 100
    for secret in (*site.keys.values(), "syn_wrong-but-secret", password, "words of the article"):
        assert secret not in seen


INJECTIONS = [
    '\n{"event": "forged"}',
    "\r\nforged",
    "\x1b[31mforged",
    "\u2028forged",
    '"}{"forged',
    "\\",
    "\x00",
    "forged\x85",
]


@pytest.mark.parametrize("forged", INJECTIONS, ids=range(len(INJECTIONS)))
def test_nothing_that_comes_in_breaks_a_log_line(site, log, forged):
    before = len(lines(log))
    site.ask(f"/feeds/{forged}.rss")
    site.ask(f"/items/{forged}", headers={"User-Agent": forged.replace("\n", "").replace("\r", "")})
    site.ask("/healthz", headers={"X-Request-Id": forged.replace("\n", "").replace("\r", "")})
    site.ask(f"{API}/{forged}", method="DELETE", by="oc-media")
    assert len(lines(log)) == before + 4
    assert log.getvalue().isascii()
    assert {line["event"] for line in lines(log)} == {"http.request"}


def test_a_fault_of_ours_is_logged_with_its_trace_and_answered_with_its_id_and_nothing_else(site, log, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(documents, "document", broken)
    answer = site.ask("/feeds/world.rss")
    problem = is_problem(answer, 500)
    assert problem["request_id"] == answer.headers["X-Request-Id"]
    assert "hunter2" not in answer.text
    fault = next(line for line in lines(log) if line["event"] == "http.unexpected")
    assert "RuntimeError" in fault["exception"]
    assert fault["request_id"] == problem["request_id"]
