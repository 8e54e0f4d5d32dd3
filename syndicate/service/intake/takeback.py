"""A source takes its story back: by name, by a word in its feed, or by a new version that is canceled or withheld."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from syndicate.core.errors import NotFound
from syndicate.core.newsitem import Change
from syndicate.core.rights import PubStatus
from syndicate.core.story import Story
from syndicate.core.workflow import Review, move
from syndicate.service.intake.identity import id_name
from syndicate.service.publish import recall
from syndicate.store import Store, Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sent it: the outlet whose stories these are, the key that was used, if any, and the door.

    `door` is the id of the source that we pulled it from; empty for the API and the command line.
    """

    outlet: str
    who: str
    door: str = ""
    key_id: str | None = None
    idempotency_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one item. `result` is created, updated, unchanged or withdrawn; `report` is the cleaning's."""

    id: str
    guid: str
    version: int
    review: str
    result: str
    report: dict[str, Any]


def withdraw_by_source(store: Store, sender: Sender, *, external_id: str, reason: str, now: datetime) -> Outcome:
    """The source takes its story back: at once, and it stays. Doing it twice is no error. Raises NotFound."""
    with store.begin() as tx:
        return withdraw(tx, sender, external_id, reason, now)


def withdraw(tx: Tx, sender: Sender, external_id: str, reason: str, now: datetime) -> Outcome:
    story = tx.stories.find(sender.outlet, external_id, lock=True)
    for named in () if story else tx.names.known([id_name(external_id)]):
        if named.outlet == sender.outlet:
            story = tx.stories.get(named.story_id, lock=True)
    if story is None:
        raise NotFound(f"You have no article {external_id[:200]} here.")
    story = replace(story, pub_status=PubStatus.CANCELED, changed_at=now)
    story = take_back(tx, story, sender.who, f"Withdrawn by its source: {reason}" if reason else "", now)
    return outcome(story, "withdrawn", {})


def take_back(tx: Tx, story: Story, who: str, reason: str, now: datetime) -> Story:
    """What is out leaves at once; what waits is rejected; what has left stays as it is."""
    reason = reason or "Withdrawn by its source."
    killed = story.source.change is Change.KILL and story.pub_status is PubStatus.CANCELED
    if story.review is Review.PUBLISHED or (killed and story.review is Review.WITHDRAWN):
        to = Review.KILLED if killed else Review.WITHDRAWN
        return recall(tx, story, to, who=who, reason=reason, now=now)
    waits = story.review in (Review.RECEIVED, Review.HELD, Review.APPROVED)
    if waits and story.pub_status is PubStatus.CANCELED:
        story = replace(story, review=move(story.review, Review.REJECTED), reason=reason, publish_at=None)
    elif story.review is Review.APPROVED:  # withheld: what was approved may not go out, nor its new text unseen
        story = replace(story, review=move(story.review, Review.RECEIVED), reason=reason, publish_at=None)
    tx.stories.save(story)
    tx.audit.add("source-withdraw", story.guid, who=who, at=now, story_id=story.id, reason=reason)
    return story


def outcome(story: Story, result: str, report: dict[str, Any]) -> Outcome:
    return Outcome(
        id=story.id, guid=story.guid, version=story.version, review=story.review, result=result, report=report
    )
