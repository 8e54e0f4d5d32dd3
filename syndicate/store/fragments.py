"""Pieces of feeds, kept for those who join them: one for each form of a story, and only of its newest version."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from syndicate.store.models import FragmentRow, StoryRow, UnrenderedRow
from syndicate.store.upsert import Insert, newest

_KEEP = Insert(FragmentRow, newest("version", "recipe", "made_at", "body", on=["story_id", "form", "policy"]))
_WAIT = Insert(UnrenderedRow, newest("version", on=["story_id"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """`form` names a way to write a story, `policy` what was done to it first, `recipe` the code that did both."""

    story_id: str
    version: int
    form: str
    policy: str
    recipe: str
    body: bytes


class Fragments:
    def __init__(self, session: Session) -> None:
        self._session = session

    def wait(self, story_id: str, version: int) -> None:
        """This edition is to be rendered."""
        _WAIT(self._session, {"story_id": story_id, "version": version})

    def unrendered(self, *, limit: int) -> Mapping[str, int]:
        """Stories whose newest edition nobody rendered yet, with its version."""
        rows = self._session.execute(select(UnrenderedRow.story_id, UnrenderedRow.version).limit(limit))
        return {story_id: version for story_id, version in rows}  # noqa: C416 - a Row is no tuple to the type checker

    def keep(self, fragments: Sequence[Fragment], now: datetime) -> None:
        """In place of those of the version before."""
        if fragments:
            _KEEP(self._session, [{**asdict(one), "made_at": now} for one in fragments])

    def rendered(self, story_id: str, version: int) -> None:
        """Done with this edition; a newer one that came meanwhile still waits."""
        done = (UnrenderedRow.story_id == story_id, UnrenderedRow.version == version)
        self._session.execute(delete(UnrenderedRow).where(*done))

    def wait_again(self, recipe: str, *, limit: int) -> int:
        """What other code wrote is to be rendered anew; of how many stories it is taken away and asked for."""
        old = select(FragmentRow.story_id).where(FragmentRow.recipe != recipe).distinct().limit(limit)
        stories = select(StoryRow.id, StoryRow.edition_version).where(StoryRow.id.in_(old))
        newest = {story_id: version for story_id, version in self._session.execute(stories)}  # noqa: C416
        for story_id, version in newest.items():
            self.wait(story_id, version or 1)
        self._drop(list(newest))
        return len(newest)

    def forget(self, before: datetime, *, limit: int) -> int:
        """What was rendered before that; of how many stories."""
        old = select(FragmentRow.story_id).where(FragmentRow.made_at < before).distinct().limit(limit)
        stories = self._session.scalars(old).all()
        self._drop(stories)
        return len(stories)

    def _drop(self, stories: Sequence[str]) -> None:
        gone = delete(FragmentRow).where(FragmentRow.story_id.in_(stories))
        self._session.execute(gone.execution_options(synchronize_session=False))
