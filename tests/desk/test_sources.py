"""The pages of sources: kept, looked at, and tried with what they would give before anything is stored."""

from dataclasses import replace

import pytest

from syndicate.core.source import State
from syndicate.service import work
from syndicate.service.intake import sources, trial
from tests.desk.asked import counting
from tests.newsroom import hands_on
from tests.partner import answer, silent
from tests.service.feeds import a_feed, an_item, served

HOSTILE = "<p>Read <script>document.title='taken'</script>on.</p><p onclick='x()'>Twice.</p>"


@pytest.fixture
def fields(partner):
    return {"outlet": "oc-media", "address": partner.url("/feed"), "slug": "feed", "format": "", "interval": ""}


def kept(desk):
    return [file.source for file in sources.overview(desk.store, now=desk.clock.now)]


def added(desk, fields):
    answer = desk.signed_in("admin").post("/desk/sources", **fields)
    assert answer.status_code == 303, answer.text
    return kept(desk)[0]


def let_the_worker_work(desk, client):
    hands = hands_on(desk.store, client=client)
    for job in work.claim(desk.store, now=desk.clock.now, limit=20):
        work.do(hands, job, now=desk.clock.now)


def tried(desk, client, fields):
    """The page of a trial that the worker has carried out."""
    admin = desk.signed_in("admin")
    address = admin.post("/desk/sources", **fields, look="yes").location
    let_the_worker_work(desk, client)
    return admin.get(address)


def test_a_source_is_added_and_looked_at_by_the_worker(desk, partner, client, fields):
    partner.says["/feed"] = [served(an_item(1), an_item(2))]
    source = added(desk, fields)
    assert (source.outlet, source.slug, source.interval_s) == ("oc-media", "feed", 900)
    let_the_worker_work(desk, client)
    page = desk.signed_in("viewer").get(f"/desk/sources/{source.id}").text
    assert "2 created" in page
    assert "answers" in desk.signed_in("viewer").get("/desk/sources").text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("address", "ftp://oc-media.org/feed"),
        ("address", ""),
        ("interval", "0"),
        ("interval", "soon"),
        ("slug", "The Feed"),
        ("outlet", "nobody"),
        ("format", "morse"),
        ("full_text", "guess"),
        ("full_text", "fetch-page"),
    ],
)
def test_a_wrong_value_is_told_at_its_field_and_nothing_typed_is_lost(desk, fields, field, typed):
    answer = desk.signed_in("admin").post("/desk/sources", **{**fields, field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text
    assert fields["address"] in answer.text or field == "address"
    assert kept(desk) == []


def test_a_source_is_changed_looked_at_and_removed(desk, partner, client, fields):
    partner.says["/feed"] = [served(an_item(1))]
    source, admin = added(desk, fields), desk.signed_in("admin")
    let_the_worker_work(desk, client)
    at = f"/desk/sources/{source.id}"
    assert admin.post(at, address=fields["address"], interval="30", full_text="as-is").location == at
    assert kept(desk)[0].interval_s == 1800
    wrong = admin.post(at, address="nowhere", interval="30")
    assert (wrong.status_code, "nowhere" in wrong.text) == (422, True)
    assert admin.post(f"{at}/look").location == at
    asked = len(partner.asked)
    let_the_worker_work(desk, client)
    assert len(partner.asked) == asked + 1
    assert admin.post(f"{at}/remove").location == "/desk/sources"
    assert (kept(desk), admin.get(at).status_code) == ([], 404)


def test_a_source_that_is_gone_says_so_and_begins_again_when_it_is_kept_anew(desk, fields):
    source, admin = added(desk, fields), desk.signed_in("admin")
    with desk.store.begin() as tx:
        tx.sources.save_state(source.id, State(stopped="The server says that it is gone for good (410)."))
    assert "gone for good (410)" in admin.get("/desk/sources").text
    at = f"/desk/sources/{source.id}"
    assert admin.post(f"{at}/look").status_code == 422
    assert admin.post(at, address=fields["address"]).status_code == 303
    assert not kept(desk)[0].state.stopped


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_only_admins_keep_or_try_sources_and_the_others_may_look(desk, fields, role):
    source, visitor = added(desk, fields), desk.signed_in(role)
    before = desk.house.counts()
    at = f"/desk/sources/{source.id}"
    forms = [("/desk/sources", fields), ("/desk/sources", {**fields, "look": "yes"}), (at, fields)]
    forms += [(f"{at}/look", {}), (f"{at}/remove", {})]
    assert {visitor.post(address, **typed).status_code for address, typed in forms} == {403}
    assert visitor.get(at).status_code == 200
    assert kept(desk) == [source]
    assert desk.house.counts() | {"desk_session": 0} == before | {"desk_session": 0}


def test_trying_a_feed_shows_its_last_ten_stories_before_and_after_and_stores_none(desk, partner, client, fields):
    plain = [an_item(number) for number in range(2, 13)]
    partner.says["/feed"] = [served(an_item(1, **{"content:encoded": f"<![CDATA[{HOSTILE}]]>"}), *plain)]
    page = tried(desk, client, fields)
    assert "12 items" in page.text
    assert "Reading room 10 reopens" in page.text
    assert "Reading room 11 reopens" not in page.text
    assert "10 of 10" in page.text  # dates
    assert "<script" not in page.text.replace('<script type="module" src="/static/desk.js"></script>', "")
    assert desk.house.counts()["story"] == 0
    assert kept(desk) == []
    before = desk.signed_in("admin").get(f"{page.request.path}/1/before")
    after = desk.signed_in("admin").get(f"{page.request.path}/1/after")
    assert ("<script>" in before.text, "<script>" in after.text) == (True, False)
    assert {answer.headers["Content-Security-Policy"].split(";")[0] for answer in (before, after)} == {"sandbox"}
    assert desk.signed_in("admin").get(f"{page.request.path}/11/after").status_code == 404


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (answer(404), "It answered 404."),
        (answer(200, b"<html><p>No feed", Content_Type="text/html"), "page"),
        (silent, "was silent"),
    ],
    ids=["missing", "page", "silent"],
)
def test_a_feed_that_cannot_be_tried_says_why(desk, partner, client, fields, said, told):
    partner.says["/feed"] = [said]
    page = tried(desk, client, fields)
    assert (page.status_code, told in page.text) == (200, True)
    assert "Refresh" not in page.headers


def test_a_trial_that_nobody_has_carried_out_yet_asks_again_and_a_forgotten_one_is_not_there(desk, fields):
    admin = desk.signed_in("admin")
    address = admin.post("/desk/sources", **fields, look="yes").location
    page = admin.get(address)
    assert ("It is being looked at" in page.text, page.headers["Refresh"]) == (True, "2")
    assert admin.get(f"{address}/1/after").status_code == 404
    trial.forget(desk.store, desk.clock.now + 2 * trial.KEPT)
    assert admin.get(address).status_code == 404


def test_addresses_of_our_own_network_are_not_tried(desk, fields):
    page = tried(desk, hands_on(desk.store).client, {**fields, "address": "http://127.0.0.1:1/feed"})
    assert "wrong" in page.text
    assert "could not be reached" not in page.text


def test_the_list_asks_as_many_questions_for_one_source_as_for_many(desk, fields):
    source, viewer = added(desk, fields), desk.signed_in("viewer")
    with counting(desk.store) as few:
        viewer.get("/desk/sources")
    for number in range(12):
        sources.add(desk.store, replace(source, slug=f"feed-{number}"), who="ana", now=desk.clock.now)
    with counting(desk.store) as many:
        assert "feed-11" in viewer.get("/desk/sources").text
    assert len(many) == len(few)


def test_a_feed_is_tried_in_the_browser(site, partner, client, fields):
    partner.says["/feed"] = [answer(200, a_feed(an_item(1, **{"content:encoded": f"<![CDATA[{HOSTILE}]]>"})))]
    page = site.page("admin").visit("/desk/sources")
    page.tab.get_by_label("Address of the feed").fill(fields["address"])
    page.tab.get_by_role("button", name="Try it").click()
    page.tab.get_by_text("It is being looked at.").wait_for()
    page.judge()
    let_the_worker_work(site.desk, client)
    page.tab.get_by_role("heading", name="Reading room 1 reopens").wait_for()
    page.tab.get_by_text("Before and after cleaning").click()
    page.tab.frame_locator("iframe").first.get_by_text("Twice.").wait_for()
    assert page.tab.title().startswith("A feed, tried")
    page.judge()
    page.shoot("trial")
    refused, page.wrong = page.wrong, []  # the browser says what it did not run in the frame of the text as it came
    assert all("sandbox" in each or "Content Security Policy" in each for each in refused), refused
