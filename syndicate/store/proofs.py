"""By what people prove who they are: the hash of a password, the secret of one-time codes, links and recovery codes."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from syndicate.core.errors import NotFound
from syndicate.core.roles import Person
from syndicate.store.models import UserRow
from syndicate.store.users import as_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """`password_hash` is empty where no password was set yet, `totp_secret` where one-time codes are not used."""

    person: Person
    password_hash: str
    totp_secret: str
    totp_step: int


class Proofs:
    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, email: str) -> Proof | None:
        row = self._session.scalars(select(UserRow).where(UserRow.email == email)).first()
        return _as_proof(row) if row else None

    def set_password(self, email: str, password_hash: str) -> None:
        self._row(email).password_hash = password_hash

    def _row(self, email: str) -> UserRow:
        if row := self._session.scalars(select(UserRow).where(UserRow.email == email).with_for_update()).first():
            return row
        raise NotFound(f"There is no user {email}.")


def _as_proof(row: UserRow) -> Proof:
    return Proof(
        person=as_person(row),
        password_hash=row.password_hash,
        totp_secret=row.totp_secret,
        totp_step=row.totp_step,
    )
