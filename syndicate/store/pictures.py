"""Pictures of stories, and the files that we keep of them: one row for each content, however many stories show it."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from syndicate.core.media import Media
from syndicate.store.mapping import from_json, to_json
from syndicate.store.models import MediaRow, PictureRow, StoryRow
from syndicate.store.upsert import Insert, newest

_KEEP = Insert(MediaRow, newest("used_at", on=["sha256"]))
_SET = Insert(PictureRow, newest("media_sha256", "problem", "tries", "fetched_at", on=["story_id", "href_hash"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a picture at one address: its file, or after how many tries there is none, and why."""

    media: Media | None
    problem: str
    tries: int


class Pictures:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, story_id: str) -> Mapping[str, Kept]:
        """By address, or by the name of the file that came with the story."""
        query = (
            select(PictureRow, MediaRow)
            .outerjoin(MediaRow, MediaRow.sha256 == PictureRow.media_sha256)
            .where(PictureRow.story_id == story_id)
        )
        return {
            row.href: Kept(media=_as_media(media), problem=row.problem, tries=row.tries)
            for row, media in self._session.execute(query)
        }

    def reuse(self, sha256: str, now: datetime) -> Media | None:
        """The file of this content, if we keep it; from now on it is as young as a new one."""
        used = update(MediaRow).where(MediaRow.sha256 == sha256).values(used_at=now)
        self._session.execute(used.execution_options(synchronize_session=False))
        return _as_media(self._session.get(MediaRow, sha256, populate_existing=True))

    def keep(self, story_id: str, href: str, media: Media, now: datetime) -> None:
        """This is the file of the picture at that address."""
        _KEEP(self._session, {"sha256": media.sha256, "facts": to_json(media), "used_at": now})
        self._set(story_id, href, media.sha256, "", 0, now)

    def fail(self, story_id: str, href: str, problem: str, tries: int, now: datetime) -> None:
        """There is no file of it, and why."""
        self._set(story_id, href, None, problem, tries, now)

    def forget_failures(self, story_id: str) -> None:
        """Its source has spoken again: what could not be fetched is tried anew."""
        failed = delete(PictureRow).where(PictureRow.story_id == story_id, PictureRow.media_sha256.is_(None))
        self._session.execute(failed.execution_options(synchronize_session=False))

    def show(self, story_id: str, sha256s: Collection[str]) -> None:
        """The edition that is out now shows these files and no others."""
        mine = update(PictureRow).where(PictureRow.story_id == story_id)
        shown = PictureRow.media_sha256.in_(sha256s)
        for change in (mine.where(PictureRow.shown, ~shown).values(shown=False), mine.where(shown).values(shown=True)):
            self._session.execute(change.execution_options(synchronize_session=False))

    def is_shown(self, sha256: str, now: datetime) -> bool:
        """Whether a story that is out, and may be out still, shows this file."""
        in_time = or_(StoryRow.ends_at.is_(None), StoryRow.ends_at > now)
        query = select(PictureRow.story_id).join(StoryRow, StoryRow.id == PictureRow.story_id)
        shown = query.where(PictureRow.media_sha256 == sha256, PictureRow.shown, in_time)
        return self._session.scalars(shown.limit(1)).first() is not None

    def forget_unused(self, before: datetime) -> Sequence[str]:
        """Drop the rows of files that no story refers to and nobody meant to use since; their names."""
        referred = exists().where(PictureRow.media_sha256 == MediaRow.sha256)
        unused = delete(MediaRow).where(MediaRow.used_at < before, ~referred).returning(MediaRow.sha256)
        return self._session.scalars(unused.execution_options(synchronize_session=False)).all()

    def known(self, sha256s: Collection[str]) -> set[str]:
        """Which of these files we keep."""
        return set(self._session.scalars(select(MediaRow.sha256).where(MediaRow.sha256.in_(sha256s))))

    def _set(self, story_id: str, href: str, sha256: str | None, problem: str, tries: int, now: datetime) -> None:
        fresh = {"media_sha256": sha256, "problem": problem, "tries": tries, "fetched_at": now}
        name = {"story_id": story_id, "href_hash": hashlib.sha256(href.encode()).hexdigest()}
        _SET(self._session, {**name, "href": href, "shown": False, **fresh})


def _as_media(row: MediaRow | None) -> Media | None:
    return from_json(row.facts, Media) if row else None
