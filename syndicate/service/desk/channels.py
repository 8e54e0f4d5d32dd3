"""The channels: what each takes and in what form, what a rule would hold before it is kept, and who reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from syndicate.core.newsroom import Channel, Subscriber
from syndicate.core.roles import Act, Person
from syndicate.core.rule import Rule
from syndicate.service import keep
from syndicate.service import preview as previews
from syndicate.service.desk import may
from syndicate.service.preview import Preview
from syndicate.store import Store

LOOKED_AT = 1000  # the newest stories that a preview on a page looks through


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFile:
    channel: Channel
    readers: Sequence[Subscriber]


@may(Act.LOOK)
def overview(person: Person, store: Store) -> Sequence[ChannelFile]:
    """All of them."""
    with store.read() as tx:
        channels, subscribers = tx.channels.all(), tx.subscribers.all()
    return [ChannelFile(channel=each, readers=_readers(each, subscribers)) for each in channels]


@may(Act.LOOK)
def file(person: Person, store: Store, slug: str) -> ChannelFile:
    """Raises NotFound."""
    with store.read() as tx:
        channel = tx.channels.get(slug)
        return ChannelFile(channel=channel, readers=_readers(channel, tx.subscribers.all()))


@may(Act.KEEP)
def to_change(person: Person, store: Store, slug: str) -> Channel:
    """As it is kept, for one who may change it. Raises NotFound."""
    with store.read() as tx:
        return tx.channels.get(slug)


@may(Act.LOOK)
def preview(person: Person, store: Store, rule: Rule) -> Preview:
    """What the rule would hold of the newest stories that are out. Raises BadFields."""
    return previews.preview(store, rule, most=LOOKED_AT)


@may(Act.KEEP)
def add(person: Person, store: Store, channel: Channel, *, now: datetime) -> Channel:
    """Raises BadFields, Conflict."""
    return keep.add_channel(store, channel, who=person.email, now=now)


@may(Act.KEEP)
def change(person: Person, store: Store, channel: Channel, *, now: datetime) -> Channel:
    """Raises BadFields, NotFound."""
    return keep.set_channel(store, channel, who=person.email, now=now)


@may(Act.KEEP)
def remove(person: Person, store: Store, slug: str, *, now: datetime) -> None:
    """Its stories stay, and leave its readers' feeds. Raises NotFound."""
    keep.remove_channel(store, slug, who=person.email, now=now)


def _readers(channel: Channel, subscribers: Sequence[Subscriber]) -> Sequence[Subscriber]:
    return [each for each in subscribers if channel.slug in each.channels]
