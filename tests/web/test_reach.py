"""Where stories run: receipts by subscribers, counts of readings, and what the outlet sees of both."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner

from syndicate.cli import main
from syndicate.core.grants import Grants
from syndicate.core.newsroom import Subscriber
from syndicate.service import keep
from syndicate.service.deliver import counter, reach
from tests.newsroom import ANA, LATER, NOON, at_once
from tests.web.conftest import Site, is_problem
from tests.web.test_openapi import keeps

RECEIPTS, REACH = "/api/v1/receipts", "/api/v1/reach"
URL = "https://times.example/schools"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
DAY = timedelta(days=1)


def tell(site: Site, of: str, *, by: str | None = "times", **said):
    body = {"guid": of, "version": 1, "url": URL} | said
    return site.ask(RECEIPTS, by=by, method="POST", json={name: v for name, v in body.items() if v is not None})


@pytest.fixture
def guid(site: Site) -> str:
    return site.house.story(site.house.published()).guid


def republished(site: Site) -> list[dict]:
    (item,) = site.ask("/api/v1/articles", by="oc-media").json["items"]
    answer = site.ask(f"/api/v1/articles/{item['id']}", by="oc-media")
    keeps(answer, "/api/v1/articles/{id}", "get")
    return answer.json["republished"]


def test_it_is_live_here_is_shown_to_the_outlet(site, guid):
    first, again = tell(site, guid), tell(site, guid)
    keeps(first, RECEIPTS, "post")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    ours, theirs = republished(site)
    assert (ours["subscriber"], ours["url"], ours["status"]) == ("", f"https://news.example/items/{_id(guid)}", "live")
    assert theirs == {
        "subscriber": "times",
        "name": "Times",
        "url": URL,
        "version": 1,
        "status": "live",
        "live_since": LATER.isoformat(),
        "down_since": None,
        "told_at": LATER.isoformat(),
    }


def _id(guid: str) -> str:
    return guid.rpartition("/")[2]


def test_it_is_down_needs_no_address_and_keeps_where_it_was(site, guid):
    tell(site, guid)
    site.house.withdraw(_id(guid), now=LATER)
    site.clock.now = LATER + DAY
    down = tell(site, guid, version=2, status="down", url=None)
    assert (down.status_code, down.json["url"], down.json["status"]) == (200, URL, "down")
    assert (down.json["live_since"], down.json["down_since"]) == (LATER.isoformat(), (LATER + DAY).isoformat())
    assert [one["status"] for one in republished(site)] == ["down"]


WRONG = {
    "no guid": ({"guid": None}, "guid"),
    "a version that is text": ({"version": "1"}, "version"),
    "a version that was never out": ({"version": 9}, "version"),
    "a version that no database holds": ({"version": 2**70}, "version"),
    "live nowhere": ({"url": None}, "url"),
    "a script for an address": ({"url": "javascript:alert(1)"}, "url"),
    "a password in the address": ({"url": "https://u:p@times.example/"}, "url"),
    "an address without an end": ({"url": f"https://times.example/{'a' * 2000}"}, "url"),
    "another status": ({"status": "maybe"}, "status"),
    "an unknown field": ({"colour": "red"}, "colour"),
}


@pytest.mark.parametrize(("said", "where"), WRONG.values(), ids=WRONG)
def test_a_wrong_receipt_is_refused_by_its_field(site, guid, said, where):
    answer = tell(site, guid, **said)
    assert where in is_problem(answer, 422, "invalid-fields")["errors"]
    keeps(answer, RECEIPTS, "post")
    assert len(republished(site)) == 1


@pytest.mark.parametrize("body", ["[]", "null", "3", '"guid"'])
def test_what_is_no_object_is_told_so(site, guid, body):
    answer = site.ask(RECEIPTS, by="times", method="POST", data=body, content_type="application/json")
    assert is_problem(answer, 422)["detail"] == "Send one JSON object."


def test_without_a_version_the_newest_is_meant(site, guid):
    site.house.push(headline="Valley schools close again")
    site.house.publish(guid)
    told = tell(site, guid, version=None)
    assert (told.status_code, told.json["version"]) == (201, 2)


def test_a_version_that_takes_the_story_back_cannot_be_live(site, guid):
    site.house.withdraw(_id(guid), now=LATER)
    assert "version" in is_problem(tell(site, guid, version=2), 422)["errors"]
    assert tell(site, guid, version=1).status_code == 201  # it has not taken it down yet


def test_an_older_version_than_was_told_is_stale(site, guid):
    site.house.push(headline="Corrected", now=LATER)
    site.house.publish(_id(guid), now=LATER)
    assert tell(site, guid, version=2).status_code == 201
    assert is_problem(tell(site, guid, version=1), 409, "stale-version")["current"] == 2


def test_who_never_had_a_story_learns_nothing_of_it(site):
    site.house.add_channel("other", public=False, outlets=("globe",))
    keep.set_channel(site.house.store, replace(site.house.channel("world"), public=False), who=ANA, now=NOON)
    keep.set_subscriber(
        site.house.store, Subscriber(slug="times", name="Times", channels=("other",)), who=ANA, now=NOON
    )
    story = site.house.story(site.house.published())
    answers = [tell(site, guid) for guid in (story.guid, "tag:news.example,2026-03-04:oc-media/none", story.id)]
    found = [is_problem(answer, 404, "not-found") for answer in answers]
    assert {problem["detail"] for problem in found} == {"You never had a story of this guid from us."}


def test_a_story_that_its_rights_kept_from_a_subscriber_is_none_that_it_had(site):
    limits = Grants(blocked_outlets=("oc-media",))
    times = Subscriber(slug="times", name="Times", channels=("inner",), grants=limits)
    keep.set_subscriber(site.house.store, times, who=ANA, now=NOON)
    story = site.house.story(site.house.published())
    is_problem(tell(site, story.guid), 404, "not-found")


def test_who_may_not_read_it_any_more_can_still_say_that_it_is_down(site, guid):
    keep.set_channel(site.house.store, replace(site.house.channel("world"), public=False), who=ANA, now=LATER)
    keep.set_subscriber(site.house.store, Subscriber(slug="times", name="Times"), who=ANA, now=LATER)
    assert tell(site, guid, status="down").status_code == 201


def test_a_receipt_needs_a_subscriber_s_key(site, guid):
    is_problem(tell(site, guid, by=None), 401)
    is_problem(tell(site, guid, by="oc-media"), 403)
    key = site.keys["times"]
    is_problem(site.ask(f"{RECEIPTS}?key={key}", method="POST", json={"guid": guid, "version": 1, "url": URL}), 401)


def test_receipts_said_at_the_same_moment_leave_one(site, guid):
    said = at_once(*[lambda: tell(site, guid).status_code] * 4)
    assert sorted(said) == [200, 200, 200, 201]
    assert len(republished(site)) == 2


def counters(site: Site, story_id: str, *, by: str | None = None, path: str = "") -> list[str]:
    page = site.ask(f"/items/{story_id}.html{path}", by=by).get_data(as_text=True)
    return re.findall(r'src="https://news\.example(/c/[^"]+)"', page)


def views(site: Site, outlet: str = "oc-media") -> dict[str, dict[str, int]]:
    site.client.application.extensions["syndicate"].readings.flush()
    found = site.ask(REACH, by=outlet)
    keeps(found, REACH, "get")
    return {one["subscriber"]: {day["day"]: day["views"] for day in one["days"]} for one in found.json["items"]}


def test_a_reading_is_counted_for_the_site_whose_copy_it_is_and_for_its_day(site, guid):
    (ours,) = counters(site, _id(guid))
    (theirs,) = counters(site, _id(guid), by="times", path="?as=snippet")
    for address in (ours, theirs, theirs):
        site.ask(address, headers=BROWSER)
    site.clock.now = LATER + DAY
    site.ask(theirs, headers=BROWSER)
    assert views(site) == {"": {"2026-03-06": 1}, "times": {"2026-03-06": 2, "2026-03-07": 1}}


def test_the_picture_is_a_point_that_nobody_keeps(site, guid, log):
    (address,) = counters(site, _id(guid))
    said = site.ask(
        address, headers={**BROWSER, "X-Forwarded-For": "198.51.100.7", "Referer": "https://reader.example/me"}
    )
    assert (said.status_code, said.mimetype, said.headers["Cache-Control"]) == (200, "image/gif", "no-store")
    assert said.data.startswith(b"GIF89a\x01\x00\x01\x00")
    assert "Set-Cookie" not in said.headers
    for known in ("Firefox", "198.51.100.7", "reader.example"):
        assert known not in log.getvalue()


NOT_READ = {
    "a robot": {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
    "a program": {"User-Agent": "curl/8.5"},
    "nobody": {"User-Agent": ""},
    "a browser that looks ahead": {**BROWSER, "Sec-Purpose": "prefetch;prerender"},
    "a browser that opens it as a page": {**BROWSER, "Sec-Fetch-Dest": "document"},
}


@pytest.mark.parametrize("headers", NOT_READ.values(), ids=NOT_READ)
def test_what_reads_nothing_is_not_counted_and_answered_alike(site, guid, headers):
    (address,) = counters(site, _id(guid))
    said = site.ask(address, headers=headers)
    assert said.data == site.ask("/c/forged.gif", headers=BROWSER).data
    site.ask(address, headers=BROWSER, method="HEAD")
    assert views(site) == {}


def test_a_token_that_we_did_not_sign_counts_nothing_and_is_told_nothing(site, guid):
    (address,) = counters(site, _id(guid))
    elsewhere = counter.counter_of(
        site.client.application.extensions["syndicate"].newsroom,
        b"another secret",
        story_id=_id(guid),
        subscriber="x",
        version=1,
    ).removeprefix("https://news.example")
    for forged in ("/c/.gif", "/c/x.gif", f"{address[:-6]}AA.gif", elsewhere, f"/c/{'a' * 5000}.gif"):
        said = site.ask(forged, headers=BROWSER)
        assert said.status_code in (200, 404)
        assert said.mimetype in ("image/gif", "application/problem+json")
    assert views(site) == {}


def test_counts_of_many_processes_add_up(store, site, guid):
    many = [counter.Readings(store, b"s" * 40) for _ in range(4)]
    token = counter.counter_of(
        site.client.application.extensions["syndicate"].newsroom,
        b"s" * 40,
        story_id=_id(guid),
        subscriber="times",
        version=1,
    ).rpartition("/")[2][: -len(".gif")]

    def read(one: counter.Readings) -> None:
        for _ in range(25):
            one.count(token, LATER)
            one.flush()

    at_once(*[lambda one=one: read(one) for one in many])
    assert views(site) == {"times": {"2026-03-06": 100}}


def test_an_outlet_sees_its_own_stories_only_page_by_page_and_only_the_days_it_asks_for(site):
    for number in range(3):
        story = site.house.story(site.house.published(external_id=f"n{number}", url=None))
        tell(site, story.guid)
        site.ask(counters(site, story.id)[0], headers=BROWSER)
    assert views(site, "globe") == {}
    assert len(views(site)) == 2
    found, path = [], f"{REACH}?limit=2"
    while path:
        answer = site.ask(path, by="oc-media").json
        assert len(answer["items"]) == 2
        found += answer["items"]
        path = (answer["next"] or "").removeprefix("https://news.example")
    assert [(one["subscriber"], one["views"]) for one in found] == [("", 1), ("times", 0)] * 3
    assert {one["external_id"] for one in found} == {"n0", "n1", "n2"}
    before = site.ask(f"{REACH}?since=2026-02-01&until=2026-03-05", by="oc-media").json
    assert [(one["subscriber"], one["views"]) for one in before["items"]] == [("times", 0)] * 3
    assert (before["since"], before["until"]) == ("2026-02-01", "2026-03-05")


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("since=yesterday", "since"),
        ("since=2026-03-05&until=2026-03-04", "since"),
        ("since=2000-01-01", "since"),
        ("until=0001-01-01", "since"),
        ("limit=0", "limit"),
        ("cursor=x", "cursor"),
    ],
)
def test_a_wrong_question_is_refused_by_its_field(site, query, where):
    answer = site.ask(f"{REACH}?{query}", by="oc-media")
    assert where in is_problem(answer, 422)["errors"]
    keeps(answer, REACH, "get")


def test_reach_needs_an_outlet_s_key(site):
    is_problem(site.ask(REACH), 401)
    is_problem(site.ask(REACH, by="times"), 403)


def test_the_command_says_the_same_and_gives_a_spreadsheet_no_formulas(site, monkeypatch):
    story = site.house.story(site.house.published(headline='=HYPERLINK("https://evil.example")', external_id="-1+1"))
    tell(site, story.guid)
    monkeypatch.setenv("SYNDICATE_DATABASE_URL", site.house.store.engine.url.render_as_string(False))
    monkeypatch.setenv("SYNDICATE_SECRET_KEY", "x" * 40)
    told = CliRunner().invoke(main, ["reach", "--outlet", "oc-media", "--csv"])
    (line,) = csv.DictReader(io.StringIO(told.stdout))
    assert (line["external_id"], line["headline"]) == ("'-1+1", '\'=HYPERLINK("https://evil.example")')
    assert (line["subscriber"], line["status"], line["url"], line["views"]) == ("Times", "live", URL, "0")
    document = json.loads(CliRunner().invoke(main, ["reach", "--outlet", "oc-media", "--json"]).stdout)
    assert [one["receipt"]["url"] for one in document["items"]] == [URL]
    missing = CliRunner().invoke(main, ["reach", "--outlet", "none"])
    assert missing.exit_code == 1


def test_the_days_are_thirty_where_none_are_said():
    first, last = reach.period(None, None, NOON)
    assert ((last - first).days, last) == (29, NOON.date())
