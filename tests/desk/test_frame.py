"""What every page of the desk shares: who may see it, what a browser may do with it, and how forms are refused."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from flask import g

from syndicate.app import create_app
from syndicate.core.entry import IDLE
from syndicate.core.newsroom import Role
from syndicate.core.roles import Person
from syndicate.web.desk.headers import frame_document
from syndicate.web.desk.times import when
from tests.desk.conftest import CONFIG, PASSWORD, ROLES
from tests.newsroom import ANA

TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


def test_whoever_is_not_signed_in_is_led_to_the_door_and_back(desk):
    visitor = desk.nobody()
    answer = visitor.get("/desk/stories/abc?tab=rights")
    assert (answer.status_code, answer.location) == (303, "/desk/sign-in?next=/desk/stories/abc?tab%3Drights")
    entered = visitor.post(
        "/desk/sign-in", email="Editor@News.Example ", password=PASSWORD, next="/desk/stories/abc?tab=rights"
    )
    assert (entered.status_code, entered.location) == (303, "/desk/stories/abc?tab=rights")
    assert "editor@news.example" in visitor.get("/desk/").get_data(as_text=True)


@pytest.mark.parametrize(
    "where",
    [
        "https://evil.example/",
        "//evil.example/desk/",
        "/desk/\\evil",
        "/feeds",
        "/desk/\n",
        "http://[",
        "//[",
        "javascript:alert(1)//desk/",
    ],
)
def test_nobody_is_led_to_another_site(desk, where):
    assert (
        desk.nobody().post("/desk/sign-in", email="editor@news.example", password=PASSWORD, next=where).location
        == "/desk/"
    )


def test_a_form_that_is_out_of_date_changes_nothing_shows_what_was_typed_and_can_be_sent_again(desk):
    visitor = desk.signed_in("editor")
    answer = visitor.post("/desk/account/preferences", token="0" * 64, timezone="Asia/Tbilisi")
    assert answer.status_code == 403
    assert ">Asia/Tbilisi</textarea>" in answer.text
    assert "Asia/Tbilisi" not in visitor.get("/desk/account").text.partition("<datalist")[0]
    (token,) = set(TOKEN.findall(answer.text))
    assert visitor.post("/desk/account/preferences", token=token, timezone="Asia/Tbilisi").status_code == 303


def test_whoever_was_signed_out_meanwhile_keeps_what_they_typed(desk):
    visitor = desk.signed_in("editor")
    token = visitor.token()
    desk.clock.now += IDLE
    answer = visitor.post("/desk/account/preferences", token=token, timezone="“half a sentence”")
    assert answer.status_code == 403
    assert "You were signed out" in answer.text
    assert "“half a sentence”</textarea>" in answer.text


def test_a_secret_that_was_typed_is_not_shown_again(desk):
    answer = desk.signed_in("editor").post(
        "/desk/account/password", token="0" * 64, old_password=PASSWORD, new_password="another one"
    )
    assert answer.status_code == 403
    assert PASSWORD not in answer.text
    assert "another one" not in answer.text


def test_the_token_of_one_session_is_not_that_of_another(desk):
    tokens = {desk.signed_in("editor").token(), desk.signed_in("editor").token(), desk.nobody().token()}
    assert len(tokens) == 3


def test_the_cookie_is_bound_to_host_and_https_and_out_of_reach_of_scripts(desk):
    app = create_app(replace(CONFIG, base_url="https://news.example"), desk.store)
    (cookie,) = app.test_client().get("/desk/sign-in", base_url="https://news.example").headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-desk=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_received_html_is_framed_as_nobodys_origin(desk):
    with desk.app.test_request_context():
        answer = frame_document("<p onclick=x()>a</p>", lang="ar", direction="rtl")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy
    assert "allow-" not in policy
    assert 'dir="rtl"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("zone", ["Asia/Yerevan", "America/New_York", ""])
def test_times_are_told_by_the_readers_clock_with_the_sources_own_beside(desk, zone):
    at, tbilisi = datetime(2026, 3, 4, 12, 0, tzinfo=UTC), ZoneInfo("Asia/Tbilisi")
    person = Person(email=ANA, role=Role.EDITOR, timezone=zone)
    with desk.app.test_request_context():
        g.desk_session = SimpleNamespace(person=person)
        told = when(at, tbilisi)
        assert when(None) == ""
    assert {"Asia/Yerevan": "16:00", "America/New_York": "07:00", "": "12:00"}[zone] in told
    assert ("Georgia" in told) is (zone != "Asia/Yerevan")  # there the clocks show the same


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=["another-origin", "no-origin", "no-address", "cross-site", "same-site"],
)
def test_what_another_site_sends_is_refused_even_with_the_right_token(desk, headers):
    visitor = desk.signed_in("editor")
    answer = visitor.client.post("/desk/sign-out", data={"csrf": visitor.token()}, headers=headers)
    assert answer.status_code == 403
    assert visitor.get("/desk/").status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_pages_run_nothing_but_our_own_files_and_stand_in_nobodys_frame(desk, role):
    answer = desk.signed_in(role).get("/desk/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "<style" not in answer.text
    assert "style=" not in answer.text


def test_an_address_that_is_not_there_is_a_page_of_the_desk(desk):
    answer = desk.signed_in("viewer").get("/desk/nothing/here")
    assert answer.status_code == 404
    assert "Sign out" in answer.text


def test_a_session_ends_when_it_is_signed_out_idle_or_old(desk):
    out, idle, old = (desk.signed_in("editor") for _ in range(3))
    assert out.post("/desk/sign-out").status_code == 303
    assert out.get("/desk/").location.startswith("/desk/sign-in")
    start = desk.clock.now
    for hours in range(10, 7 * 24, 10):
        desk.clock.now = start + timedelta(hours=hours)
        assert old.get("/desk/").status_code == 200
    assert idle.get("/desk/").status_code == 303
    desk.clock.now = start + timedelta(days=7)
    assert old.get("/desk/").status_code == 303


def test_what_somebody_typed_is_no_markup_in_the_words_of_a_refusal(desk):
    answer = desk.signed_in("viewer").get("/desk/stories/<b>100%s")
    assert (answer.status_code, "<b>100" in answer.text) == (404, False)
    assert "&lt;b&gt;100%s" in answer.text


def test_a_long_form_is_read_of_those_who_are_signed_in_alone(desk):
    desk.app = create_app(replace(CONFIG, max_body_bytes=5_000_000), desk.store, now=lambda: desk.clock.now)
    text = "ა" * 60_000  # nine bytes each, as a form writes it
    assert desk.signed_in("editor").post("/desk/account/preferences", timezone=text).status_code == 422
    assert desk.nobody().post("/desk/sign-in", email=text, password=PASSWORD).status_code == 413
