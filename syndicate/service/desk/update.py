"""Taking a newer version of its source into a story: what of it goes out, as what, and with which note."""

from collections.abc import Mapping

from syndicate.core.compare import Side
from syndicate.core.edits import Mark, Part
from syndicate.core.newsitem import Change
from syndicate.core.roles import Act, Person
from syndicate.core.story import Story
from syndicate.core.undo import Case
from syndicate.service import updates
from syndicate.service.deciding import as_seen, publish_next
from syndicate.service.desk import may
from syndicate.service.editing import keep
from syndicate.service.updates import Comparison
from syndicate.store import Store, Tx


@may(Act.LOOK)
def look(person: Person, store: Store, ref: str) -> Comparison:
    """The three versions side by side. Raises NotFound."""
    with store.read() as tx:
        return _compared(tx, tx.stories.get(ref))


@may(Act.DECIDE)
def settle(
    person: Person,
    store: Store,
    case: Case,
    *,
    parts: Mapping[Part, Side],
    blocks: Mapping[int, Side],
    change: Change | None = None,
    note: str = "",
    publish: bool = True,
) -> Story:
    """Keep what was chosen as the desk's edits of the newest version and, where asked, send it out after the grace.

    The hour that the desk has set and whatever else it has edited stay. Raises Changed, BadFields (a clash without a
    choice), RuleBroken (the licence forbids it) and what `decide.publish` raises.
    """
    with store.begin() as tx:
        story = as_seen(tx, case)
        mark = Mark(person.email, case.now)
        edits = updates.settled(_compared(tx, story), parts, blocks, mark)
        if edits != story.edits or story.edits_clash:
            story = keep(tx, story, edits, base=story.revision, who=person.email, now=case.now)
        if publish:
            story = publish_next(tx, case, story, who=person.email, change=change, note=note)
        return story


def _compared(tx: Tx, story: Story) -> Comparison:
    return updates.compare(story, tx.stories.said(story.id, updates.base_of(story)))
