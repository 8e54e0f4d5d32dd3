"""What every page of the desk shares: who may see it, what a browser may do with it, and how forms are refused."""

import pytest

from tests.desk.conftest import PASSWORD, ROLES


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
    "where", ["https://evil.example/", "//evil.example/desk/", "/desk/\\evil", "/feeds", "/desk/\n"]
)
def test_nobody_is_led_to_another_site(desk, where):
    assert (
        desk.nobody().post("/desk/sign-in", email="editor@news.example", password=PASSWORD, next=where).location
        == "/desk/"
    )


def test_a_form_without_its_token_is_refused_and_shows_what_was_typed(desk):
    answer = desk.signed_in("editor").post("/desk/stories/abc/hold", token="0" * 64, reason="“Who said so?”")
    assert answer.status_code in (403, 404, 405)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=["another-origin", "no-origin", "cross-site", "same-site"],
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
    from datetime import timedelta

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
