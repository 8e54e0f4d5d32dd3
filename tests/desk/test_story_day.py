"""A story's whole day in a real browser, and what comes out of it: feeds, the partner's API, nothing that runs."""

import re
from datetime import timedelta

import pytest

from syndicate.core.workflow import Review
from syndicate.service import keys
from tests.cleaning.hostile import HOSTILE
from tests.newsroom import ANA, LATER, NOON
from tests.stores import emptied

FREE = {"rights": {"license": "CC-BY-4.0"}}
OLD = "<p>They met on Monday.</p><p>It rained.</p><p>They left.</p>"
NEW = "<p>They met on Tuesday.</p><p>It rained.</p><p>They left.</p>"
GRACE = timedelta(seconds=30)
PLAIN = {"java_script_enabled": False}


@pytest.fixture
def store(request):
    """One database is enough for what a browser shows."""
    return emptied(request.getfixturevalue("_sqlite_store"))


@pytest.fixture
def partner(desk):
    """What the outlet reads of its article."""
    _, secret = keys.add(desk.store, outlet="oc-media", who=ANA, now=NOON)
    client = desk.app.test_client()
    return lambda ref: client.get(f"/api/v1/articles/{ref}", headers={"Authorization": f"Bearer {secret}"}).json


def feed(desk):
    """What subscribers read: the channel's RSS."""
    return desk.app.test_client().get("/feeds/world.rss").text


def goes_out(desk):
    """The clock comes round, after the time in which a decision can be undone."""
    desk.clock.now += GRACE
    desk.house.clock_strikes(desk.clock.now)


def behind(tab, name):
    """Open what stands behind a button, and give its form."""
    tab.locator("summary", has_text=re.compile(f"^{name}$")).click()
    return tab.locator("details[open]").last


@pytest.mark.parametrize("options", [{}, PLAIN], ids=["with JavaScript", "without"])
def test_a_story_s_whole_day(site, partner, options):
    desk, house = site.desk, site.desk.house
    ref = house.push(body_html=OLD, **FREE).id
    page = site.page("editor", **options).visit(f"/desk/stories/{ref}")
    tab = page.tab

    tab.get_by_role("button", name="Edit").click()  # edit
    tab.get_by_label("Headline").fill("Valley schools open again")
    tab.get_by_label("Section").fill("World")
    tab.get_by_role("button", name="Save").click()
    tab.get_by_role("heading", name="Valley schools open again").wait_for()

    tab.get_by_role("button", name="Approve").click()  # approve, undo, schedule
    tab.get_by_text("approved", exact=True).first.wait_for()
    tab.get_by_role("button", name="Undo").click()
    tab.get_by_text("received", exact=True).first.wait_for()
    form = behind(tab, "Schedule")
    form.get_by_label("Goes out at").fill("2026-03-06T11:00")
    form.get_by_role("button", name="Schedule").click()
    tab.get_by_text("goes out at 6 Mar 2026, 11:00").wait_for()
    assert partner(ref)["review"] == "approved"
    assert "Valley schools open again" not in feed(desk)
    desk.clock.now = LATER + timedelta(hours=2)
    house.clock_strikes(desk.clock.now)
    assert "Valley schools open again" in feed(desk)
    assert partner(ref)["editions"][0]["headline"] == "Valley schools open again"

    house.push(body_html=NEW, headline="Schools reopen at last", now=NOON, **FREE)  # a correction, three ways
    page.visit(f"/desk/stories/{ref}")
    tab.get_by_role("link", name="Look at the update").click()
    tab.get_by_text("both changed it").wait_for()
    tab.get_by_role("group", name="Headline").get_by_label("Ours").check()
    tab.get_by_label("Correction").check()
    tab.get_by_label("Editor's note").fill("It was a Tuesday")
    tab.get_by_role("button", name="Publish", exact=True).click()
    tab.locator(".undo", has_text="Goes out in").wait_for()
    assert "Tuesday" not in feed(desk)
    goes_out(desk)
    assert "They met on Tuesday." in feed(desk)
    edition = partner(ref)["editions"][-1]
    assert (edition["version"], edition["change"], edition["note"]) == (2, "correction", "It was a Tuesday")
    assert edition["headline"] == "Valley schools open again"

    page.visit(f"/desk/stories/{ref}")  # withdraw, kill
    for word, button, state in (("withdraw", "Withdraw", "withdrawn"), ("kill", "Kill", "killed")):
        form = behind(tab, button)
        form.get_by_label("Why").fill("A witness took it back")
        form.get_by_label("Message to subscribers").fill("Please remove it")
        form.get_by_label("Type").fill(word)
        form.get_by_role("button", name=button).click()
        tab.locator(".head .badge", has_text=state).wait_for()
    assert "They met on" not in feed(desk)
    answer = partner(ref)
    assert (answer["review"], answer["reason"]) == ("killed", "A witness took it back")
    assert [one["change"] for one in answer["editions"]] == ["new", "correction", "withdrawal", "kill"]
    assert answer["editions"][-1]["note"] == "Please remove it"


def test_a_story_is_asked_about_and_rejected_and_its_partner_reads_both(site, partner):
    ref = site.desk.house.push().id
    tab = site.page("editor").visit(f"/desk/stories/{ref}").tab
    form = behind(tab, "Ask the outlet")
    form.get_by_label("Question").fill("Which school is it?")
    form.get_by_role("button", name="Send the question").click()
    tab.get_by_text("Asked").wait_for()
    assert partner(ref)["questions"][0]["text"] == "Which school is it?"
    tab.keyboard.press("r")
    tab.locator("#reject-reason:focus").wait_for()
    tab.keyboard.type("Too old for us")
    tab.keyboard.press("Enter")
    tab.get_by_text("The outlet reads the reason.").wait_for()
    assert (partner(ref)["review"], partner(ref)["reason"]) == ("rejected", "Too old for us")


def test_two_editors_at_once_lose_no_word_and_publish_nothing_twice(site):
    ref = site.desk.house.push(body_html=OLD, **FREE).id
    hers, his = (site.page(role).visit(f"/desk/stories/{ref}").tab for role in ("admin", "editor"))
    hers.get_by_role("button", name="Edit").click()
    hers.get_by_label("Headline").wait_for()
    hers.wait_for_load_state()  # the script is there, and keeps drafts from now on
    hers.get_by_label("Headline").fill("Hers")
    with hers.expect_response(lambda answer: answer.url.endswith("/draft")):
        hers.get_by_label("Section").fill("World")
    his.get_by_role("button", name="Edit").click()
    his.get_by_text("admin@news.example edits this story").first.wait_for()
    his.get_by_text("has an unsaved draft").click()
    his.get_by_text("Hers").first.wait_for()
    his.get_by_role("button", name="Take over").click()
    his.get_by_label("Headline").fill("His")
    his.get_by_role("button", name="Save").click()
    his.get_by_role("heading", name="His", exact=True).wait_for()
    hers.get_by_role("button", name="Save").click()  # she did not know
    hers.get_by_text("Somebody else wrote here meanwhile").wait_for()
    assert hers.get_by_label("Headline").input_value() == "Hers"
    assert hers.get_by_text("His", exact=True).is_visible()
    hers.get_by_role("button", name="Save").click()
    hers.get_by_role("heading", name="Hers", exact=True).wait_for()

    his.reload()
    hers.get_by_role("button", name="Publish now").click()
    hers.locator(".undo", has_text="Goes out in").wait_for()
    his.get_by_role("button", name="Publish now").click()
    his.get_by_text("has changed since you opened it").wait_for()
    goes_out(site.desk)
    story = site.desk.house.story(ref)
    assert (story.review, story.version, story.edition.headline) == (Review.PUBLISHED, 1, "Hers")


@pytest.mark.parametrize("address", ["", "/edit", "/update"], ids=["story", "edit", "update"])
def test_a_hostile_story_runs_nothing_and_every_page_of_it_is_lawful(site, address):
    body = "".join(f"<p>{html}</p>" for html in list(HOSTILE.values())[:25])
    push = {"headline": "<img src=x onerror=pwned()>", "byline": "<script>pwned()</script>", "summary": "</textarea>"}
    ref = site.desk.house.push(**FREE).id
    site.desk.house.publish(ref)
    site.desk.house.push(body_html=body, now=NOON, **push, **FREE)
    page = site.page("editor")
    page.tab.add_init_script("window.ran = []; window.pwned = window.alert = () => window.ran.push(1);")
    page.visit(f"/desk/stories/{ref}{address}")
    assert page.tab.evaluate("window.ran") == []
    page.judge()


def test_previews_open_in_their_frame(site):
    ref = site.desk.house.push(body_html=OLD).id
    tab = site.page("viewer").visit(f"/desk/stories/{ref}").tab
    frame = tab.frame_locator("iframe[name=preview]")
    for name, words in (("Printed page", "They met on Monday."), ("RSS reader", "They met"), ("ninjs", '"headlines"')):
        tab.get_by_role("link", name=name, exact=True).click()
        frame.get_by_text(words).first.wait_for()


def test_what_was_sent_and_what_prints_stand_beside_each_other(site):
    ref = site.desk.house.push(body_html="<p>Kept.</p><script>gone()</script>").id
    page = site.page("viewer").visit(f"/desk/stories/{ref}")
    page.tab.frame_locator("iframe.tall").get_by_text("Kept.").wait_for()
    page.tab.get_by_role("heading", name="As it was sent").scroll_into_view_if_needed()
    page.tab.frame_locator("iframe[loading=lazy]").get_by_text("gone()").wait_for()


def test_the_pages_of_a_story_are_open_to_everybody(site):
    picture = {"url": "https://oc-media.org/a.jpg", "credit": "Nino Beridze", "caption": "A gate"}
    ref = site.desk.house.push(body_html=OLD, pictures=[picture], **FREE).id
    site.desk.house.edit(ref, headline="Valley schools open again")
    site.desk.house.publish(ref)
    site.desk.house.push(body_html=NEW, headline="Schools reopen at last", pictures=[picture], now=NOON, **FREE)
    for name, address in (("story", ""), ("edit", "/edit"), ("update", "/update")):
        page = site.page("editor").visit(f"/desk/stories/{ref}{address}")
        page.judge()
        page.shoot(name)
