"""The parties of a newsroom: outlets that give stories, channels, subscribers that take them, people who decide."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from syndicate.core.newsitem import Party, SourceItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """Ourselves: the name that stands in credits, our address without a slash at its end, and the host in our guids."""

    name: str
    base_url: str
    authority: str

    @property
    def party(self) -> Party:
        return Party(self.name, f"{self.base_url}/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What we agreed with an outlet. `corrections_straight_through`: its corrections go out without the desk."""

    corrections_straight_through: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What an outlet's own pages put around its stories, beyond what is known of all: selectors, whole paragraphs."""

    selectors: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A partner whose stories we republish. `credit_templates` by language; `timezone` an IANA name or empty."""

    slug: str
    name: str
    domain: str = ""
    timezone: str = ""
    credit_templates: Mapping[str, str] = field(default_factory=dict)
    agreement: Agreement = Agreement()
    furniture: Furniture = Furniture()

    @property
    def zone(self) -> ZoneInfo | None:
        return ZoneInfo(self.timezone) if self.timezone else None

    @property
    def party(self) -> Party:
        return Party(self.name, f"https://{self.domain}/" if self.domain else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which published stories a channel holds. An empty part asks nothing; all parts must agree.

    Outlets by slug; sections and topics compared without case; languages by prefix ("pt" takes "pt-BR");
    licences by SPDX name.
    """

    outlets: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    min_words: int | None = None
    max_words: int | None = None

    def takes(self, item: SourceItem, *, outlet: str) -> bool:
        licence = item.rights.licence
        topics = {name for topic in item.topics for name in (topic.name.casefold(), topic.qcode.casefold()) if name}
        language = item.language.casefold()
        return (
            (not self.outlets or outlet in self.outlets)
            and (not self.sections or item.section.casefold() in _folded(self.sections))
            and (not self.topics or bool(topics & _folded(self.topics)))
            and (not self.languages or any(f"{language}-".startswith(f"{tag}-") for tag in _folded(self.languages)))
            and (not self.licences or (licence is not None and licence.spdx.casefold() in _folded(self.licences)))
            and (self.min_words is None or item.words >= self.min_words)
            and (self.max_words is None or item.words <= self.max_words)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A selection of published stories, public or for subscribers.

    `changed_at` grows by at least a whole second with each change that shows in a feed (see `next_stamp`).
    """

    slug: str
    title: str
    public: bool = False
    language: str = ""
    rule: Rule = Rule()
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A site that reads us, and the channels it was given."""

    slug: str
    name: str
    channels: tuple[str, ...] = ()


class Role(StrEnum):
    ADMIN = "admin"
    EDITOR = "editor"
    VIEWER = "viewer"

    @property
    def decides(self) -> bool:
        return self is not Role.VIEWER


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    email: str
    role: Role


class Scope(StrEnum):
    """What a key is for. Outlets write and read their own articles; subscribers read feeds."""

    ARTICLES_WRITE = "articles:write"
    ARTICLES_READ = "articles:read"
    FEEDS_READ = "feeds:read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A credential as it is listed: never the secret itself. One of `outlet` and `subscriber` is set."""

    id: str
    label: str
    scopes: frozenset[Scope]
    outlet: str = ""
    subscriber: str = ""
    created_at: datetime
    revoked_at: datetime | None = None


def _folded(values: tuple[str, ...]) -> set[str]:
    return {value.casefold() for value in values}
