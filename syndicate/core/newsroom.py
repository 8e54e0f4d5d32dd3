"""The parties of a newsroom: outlets that give stories, channels, subscribers that take them, people who decide."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from syndicate.core.approval import Approval
from syndicate.core.edits import Part
from syndicate.core.grants import Grants, Quota
from syndicate.core.newsitem import Party
from syndicate.core.policy import Page, Policy
from syndicate.core.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """Ourselves: the name that stands in credits, our address without a slash at its end, and the host in our guids.

    `outside_hub` is the address of somebody else's WebSub hub that tells of our news; empty: ours does.
    """

    name: str
    base_url: str
    authority: str
    outside_hub: str = ""

    @property
    def party(self) -> Party:
        return Party(self.name, f"{self.base_url}/")

    def hub_of(self, channel: "Channel") -> str:
        """The hub that tells of a channel; empty where there is none: one outside cannot read what needs a key."""
        if self.outside_hub:
            return self.outside_hub if channel.public else ""
        return f"{self.base_url}/hub"


class PicturePolicy(StrEnum):
    """Which pictures of an outlet go out: those whose credit is cleared, all that it sends, or none."""

    CLEARED = "cleared"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What we agreed with an outlet. `corrections_straight_through`: its corrections go out without the desk.

    `fetch_pages`: where its feed gives a summary only, we may read the story from its page. `cleared_credits` are
    agencies, or whole credits, whose pictures it may pass on to us. `page` is what our pages of its stories tell search
    engines, whatever a channel says. `may_edit` is what we may edit though a story's licence forbids it.
    `approvals` say which stories need no editor. `embargo_hours` after its own publication a story may appear here;
    `excerpt_only`: a summary in place of its text; `quota`: so many new ones in a period at most. From `ends` on
    nothing new goes out; what is out stays.
    `territories` are the countries that its stories may be published in, by ISO 3166-1 alpha-2; none: all.
    `blocked_subscribers` may not have them.
    """

    corrections_straight_through: bool = False
    fetch_pages: bool = False
    pictures: PicturePolicy = PicturePolicy.CLEARED
    cleared_credits: tuple[str, ...] = ()
    page: Page = Page.NONE
    may_edit: tuple[Part, ...] = ()
    approvals: tuple[Approval, ...] = ()
    embargo_hours: int = 0
    excerpt_only: bool = False
    quota: Quota | None = None
    ends: datetime | None = None
    territories: tuple[str, ...] = ()
    blocked_subscribers: tuple[str, ...] = ()

    @property
    def limits_subscribers(self) -> bool:
        """Whether some may have its stories and others not."""
        return bool(self.territories or self.blocked_subscribers)


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


class Order(StrEnum):
    """What stands first in a channel: what changed last, or what we published last (a correction keeps its place)."""

    CHANGED = "changed"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A selection of published stories, public or for subscribers.

    `changed_at` grows by at least a whole second with each change that shows in a feed (see `next_stamp`). `length` is
    how many stories a feed has where its reader does not say.
    """

    slug: str
    title: str
    public: bool = False
    language: str = ""
    rule: Rule = Rule()
    order: Order = Order.CHANGED
    length: int = 50
    policy: Policy = Policy()
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A site that reads us, the channels it was given, and what else its agreement says."""

    slug: str
    name: str
    channels: tuple[str, ...] = ()
    grants: Grants = Grants()

    def at(self, now: datetime) -> "Subscriber":
        """As it is at that moment: an agreement that has ended gives no channels."""
        return self if self.grants.hold_at(now) else replace(self, channels=())


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
    """A credential as it is listed: never the secret itself. One of `outlet` and `subscriber` is set.

    It opens nothing from `revoked_at` or `expires_at` on. `last_used_at` is true to about a minute.
    """

    id: str
    label: str
    scopes: frozenset[Scope]
    outlet: str = ""
    subscriber: str = ""
    created_at: datetime
    revoked_at: datetime | None = None
    expires_at: datetime | None = None
    last_used_at: datetime | None = None

    def opens_at(self, now: datetime) -> bool:
        return not self.revoked_at and (self.expires_at is None or now < self.expires_at)
