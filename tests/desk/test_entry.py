"""At the door: who comes in, who waits, and who is told nothing."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from syndicate.core.entry import IDLE, LINK_HOLDS, LONGEST
from syndicate.core.errors import NotFound, NotKnown, TooMany
from syndicate.core.newsroom import Role, User
from syndicate.core.roles import Person
from syndicate.core.throttle import ACCOUNT, ADDRESS
from syndicate.service import sweeps
from syndicate.service.desk import account
from syndicate.service.people import codes, entry, passwords, users
from syndicate.service.people.tries import Door, in_words
from tests.newsroom import ANA, LATER, NOON, SECOND, at_once

PASSWORD = "a lantern in the valley"
DOOR = Door(address="192.0.2.7", device="Firefox on Linux")
PERSON = Person(email=ANA, role=Role.EDITOR)
STEP = timedelta(seconds=codes.STEP_S)


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch):
    """argon2 is slow on purpose; `test_passwords` asks the real one."""
    monkeypatch.setattr(passwords, "hashed", lambda password: f"hash of {password}")
    monkeypatch.setattr(passwords, "matches", lambda known, password: known == f"hash of {password}")


@pytest.fixture
def ana(store):
    users.add(store, User(email=ANA, role=Role.EDITOR), password=PASSWORD, who="tests", now=NOON)
    return store


def sign_in(store, *, email=ANA, password=PASSWORD, address=DOOR.address, now=NOON):
    return entry.sign_in(store, email=email, password=password, door=replace(DOOR, address=address), now=now)


def fail(store, times, **how):
    for _ in range(times):
        with pytest.raises(NotKnown):
            sign_in(store, password="wrong", **how)


def with_codes(store, now=NOON):
    """A secret that is in use, and its recovery codes."""
    secret = codes.new_secret()
    code = pyotp.TOTP(secret).at(now)
    return secret, account.use_codes(PERSON, store, secret=secret, code=code, password=PASSWORD, door=DOOR, now=now)


def test_whoever_knows_the_password_is_in_until_the_session_ends(ana):
    entered = sign_in(ana, email=f" {ANA.upper()} ")
    assert entry.find(ana, entered.token, now=NOON).person == PERSON
    assert entry.find(ana, entered.token, now=NOON + IDLE - SECOND)
    assert entry.find(ana, entered.token, now=NOON + 2 * IDLE) is None


def test_a_session_that_is_used_ends_all_the_same(ana):
    entered, now = sign_in(ana), NOON
    while now < NOON + LONGEST:
        assert entry.find(ana, entered.token, now=now)
        now += IDLE / 2
    assert entry.find(ana, entered.token, now=now) is None


def test_only_the_hash_of_a_token_is_stored(ana):
    token = sign_in(ana).token
    with ana.engine.connect() as connection:
        stored = [str(row) for row in connection.exec_driver_sql("SELECT * FROM desk_session")]
    assert len(stored) == 1
    assert token not in stored[0]


@pytest.mark.parametrize(
    "email", [ANA, "nobody@news.example", "", "a" * 1000, "\0"], ids=["a", "nobody", "none", "long", "nul"]
)
def test_a_stranger_hears_the_same_whether_there_is_such_an_account(ana, email):
    with pytest.raises(NotKnown, match="do not belong together"):
        sign_in(ana, email=email.replace("\0", "\N{SYMBOL FOR NULL}"), password="wrong")


@pytest.mark.parametrize("email", [ANA, "nobody@news.example"])
def test_after_a_few_failures_each_try_waits_longer_even_with_the_right_password(ana, email):
    fail(ana, ACCOUNT.free, email=email)
    with pytest.raises(TooMany, match="in 2 seconds") as refused:
        sign_in(ana, email=email)
    assert refused.value.extra == {"retry_after_s": 2}
    fail(ana, 1, email=email, now=NOON + 2 * SECOND)
    with pytest.raises(TooMany, match="in 4 seconds"):
        sign_in(ana, email=email, now=NOON + 2 * SECOND)


def test_a_stranger_delays_a_person_and_never_locks_them_out(ana):
    now = NOON
    for _ in range(30):
        fail(ana, 1, now=now, address=str(now))
        now += ACCOUNT.longest
    assert sign_in(ana, now=now, address="192.0.2.200")


def test_the_right_password_in_time_forgives_what_went_before(ana):
    fail(ana, ACCOUNT.free - 1)
    sign_in(ana)
    fail(ana, ACCOUNT.free)


def test_one_address_that_tries_many_accounts_is_made_to_wait(ana):
    for number in range(ADDRESS.free):
        fail(ana, 1, email=f"{number}@news.example")
    with pytest.raises(TooMany):
        sign_in(ana, email="another@news.example")
    assert sign_in(ana, address="192.0.2.8")


def test_an_account_of_ones_own_buys_no_tries_at_others(ana):
    for number in range(ADDRESS.free - 1):
        fail(ana, 1, email=f"{number}@news.example")
        sign_in(ana)
    fail(ana, 1, email="last@news.example")
    with pytest.raises(TooMany):
        sign_in(ana)


def test_the_addresses_of_one_ipv6_network_are_one(ana):
    for number in range(ADDRESS.free):
        fail(ana, 1, email=f"{number}@news.example", address=f"2001:db8:1:2::{number:x}")
    with pytest.raises(TooMany):
        sign_in(ana, address="2001:db8:1:2:ffff::1")
    assert sign_in(ana, address="2001:db8:1:3::1")


def test_many_tries_at_once_are_not_looked_at_for_free(ana, monkeypatch):
    looked = []
    monkeypatch.setattr(passwords, "matches", lambda *_: bool(looked.append(1)))
    at_once(*[lambda: sign_in(ana, password="wrong")] * (ACCOUNT.free + 8))
    assert len(looked) <= ACCOUNT.free


def test_whoever_uses_codes_is_nobody_until_one_is_given(ana):
    secret, _ = with_codes(ana)
    waiting = sign_in(ana, now=LATER)
    assert waiting.session.awaits_code
    with pytest.raises(NotKnown, match="code"):
        entry.give_code(ana, waiting.session, code="000000", door=DOOR, now=LATER)
    entered = entry.give_code(ana, waiting.session, code=pyotp.TOTP(secret).at(LATER), door=DOOR, now=LATER)
    assert entered.token != waiting.token
    assert not entered.session.awaits_code
    assert entry.find(ana, waiting.token, now=LATER) is None


def test_a_code_is_taken_once_and_while_its_clock_is_near(ana):
    secret, _ = with_codes(ana)
    maker = pyotp.TOTP(secret)
    give = lambda at: entry.give_code(ana, sign_in(ana, now=LATER).session, code=maker.at(at), door=DOOR, now=LATER)  # noqa: E731
    assert give(LATER - STEP)
    with pytest.raises(NotKnown):
        give(LATER - STEP)
    assert give(LATER + STEP)
    for used_or_far in (LATER, LATER + 2 * STEP):
        with pytest.raises(NotKnown):
            give(used_or_far)


def test_one_code_that_is_given_twice_at_once_opens_once(ana):
    secret, _ = with_codes(ana)
    waiting = [sign_in(ana, now=LATER).session for _ in range(2)]
    code = pyotp.TOTP(secret).at(LATER)
    answers = at_once(*[lambda w=w: entry.give_code(ana, w, code=code, door=DOOR, now=LATER) for w in waiting])
    assert sorted(isinstance(answer, entry.Entered) for answer in answers) == [False, True]


def test_a_recovery_code_opens_once_however_it_is_written(ana):
    _, recovery = with_codes(ana)
    typed = recovery[3].lower().replace("-", " ")
    assert entry.give_code(ana, sign_in(ana, now=LATER).session, code=typed, door=DOOR, now=LATER)
    with pytest.raises(NotKnown):
        entry.give_code(ana, sign_in(ana, now=LATER).session, code=recovery[3], door=DOOR, now=LATER)
    assert account.account(PERSON, ana, now=LATER).recovery_codes_left == codes.RECOVERY_CODES - 1


def test_codes_are_guessed_no_faster_than_passwords(ana):
    with_codes(ana)
    waiting = sign_in(ana, now=LATER).session
    for _ in range(ACCOUNT.free):
        with pytest.raises(NotKnown):
            entry.give_code(ana, waiting, code="000000", door=DOOR, now=LATER)
    with pytest.raises(TooMany):
        entry.give_code(ana, waiting, code="000000", door=DOOR, now=LATER)


def test_a_link_lets_a_password_be_chosen_once_within_an_hour(ana):
    old = sign_in(ana)
    link = users.link(ana, ANA, who="tests", now=NOON)
    assert entry.whose_link(ana, link, now=NOON).email == ANA
    entered = entry.choose_password(ana, link=link, password="another one", door=DOOR, now=NOON + LINK_HOLDS - SECOND)
    assert entry.find(ana, entered.token, now=NOON + LINK_HOLDS)
    assert entry.find(ana, old.token, now=NOON + LINK_HOLDS) is None
    assert sign_in(ana, password="another one", now=NOON + LINK_HOLDS)
    with pytest.raises(NotFound):
        entry.choose_password(ana, link=link, password="a third one", door=DOOR, now=NOON + LINK_HOLDS)


def test_a_link_that_is_old_or_replaced_leads_nowhere(ana):
    first = users.link(ana, ANA, who="tests", now=NOON)
    second = users.link(ana, ANA, who="tests", now=NOON)
    for link, now in ((first, NOON), (second, NOON + LINK_HOLDS), ("", NOON)):
        with pytest.raises(NotFound):
            entry.choose_password(ana, link=link, password="another one", door=DOOR, now=now)
        with pytest.raises(NotFound):
            entry.whose_link(ana, link, now=now)


def test_a_link_does_not_stand_in_for_the_second_proof(ana):
    with_codes(ana)
    link = users.link(ana, ANA, who="tests", now=NOON)
    assert entry.choose_password(ana, link=link, password="another one", door=DOOR, now=NOON).session.awaits_code


def test_a_link_is_taken_once_by_two_at_once(ana):
    link = users.link(ana, ANA, who="tests", now=NOON)
    take = lambda: entry.choose_password(ana, link=link, password="another one", door=DOOR, now=NOON)  # noqa: E731
    assert sorted(isinstance(answer, entry.Entered) for answer in at_once(take, take)) == [False, True]


def test_somebody_without_a_password_does_not_come_in_by_an_empty_one(store):
    users.add(store, User(email=ANA, role=Role.EDITOR), password=None, who="tests", now=NOON)
    with pytest.raises(NotKnown):
        sign_in(store, password="")


@pytest.mark.parametrize("changes", [{"role": Role.VIEWER}, {"password": "another one"}], ids=["role", "password"])
def test_a_new_role_or_password_ends_all_sessions(ana, changes):
    token = sign_in(ana).token
    user = User(email=ANA, role=changes.get("role", Role.EDITOR))
    users.save(ana, user, password=changes.get("password"), who="tests", now=NOON)
    assert entry.find(ana, token, now=NOON) is None


def test_what_is_over_is_swept_and_what_is_not_stays(ana):
    fail(ana, 1)
    users.link(ana, ANA, who="tests", now=NOON)
    old, new = sign_in(ana), sign_in(ana, now=NOON + timedelta(days=2))
    sweeps.entries(ana, NOON + timedelta(days=2))
    assert entry.find(ana, new.token, now=NOON + timedelta(days=2))
    with ana.read() as tx:
        assert tx.sessions.find(entry.tokens.hashed(old.token)) is None
        assert tx.links.find("", NOON) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (119, "119 seconds"), (120, "2 minutes"), (121, "3 minutes"), (900, "15 minutes")],
)
def test_a_wait_is_told_in_words(seconds, words):
    assert in_words(seconds) == words
