"""What subscribers tell us of where they have a story: it is live here, it is down."""

from datetime import datetime
from urllib.parse import urlsplit

from syndicate.core.errors import BadFields, NotFound, StaleVersion
from syndicate.core.reach import Receipt, heard
from syndicate.core.story import Story
from syndicate.service.wrong import refuse
from syndicate.store import Store, Tx

MAX_URL_CHARS = 2_000


def receive(
    store: Store, subscriber: str, *, guid: str, version: int | None, url: str, live: bool, now: datetime
) -> tuple[Receipt, bool]:
    """The receipt as it stands now, and whether it is this story's first from this subscriber. Without a version, which
    RSS and Atom do not tell, it is about the newest.

    Raises NotFound for a story that this subscriber never had, whether there is one or not; BadFields; StaleVersion
    where it has told of a newer version.
    """
    refuse(url=_wrong_url(url, live))
    never = NotFound("You never had a story of this guid from us.")
    with store.begin() as tx:
        try:
            story = tx.stories.get(guid, lock=True)
        except NotFound:
            raise never from None
        if story.guid != guid:  # it was found by its id, which is no name of it outside
            raise never
        known = tx.reach.receipt(story.id, subscriber)
        if known is None and not _had(tx, story.id, subscriber):
            raise never
        version = _checked(story, version, live)
        if known and version < known.version:
            raise StaleVersion(f"You have told us of version {known.version} already.", current=known.version)
        said = Receipt(story_id=story.id, subscriber=subscriber, version=version, url=url, live=live, told_at=now)
        kept = heard(known, said)
        tx.reach.hear(kept)
    return kept, known is None


def _had(tx: Tx, story_id: str, subscriber: str) -> bool:
    """It could read a channel that held it, and its own rights did not keep it from it all the time."""
    standing = tx.entitlements.of(subscriber, [story_id]).get(story_id)
    return tx.reach.had(story_id, subscriber) and (standing is None or bool(standing.taken_at))


def _checked(story: Story, told: int | None, live: bool) -> int:
    """The version that is meant. Raises BadFields."""
    newest = story.edition
    version = told or story.version
    if newest is None or version > newest.version:
        raise BadFields("There is no such version.", errors={"version": [f"The newest is {story.version}."]})
    if live and newest.canceled and version == newest.version:
        raise BadFields("This version takes the story back.", errors={"version": ["It cannot be live: take it down."]})
    return version


def _wrong_url(url: str, live: bool) -> str:
    if not url:
        return "Say where it is live." if live else ""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1) > 0
    except ValueError:
        fine = False
    if not fine or "@" in parts.netloc or not url.isprintable() or " " in url:
        return "An http or https address, without a name or a password."
    return f"At most {MAX_URL_CHARS} characters." if len(url) > MAX_URL_CHARS else ""
