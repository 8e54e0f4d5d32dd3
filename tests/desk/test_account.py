"""One's own account: what opens doors asks for the password again, and every device is told of and can be let go."""

import re
from datetime import timedelta

import pyotp
import pytest

from tests.desk.conftest import PASSWORD, address_of

NEW = "a boat below the bridge"


def secret_of(page) -> str:
    found = re.search(r'name="secret" value="([A-Z2-7]+)"', page.text)
    assert found
    return found[1]


def sign_in(visitor, role="editor", password=PASSWORD, **more):
    return visitor.post("/desk/sign-in", email=address_of(role), password=password, **more)


def set_up(desk, visitor):
    """The secret that is in use now, and the page of recovery codes."""
    secret = secret_of(visitor.get("/desk/account/codes"))
    code = pyotp.TOTP(secret).at(desk.clock.now)
    return secret, visitor.post("/desk/account/codes", secret=secret, code=code, password=PASSWORD)


def test_codes_are_set_up_and_asked_for_from_then_on(desk):
    secret, page = set_up(desk, desk.signed_in("editor"))
    recovery = re.findall(r"<code>([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})</code>", page.text)
    assert len(set(recovery)) == 10
    desk.clock.now += timedelta(minutes=5)
    visitor = desk.nobody()
    answer = sign_in(visitor, next="/desk/account")
    assert answer.location == "/desk/code?next=/desk/account"
    assert visitor.get("/desk/").status_code == 303
    assert visitor.post("/desk/code", code="000000").status_code == 401
    code = pyotp.TOTP(secret).at(desk.clock.now)
    assert visitor.post("/desk/code", code=f" {code[:3]} {code[3:]} ", next="/desk/account").location == "/desk/account"
    assert visitor.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"code": "000000"}, "Not the code that belongs to this picture"),
        ({"password": "wrong"}, "do not belong together"),
        ({"secret": "A"}, "start again"),
        ({"secret": "a" * 32}, "start again"),
    ],
    ids=["code", "password", "short", "small"],
)
def test_codes_are_not_used_before_telephone_and_password_fit(desk, fields, told):
    visitor = desk.signed_in("editor")
    secret = secret_of(visitor.get("/desk/account/codes"))
    right = {"secret": secret, "code": pyotp.TOTP(secret).at(desk.clock.now), "password": PASSWORD}
    answer = visitor.post("/desk/account/codes", **right | fields)
    assert answer.status_code in (401, 422)
    assert told in answer.text
    assert sign_in(desk.nobody()).location == "/desk/"


def test_codes_can_be_given_up_and_recovery_codes_made_anew_by_whoever_knows_the_password(desk):
    visitor = desk.signed_in("editor")
    _, page = set_up(desk, visitor)
    assert "10 recovery codes are left" in visitor.get("/desk/account").text
    anew = visitor.post("/desk/account/recovery-codes", password=PASSWORD)
    assert re.findall(r"<code>(.*)</code>", anew.text) != re.findall(r"<code>(.*)</code>", page.text)
    assert visitor.post("/desk/account/codes/off", password="wrong").status_code == 401
    assert visitor.post("/desk/account/codes/off", password=PASSWORD).status_code == 303
    assert sign_in(desk.nobody()).location == "/desk/"


def test_a_new_password_signs_out_everywhere_else_and_changes_the_token_here(desk):
    visitor, other = desk.signed_in("editor"), desk.signed_in("editor")
    before = visitor.client.get_cookie("desk").value
    answer = visitor.post("/desk/account/password", old_password=PASSWORD, new_password=NEW)
    assert answer.location == "/desk/account"
    assert visitor.client.get_cookie("desk").value != before
    assert "Your password is changed" in visitor.get("/desk/account").text
    assert other.get("/desk/").status_code == 303
    assert sign_in(desk.nobody(), password=NEW).location == "/desk/"


@pytest.mark.parametrize(
    ("old", "new", "status"), [("wrong", NEW, 401), (PASSWORD, "short", 422)], ids=["not-theirs", "too-short"]
)
def test_a_password_is_changed_by_its_owner_to_one_that_is_long_enough(desk, old, new, status):
    visitor = desk.signed_in("editor")
    assert visitor.post("/desk/account/password", old_password=old, new_password=new).status_code == status
    assert sign_in(desk.nobody()).location == "/desk/"


def test_devices_are_told_by_what_they_say_they_are_and_signed_out_one_by_one(desk):
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
    lost = desk.nobody()
    lost.client.environ_base["HTTP_USER_AGENT"] = firefox
    sign_in(lost)
    here = desk.signed_in("editor")
    page = here.get("/desk/account").text
    assert "Firefox on Windows" in page
    assert page.count("this one") == 1
    (ending,) = set(re.findall(r'action="(/desk/account/sessions/[0-9a-f]+/end)"', page))
    assert here.post(ending).status_code == 303
    assert lost.get("/desk/").status_code == 303
    assert here.get("/desk/").status_code == 200


def test_nobody_signs_out_somebody_else(desk):
    theirs = desk.signed_in("admin")
    with desk.store.read() as tx:
        (session,) = tx.sessions.of(address_of("admin"))
    desk.signed_in("viewer").post(f"/desk/account/sessions/{session.id}/end")
    assert theirs.get("/desk/").status_code == 200


def test_all_other_devices_are_signed_out_at_once(desk):
    others = [desk.signed_in("editor") for _ in range(3)]
    here = desk.signed_in("editor")
    here.post("/desk/account/sessions/end-others")
    assert [other.get("/desk/").status_code for other in others] == [303] * 3
    assert here.get("/desk/").status_code == 200


def test_language_and_zone_are_the_readers_own(desk):
    visitor = desk.signed_in("viewer")
    visitor.post("/desk/account/preferences", language="", timezone="Asia/Yerevan")
    page = visitor.get("/desk/account").text
    assert 'value="Asia/Yerevan"' in page
    assert f"{(desk.clock.now + timedelta(hours=4)):%H:%M}" in page  # when this session began, by Yerevan's clock
    assert "data-keys" not in page
    assert visitor.post("/desk/account/preferences", timezone="Mars/Olympus").status_code == 422
    assert visitor.post("/desk/account/preferences", timezone="../../etc/passwd").status_code == 422


@pytest.mark.parametrize("field", ["email", "password", "next", "csrf"])
def test_a_character_that_no_text_has_is_refused_and_not_a_failure_of_ours(desk, field):
    answer = desk.nobody().client.post("/desk/sign-in", data={field: "a\0b"})
    assert answer.status_code == 400


def test_a_wait_is_told_in_plain_words_with_its_status(desk):
    visitor = desk.nobody()
    answers = [sign_in(visitor, password="wrong") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert "Try again in 2 seconds" in answers[-1].text
