"""The desk's pages in a real browser: light, lawful, and open to everybody who comes with a keyboard or a reader."""

import pytest

from tests.stores import emptied

PAGES = {
    "queue": "/desk/",
    "overview": "/desk/overview",
    "account": "/desk/account",
    "codes": "/desk/account/codes",
    "people": "/desk/people",
    "remove-person": "/desk/people/viewer@news.example/remove",
    "outlets": "/desk/outlets",
    "outlet": "/desk/outlets/oc-media",
    "sources": "/desk/sources",
    "channels": "/desk/channels",
    "channel": "/desk/channels/world",
    "subscribers": "/desk/subscribers",
    "keys": "/desk/keys",
    "deliveries": "/desk/deliveries",
    "audit": "/desk/audit",
    "remove-outlet": "/desk/outlets/oc-media/remove",
    "nothing-here": "/desk/nothing",
}


@pytest.fixture
def store(request):
    """One database is enough for what a browser shows."""
    return emptied(request.getfixturevalue("_sqlite_store"))


def test_the_door(site):
    page = site.page().visit("/desk/sign-in")
    page.judge()
    page.shoot("sign-in")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_desk(site, name):
    site.desk.house.push()
    page = site.page("admin").visit(PAGES[name])
    page.judge()
    page.shoot(name)


def test_the_browser_would_notice(site):
    page = site.page("admin").visit("/desk/")
    page.tab.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p><img src=//a.example/b.png>')"
    )
    page.tab.wait_for_timeout(0)
    wrong, page.wrong = page.wrong, []
    assert any("Content Security Policy" in each for each in wrong)


def test_signing_in_and_out_by_hand(site):
    page = site.page().visit("/desk/")
    page.tab.get_by_label("E-mail").fill("viewer@news.example")
    page.tab.get_by_label("Password").fill("a lantern in the valley")
    page.tab.get_by_role("button", name="Sign in").click()
    page.tab.get_by_role("heading", name="Queue").wait_for()
    page.tab.get_by_role("button", name="Keys").wait_for()  # the script shows it, and hears keys from then on
    page.tab.keyboard.press("?")
    page.tab.get_by_role("heading", name="Keys").wait_for()
    page.judge()
    page.tab.keyboard.press("Escape")
    page.tab.get_by_role("button", name="Sign out").click()
    page.tab.get_by_text("You are signed out.").wait_for()
