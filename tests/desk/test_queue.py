"""The queue as its readers meet it: found by filter and words, decided one by one or many at once."""

import re
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from sqlalchemy import event

from syndicate.core.listing import Age, Filter, Light, Shown
from syndicate.core.workflow import Review
from syndicate.service.desk import bulk
from syndicate.service.desk import queue as services
from syndicate.web.desk import filters
from tests.newsroom import LATER, NOON
from tests.stores import emptied

MINUTE = timedelta(minutes=1)
AGENCY = {"url": "https://oc-media.org/afp.jpg", "caption": "A gate", "credit": "AFP"}


@pytest.fixture
def store(request):
    """What is asked of the database here is asked of both in tests/service/test_listing.py."""
    return emptied(request.getfixturevalue("_sqlite_store"))


def pushed(house, *headlines, **changes):
    """Stories that came in a minute after each other; the value of each one's checkbox."""
    ids = [
        house.push(external_id=name, url=None, headline=name, now=NOON + MINUTE * number, **changes).id
        for number, name in enumerate(headlines)
    ]
    with house.store.read() as tx:
        rows = {row.story_id: f"{row.story_id}.{row.seq}" for row in tx.listings.of(ids)}
    return [rows[story_id] for story_id in ids]


def headlines(answer):
    return re.findall(r'data-key="o">([^<]*)</a>', answer.get_data(as_text=True))


def state_of(desk, value):
    return desk.house.story(value.partition(".")[0]).review


@pytest.mark.parametrize(
    ("address", "chosen"),
    [
        ("", Filter(state=Review.RECEIVED)),
        ("state=all", Filter()),
        ("state=held&outlet=oc-media&q=a+b", Filter(state=Review.HELD, outlet="oc-media", words="a b")),
        (
            "age=over-7d&pictures=held&checks=red&update=1&alike=1",
            Filter(
                state=Review.RECEIVED,
                age=Age.OVER_7D,
                pictures=Shown.HELD,
                checks=Light.RED,
                update=True,
                alike=True,
            ),
        ),
        (
            "section=&topic=+school+&licence=CC-BY-4.0&language=hy&utm=x",
            Filter(state=Review.RECEIVED, topic="school", licence="CC-BY-4.0", language="hy"),
        ),
    ],
    ids=["nothing", "every state", "words", "the rest", "what says nothing"],
)
def test_a_filter_is_its_address_and_back(address, chosen):
    assert filters.read(dict(parse_qsl(address))) == chosen
    assert filters.read(filters.written(chosen)) == chosen


def test_one_look_tells_what_a_story_is(desk):
    rights = {"license": "CC-BY-ND-4.0", "embargoed": (LATER + timedelta(hours=3)).isoformat()}
    desk.house.push(language="hy", pictures=[AGENCY], rights=rights)
    page = desk.signed_in("viewer").get("/desk/").get_data(as_text=True)
    for words in (
        *("OC Media", "Tamar Gelashvili", "2 days ago", "Armenian", "International", "14 words"),
        *("CC BY-ND 4.0: may be republished unchanged, credit and link required", "Checks fail"),
        *("Embargo ends", "in 3 hours", "1 picture, 1 stay in"),
    ):
        assert words in page
    assert 'name="story"' not in page


def test_states_have_counts_and_a_filter_narrows_them(desk):
    _, two, _ = pushed(desk.house, "One", "Two", "Three")
    desk.house.hold(two.partition(".")[0])
    visitor = desk.signed_in("viewer")
    assert headlines(visitor.get("/desk/")) == ["Three", "One"]
    assert headlines(visitor.get("/desk/?state=held")) == ["Two"]
    assert headlines(visitor.get("/desk/?state=all&q=t")) == []
    assert headlines(visitor.get("/desk/?state=all&q=tw")) == ["Two"]
    page = visitor.get("/desk/?state=all").get_data(as_text=True)
    counts = re.findall(r'data-swap="#queue"[^>]*>([A-Z][a-z ]+) <span class="count">([^<]*)<', page)
    assert dict(counts) | {"New": "2", "On hold": "1", "All": "3", "Killed": "0"} == dict(counts)


@pytest.mark.parametrize(
    "address",
    ["state=gone", "age=soon", "pictures=1", "q=" + "x" * 201, "after=!!", "after=MTp4", "after=MToyMTQ3NDgzNjQ4"],
)
def test_an_address_that_means_nothing_is_refused_with_what_is_wrong(desk, address):
    answer = desk.signed_in("viewer").get(f"/desk/?{address}")
    assert answer.status_code == 422
    assert address.partition("=")[0].replace("after", "") in answer.get_data(as_text=True)


def test_pages_follow_each_other_without_gap(desk, monkeypatch):
    monkeypatch.setattr(services, "PER_PAGE", 2)
    pushed(desk.house, *"abcde")
    visitor, seen, address = desk.signed_in("viewer"), [], "/desk/"
    while address:
        answer = visitor.get(address)
        seen += headlines(answer)
        found = re.search(r'href="([^"]*)" rel="next"|rel="next" href="([^"]*)"|href="([^"]*after=[^"]*)"', answer.text)
        address = next(filter(None, found.groups())).replace("&amp;", "&") if found else ""
    assert seen == ["e", "d", "c", "b", "a"]


def test_one_story_is_held_or_approved_at_once_and_rejected_with_a_reason(desk):
    one, two = pushed(desk.house, "One", "Two")
    editor = desk.signed_in("editor")
    answer = editor.post("/desk/decide", one=f"hold {one}", next="/desk/?q=o")
    assert (answer.status_code, answer.location, state_of(desk, one)) == (303, "/desk/?q=o", Review.HELD)
    assert "On hold: One" in editor.get("/desk/").get_data(as_text=True)
    asked = editor.post("/desk/decide", one=f"reject {two}")
    assert "Reject 1 story?" in asked.text
    assert state_of(desk, two) is Review.RECEIVED
    assert editor.post("/desk/decide", act="reject", story=two, confirmed="1", reason=" ").status_code == 422
    assert editor.post("/desk/decide", act="reject", story=two, confirmed="1", reason="Not news").status_code == 303
    assert desk.house.story(two.partition(".")[0]).reason == "Not news"


@pytest.mark.parametrize(
    ("act", "state"), [("approve", Review.APPROVED), ("hold", Review.HELD), ("reject", Review.REJECTED)]
)
def test_many_are_decided_with_one_confirmation(desk, act, state):
    chosen = pushed(desk.house, "One", "Two")
    editor = desk.signed_in("editor")
    asked = editor.post("/desk/decide", act=act, story=chosen)
    assert all(f'value="{value}"' in asked.text for value in chosen)
    assert [state_of(desk, value) for value in chosen] == [Review.RECEIVED] * 2
    editor.post("/desk/decide", act=act, story=chosen, confirmed="1", reason="As agreed")
    assert [state_of(desk, value) for value in chosen] == [state] * 2


def test_one_that_is_refused_keeps_no_other_and_each_is_told(desk):
    fine, gone, newer = pushed(desk.house, "Fine", "Gone", "Newer")
    desk.house.brought_to(Review.KILLED, external_id="k", url=None, headline="Killed")
    desk.house.reject(gone.partition(".")[0])
    desk.house.push(external_id="Newer", url=None, headline="Newer, again", now=LATER)
    answer = desk.signed_in("editor").post("/desk/decide", act="approve", story=[fine, gone, newer], confirmed="1")
    assert answer.status_code == 200
    assert "Done for 1 story." in answer.text
    assert "A newer version came in since you looked" in answer.text
    assert "A story that is rejected cannot become approved" in answer.text
    assert [state_of(desk, value) for value in (fine, gone, newer)] == [
        Review.APPROVED,
        Review.REJECTED,
        Review.RECEIVED,
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "publish", "confirmed": "1"},
        {"act": "", "confirmed": "1"},
        {"act": "hold", "confirmed": "1", "story": "x"},
        {"act": "hold", "confirmed": "1", "story": "x.9999999999999999999"},
        {"one": "hold"},
    ],
    ids=str,
)
def test_a_crafted_form_is_refused(desk, fields):
    pushed(desk.house, "One")
    answer = desk.signed_in("editor").post("/desk/decide", **fields)
    assert answer.status_code == 422


def test_more_than_a_page_holds_is_not_decided_at_once(desk):
    pushed(desk.house, "One")
    many = [f"story-{number}.{number}" for number in range(bulk.MOST + 1)]
    answer = desk.signed_in("editor").post("/desk/decide", act="hold", story=many, confirmed="1")
    assert (answer.status_code, f"At most {bulk.MOST} at once." in answer.text) == (422, True)


def test_a_viewer_decides_nothing(desk):
    (one,) = pushed(desk.house, "One")
    viewer = desk.signed_in("viewer")
    assert viewer.post("/desk/decide", one=f"hold {one}").status_code == 403
    assert viewer.post("/desk/decide", act="approve", story=one, confirmed="1").status_code == 403
    assert state_of(desk, one) is Review.RECEIVED


def test_a_filter_is_kept_by_a_name_with_its_count_for_its_owner_alone(desk):
    pushed(desk.house, "Valley", "Town")
    viewer, editor = desk.signed_in("viewer"), desk.signed_in("editor")
    answer = viewer.post("/desk/account/filters", name=" The  town ", q="town", state="all")
    assert (answer.status_code, answer.location) == (303, "/desk/?q=town&state=all")
    assert re.search(r"<bdi>The town</bdi> <span class=\"count\">1<", viewer.get("/desk/").get_data(as_text=True))
    assert "The town" not in editor.get("/desk/").get_data(as_text=True)
    assert editor.post("/desk/account/filters/remove", name="The town").status_code == 404
    assert viewer.post("/desk/account/filters/remove", name="The town").status_code == 303
    assert "The town" not in viewer.get("/desk/?q=x").get_data(as_text=True).partition('id="told"')[0]


@pytest.mark.parametrize("name", ["", " ", "x" * 81], ids=["none", "blank", "long"])
def test_a_filter_needs_a_name(desk, name):
    assert desk.signed_in("viewer").post("/desk/account/filters", name=name, q="x").status_code == 422


def test_a_person_keeps_so_many_filters_and_no_more(desk, monkeypatch):
    monkeypatch.setattr(services, "MOST_FILTERS", 1)
    viewer = desk.signed_in("viewer")
    assert viewer.post("/desk/account/filters", name="a", q="x").status_code == 303
    assert viewer.post("/desk/account/filters", name="b", q="x").status_code == 422
    assert viewer.post("/desk/account/filters", name="a", q="y").status_code == 303


def test_what_came_in_is_told_once_it_has_and_unchanged_costs_nothing(desk):
    pushed(desk.house, "One")
    visitor = desk.signed_in("viewer")
    address = re.search(r'data-since="(\d+)" data-news="([^"]*)"', visitor.get("/desk/").text)
    since = f"{address[2]}?since={address[1]}"
    first = visitor.get(since)
    assert (first.status_code, first.json) == (200, {"new": 0, "told": ""})
    assert visitor.get(since, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    pushed(desk.house, "Two", "Three")
    answer = visitor.get(since, headers={"If-None-Match": first.headers["ETag"]})
    assert (answer.status_code, answer.json) == (200, {"new": 2, "told": "2 new stories"})
    assert visitor.get(f"{since}&q=two").json == {"new": 1, "told": "1 new story"}
    assert visitor.get("/desk/news?since=x").status_code == 422
    assert visitor.get("/desk/news?since=2147483648").status_code == 422


def asked(desk, act):
    """How many statements it sends to the database."""
    sent = []

    def hear(_connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(desk.store.engine, "before_cursor_execute", hear)
    try:
        act()
    finally:
        event.remove(desk.store.engine, "before_cursor_execute", hear)
    return len(sent)


@pytest.mark.parametrize("address", ["/desk/", "/desk/?state=all&q=story&topic=school&update=1", "/desk/?checks=amber"])
def test_a_page_costs_as_many_questions_for_5_stories_as_for_50(desk, address):
    visitor = desk.signed_in("editor")
    visitor.post("/desk/account/filters", name="mine", q="story")
    pushed(desk.house, *(f"Story {number}" for number in range(5)))
    visitor.get(address)
    few = asked(desk, lambda: visitor.get(address))
    pushed(desk.house, *(f"Story {number}" for number in range(50)))
    assert asked(desk, lambda: visitor.get(address)) == few < 15


def test_fifty_stories_are_a_light_page_for_everybody(site):
    house = site.desk.house
    pushed(
        house, *(f"{number}: a headline that is as long as they are, in the valley and beyond" for number in range(50))
    )
    house.push(headline="الوادي يفتح مدارسه", language="ar", pictures=[AGENCY], now=LATER)
    page = site.page("editor").visit("/desk/?state=all")
    page.judge()
    page.shoot("queue-full")


def test_a_morning_with_the_keyboard(site):
    house = site.desk.house
    pushed(house, "First", "Second", "Third")
    page = site.page("editor").visit("/desk/")
    tab = page.tab
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    tab.keyboard.press("h")
    tab.get_by_text("On hold: Second").wait_for()
    assert headlines_in(tab) == ["Third", "First"]
    tab.keyboard.press("/")
    tab.keyboard.type("fir")
    tab.keyboard.press("Enter")
    tab.get_by_role("link", name="Without: “fir”").wait_for()
    assert headlines_in(tab) == ["First"]
    page.judge()
    tab.keyboard.press("Escape")
    tab.locator("h1").click()
    tab.keyboard.press("j")
    tab.keyboard.press("r")
    tab.get_by_role("heading", name="Reject 1 story?").wait_for()
    page.judge()
    tab.get_by_label("Reason").fill("Not for us")
    tab.get_by_role("button", name="Reject", exact=True).click()
    tab.get_by_text("Rejected: First").wait_for()


def test_all_of_a_page_are_approved_with_two_presses(site):
    pushed(site.desk.house, "One", "Two", "Three")
    tab = site.page("editor").visit("/desk/").tab
    tab.locator("#every").check()
    tab.get_by_role("button", name="Approve…").click()
    tab.get_by_role("heading", name="Approve 3 stories?").wait_for()
    tab.get_by_role("button", name="Approve", exact=True).click()
    tab.get_by_text("3 stories approved.").wait_for()


def test_new_arrivals_are_told_and_nothing_moves(site):
    pushed(site.desk.house, "Old")
    tab = site.page("editor").visit("/desk/").tab
    tab.wait_for_load_state("networkidle")
    before = tab.get_by_role("link", name="Old", exact=True).bounding_box()
    site.desk.house.push(headline="Breaking", external_id="b", url=None, now=LATER)
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    tab.get_by_role("link", name="1 new story").wait_for()
    assert tab.get_by_role("link", name="Old", exact=True).bounding_box() == before
    tab.get_by_role("link", name="1 new story").click()
    tab.get_by_role("link", name="Breaking").wait_for()
    assert headlines_in(tab) == ["Breaking", "Old"]


def test_without_javascript_the_queue_does_the_same(site):
    pushed(site.desk.house, "One", "Two")
    tab = site.page("editor", java_script_enabled=False).visit("/desk/").tab
    tab.get_by_label("Choose: One").check()
    tab.get_by_label("Choose: Two").check()
    tab.get_by_role("button", name="Hold…").click()
    tab.get_by_role("button", name="Hold", exact=True).click()
    tab.get_by_text("2 stories put on hold.").wait_for()
    tab.get_by_role("link", name=re.compile("On hold")).click()
    tab.get_by_label("Search headline").fill("two")
    tab.get_by_role("button", name="Search").click()
    assert headlines_in(tab) == ["Two"]


def headlines_in(tab):
    return [each.inner_text() for each in tab.locator('[data-row] a[data-key="o"]').all()]


def test_a_story_s_page_costs_as_many_questions_however_many_others_there_are(desk):
    visitor = desk.signed_in("editor")
    address = f"/desk/stories/{pushed(desk.house, 'This one')[0].partition('.')[0]}"
    visitor.get(address)
    alone = asked(desk, lambda: visitor.get(address))
    pushed(desk.house, *(f"Story {number}" for number in range(50)))
    assert asked(desk, lambda: visitor.get(address)) == alone
