"""Pushing articles over HTTP: what is answered, and that a refusal says what was wrong and stores nothing."""

import json

import pytest

from tests.newsroom import LATER, NOON, a_push
from tests.web.conftest import API, is_problem


def test_a_push_creates_then_is_unchanged_then_updates_then_is_stale(site):
    first = site.push(a_push(updated="2026-03-04T10:00:00Z"))
    assert (first.status_code, first.json["result"], first.json["review"]) == (201, "created", "received")
    again = site.push(a_push(updated="2026-03-04T10:00:00Z"))
    assert (again.status_code, again.json["result"], again.json["version"]) == (200, "unchanged", 1)
    site.house.publish(first.json["id"])
    changed = a_push(body_html="<p>Corrected.</p>", updated="2026-03-05T10:00:00Z")
    updated = site.push(changed)
    assert (updated.status_code, updated.json["result"], updated.json["version"]) == (200, "updated", 1)
    site.house.publish(first.json["id"])
    article = site.ask(f"{API}/{first.json['id']}", by="oc-media").json
    assert (article["version"], article["guid"]) == (2, first.json["guid"])
    newsml = site.ask(f"/items/{first.json['id']}.newsml").text
    assert "sig:update" in newsml
    rows = site.house.counts()
    problem = is_problem(site.push(a_push(updated="2026-03-04T10:00:00Z", headline="Old")), 409, "stale-version")
    assert problem["stored_updated"] == "2026-03-05T10:00:00Z"
    assert site.house.counts() == rows


def test_the_answer_leads_to_the_article_its_source_and_its_page(site):
    links = site.push().json["links"]
    for name in ("self", "source"):
        assert site.ask(links[name].removeprefix("https://news.example"), by="oc-media").status_code == 200
    site.house.publish(links["page"].rpartition("/")[2])
    assert site.ask(links["page"].removeprefix("https://news.example")).status_code == 200


WRONG = {
    "external_id": "",
    "url": "javascript:alert(1)",
    "headline": "x" * 1001,
    "body_html": 7,
    "authors": [{"name": "A"}, {"affiliation": "B"}],
    "first_published": "yesterday",
    "language": "not a tag!",
    "topics": ["ok", ["nested"]],
    "pictures": [{"url": "https://a.example/1.jpg", "width": -1}],
    "rights": {"embargoed": "2026-03-04"},
    "pub_status": "free",
    "source_version": "two",
    "unknown_name": 1,
}
PATHS = {
    "authors": "authors.1.name",
    "topics": "topics.1",
    "pictures": "pictures.0.width",
    "rights": "rights.embargoed",
}


def test_all_wrong_fields_are_named_at_once_by_their_path(site):
    rows = site.house.counts()
    problem = is_problem(site.push(WRONG), 422, "invalid-fields")
    assert set(problem["errors"]) == {PATHS.get(name, name) for name in WRONG}
    assert all(messages and all(messages) for messages in problem["errors"].values())
    assert site.house.counts() == rows


@pytest.mark.parametrize("name", WRONG)
def test_each_wrong_field_is_refused_alone_too(site, name):
    problem = is_problem(site.push(a_push() | {name: WRONG[name]}), 422)
    assert list(problem["errors"]) == [PATHS.get(name, name)]


@pytest.mark.parametrize("name", ["external_id", "headline", "body_html"])
def test_what_is_needed_is_asked_for(site, name):
    assert list(is_problem(site.push(a_push(**{name: None})), 422)["errors"]) == [name]


# Of each name in the article, values of the wrong shape: none may be more than a refusal.
SHAPES = [None, True, 0, -1, 1e300, "", "x", [], [[]], [None], {}, {"a": {}}, [{"a": 1}]]


@pytest.mark.parametrize("name", [*a_push(), *WRONG])
def test_no_shape_of_any_field_is_more_than_a_refusal(site, name):
    for value in SHAPES:
        assert site.push(a_push() | {name: value}).status_code in (200, 201, 422), value


BODIES = {
    "nothing": b"",
    "broken off": b'{"external_id": "x", ',
    "not JSON": b"<html>",
    "an array": b"[]",
    "a string": b'"x"',
    "null": b"null",
    "the same name twice": b'{"headline": "a", "headline": "b"}',
    "the same name twice, inside": b'{"rights": {"license": "a", "license": "b"}}',
    "NaN": b'{"source_version": NaN}',
    "Infinity": b'{"source_version": -Infinity}',
    "a deep array": b"[" * 100_000,
    "a deep object": b'{"a":' * 30_000,
    "a number without end": b'{"source_version": ' + b"9" * 5000 + b"}",
    "not UTF-8": b'{"headline": "\xff\xfe"}',
    "a lone half of UTF-16": b'\xff\xfe{\x00"',
    "two documents": b"{}{}",
    "single quotes": b"{'external_id': 'x'}",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_that_is_no_article_is_400_and_nothing_is_stored(site, body):
    rows = site.house.counts()
    is_problem(site.push(body), 400, "bad-input")
    assert site.house.counts() == rows


def test_broken_json_says_where_it_breaks(site):
    problem = is_problem(site.push(b'{\n "external_id": x}'), 400)
    assert (problem["line"], problem["column"]) == (2, 17)


TEXTS = {
    "NUL": "a\\u0000b",
    "a lone surrogate": "a\\ud800b",
    "a control character": "a\\u0007b",
    "a noncharacter": "a\\uffffb",
    "what XML forbids": "a\\u000bb",
    "a reversal": "a\\u202eb",
    "beyond the basic plane": "a\\ud83d\\ude00b",
}


@pytest.mark.parametrize("written", TEXTS.values(), ids=TEXTS)
def test_text_that_cannot_be_carried_is_left_out_and_breaks_nothing_on_its_way(site, written):
    names = ("headline", "byline", "section", "summary", "slugline", "dateline", "ed_note")
    fields = "".join(f'"{name}": "{written}",' for name in names)
    body = (
        f'{{{fields} "external_id": "x", "body_html": "<p>{written}</p>", "topics": ["{written}"],'
        f' "url": "https://oc-media.org/x", "authors": [{{"name": "{written}"}}],'
        f' "pictures": [{{"url": "https://oc-media.org/x.jpg", "caption": "{written}", "alt": "{written}"}}],'
        f' "rights": {{"license": "{written}", "usage_terms": "{written}", "copyright_notice": "{written}"}}}}'
    )
    answer = site.push(body.encode())
    assert answer.status_code == 201, answer.text
    site.house.publish(answer.json["id"])
    for path in (f"{API}/{answer.json['id']}", API):
        assert site.ask(path, by="oc-media").status_code == 200
    for path in ("/feeds/world.rss", "/feeds/world.newsml", *(f"/items/{answer.json['id']}.{x}" for x in FORMATS)):
        assert site.ask(path).status_code == 200
        assert "\0" not in site.ask(path).text


FORMATS = ("html", "rss", "newsml")


@pytest.mark.parametrize(
    "media_type", ["image/png", "application/x-www-form-urlencoded", "text/calendar", "a", "a/b/c"]
)
def test_a_media_type_that_is_not_read_here_is_415_and_says_which_are(site, media_type):
    problem = is_problem(site.push(content_type=media_type), 415, "unknown-format")
    assert "application/json" in problem["accepted"]


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "Application/JSON", None])
def test_json_is_known_by_its_media_type_or_where_none_is_given_by_its_content(site, media_type):
    assert site.push(content_type=media_type).status_code == 201


def test_a_body_over_the_limit_is_413_and_says_the_limit(site):
    rows = site.house.counts()
    problem = is_problem(site.push(b" " * 200_001), 413, "too-large")
    assert problem["max_bytes"] == 200_000
    assert site.house.counts() == rows


def test_a_body_of_twenty_megabytes_is_413(site):
    is_problem(site.push(a_push(body_html="x" * 20_000_000)), 413)


def test_a_body_that_broke_off_is_400_and_not_taken_for_whole(site):
    rows = site.house.counts()
    problem = is_problem(site.push(environ_overrides={"CONTENT_LENGTH": "5000"}), 400)
    assert "broke off" in problem["detail"]
    assert site.house.counts() == rows


@pytest.mark.parametrize("length", ["-1", "x", "1e3", "٣"])
def test_a_length_that_is_no_number_is_400(site, length):
    is_problem(site.push(environ_overrides={"CONTENT_LENGTH": length}), 400)


def test_a_dry_run_answers_the_report_and_stores_nothing(site):
    rows = site.house.counts()
    answer = site.push(a_push(body_html="<p>a</p><script>b</script>"), query="?dry_run=1")
    assert (answer.status_code, answer.json["result"]) == (200, "created")
    assert [removed["what"] for removed in answer.json["report"]["removed"]] == ["script"]
    assert not {"id", "guid", "links"} & set(answer.json)
    assert site.house.counts() == rows


@pytest.mark.parametrize("value", ["maybe", "2", ""])
def test_a_dry_run_that_is_neither_yes_nor_no_is_refused(site, value):
    assert list(is_problem(site.push(query=f"?dry_run={value}"), 422)["errors"]) == ["dry_run"]


KEY = {"Idempotency-Key": "3f1c"}


def test_an_idempotency_key_replays_the_first_answer_whatever_happened_since(site):
    first = site.push(headers=KEY)
    site.house.publish(first.json["id"])
    site.push(a_push(headline="Another"))
    rows = site.house.counts()
    again = site.push(headers=KEY)
    assert (again.status_code, again.json) == (first.status_code, first.json) == (201, first.json)
    assert site.house.counts() == rows


def test_an_idempotency_key_with_other_content_is_refused(site):
    site.push(headers=KEY)
    problem = is_problem(site.push(a_push(headline="Another"), headers=KEY), 422)
    assert list(problem["errors"]) == ["Idempotency-Key"]


def test_an_idempotency_key_belongs_to_the_key_that_used_it(site):
    first, other = site.push(headers=KEY), site.push(headers=KEY, by="globe")
    assert (other.status_code, other.json["result"]) == (201, "created")
    assert other.json["id"] != first.json["id"]


def test_a_refusal_does_not_use_an_idempotency_key_up(site):
    is_problem(site.push(a_push(headline=""), headers=KEY), 422)
    assert site.push(headers=KEY).status_code == 201


def test_a_dry_run_does_not_use_an_idempotency_key_up(site):
    assert site.push(headers=KEY, query="?dry_run=1").status_code == 200
    assert site.push(headers=KEY).status_code == 201


def test_an_idempotency_key_without_end_or_with_a_nul_is_refused(site):
    for key in ("x" * 256, "a\0b"):
        assert list(is_problem(site.push(headers={"Idempotency-Key": key}), 422)["errors"]) == ["Idempotency-Key"]


def test_the_source_is_answered_byte_for_byte_as_a_download_that_runs_nothing(site):
    body = json.dumps(a_push(), indent=4).encode() + b"\n\n"
    answer = site.push(body, content_type="application/json; charset=utf-8")
    source = site.ask(f"{API}/{answer.json['id']}/source", by="oc-media")
    assert source.data == body
    assert source.headers["Content-Type"] == "application/json; charset=utf-8"
    assert source.headers["Content-Disposition"] == "attachment"
    assert "sandbox" in source.headers["Content-Security-Policy"]


def test_an_article_is_answered_as_we_understood_it_with_dates_as_precise_as_the_source_gave_them(site):
    sent = a_push(
        authors=[{"name": "Tamar Gelashvili", "affiliation": "OC Media", "url": "https://oc-media.org/t/"}],
        pictures=[{"url": "https://oc-media.org/a.jpg", "caption": "P", "credit": "N. B.", "alt": "A", "width": 9}],
        summary="Short",
        slugline="schools",
        dateline="KHULO",
        ed_note="Mind the names",
        updated="2026-03-04T09:15:00+04:00",
        source_version=3,
    )
    site.clock.now = NOON
    article = site.ask(f"{API}/{site.push(sent).json['id']}", by="oc-media").json
    same = set(sent) - {"pictures", "rights", "body_html"}
    assert {name: article[name] for name in same} == {name: sent[name] for name in same}
    assert {name: article["pictures"][0][name] for name in sent["pictures"][0]} == sent["pictures"][0]
    (state,) = article["picture_states"]
    assert (state["url"], state["credit"], state["hold"]) == ("https://oc-media.org/a.jpg", "N. B.", "")
    assert (state["kept"], state["problem"], state["by_file"]) == (False, "", [])
    assert article["rights"]["license"] == "CC-BY-ND-4.0"
    assert article["info_source"] == {"name": "OC Media", "url": "https://oc-media.org/"}
    assert (article["review"], article["received_at"]) == ("received", "2026-03-04T12:00:00+00:00")
    assert article["editions"] == article["republished"] == []


def test_an_article_says_why_one_of_its_pictures_stays_in(site):
    sent = a_push(pictures=[{"url": "https://oc-media.org/a.jpg", "credit": "AFP"}])
    article = site.ask(f"{API}/{site.push(sent).json['id']}", by="oc-media").json
    assert article["picture_states"][0]["hold"].startswith("its credit names AFP")


def test_the_history_of_an_article_tells_its_editions_and_where_it_runs(site):
    ref = site.push().json["id"]
    site.house.publish(ref, now=NOON)
    article = site.ask(f"{API}/{ref}", by="oc-media").json
    assert [(e["version"], e["change"]) for e in article["editions"]] == [(1, "new")]
    (ours,) = article["republished"]
    assert (ours["name"], ours["url"], ours["status"]) == ("The Mirror", f"https://news.example/items/{ref}", "live")
    site.house.withdraw(ref, now=LATER)
    article = site.ask(f"{API}/{ref}", by="oc-media").json
    assert (len(article["editions"]), article["republished"], article["reason"]) == (2, [], "an error")
