"""`GET /api/v1/changes`: who may ask, what is answered, how one goes on."""

from urllib.parse import parse_qs, urlsplit

import pytest

from syndicate.service import keep, keys, read
from tests.newsroom import ANA, LATER, NOON
from tests.web.conftest import Site, is_problem
from tests.web.test_openapi import keeps

CHANGES = "/api/v1/changes"


def all_of(site: Site, path: str, **options: object) -> list[dict]:
    """Every line, page by page, by the addresses that the answers give."""
    found = []
    while path:
        answer = site.ask(path, **options).json
        found += answer["changes"]
        path = (answer["next"] or "").removeprefix("https://news.example")
    return found


def test_a_change_says_what_to_do_with_which_story_and_where_it_stands(site):
    story_id = site.house.published(now=NOON)
    (change,) = site.ask(CHANGES, by="times").json["changes"]
    story = site.house.story(story_id)
    links = change.pop("links")
    assert change == {
        "type": "upsert",
        "guid": story.guid,
        "version": 1,
        "at": NOON.isoformat(),
        "channels": ["inner"],
    }
    for name, address in links.items():
        found = site.ask(urlsplit(address).path, by="times")
        assert found.status_code == 200, name
    site.house.withdraw(story_id)
    assert site.ask(CHANGES, by="times").json["changes"][1]["links"] == {"page": links["page"]}
    assert site.ask(urlsplit(links["page"]).path, by="times").status_code == 410


def test_pages_follow_one_another_by_their_own_addresses_and_a_cursor_brings_what_came_since(site):
    ids = [site.house.published(external_id=f"e{number}") for number in range(5)]
    lines = all_of(site, f"{CHANGES}?limit=2", by="times")
    assert [line["links"]["page"].rpartition("/")[2] for line in lines] == ids
    last = site.ask(f"{CHANGES}?limit=5", by="times").json
    assert last["next"] is None
    new = f"{CHANGES}?cursor={last['cursor']}"
    assert site.ask(new, by="times").json["changes"] == []
    site.house.withdraw(ids[0])
    assert [line["type"] for line in site.ask(new, by="times").json["changes"]] == ["withdraw"]


def test_a_page_costs_as_many_questions_wherever_it_stands_and_however_long_it_is(site):
    for number in range(12):
        site.house.published(external_id=f"e{number}")
    first = site.queries(f"{CHANGES}?limit=1", by="times")
    second = site.ask(f"{CHANGES}?limit=6", by="times").json["next"].removeprefix("https://news.example")
    assert site.queries(second, by="times") == first


def test_an_address_that_follows_keeps_the_filter_and_never_the_key(site):
    for number in range(2):
        site.house.published(external_id=f"e{number}")
    path = f"{CHANGES}?limit=1&channel=inner&key={site.keys['times']}"
    asked = parse_qs(urlsplit(site.ask(path).json["next"]).query)
    assert set(asked) == {"limit", "channel", "cursor"}


def test_without_a_key_it_is_about_what_is_public_and_with_one_about_what_was_given(site):
    site.house.published()
    assert [line["channels"] for line in all_of(site, CHANGES)] == [["world"]]
    assert [line["channels"] for line in all_of(site, CHANGES, by="times")] == [["inner"]]
    assert [line["channels"] for line in all_of(site, f"{CHANGES}?channel=world", by="times")] == [["world"]]
    assert "private" not in site.ask(CHANGES).headers["Cache-Control"]
    assert site.ask(CHANGES, by="times").headers["Cache-Control"] == "no-store"


def test_a_channel_that_is_taken_ends_in_what_was_revoked(site):
    site.house.published()
    times = read.subscriber(site.house.store, "times")
    keep.set_subscriber(site.house.store, type(times)(slug="times", name="Times"), who=ANA, now=LATER)
    assert [line["type"] for line in all_of(site, CHANGES, by="times")] == ["upsert", "access-revoked"]
    assert [line["type"] for line in all_of(site, f"{CHANGES}?channel=inner", by="times")][-1] == "access-revoked"
    (key, *_) = [key for key in read.keys(site.house.store) if key.subscriber == "times"]
    keys.revoke(site.house.store, key.id, who=ANA, now=LATER)
    is_problem(site.ask(CHANGES, by="times"), 401, "not-known")


@pytest.mark.parametrize(
    ("query", "by", "status"),
    [
        ("?channel=secret", "times", 404),
        ("?channel=secret", None, 401),
        ("?channel=never-was", None, 401),
        ("?cursor=x", "times", 422),
        ("?limit=0", "times", 422),
        ("?limit=501", "times", 422),
        ("?since=2026-01-01", "times", 422),
        ("?channel=%00", "times", 422),
        ("", "not-a-key", 401),
    ],
)
def test_a_refusal_says_what_is_wrong(site, query, by, status):
    answer = site.ask(f"{CHANGES}{query}", by=by)
    is_problem(answer, status)
    keeps(answer, CHANGES, "get")


def test_an_outlet_s_key_reads_what_everybody_reads(site):
    site.house.published()
    assert all_of(site, CHANGES, by="globe") == all_of(site, CHANGES)


def test_the_answer_keeps_the_document(site):
    story_id = site.house.published()
    site.house.withdraw(story_id)
    keeps(site.ask(f"{CHANGES}?limit=1"), CHANGES, "get")
    keeps(site.ask(CHANGES), CHANGES, "get")
