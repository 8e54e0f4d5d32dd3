"""What each person may do with their own account. Whatever opens doors asks for the password again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from syndicate.core.entry import Session
from syndicate.core.errors import RuleBroken
from syndicate.core.roles import Act, Person
from syndicate.service.desk import may
from syndicate.service.people import codes, entry, passwords
from syndicate.service.people.tries import Door
from syndicate.service.wrong import is_zone, refuse
from syndicate.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """`sessions` are the last used first."""

    sessions: Sequence[Session]
    uses_codes: bool
    recovery_codes_left: int


@may(Act.OWN)
def account(person: Person, store: Store, *, now: datetime) -> Account:
    with store.read() as tx:
        return Account(
            sessions=[session for session in tx.sessions.of(person.email) if not session.is_over(now)],
            uses_codes=bool(tx.proofs.get(person.email).totp_secret),
            recovery_codes_left=tx.proofs.recovery_codes_left(person.email),
        )


@may(Act.OWN)
def set_preferences(person: Person, store: Store, *, language: str, timezone: str, shortcuts: bool) -> None:
    """Raises BadFields (a zone that is none)."""
    refuse(timezone="" if is_zone(timezone) else "Not a time zone: write it such as Asia/Yerevan.")
    with store.begin() as tx:
        tx.users.prefer(person.email, language=language[:35], timezone=timezone, shortcuts=shortcuts)


@may(Act.OWN)
def set_password(person: Person, store: Store, *, old: str, new: str, door: Door, now: datetime) -> entry.Entered:
    """All sessions end, and the one who asks goes on in a new one. Raises NotKnown, TooMany, BadFields."""
    refuse(new_password=passwords.wrong(new))
    entry.prove(store, email=person.email, password=old, door=door, now=now)
    password_hash = passwords.hashed(new)
    with store.begin() as tx:
        tx.proofs.set_password(person.email, password_hash)
        tx.sessions.remove_all(person.email)
        tx.audit.add("password-set", person.email, who=person.email, at=now)
        return entry.open_session(tx, person, awaits_code=False, device=door.device, now=now)


@may(Act.OWN)
def use_codes(
    person: Person, store: Store, *, secret: str, code: str, password: str, door: Door, now: datetime
) -> Sequence[str]:
    """From now on a code is asked for. The first one shows that the telephone knows the secret.

    Answers the recovery codes, the only time they are seen. Raises NotKnown, TooMany, RuleBroken.
    """
    if not codes.is_secret(secret):
        raise RuleBroken("This was not a secret of ours: please start again.")
    entry.prove(store, email=person.email, password=password, door=door, now=now)
    step = codes.step_of(secret, code, after=0, now=now)
    refuse(code="" if step else "Not the code that belongs to this picture now. Is your telephone's clock right?")
    recovery = codes.new_recovery_codes()
    with store.begin() as tx:
        hashes = [codes.recovery_hash(each) for each in recovery]
        tx.proofs.use_codes(person.email, secret, step=step or 0, recovery_hashes=hashes)
        tx.audit.add("codes-on", person.email, who=person.email, at=now)
    return recovery


@may(Act.OWN)
def stop_codes(person: Person, store: Store, *, password: str, door: Door, now: datetime) -> None:
    """Raises NotKnown, TooMany."""
    entry.prove(store, email=person.email, password=password, door=door, now=now)
    with store.begin() as tx:
        tx.proofs.use_codes(person.email, "", step=0, recovery_hashes=())
        tx.audit.add("codes-off", person.email, who=person.email, at=now)


@may(Act.OWN)
def renew_recovery_codes(person: Person, store: Store, *, password: str, door: Door, now: datetime) -> Sequence[str]:
    """The old ones are gone. Raises NotKnown, TooMany."""
    entry.prove(store, email=person.email, password=password, door=door, now=now)
    recovery = codes.new_recovery_codes()
    with store.begin() as tx:
        tx.proofs.renew_recovery_codes(person.email, [codes.recovery_hash(each) for each in recovery])
        tx.audit.add("recovery-codes-renewed", person.email, who=person.email, at=now)
    return recovery


@may(Act.OWN)
def end_session(person: Person, store: Store, *, session_id: str, now: datetime) -> None:
    """Sign one of one's own devices out; one that is out already stays out."""
    with store.begin() as tx:
        if tx.sessions.remove(session_id, email=person.email):
            tx.audit.add("sign-out", person.email, who=person.email, at=now, session=session_id)


@may(Act.OWN)
def end_other_sessions(person: Person, store: Store, *, but: str, now: datetime) -> None:
    """Sign all of one's own devices out except the one that asks."""
    with store.begin() as tx:
        tx.sessions.remove_all(person.email, but=but)
        tx.audit.add("sign-out-others", person.email, who=person.email, at=now)
