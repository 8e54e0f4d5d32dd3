"""The names of stories, and what each door last said of one that has several."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from syndicate.core.errors import Conflict
from syndicate.core.story import Story
from syndicate.store.models import OutletRow, StoryDoorRow, StoryNameRow
from syndicate.store.outlets import OUTLET_ID
from syndicate.store.upsert import Insert, newest

_KNOWN = (
    select(StoryNameRow.name_hash, StoryNameRow.story_id, OutletRow.slug)
    .join(OutletRow, OutletRow.id == StoryNameRow.outlet_id)
    .where(StoryNameRow.name_hash.in_(bindparam("hashes", expanding=True)))
)
_GIVE = Insert(
    StoryNameRow,
    lambda name: name.values(outlet_id=OUTLET_ID).on_conflict_do_nothing().returning(StoryNameRow.name_hash),
)
_HEAR = Insert(StoryDoorRow, newest("fingerprint", on=["story_id", "door"]))


@dataclass(frozen=True, slots=True)
class Named:
    """A story that is known by a name that was asked for."""

    name: str
    story_id: str
    outlet: str


class Names:
    def __init__(self, session: Session) -> None:
        self._session = session

    def known(self, names: Sequence[str]) -> Sequence[Named]:
        """Whose stories these names belong to, whatever the outlet, in the order of the names."""
        hashed = {_hash(name): name for name in names}
        rows = self._session.connection().execute(_KNOWN, {"hashes": list(hashed)})
        found = [Named(hashed[row.name_hash], row.story_id, row.slug) for row in rows]
        return sorted(found, key=lambda named: names.index(named.name))

    def give(self, story: Story, names: Sequence[str], *, free: bool) -> None:
        """The story is known by these too; a name that another story of its outlet has stays there.

        `free` says that nobody had them a moment ago: raises Conflict where somebody was faster.
        """
        if not names:
            return
        rows = [{"name_hash": _hash(name), "outlet": story.outlet.slug, "story_id": story.id} for name in names]
        if len(_GIVE(self._session, rows).all()) < len(rows) and free:
            raise Conflict("The same story came in by another door at the same moment.")

    def doors(self, story_id: str) -> Mapping[str, str]:
        """The fingerprint of what each door last said; empty for a story with one door."""
        query = select(StoryDoorRow.door, StoryDoorRow.fingerprint).where(StoryDoorRow.story_id == story_id)
        return {row.door: row.fingerprint for row in self._session.execute(query)}

    def hear(self, story_id: str, door: str, fingerprint: str) -> None:
        """Remember what a door said last."""
        _HEAR(self._session, {"story_id": story_id, "door": door, "fingerprint": fingerprint})


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()
