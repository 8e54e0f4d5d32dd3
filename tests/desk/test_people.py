"""Admins keep the people of the desk: by links, without ever knowing a password, and one admin is always left."""

import re

import pytest

from syndicate.core.errors import NotAllowed, RuleBroken
from syndicate.core.newsroom import Role
from syndicate.core.roles import Person
from syndicate.service.desk import people
from tests.desk.conftest import PASSWORD, address_of
from tests.newsroom import at_once

ADMIN = Person(email=address_of("admin"), role=Role.ADMIN)


def link_in(answer) -> str:
    found = re.search(r'value="http://localhost(/desk/password\?link=syn_[\w-]+)"', answer.text)
    assert found, answer.text
    return found[1]


def roles(desk):
    return {each.person.email: each.person.role.value for each in people.members(ADMIN, desk.store)}


def test_somebody_new_comes_in_by_a_link_and_a_password_of_their_own(desk):
    link = link_in(desk.signed_in("admin").post("/desk/people", email="Bea@News.Example", role="editor"))
    bea = desk.nobody()
    assert "bea@news.example" in bea.get(link).text
    assert bea.get(link).headers["Referrer-Policy"] == "no-referrer"
    secret = link.partition("=")[2]
    assert bea.post("/desk/password", link=secret, password="short").status_code == 422
    assert bea.post("/desk/password", link=secret, password="a boat below the bridge").location == "/desk/"
    assert "bea@news.example" in bea.get("/desk/").text
    assert bea.get(link).status_code == 404


def test_a_link_never_stands_in_the_log(desk, capsys):
    link = link_in(desk.signed_in("admin").post("/desk/people", email="bea@news.example", role="editor"))
    desk.nobody().get(link)
    assert link.partition("=")[2] not in capsys.readouterr().out


def test_a_new_role_counts_at_once(desk):
    editor = desk.signed_in("editor")
    desk.signed_in("admin").post(f"/desk/people/{address_of('editor')}/role", role="admin")
    assert editor.get("/desk/people").status_code == 303  # signed out: what was opened as an editor is over
    assert roles(desk)[address_of("editor")] == "admin"
    assert desk.signed_in("editor").get("/desk/people").status_code == 200


def test_whoever_is_removed_is_out_at_once(desk):
    viewer = desk.signed_in("viewer")
    admin = desk.signed_in("admin")
    assert "cannot come in again" in admin.get(f"/desk/people/{address_of('viewer')}/remove").text
    admin.post(f"/desk/people/{address_of('viewer')}/remove")
    assert viewer.get("/desk/").status_code == 303
    assert address_of("viewer") not in roles(desk)


@pytest.mark.parametrize(("path", "fields"), [("role", {"role": "viewer"}), ("remove", {})])
def test_the_only_admin_stays_one(desk, path, fields):
    answer = desk.signed_in("admin").post(f"/desk/people/{address_of('admin')}/{path}", **fields)
    assert answer.status_code == 422
    assert "the only admin" in answer.text
    assert roles(desk)[address_of("admin")] == "admin"


def test_two_admins_who_demote_each_other_leave_one(desk):
    second = address_of("editor")
    people.set_role(ADMIN, desk.store, email=second, role=Role.ADMIN, now=desk.clock.now)
    answers = at_once(
        lambda: people.set_role(ADMIN, desk.store, email=second, role=Role.VIEWER, now=desk.clock.now),
        lambda: people.set_role(ADMIN, desk.store, email=ADMIN.email, role=Role.VIEWER, now=desk.clock.now),
    )
    assert sorted(isinstance(answer, RuleBroken) for answer in answers) == [False, True]
    assert sorted(roles(desk).values()) == ["admin", "viewer", "viewer"]


def test_a_telephone_that_was_lost_is_forgotten(desk):
    from tests.desk.test_account import set_up, sign_in

    set_up(desk, desk.signed_in("editor"))
    assert sign_in(desk.nobody()).location == "/desk/code"
    desk.signed_in("admin").post(f"/desk/people/{address_of('editor')}/codes/off")
    assert sign_in(desk.nobody()).location == "/desk/"


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_only_admins_see_and_change_people(desk, role):
    visitor, before = desk.signed_in(role), roles(desk)
    answers = [
        visitor.get("/desk/people"),
        visitor.get(f"/desk/people/{address_of('admin')}/remove"),
        visitor.post("/desk/people", email="eve@news.example", role="admin"),
        visitor.post(f"/desk/people/{address_of(role)}/role", role="admin"),
        visitor.post(f"/desk/people/{address_of('admin')}/link"),
        visitor.post(f"/desk/people/{address_of('admin')}/codes/off"),
        visitor.post(f"/desk/people/{address_of('admin')}/remove"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 7
    assert "/desk/people" not in visitor.get("/desk/").text
    assert roles(desk) == before


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"email": "no address", "role": "editor"}, 422),
        ({"email": "bea@news.example", "role": "king"}, 422),
        ({"email": address_of("viewer"), "role": "editor"}, 409),
        ({}, 422),
    ],
    ids=["address", "role", "taken", "nothing"],
)
def test_somebody_who_cannot_be_added_is_refused_in_words(desk, fields, status):
    before = roles(desk)
    assert desk.signed_in("admin").post("/desk/people", **fields).status_code == status
    assert roles(desk) == before


def test_the_service_itself_refuses(desk):
    with pytest.raises(NotAllowed):
        people.link(
            Person(email=address_of("editor"), role=Role.EDITOR), desk.store, email=ADMIN.email, now=desk.clock.now
        )


def test_passwords_are_for_their_owners(desk):
    assert PASSWORD not in desk.signed_in("admin").get("/desk/people").text
