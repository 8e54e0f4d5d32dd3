"""`syndicate source` and `syndicate poll`: feeds are tried, added, looked at and changed from a terminal."""

import json
import logging
from collections.abc import Iterator

import pytest

from tests.partner import Partner, answer, redirect
from tests.service.feeds import RSS, a_feed, an_item, served


@pytest.fixture
def feed(partner: Partner, monkeypatch) -> Partner:
    """A partner's server that we may go to, with two stories at /feed."""
    monkeypatch.setenv("SYNDICATE_ALLOW_HOSTS", partner.host)
    bad_picture = "<![CDATA[<p>The stove was lit.</p><script>track()</script><p>There was a queue.</p>]]>"
    partner.says["/feed"] = [served(an_item(1), an_item(2, **{"content:encoded": bad_picture, "dc:creator": None}))]
    return partner


@pytest.fixture(autouse=True)
def _the_log_as_it_was() -> Iterator[None]:
    """A command sends the log to the terminal that it runs on."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
def added(terminal, feed) -> str:
    terminal.json("source", "add", feed.url("/feed"), "--outlet", "oc-media", "--slug", "news")
    return "news"


def test_a_source_is_added_shown_changed_listed_and_removed(terminal, feed):
    made = terminal.json("source", "add", feed.url("/feed"), "--outlet", "oc-media", "--interval", "600")
    assert (made["slug"], made["outlet"], made["interval_s"]) == ("127-0-0-1", "oc-media", 600)
    changed = terminal.json("source", "set", "127-0-0-1", "--interval", "3600", "--format", "rss")
    assert (changed["interval_s"], changed["format"]) == (3600, "rss")
    assert terminal.json("source", "show", "oc-media/127-0-0-1")["interval_s"] == 3600
    (listed,) = terminal.json("source", "list", "--outlet", "oc-media")
    assert (listed["slug"], listed["alarms"], listed["last_look"]) == ("127-0-0-1", [], None)
    assert terminal.json("source", "remove", "127-0-0-1") == {"removed": "oc-media/127-0-0-1"}
    assert terminal.json("source", "list") == []


WRONG = {
    "address": (["ftp://oc-media.org/feed", "--outlet", "oc-media"], "address"),
    "password": (["https://u:p@oc-media.org/feed", "--outlet", "oc-media"], "address"),
    "interval": (["https://oc-media.org/feed", "--outlet", "oc-media", "--interval", "5"], "interval"),
    "slug": (["https://oc-media.org/feed", "--outlet", "oc-media", "--slug", "A B"], "slug"),
    "pages": (["https://oc-media.org/feed", "--outlet", "oc-media", "--full-text", "fetch-page"], "full_text"),
}


@pytest.mark.parametrize(("words", "wrong"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused_by_its_name(terminal, words, wrong):
    assert list(terminal.json("source", "add", *words, code=1)["problem"]["errors"]) == [wrong]


def test_pages_are_fetched_once_the_agreement_says_so(terminal):
    terminal.json("outlet", "set", "oc-media", "--fetch-pages")
    made = ("source", "add", "https://oc-media.org/feed", "--outlet", "oc-media", "--full-text", "fetch-page")
    assert terminal.json(*made)["full_text"] == "fetch-page"
    assert terminal.json("outlet", "set", "oc-media", "--corrections", "straight")["agreement"]["fetch_pages"] is True


def test_a_name_is_taken_once_in_an_outlet_and_told_apart_by_it(terminal, feed, added):
    again = ("source", "add", feed.url("/feed"), "--slug", "news")
    assert terminal.json(*again, "--outlet", "oc-media", code=1)["problem"]["status"] == 409
    assert terminal.json(*again, "--outlet", "nobody", code=1)["problem"]["status"] == 404
    terminal.json("outlet", "add", "Globe", "--slug", "globe")
    terminal.json(*again, "--outlet", "globe")
    assert "oc-media/news" in json.dumps(terminal.json("source", "show", "news", code=1))
    assert terminal.json("source", "show", "globe/news")["outlet"] == "globe"


def test_poll_looks_at_what_is_due_and_says_what_came(terminal, added):
    (row,) = terminal.json("poll")
    assert (row["source"], row["result"], row["detail"]["items"]) == ("oc-media/news", "stories", {"created": 2})
    assert terminal.json("poll") == []
    assert len(terminal.json("story", "list")["items"]) == 2


@pytest.mark.parametrize("named", [["--source", "news"], ["--outlet", "oc-media"]])
def test_poll_looks_at_what_is_named_though_it_is_not_due(terminal, added, named):
    terminal.json("poll")
    assert [row["result"] for row in terminal.json("poll", *named)] == ["unchanged"]
    assert "2 created" in terminal.run("source", "log", "news").stdout


def test_a_stopped_source_is_named_with_its_alarm_until_it_is_set(terminal, feed, added):
    feed.says["/feed"] = [answer(410)]
    assert terminal.json("poll")[0]["result"] == "stopped"
    assert terminal.json("poll", "--source", "news")[0]["result"] == "not looked at"
    assert "Stopped since" in terminal.run("source", "list").stdout
    assert terminal.json("source", "show", "news")["alarms"][0]["kind"] == "stopped"
    feed.says["/feed"] = [served(an_item(1))]
    terminal.json("source", "set", "news", "--interval", "900")
    assert terminal.json("poll")[0]["result"] == "stories"


def test_trying_shows_the_stories_before_and_after_and_stores_nothing(terminal, feed):
    tried = terminal.json("source", "try", feed.url("/feed"))
    assert tried["counts"] == {
        "shown": 2,
        "refused": 0,
        "held": 0,
        "with_date": 2,
        "with_author": 1,
        "with_address": 2,
        "pictures": 0,
        "pictures_with_credit": 0,
    }
    second = tried["samples"][1]
    assert (second["before"]["words"], second["after"]["words"]) == (9, 8)
    assert second["after"]["lines"] == ["The stove was lit.", "There was a queue."]
    assert [entry["what"] for entry in second["removed"]] == ["script"]
    assert terminal.json("story", "list")["items"] == []
    shown = terminal.run("source", "try", feed.url("/feed")).stdout
    assert "Reading room 1 reopens" in shown
    assert "removed: script" in shown


def test_trying_a_source_by_name_reads_it_as_its_outlets(terminal, added):
    assert terminal.json("source", "try", "news")["items"] == 2


def test_trying_says_that_a_feed_moved_and_names_a_hub(terminal, feed):
    feed.says["/old"] = [redirect("/new")]
    hub = '<atom:link rel="hub" href="https://hub.example/"/>'
    feed.says["/new"] = [answer(200, a_feed(an_item(1), head=hub), Content_Type=RSS)]
    tried = terminal.json("source", "try", feed.url("/old"))
    assert (tried["moved_to"], tried["hub"]) == (feed.url("/new"), "https://hub.example/")


FAILED = {
    "no such address": ("/none", "It answered 404."),
    "a page": ("/page", "a page at this address"),
}


@pytest.mark.parametrize(("path", "told"), FAILED.values(), ids=FAILED)
def test_trying_what_is_no_feed_is_refused_in_words(terminal, feed, path, told):
    feed.says["/page"] = [
        answer(200, b"<!DOCTYPE html><html><body><p>Hello</p></body></html>", Content_Type="text/html")
    ]
    result = terminal.run("source", "try", feed.url(path))
    assert result.exit_code == 1
    assert told in result.stderr


def test_an_address_inside_our_network_is_not_tried(terminal):
    assert "public network" in terminal.run("source", "try", "http://127.0.0.1:1/").stderr
