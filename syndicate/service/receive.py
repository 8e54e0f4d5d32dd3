"""Taking stories in by (outlet, external_id), and back when their source says so.

Reading and cleaning happen before the transaction, so the database is held only while rows are written. One document
is one transaction: an answer is given when all of it is stored, or nothing is.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from syndicate.core.errors import BadFields, Conflict, NotFound, RuleBroken, StaleVersion, SyndicateError
from syndicate.core.guid import mint_guid
from syndicate.core.newsitem import SourceItem
from syndicate.core.newsroom import Newsroom, Outlet
from syndicate.core.rights import PubStatus
from syndicate.core.story import Stamp, Story
from syndicate.core.workflow import Review, move
from syndicate.service.prepare import Document, Prepared, prepare
from syndicate.service.publish import hold_of, issue, recall
from syndicate.store import Store, Tx
from syndicate.store.journal import Answer
from syndicate.store.stories import Revision

BACK_TO_THE_QUEUE = "Its source sent a newer version after it was approved."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sent it: the outlet whose stories these are, and the key that was used, if any."""

    outlet: str
    who: str
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


def receive(
    store: Store, newsroom: Newsroom, document: Document, sender: Sender, *, now: datetime, dry_run: bool = False
) -> Sequence[Outcome | SyndicateError]:
    """One result for each item of the document, in its order; a refused item does not stop the others.

    The refusal of a document's only item is raised: BadInput, BadFields, UnknownFormat, StaleVersion.
    `dry_run` answers what would happen and stores nothing.
    """
    with store.read() as tx:
        outlet = tx.outlets.get(sender.outlet)
    items = prepare(document, outlet, received=now.date())
    job = _Job(store, newsroom, document, sender, outlet, now, dry_run)
    try:
        return job.store_all(items)
    except Conflict as error:
        if type(error) is not Conflict:  # a refusal of its own kind, such as a stale version
            raise
        return job.store_all(items)  # another request stored the same story first: now this one is an update


def withdraw_by_source(store: Store, sender: Sender, *, external_id: str, reason: str, now: datetime) -> Outcome:
    """The source takes its story back: at once, and it stays. Doing it twice is no error. Raises NotFound."""
    with store.begin() as tx:
        story = tx.stories.find(sender.outlet, external_id, lock=True)
        if story is None:
            raise NotFound(f"You have no article {external_id[:200]} here.")
        story = replace(story, pub_status=PubStatus.CANCELED, changed_at=now)
        story = _take_back(tx, story, sender.who, f"Withdrawn by its source: {reason}" if reason else "", now)
        return _outcome(story, "withdrawn", {})


@dataclass(frozen=True, slots=True)
class _Job:
    store: Store
    newsroom: Newsroom
    document: Document
    sender: Sender
    outlet: Outlet
    now: datetime
    dry_run: bool

    def store_all(self, items: Sequence[Prepared | SyndicateError]) -> Sequence[Outcome | SyndicateError]:
        with self.store.begin(rehearse=self.dry_run) as tx:
            if answered := self._answered(tx):
                return answered
            results = [self._store_one(tx, item) for item in items]
            if len(results) == 1 and isinstance(results[0], SyndicateError):
                raise results[0]
            self._remember(tx, results)
            return results

    def _answered(self, tx: Tx) -> Sequence[Outcome] | None:
        """The first answer to this Idempotency-Key. Raises BadFields where the key came with other content."""
        if self.dry_run or not (self.sender.key_id and self.sender.idempotency_key):
            return None
        answer = tx.answers.find(self.sender.key_id, self.sender.idempotency_key)
        if answer is None:
            return None
        if answer.request_hash != self.document.digest:
            wrong = {"Idempotency-Key": ["Used before with other content: each new request needs a new key."]}
            raise BadFields("This Idempotency-Key belongs to another request.", errors=wrong)
        return [Outcome(**outcome) for outcome in answer.outcomes]

    def _remember(self, tx: Tx, results: Sequence[Outcome | SyndicateError]) -> None:
        """Only full successes: after a refusal the sender must be able to try again, and the rest is unchanged then."""
        outcomes = [asdict(result) for result in results if isinstance(result, Outcome)]
        if self.sender.key_id and self.sender.idempotency_key and len(outcomes) == len(results):
            answer = Answer(self.document.digest, outcomes)
            tx.answers.add(self.sender.key_id, self.sender.idempotency_key, answer, self.now)

    def _store_one(self, tx: Tx, prepared: Prepared | SyndicateError) -> Outcome | SyndicateError:
        if isinstance(prepared, SyndicateError):
            return prepared
        story = tx.stories.find(self.outlet.slug, prepared.item.external_id, lock=True)
        if story is None:
            return _outcome(self._create(tx, prepared), "created", prepared.report)
        stamp = _stamp(prepared.item)
        if _says_nothing_new(story, prepared, stamp):
            return _outcome(self._touch(tx, story, stamp), "unchanged", prepared.report)
        if stamp.is_before(story.newest):
            return StaleVersion(
                "A newer version of this article is stored already; nothing was changed.",
                stored_updated=str(story.newest.updated or ""),
                stored_source_version=story.newest.version,
            )
        return _outcome(self._update(tx, story, prepared), "updated", prepared.report)

    def _create(self, tx: Tx, prepared: Prepared) -> Story:
        story_id, item = str(uuid4()), prepared.item
        story = Story(
            id=story_id,
            guid=mint_guid(
                authority=self.newsroom.authority,
                minted_on=self.now.date(),
                outlet=self.outlet.slug,
                story_id=story_id,
            ),
            outlet=self.outlet,
            external_id=item.external_id,
            source=item,
            fingerprint=prepared.fingerprint,
            pub_status=item.rights.pub_status,
            newest=_stamp(item),
            received_at=self.now,
            changed_at=self.now,
        )
        tx.stories.add(story)
        self._keep(tx, story, prepared, "receive")
        return story

    def _touch(self, tx: Tx, story: Story, stamp: Stamp) -> Story:
        """Nothing but the time at its source is new; it still tells which later push would be an older one."""
        if story.newest.is_before(stamp):
            story = replace(story, newest=stamp)
            tx.stories.save(story)
        return story

    def _update(self, tx: Tx, story: Story, prepared: Prepared) -> Story:
        story = replace(
            story,
            source=prepared.item,
            fingerprint=prepared.fingerprint,
            revision=story.revision + 1,
            pub_status=prepared.item.rights.pub_status,
            newest=_stamp(prepared.item),
            changed_at=self.now,
        )
        self._keep(tx, story, prepared, "receive-update")
        if story.pub_status is not PubStatus.USABLE:
            reason = f"Its source made it {story.pub_status}."
            return _take_back(tx, story, self.sender.who, reason, self.now)
        straight = self.outlet.agreement.corrections_straight_through
        if story.review is Review.PUBLISHED and straight and not hold_of(story, self.now):
            return self._send_straight(tx, story)
        if story.review is Review.APPROVED and not straight:  # what the desk approved is not what would go out
            review = move(story.review, Review.RECEIVED)
            story = replace(story, review=review, reason=BACK_TO_THE_QUEUE, publish_at=None)
        tx.stories.save(story)
        return story

    def _send_straight(self, tx: Tx, story: Story) -> Story:
        try:
            return issue(tx, story, self.newsroom, who=self.sender.who, now=self.now)
        except RuleBroken:  # it cannot be credited any more: the update waits for the desk
            tx.stories.save(story)
            return story

    def _keep(self, tx: Tx, story: Story, prepared: Prepared, what: str) -> None:
        revision = Revision(
            number=story.revision,
            received_at=self.now,
            key_id=self.sender.key_id,
            media_type=self.document.media_type,
            body=self.document.data,
            report=prepared.report,
        )
        tx.stories.add_revision(story, revision)
        tx.audit.add(what, story.guid, who=self.sender.who, at=self.now, story_id=story.id, revision=story.revision)
        tx.outbox.add("story.received", story_id=story.id, version=story.version, at=self.now)


def _stamp(item: SourceItem) -> Stamp:
    return Stamp(item.updated, item.source_version)


def _says_nothing_new(story: Story, prepared: Prepared, stamp: Stamp) -> bool:
    """The same words again. After a withdrawal they are a late retry, unless their source says that they are newer."""
    same_status = story.pub_status is prepared.item.rights.pub_status
    return story.fingerprint == prepared.fingerprint and (same_status or not story.newest.is_before(stamp))


def _take_back(tx: Tx, story: Story, who: str, reason: str, now: datetime) -> Story:
    """What is out leaves at once; what waits is rejected; what has left stays as it is."""
    reason = reason or "Withdrawn by its source."
    if story.review is Review.PUBLISHED:
        return recall(tx, story, Review.WITHDRAWN, who=who, reason=reason, now=now)
    waits = story.review in (Review.RECEIVED, Review.HELD, Review.APPROVED)
    if waits and story.pub_status is PubStatus.CANCELED:
        story = replace(story, review=move(story.review, Review.REJECTED), reason=reason, publish_at=None)
    elif story.review is Review.APPROVED:  # withheld: what was approved may not go out, nor its new text unseen
        story = replace(story, review=move(story.review, Review.RECEIVED), reason=reason, publish_at=None)
    tx.stories.save(story)
    tx.audit.add("source-withdraw", story.guid, who=who, at=now, story_id=story.id, reason=reason)
    return story


def _outcome(story: Story, result: str, report: dict[str, Any]) -> Outcome:
    return Outcome(
        id=story.id, guid=story.guid, version=story.version, review=story.review, result=result, report=report
    )
