"""Passwords are kept as argon2id hashes that match what was typed, and nothing else."""

import pytest

from syndicate.service.people import passwords


def test_a_hash_is_argon2id_and_matches_its_password_alone():
    known = passwords.hashed("a lantern in the valley")
    assert known.startswith("$argon2id$")
    assert passwords.matches(known, "a lantern in the valley")
    assert not passwords.matches(known, "a lantern in the valle")


@pytest.mark.parametrize("known", [passwords.NONE, "not a hash"])
def test_where_there_is_no_hash_nothing_matches_and_the_same_work_is_done(known, monkeypatch):
    asked = []
    verify = type(passwords._hasher).verify
    monkeypatch.setattr(type(passwords._hasher), "verify", lambda *it: asked.append(it[1]) or verify(*it))
    assert not passwords.matches(known, "nobody has this password")
    assert asked[0].startswith("$argon2id$") or known


@pytest.mark.parametrize("password", ["\ud800 half a letter", "é" * 500], ids=["surrogate", "long"])
def test_any_text_can_be_a_password(password):
    assert passwords.matches(passwords.hashed(password), password)


@pytest.mark.parametrize(("length", "is_right"), [(7, False), (8, True), (1000, True), (1001, False)])
def test_a_new_password_has_a_length(length, is_right):
    assert (passwords.wrong("x" * length) == "") is is_right
