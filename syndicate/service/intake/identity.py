"""Under which names a story is known, so that one that comes in by two doors is one story, and none of ours comes back.

An outlet's own id decides within one door; ids and addresses that others know a story by join what came in by several.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from courlan import normalize_url

from syndicate.core.errors import RuleBroken
from syndicate.core.newsitem import SourceItem
from syndicate.core.newsroom import Newsroom
from syndicate.core.story import Story
from syndicate.store import Tx

_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of an item when it comes in: the story that it is, its names that no story of its outlet has yet,
    and the stories of other outlets that stand at the same address.
    """

    story: Story | None
    free: Sequence[str]
    elsewhere: Sequence[str]


def recognise(tx: Tx, outlet: str, item: SourceItem, door: str) -> Known:
    """By the outlet's own id; else by another name, unless this door speaks of that story by another id already.

    Every story has its own id among its names, so one question tells that an item is new.
    """
    names = names_of(item)
    known = tx.names.known(names)
    ours = {named.name: named.story_id for named in known if named.outlet == outlet}
    same = (ours[name] for name in names if name in ours and (name == names[0] or not _speaks(tx, ours[name], door)))
    story_id = next(same, None)
    return Known(
        story=tx.stories.get(story_id, lock=True) if story_id else None,
        free=[name for name in names if name not in ours],
        elsewhere=[named.story_id for named in known if named.outlet != outlet and named.name.startswith("url:")],
    )


def said_before(tx: Tx, story: Story, door: str, fingerprint: str) -> str:
    """The fingerprint of what this door last said of the story, which is remembered as `fingerprint` from now on.

    Empty where it speaks of it for the first time. A story with one door needs no memory but its newest revision.
    """
    doors = tx.names.doors(story.id)
    if not doors and story.door == door:
        return story.fingerprint
    if not doors:
        tx.names.hear(story.id, story.door, story.fingerprint)
    tx.names.hear(story.id, door, fingerprint)
    return doors.get(door, "")


def _speaks(tx: Tx, story_id: str, door: str) -> bool:
    return door in (tx.names.doors(story_id) or {tx.stories.get(story_id).door})


def names_of(item: SourceItem) -> tuple[str, ...]:
    """The item's own id first, then its other ids and its address; each once."""
    ids = (item.external_id, *(alt_id for alt_id in item.alt_ids if alt_id))
    addresses = (address_name(text) for text in (item.original_url, *ids) if text.startswith(_WEB))
    return tuple(dict.fromkeys([*map(id_name, ids), *(name for name in addresses if name)]))


def id_name(external_id: str) -> str:
    return f"id:{external_id}"


def address_name(address: str) -> str:
    """One name for all ways to write a page's address: http or https, www. or not, whoever tracks its readers.

    Empty for a site's front page, which is no story's address, and for what is no address.
    """
    try:
        parts = urlsplit(normalize_url(address))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if not host or not (path or parts.query):
        return ""
    return f"url:{host}{path}{'?' if parts.query else ''}{parts.query}"


def check_not_ours(item: SourceItem, newsroom: Newsroom) -> None:
    """Raises RuleBroken for a story that went out from here and comes back as a partner's."""
    ours = (f"tag:{newsroom.authority},", f"{newsroom.base_url}/items/")
    told = (item.external_id, item.original_url, *item.alt_ids, *(hop.uri for hop in item.hops))
    for text in told:
        if text.startswith(ours):
            raise RuleBroken(f"This is a story of {newsroom.name} itself, come back: {text[:200]}", ours=text[:200])
