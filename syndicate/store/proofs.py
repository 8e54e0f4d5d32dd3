"""By what people prove who they are: the hash of a password, the secret of one-time codes, recovery codes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from syndicate.core.errors import NotFound
from syndicate.core.roles import Person
from syndicate.store.models import RecoveryCodeRow, UserRow
from syndicate.store.users import as_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """`password_hash` is empty where no password was chosen yet, `totp_secret` where one-time codes are not used."""

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

    def all(self) -> Sequence[Proof]:
        """By e-mail address."""
        return [_as_proof(row) for row in self._session.scalars(select(UserRow).order_by(UserRow.email))]

    def get(self, email: str, *, lock: bool = False) -> Proof:
        """`lock`: others who prove to be the same person wait for this transaction."""
        return _as_proof(self._row(email, lock=lock))

    def known_as(self, subject: str) -> Proof | None:
        """Who another server calls so."""
        row = self._session.scalars(select(UserRow).where(UserRow.oidc_subject == subject)).first()
        return _as_proof(row) if row else None

    def introduce(self, email: str, subject: str) -> Proof | None:
        """Whose address this is, from now on known as `subject`; None where nobody is, or is known as another."""
        unknown = UserRow.oidc_subject.is_(None)
        row = self._session.scalars(select(UserRow).where(UserRow.email == email, unknown).with_for_update()).first()
        if row is None:
            return None
        row.oidc_subject = subject
        self._session.flush()
        return _as_proof(row)

    def set_password(self, email: str, password_hash: str) -> None:
        self._row(email).password_hash = password_hash

    def use_codes(self, email: str, secret: str, *, step: int, recovery_hashes: Sequence[str]) -> None:
        """An empty secret: codes are not used any more."""
        row = self._row(email)
        row.totp_secret, row.totp_step = secret, step
        self.renew_recovery_codes(email, recovery_hashes)

    def take_step(self, email: str, step: int) -> None:
        self._row(email).totp_step = step

    def renew_recovery_codes(self, email: str, hashes: Sequence[str]) -> None:
        user_id = self._row(email).id
        self._session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.user_id == user_id))
        self._session.add_all([RecoveryCodeRow(user_id=user_id, code_hash=each) for each in hashes])
        self._session.flush()

    def take_recovery_code(self, email: str, code_hash: str) -> bool:
        """Whether it was one of theirs; it is gone now."""
        mine = RecoveryCodeRow.user_id == self._row(email).id
        gone = self._session.execute(delete(RecoveryCodeRow).where(mine, RecoveryCodeRow.code_hash == code_hash))
        return bool(gone.rowcount)  # type: ignore[attr-defined]

    def recovery_codes_left(self, email: str) -> int:
        mine = RecoveryCodeRow.user_id == self._row(email).id
        return self._session.scalars(select(func.count()).select_from(RecoveryCodeRow).where(mine)).one()

    def _row(self, email: str, *, lock: bool = False) -> UserRow:
        query = select(UserRow).where(UserRow.email == email)
        if row := self._session.scalars(query.with_for_update() if lock else query).first():
            return row
        raise NotFound(f"There is no user {email}.")


def _as_proof(row: UserRow) -> Proof:
    return Proof(
        person=as_person(row),
        password_hash=row.password_hash,
        totp_secret=row.totp_secret,
        totp_step=row.totp_step,
    )
