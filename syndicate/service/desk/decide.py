"""What an editor decides about a story, and the moment in which it can be taken back.

Each decision is about what the editor saw (`Case`). What sends a story out waits for the grace first and can be undone
meanwhile; the clock carries it out, whether the editor is still there or not. What takes a story back takes effect at
once and cannot be undone.
"""

from dataclasses import replace
from datetime import datetime

from syndicate.core.errors import BadFields, Conflict
from syndicate.core.newsitem import Change
from syndicate.core.roles import Act, Person
from syndicate.core.story import Story
from syndicate.core.text import one_line
from syndicate.core.undo import Case, is_confirmed
from syndicate.core.workflow import Review, move
from syndicate.service import review
from syndicate.service.deciding import as_seen, due, publish_next, remember, short
from syndicate.service.desk import may
from syndicate.service.publish import recall
from syndicate.service.wrong import refuse
from syndicate.store import Store

ASK = "ask"
_WORD = {Review.WITHDRAWN: "withdraw", Review.KILLED: "kill"}


@may(Act.DECIDE)
def approve(person: Person, store: Store, case: Case) -> Story:
    """Release a story: it waits for its embargo, or for somebody to publish it."""
    with store.begin() as tx:
        before = as_seen(tx, case)
        after = review.release_for(tx, before, who=person.email, now=case.now)
        return remember(tx, "approve", case, before, after, who=person.email)


@may(Act.DECIDE)
def schedule(person: Person, store: Store, case: Case, *, at: datetime | None) -> Story:
    """Release a story for an hour, or set another hour. Raises BadFields for none, and for one that has passed."""
    if at is None:
        raise BadFields("The hour is missing.", errors={"at": ["Say a day and a time."]})
    refuse(at="" if at > case.now else "This hour has passed: say a later one, or publish now.")
    with store.begin() as tx:
        before = as_seen(tx, case)
        after = due(tx, before, at, who=person.email, now=case.now)
        return remember(tx, "schedule", case, before, after, who=person.email)


@may(Act.DECIDE)
def publish(person: Person, store: Store, case: Case, *, change: Change | None = None, note: str = "") -> Story:
    """Send the next edition out when the grace has passed. `change` and `note` tell subscribers what is new in it."""
    with store.begin() as tx:
        return publish_next(tx, case, as_seen(tx, case), who=person.email, change=change, note=note)


@may(Act.DECIDE)
def hold(person: Person, store: Store, case: Case, *, reason: str = "") -> Story:
    """Put a story aside."""
    return _turn(person, store, case, Review.HELD, "hold", reason)


@may(Act.DECIDE)
def reject(person: Person, store: Store, case: Case, *, reason: str) -> Story:
    """Decline a story. The partner reads the reason, so there must be one. Raises BadFields."""
    refuse(reason="" if one_line(reason) else "Say why: the partner reads it.")
    return _turn(person, store, case, Review.REJECTED, "reject", reason)


@may(Act.DECIDE)
def reopen(person: Person, store: Store, case: Case, *, reason: str = "") -> Story:
    """Take an approved or rejected story back to the queue."""
    return _turn(person, store, case, Review.RECEIVED, "reopen", reason)


@may(Act.DECIDE)
def ask(person: Person, store: Store, case: Case, *, question: str) -> Story:
    """Send a question back to the outlet, which finds it with the article. A story that waits is put aside meanwhile.

    The outlet's next version answers it. Raises BadFields.
    """
    question = short(question, "question")
    refuse(question="" if question else "Write what the outlet is to answer.")
    with store.begin() as tx:
        before = after = as_seen(tx, case)
        if before.review is Review.RECEIVED:
            after = review.turn(tx, before, Review.HELD, "hold", who=person.email, reason=question, now=case.now)
        tx.questions.ask(before.id, question, who=person.email, at=case.now)
        tx.audit.add("ask", before.guid, who=person.email, at=case.now, story_id=before.id, question=question)
        return remember(tx, ASK, case, before, after, who=person.email)


@may(Act.DECIDE)
def close_questions(person: Person, store: Store, case: Case) -> None:
    """They need no answer any more."""
    with store.begin() as tx:
        story = tx.stories.get(case.ref, lock=True)
        if tx.questions.end(story.id, at=case.now, by=person.email):
            tx.audit.add("close-question", story.guid, who=person.email, at=case.now, story_id=story.id)


@may(Act.DECIDE)
def withdraw(person: Person, store: Store, case: Case, *, reason: str, confirm: str, message: str = "") -> Story:
    """Take a published story back, at once. The partner reads `reason`, subscribers `message`, or else the reason too.

    `confirm` is typed: the word "withdraw", or how the headline begins. Raises BadFields.
    """
    return _recall(person, store, case, Review.WITHDRAWN, reason, message, confirm)


@may(Act.DECIDE)
def kill(person: Person, store: Store, case: Case, *, reason: str, confirm: str, message: str = "") -> Story:
    """Take a story back for ever, at once. Likewise; the word is "kill"."""
    return _recall(person, store, case, Review.KILLED, reason, message, confirm)


@may(Act.DECIDE)
def undo(person: Person, store: Store, case: Case) -> Story:
    """Put back what was before the last decision, whoever made it. Raises Conflict (too late, or it has changed since).

    The table of moves does not count here: nothing has left yet.
    """
    with store.begin() as tx:
        story = tx.stories.get(case.ref, lock=True)
        decision = tx.decisions.last(story.id)
        if decision is None or not decision.can_be_undone(story, case.now):
            raise Conflict("It is too late to undo this: it was carried out, or the story has changed since.")
        was = decision.before
        back = replace(story, review=was.review, reason=was.reason, publish_at=was.publish_at, changed_at=case.now)
        tx.stories.save(back)
        tx.decisions.forget(story.id)
        if decision.what == ASK:
            tx.questions.end(story.id, at=case.now, by=person.email)
        detail = {"undone": decision.what, "by": decision.who}
        tx.audit.add("undo", story.guid, who=person.email, at=case.now, story_id=story.id, **detail)
        return back


def _turn(person: Person, store: Store, case: Case, to: Review, what: str, reason: str) -> Story:
    reason = short(reason, "reason")
    with store.begin() as tx:
        before = as_seen(tx, case)
        after = review.turn(tx, before, to, what, who=person.email, reason=reason, now=case.now)
        return remember(tx, what, case, before, after, who=person.email)


def _recall(person: Person, store: Store, case: Case, to: Review, reason: str, message: str, confirm: str) -> Story:
    reason, message, word = short(reason, "reason"), short(message, "message"), _WORD[to]
    with store.begin() as tx:
        story = as_seen(tx, case)
        move(story.review, to)
        headline = story.edition.headline if story.edition else ""
        refuse(
            reason="" if reason else "Say why: the partner reads it.",
            confirm="" if is_confirmed(confirm, word, headline) else f"Type {word}, or how the headline begins.",
        )
        tx.decisions.forget(story.id)
        return recall(tx, story, to, who=person.email, reason=reason, message=message, now=case.now)
