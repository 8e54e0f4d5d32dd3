"""Taking stories in by (outlet, external_id).

Reading and cleaning happen before the transaction, so the database is held only while rows are written. One document
is one transaction: an answer is given when all of it is stored, or nothing is.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from syndicate.core.edits import clash
from syndicate.core.errors import BadFields, Conflict, NotFound, RuleBroken, StaleVersion, SyndicateError
from syndicate.core.guid import mint_guid
from syndicate.core.newsitem import SourceItem
from syndicate.core.newsroom import Newsroom, Outlet
from syndicate.core.rights import PubStatus
from syndicate.core.story import Stamp, Story
from syndicate.core.workflow import Review, move
from syndicate.ingest import Gone
from syndicate.media import Shelf
from syndicate.service import listing
from syndicate.service.intake import agreed, media
from syndicate.service.intake.identity import Known, check_not_ours, recognise, said_before
from syndicate.service.intake.pictures import lacks_files
from syndicate.service.intake.prepare import SUMMARY_ONLY, Document, Prepared, PreparedResult, prepare, read
from syndicate.service.intake.takeback import Outcome, Sender, outcome, take_back, withdraw
from syndicate.service.publish import hold_of, issue
from syndicate.store import Store, Tx
from syndicate.store.journal import Answer
from syndicate.store.stories import Revision

BACK_TO_THE_QUEUE = "Its source sent a newer version after it was approved."
FULL_TEXT_CAME = "The full text has come since it was held."
QUESTION_ANSWERED = "Its source has sent a newer version since it was asked."


def receive(
    store: Store,
    newsroom: Newsroom,
    document: Document,
    sender: Sender,
    *,
    now: datetime,
    outlet: Outlet | None = None,
    shelf: Shelf | None = None,
    dry_run: bool = False,
) -> Sequence[Outcome | SyndicateError]:
    """One result for each item of the document, in its order; a refused item does not stop the others.

    The refusal of a document's only item is raised: BadInput, BadFields, UnknownFormat, StaleVersion.
    `outlet` is the sender's, where the caller has just read it. `shelf` is where pictures that come as files are kept;
    without one they are refused. `dry_run` answers what would happen and stores nothing.
    """
    if outlet is None:
        with store.read() as tx:
            outlet = tx.outlets.get(sender.outlet)
    items = prepare(read(document, outlet, received=now.date()).results, outlet)
    items = media.take_in(store, shelf, items, now=now, dry_run=dry_run)
    job = _Job(newsroom, document, sender, outlet, now)
    try:
        return _store_all(store, job, items, dry_run)
    except Conflict as error:
        if type(error) is not Conflict:  # a refusal of its own kind, such as a stale version
            raise
        return _store_all(store, job, items, dry_run)  # another stored the same story first: now this is an update


def receive_item(
    tx: Tx,
    newsroom: Newsroom,
    item: PreparedResult,
    document: Document,
    sender: Sender,
    *,
    outlet: Outlet,
    now: datetime,
) -> Outcome | SyndicateError:
    """One item of a document, within a transaction of the caller's. Raises Conflict where another stored it first."""
    return _Job(newsroom, document, sender, outlet, now).store_one(tx, item)


@dataclass(frozen=True, slots=True)
class _Job:
    newsroom: Newsroom
    document: Document
    sender: Sender
    outlet: Outlet
    now: datetime

    def answered(self, tx: Tx) -> Sequence[Outcome] | None:
        """The first answer to this Idempotency-Key. Raises BadFields where the key came with other content."""
        if not (self.sender.key_id and self.sender.idempotency_key):
            return None
        answer = tx.answers.find(self.sender.key_id, self.sender.idempotency_key)
        if answer is None:
            return None
        if answer.request_hash != self.document.digest:
            wrong = {"Idempotency-Key": ["Used before with other content: each new request needs a new key."]}
            raise BadFields("This Idempotency-Key belongs to another request.", errors=wrong)
        return [Outcome(**outcome) for outcome in answer.outcomes]

    def remember(self, tx: Tx, results: Sequence[Outcome | SyndicateError]) -> None:
        """Only full successes: after a refusal the sender must be able to try again, and the rest is unchanged then."""
        if not (self.sender.key_id and self.sender.idempotency_key):
            return
        outcomes = [asdict(result) for result in results if isinstance(result, Outcome)]
        if len(outcomes) == len(results):
            answer = Answer(self.document.digest, outcomes)
            tx.answers.add(self.sender.key_id, self.sender.idempotency_key, answer, self.now)

    def store_one(self, tx: Tx, prepared: PreparedResult) -> Outcome | SyndicateError:
        if isinstance(prepared, SyndicateError):
            return prepared
        if isinstance(prepared, Gone):
            return self._take_back(tx, prepared)
        try:
            return self._take_in(tx, prepared)
        except RuleBroken as refusal:
            return refusal

    def _take_in(self, tx: Tx, prepared: Prepared) -> Outcome | SyndicateError:
        check_not_ours(prepared.item, self.newsroom)
        known = recognise(tx, self.outlet.slug, prepared.item, self.sender.door)
        if known.story is None:
            return outcome(self._create(tx, prepared, known), "created", prepared.report)
        story, stamp = known.story, _stamp(prepared.item)
        tx.names.give(story, known.free, free=True)
        said = said_before(tx, story, self.sender.door, prepared.fingerprint)
        if _says_nothing_new(story, prepared, stamp, said):
            return outcome(self._touch(tx, story, stamp), "unchanged", prepared.report)
        if self._is_stale(story, stamp):
            return StaleVersion(
                "A newer version of this article is stored already; nothing was changed.",
                stored_updated=str(story.newest.updated or ""),
                stored_source_version=story.newest.version,
            )
        return outcome(self._update(tx, story, prepared), "updated", prepared.report)

    def _is_stale(self, story: Story, stamp: Stamp) -> bool:
        """Older by the source's own word. A feed shows what it shows now: it may set its own dates back."""
        same_feed = bool(self.sender.door) and story.door == self.sender.door
        return stamp.is_before(story.newest) and not same_feed

    def _take_back(self, tx: Tx, gone: Gone) -> Outcome | SyndicateError:
        try:
            return withdraw(tx, self.sender, gone.external_id, gone.reason, self.now)
        except NotFound as refusal:
            return refusal

    def _create(self, tx: Tx, prepared: Prepared, known: Known) -> Story:
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
            door=self.sender.door,
            pub_status=item.rights.pub_status,
            newest=_stamp(item),
            received_at=self.now,
            changed_at=self.now,
            **_first_review(prepared, known),
        )
        tx.stories.add(story)
        tx.names.give(story, known.free, free=True)
        self._keep(tx, story, prepared, "receive")
        agreed.consider(tx, story, self.now)
        return story

    def _touch(self, tx: Tx, story: Story, stamp: Stamp) -> Story:
        """Nothing but the time at its source is new; it still tells which later push would be an older one."""
        if story.newest.is_before(stamp):
            story = replace(story, newest=stamp)
            tx.stories.save(story)
        return story

    def _update(self, tx: Tx, story: Story, prepared: Prepared) -> Story:
        stands = story.edits_base == story.revision and not clash(story.edits, story.source, prepared.item)
        story = replace(
            story,
            source=prepared.item,
            fingerprint=prepared.fingerprint,
            door=self.sender.door,
            revision=story.revision + 1,
            edits_base=story.revision + 1 if stands else story.edits_base,
            pub_status=prepared.item.rights.pub_status,
            newest=_stamp(prepared.item),
            changed_at=self.now,
        )
        self._keep(tx, story, prepared, "receive-update")
        if story.pub_status is not PubStatus.USABLE:
            return take_back(tx, story, self.sender.who, _why(story), self.now)
        if tx.questions.end(story.id, at=self.now, answer=story.revision):
            story = replace(story, reason=QUESTION_ANSWERED) if story.review is Review.HELD else story
        agreement = self.outlet.agreement
        straight = agreement.corrections_straight_through and not prepared.hold and not story.edits_clash
        if story.review is Review.PUBLISHED and straight and not hold_of(story, self.now):
            return self._send_straight(tx, story)
        if story.review is Review.APPROVED and not straight:  # what the desk approved is not what would go out
            review = move(story.review, Review.RECEIVED)
            story = replace(story, review=review, reason=BACK_TO_THE_QUEUE, publish_at=None)
        elif story.publish_at and not straight:  # nor is it what was to follow the edition that is out
            story = replace(story, reason=BACK_TO_THE_QUEUE, publish_at=None)
        if prepared.hold and story.review is Review.RECEIVED:
            story = replace(story, review=move(story.review, Review.HELD), reason=prepared.hold)
        elif story.review is Review.HELD and story.reason.startswith(SUMMARY_ONLY):
            story = replace(story, reason=prepared.hold or FULL_TEXT_CAME)
        tx.stories.save(story)
        agreed.consider(tx, story, self.now)
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
            door=self.sender.door,
            media_type=self.document.media_type,
            document=self.document.sha256,
            body=self.document.data,
            report=prepared.report,
        )
        tx.stories.add_revision(story, revision)
        tx.audit.add(what, story.guid, who=self.sender.who, at=self.now, story_id=story.id, revision=story.revision)
        tx.likenesses.wait(story.id, story.revision)
        for href, file in prepared.kept.items():
            tx.pictures.keep(story.id, href, file, self.now)
        listing.arrive(tx, story, self.now)
        if lacks_files(story.source, self.outlet.agreement):
            tx.pictures.forget_failures(story.id)
            tx.jobs.want(media.FETCH, story.id, self.now)


def _store_all(
    store: Store, job: _Job, items: Sequence[PreparedResult], dry_run: bool
) -> Sequence[Outcome | SyndicateError]:
    with store.begin(rehearse=dry_run) as tx:
        if not dry_run and (answered := job.answered(tx)):
            return answered
        results = [job.store_one(tx, item) for item in items]
        if len(results) == 1 and isinstance(results[0], SyndicateError):
            raise results[0]
        job.remember(tx, results)
        return results


def _stamp(item: SourceItem) -> Stamp:
    return Stamp(item.updated, item.source_version)


def _first_review(prepared: Prepared, known: Known) -> dict[str, Any]:
    """Where a new story stands: in the queue, unless its source took it back already or an editor must look first."""
    if prepared.item.rights.pub_status is PubStatus.CANCELED:
        return {"review": Review.REJECTED, "reason": "Its source had withdrawn it when it came."}
    if known.elsewhere:
        return {"review": Review.HELD, "reason": f"Another outlet has sent this story: {', '.join(known.elsewhere)}."}
    if prepared.hold:
        return {"review": Review.HELD, "reason": prepared.hold}
    return {}


def _says_nothing_new(story: Story, prepared: Prepared, stamp: Stamp, said: str) -> bool:
    """The same words again, or words that came by another door first and that nothing says are newer.

    After a withdrawal the same words are a late retry, unless their source says that they are newer.
    """
    newer = story.newest.is_before(stamp)
    if not said:
        return not newer
    same_status = story.pub_status is prepared.item.rights.pub_status
    return said == prepared.fingerprint and (same_status or not newer)


def _why(story: Story) -> str:
    """What subscribers and the desk hear when a source takes its story back with a new version of it."""
    return story.source.change_note or f"Its source made it {story.pub_status}."
