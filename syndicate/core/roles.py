"""Who may do what at the desk: one table, from each kind of act to the least role that may do it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from syndicate.core.errors import NotAllowed
from syndicate.core.newsroom import Role


class Act(StrEnum):
    """What is done, as it stands in the sentence that refuses it: "You may not …"."""

    LOOK = "look at the desk"
    OWN = "change your own account"
    DECIDE = "decide about stories"
    EDIT = "edit stories"
    KEEP = "change outlets, sources, channels, subscribers and keys"
    PEOPLE = "add and change people"


LEAST: Mapping[Act, Role] = MappingProxyType(
    {
        Act.LOOK: Role.VIEWER,
        Act.OWN: Role.VIEWER,
        Act.DECIDE: Role.EDITOR,
        Act.EDIT: Role.EDITOR,
        Act.KEEP: Role.ADMIN,
        Act.PEOPLE: Role.ADMIN,
    }
)
_RANK = {Role.VIEWER: 0, Role.EDITOR: 1, Role.ADMIN: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody at the desk. `email` is who they are in the audit; `language` and `timezone` (IANA) may be empty.

    `shortcuts`: single keys act on pages; whoever speaks to their browser turns that off (WCAG 2.1.4).
    """

    email: str
    role: Role
    language: str = ""
    timezone: str = ""
    shortcuts: bool = True

    @property
    def zone(self) -> ZoneInfo | None:
        return ZoneInfo(self.timezone) if self.timezone else None

    def may(self, act: Act) -> bool:
        return _RANK[self.role] >= _RANK[LEAST[act]]


def check(person: Person, act: Act) -> None:
    """Raises NotAllowed."""
    if not person.may(act):
        raise NotAllowed(f"You may not {act}: that takes the role {LEAST[act]}, and yours is {person.role}.")
