"""Which stories say nearly the same."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from syndicate.store.listings import Listings
from syndicate.store.models import BandRow, LikenessRow, SketchRow, UncomparedRow
from syndicate.store.upsert import Insert, newest

MOST_CANDIDATES = 200
_DRAW = Insert(SketchRow, newest("signature", on=["story_id"]))
_WAIT = Insert(UncomparedRow, newest("revision", on=["story_id"]))


class Likenesses:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._listings = Listings(session)

    def wait(self, story_id: str, revision: int) -> None:
        """This text is to be compared with all others."""
        _WAIT(self._session, {"story_id": story_id, "revision": revision})

    def uncompared(self, *, limit: int) -> Sequence[str]:
        """Stories whose newest text nobody compared yet."""
        return self._session.scalars(select(UncomparedRow.story_id).limit(limit)).all()

    def waits(self, story_id: str) -> bool:
        """Whether its newest text is yet to be compared."""
        return self._session.get(UncomparedRow, story_id) is not None

    def compared(self, story_id: str, revision: int) -> None:
        """Done with this text; a newer one that came meanwhile still waits."""
        done = (UncomparedRow.story_id == story_id, UncomparedRow.revision == revision)
        self._session.execute(delete(UncomparedRow).where(*done))

    def near(self, story_id: str, bands: Sequence[str]) -> Mapping[str, bytes]:
        """The signatures of other stories that share a band, at most `MOST_CANDIDATES` of them."""
        sharing = select(BandRow.story_id).where(BandRow.band.in_(bands), BandRow.story_id != story_id)
        query = select(SketchRow).where(SketchRow.story_id.in_(sharing)).order_by(SketchRow.story_id)
        rows = self._session.scalars(query.limit(MOST_CANDIDATES))
        return {row.story_id: row.signature for row in rows}

    def sketch(self, story_id: str, signature: bytes, bands: Sequence[str]) -> None:
        """Keep a story's newest signature, in place of the one before."""
        self._session.execute(delete(BandRow).where(BandRow.story_id == story_id))
        _DRAW(self._session, {"story_id": story_id, "signature": signature})
        self._session.add_all(BandRow(band=band, story_id=story_id) for band in bands)

    def set(self, story_id: str, percents: Mapping[str, int]) -> None:
        """These and no others are like this story; said of both sides, and listed."""
        before = self.of(story_id)
        mine = (LikenessRow.story_id == story_id) | (LikenessRow.other_id == story_id)
        self._session.execute(delete(LikenessRow).where(mine))
        for other_id, percent in percents.items():
            for pair in ((story_id, other_id), (other_id, story_id)):
                self._session.add(LikenessRow(story_id=pair[0], other_id=pair[1], percent=percent))
        if before or percents:
            self._session.flush()
            self._listings.count_alike({story_id, *before, *percents})

    def of(self, story_id: str) -> Mapping[str, int]:
        """The stories that are like this one, in percent, the likest first."""
        query = select(LikenessRow.other_id, LikenessRow.percent).where(LikenessRow.story_id == story_id)
        rows = self._session.execute(query.order_by(LikenessRow.percent.desc(), LikenessRow.other_id))
        return {row.other_id: row.percent for row in rows}
