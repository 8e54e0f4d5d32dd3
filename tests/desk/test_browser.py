"""What scripts make quicker, and that nothing needs them; and that received HTML runs nothing wherever it came from."""

import re

import pyotp
import pytest

from syndicate.web.desk.headers import frame_document
from tests.cleaning.hostile import HOSTILE
from tests.desk.conftest import PASSWORD, address_of
from tests.desk.watched import PHONE
from tests.stores import emptied


@pytest.fixture
def store(request):
    """One database is enough for what a browser shows."""
    return emptied(request.getfixturevalue("_sqlite_store"))


def test_a_part_of_a_page_changes_in_place(site):
    for _ in range(2):
        site.desk.token_for("editor")
    page = site.page("editor").visit("/desk/account").tab
    page.evaluate("window.still = true")
    buttons = page.get_by_role("button", name=re.compile("Sign out.*tests"))
    assert buttons.count() == 2
    buttons.first.click()
    page.get_by_text("That device is signed out.").wait_for()
    assert buttons.count() == 1
    page.get_by_role("button", name="Sign all others out").click()
    page.get_by_text("All other devices are signed out.").wait_for()
    assert buttons.count() == 0
    assert page.evaluate("window.still")


def test_a_form_that_is_refused_in_place_says_so(site):
    site.desk.token_for("editor")
    watched = site.page("editor").visit("/desk/account")
    watched.tab.context.clear_cookies()
    watched.tab.get_by_role("button", name="Sign all others out").click()
    watched.tab.get_by_role("heading", name="Please look again").wait_for()
    watched.forgive("status of 403")


def test_a_server_that_is_not_there_loses_nothing(site):
    site.desk.token_for("editor")
    watched = site.page("editor").visit("/desk/account")
    watched.tab.route("**/end-others", lambda route: route.abort())
    watched.tab.get_by_role("button", name="Sign all others out").click()
    watched.tab.get_by_text("The desk could not be reached").wait_for()
    watched.forgive("ERR_FAILED")


def test_keys_act_only_where_nothing_is_typed(site):
    page = site.page("admin").visit("/desk/people").tab
    sheet = page.get_by_role("dialog", name="Keys")
    page.get_by_label("E-mail").press("?")
    assert not sheet.is_visible()
    assert page.get_by_label("E-mail").input_value() == "?"
    page.get_by_role("button", name=re.compile("Keys")).focus()
    page.keyboard.press("Control+?")
    assert not sheet.is_visible()
    page.keyboard.press("?")
    sheet.wait_for()
    page.keyboard.press("Escape")
    assert not sheet.is_visible()


def test_whoever_speaks_to_their_browser_turns_keys_off(site):
    page = site.page("viewer").visit("/desk/account").tab
    page.get_by_label("Single keys act on pages").uncheck()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    page.keyboard.press("?")
    assert not page.get_by_role("dialog", name="Keys").is_visible()


def test_the_device_tells_its_zone(site):
    page = site.page("viewer", timezone_id="Asia/Yerevan").visit("/desk/account").tab
    page.get_by_role("button", name="Use the zone of this device").click()
    assert page.get_by_label("Time zone").input_value() == "Asia/Yerevan"


def test_the_first_thing_that_tab_reaches_leads_past_the_frame(site):
    page = site.page("editor").visit("/desk/").tab
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#main:focus").wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_somebody_new_chooses_a_password_sets_codes_up_and_comes_in_by_them(site, scripts):
    admin = site.page("admin", java_script_enabled=scripts).visit("/desk/people").tab
    admin.get_by_label("E-mail").fill("bea@news.example")
    admin.get_by_label("Role", exact=True).select_option("editor")
    admin.get_by_role("button", name="Add, and make a link").click()
    link = admin.get_by_label("Link").input_value().replace("http://localhost", "")

    bea = site.page(java_script_enabled=scripts, viewport=PHONE).visit(link).tab
    bea.get_by_label("New password").fill(PASSWORD)
    bea.get_by_role("button", name="Save and sign in").click()
    bea.get_by_role("link", name="bea@news.example").click()
    bea.get_by_role("link", name="Set up codes").click()
    secret = bea.locator("input[name=secret]").input_value()
    bea.get_by_label("The six digits").fill(pyotp.TOTP(secret).at(site.desk.clock.now))
    bea.get_by_label("Your password").fill(PASSWORD)
    bea.get_by_role("button", name="Use codes from now on").click()
    recovery = bea.locator(".recovery li").first.inner_text()
    bea.get_by_role("link", name="I have kept them").click()
    bea.get_by_text("10 recovery codes are left.").wait_for()
    bea.get_by_role("button", name="Sign out", exact=True).click()

    bea.get_by_label("E-mail").fill("bea@news.example")
    bea.get_by_label("Password").fill(PASSWORD)
    bea.get_by_role("button", name="Sign in").click()
    bea.get_by_label("The six digits").fill(recovery)
    bea.get_by_role("button", name="Sign in").click()
    bea.get_by_role("heading", name="Queue").wait_for()


def test_what_is_wrong_with_a_field_is_tied_to_it(site):
    watched = site.page("admin").visit("/desk/people")
    page = watched.tab
    page.get_by_label("E-mail").evaluate("field => field.type = 'text'")
    page.get_by_label("E-mail").fill("no address")
    page.get_by_role("button", name="Add, and make a link").click()
    field = page.get_by_label("E-mail")
    assert field.get_attribute("aria-invalid") == "true"
    told = field.get_attribute("aria-describedby").split()[0]
    assert page.locator(f"#{told}").inner_text() == "Not an e-mail address."
    watched.judge()
    watched.shoot("people-wrong")


@pytest.fixture
def hostile_site(desk, request):
    """The desk with a page for this test that frames all that is hostile as it came, uncleaned."""

    def framed(number):
        return frame_document(list(HOSTILE.values())[number])

    def framing():
        frames = [f'<iframe sandbox title="t" src="/desk/framed/{number}"></iframe>' for number in range(len(HOSTILE))]
        return f"<!doctype html><title>t</title>{''.join(frames)}"

    desk.app.add_url_rule("/desk/framed/<int:number>", "framed", framed)
    desk.app.add_url_rule("/desk/framing", "framing", framing)
    return request.getfixturevalue("site")


def test_hostile_html_that_was_not_even_cleaned_runs_nothing_in_its_frame(hostile_site):
    """Nothing in the frames says a word, goes anywhere, asks anybody else or opens a window."""
    watched = hostile_site.page()
    tab, ran = watched.tab, []
    tab.context.on("page", lambda opened: ran.append(opened.url))
    tab.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    tab.goto("/desk/framing", wait_until="domcontentloaded")
    tab.wait_for_function(f"() => performance.getEntriesByType('resource').length >= {len(HOSTILE)}")
    assert [each.url for each in tab.main_frame.child_frames if "/desk/framed/" not in each.url] == []
    assert ran == []
    assert [each for each in watched.wrong if each.startswith(("asked another", "script:"))] == []
    hostile_site.pages.remove(watched)  # that scripts are refused is told on the console, as it should be
    tab.context.close()


def test_the_page_for_a_role_says_who_is_here(site):
    page = site.page("viewer", viewport=PHONE).visit("/desk/").tab
    assert page.get_by_role("link", name=address_of("viewer")).is_visible()
    assert page.get_by_role("link", name="People").count() == 0
