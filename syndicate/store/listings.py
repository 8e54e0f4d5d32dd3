"""The desk's queue: its rows, its pages, its counts. A page is one query, and none counts further than it tells."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    and_,
    delete,
    func,
    literal,
    not_,
    or_,
    select,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.orm import Session

from syndicate.core import search
from syndicate.core.listing import (
    Filter,
    Light,
    Listing,
    Shown,
    licence_key,
    own_light,
    primary_language,
    recheck_at,
    topic_key,
)
from syndicate.core.story import Story
from syndicate.core.workflow import Review
from syndicate.store.models import (
    LikenessRow,
    ListingChoiceRow,
    ListingRow,
    ListingTopicRow,
    OutletRow,
    StoryRow,
)
from syndicate.store.search import index_of
from syndicate.store.upsert import Insert

Place = tuple[datetime, int]
"""(arrived_at, seq) of a listing: where it stands in the order, the newest first."""

MOST_CHOICES = 500
_ADD = Insert(ListingRow, lambda row: row.returning(ListingRow.seq))
_ADD_TOPICS = Insert(ListingTopicRow)
_OFFER = Insert(ListingChoiceRow, lambda choice: choice.on_conflict_do_nothing())
_ORDER = (ListingRow.arrived_at, ListingRow.seq)
_NEWEST_FIRST = tuple(column.desc() for column in _ORDER)


class Listings:
    def __init__(self, session: Session) -> None:
        self._session = session

    def arrive(self, story: Story, *, arrived_at: datetime, pictures: int, held: int) -> None:
        """A version came in: it is listed, in place of the version before, and found by its words."""
        item, topics = story.source, _topics(story)
        row = {**_names(story), **_facts(story, story.changed_at), "alike": 0, "arrived_at": arrived_at}
        if story.revision > 1:
            self._session.execute(delete(ListingRow).where(ListingRow.story_id == story.id))
        (seq,) = _ADD(self._session, {**row, "pictures": pictures, "pictures_held": held}).one()
        words = search.words_of(item.headline, item.written_by, item.summary, item.body_html)
        index_of(self._session).add(self._session, seq, words)
        if topics:
            _ADD_TOPICS(self._session, [{"topic": topic, "seq": seq} for topic in topics])
        offered = [(kind, row[kind]) for kind in _KINDS if row.get(kind)] + [("topic", topic) for topic in topics]
        if offered:
            _OFFER(self._session, [{"kind": kind, "value": value} for kind, value in offered])

    def refresh(self, story: Story, now: datetime) -> None:
        """The story changed, or time has passed."""
        self._set(story.id, **_facts(story, now))

    def set_pictures(self, story_id: str, *, pictures: int, held: int) -> None:
        """How many pictures it shows, and how many of them stay in."""
        self._set(story_id, pictures=pictures, pictures_held=held)

    def count_alike(self, story_ids: Collection[str]) -> None:
        """What is the likest other story of each of these, as the likenesses say."""
        likest = select(func.max(LikenessRow.percent)).where(LikenessRow.story_id == ListingRow.story_id)
        anew = update(ListingRow).where(ListingRow.story_id.in_(story_ids))
        values = {"alike": func.coalesce(likest.scalar_subquery(), 0)}
        self._session.execute(anew.values(values).execution_options(synchronize_session=False))

    def recheck_outlet(self, outlet: str, now: datetime) -> None:
        """Its agreement changed: whatever its stories were listed with is to be found out again."""
        anew = update(ListingRow).where(ListingRow.outlet == outlet).values(recheck_at=now)
        self._session.execute(anew.execution_options(synchronize_session=False))

    def to_recheck(self, now: datetime, *, limit: int) -> Sequence[str]:
        """The stories whose checks time may have changed, the longest due first."""
        query = select(ListingRow.story_id).where(ListingRow.recheck_at <= now)
        return self._session.scalars(query.order_by(ListingRow.recheck_at).limit(limit)).all()

    def unlisted(self, after: tuple[datetime, str] | None, *, limit: int) -> Sequence[tuple[datetime, str, bool]]:
        """Stories as they were received, newest first: when, which, and whether it is listed already."""
        query = select(StoryRow.received_at, StoryRow.id, ListingRow.seq.is_not(None))
        query = query.outerjoin(ListingRow, ListingRow.story_id == StoryRow.id)
        if after is not None:
            query = query.where(tuple_(StoryRow.received_at, StoryRow.id) < after)
        query = query.order_by(StoryRow.received_at.desc(), StoryRow.id.desc()).limit(limit)
        return [(at, story_id, listed) for at, story_id, listed in self._session.execute(query)]

    def page(self, chosen: Filter, *, now: datetime, limit: int, before: Place | None = None) -> Sequence[Listing]:
        """The newest arrived first; `before` is the place of the last one of the page before."""
        found = self._found(chosen.words)
        where = _where(chosen, now, found)
        if before is not None:
            where.append(tuple_(*_ORDER) < before)
        states = [chosen.state] if chosen.state else list(Review)
        # Each state has its own part of each index: their first ones together hold the first of all. What was searched
        # for is looked through once, whatever its state.
        wanted = (
            [ListingRow.review.in_(states)] if found is not None else [ListingRow.review == each for each in states]
        )
        parts = (select(*_ORDER).where(one, *where) for one in wanted)
        firsts = [select(part.order_by(*_NEWEST_FIRST).limit(limit).subquery()) for part in parts]
        every = union_all(*firsts).subquery()
        first = select(every.c.seq).order_by(every.c.arrived_at.desc(), every.c.seq.desc()).limit(limit)
        query = _listed().where(ListingRow.seq.in_(first)).order_by(*_NEWEST_FIRST)
        return [_as_listing(row, name) for row, name in self._session.execute(query)]

    def of(self, story_ids: Collection[str]) -> Sequence[Listing]:
        """These, the newest arrived first."""
        query = _listed().where(ListingRow.story_id.in_(story_ids)).order_by(*_NEWEST_FIRST)
        return [_as_listing(row, name) for row, name in self._session.execute(query)]

    def counts(self, filters: Mapping[str, Filter], *, now: datetime, most: int) -> Mapping[str, int]:
        """How many there are of each, counted up to one more than `most`; in two queries at most."""
        searched = {name: each for name, each in filters.items() if each.words}
        listed = {name: each for name, each in filters.items() if not each.words}
        return {**self._count_listed(listed, now, most), **self._count_searched(searched, now, most)}

    def newer(self, chosen: Filter, since: int, *, now: datetime, most: int) -> int:
        """How many of the arrivals after `since` are like this, of the first `most` and one more of them."""
        came = select(ListingRow.seq).where(ListingRow.seq > since).order_by(ListingRow.seq).limit(most + 1).subquery()
        where = _where(chosen, now, self._found(chosen.words), state=chosen.state)
        query = select(func.count()).select_from(ListingRow).join(came, came.c.seq == ListingRow.seq).where(*where)
        return self._session.scalar(query) or 0

    def last_arrival(self) -> int:
        """The newest `seq`; 0 where nothing is listed."""
        return self._session.scalar(select(func.max(ListingRow.seq))) or 0

    def last_arrivals(self) -> Mapping[str, datetime]:
        """When the newest version of each outlet came in, by slug; one look into an index for each state."""
        newest = [
            select(func.max(ListingRow.arrived_at))
            .where(ListingRow.review == state, ListingRow.outlet == OutletRow.slug)
            .scalar_subquery()
            for state in Review
        ]
        rows = self._session.execute(select(OutletRow.slug, *newest))
        return {slug: max(came) for slug, *moments in rows if (came := [moment for moment in moments if moment])}

    def choices(self) -> Mapping[str, Sequence[str]]:
        """The values that each kind of filter may be asked for: section, language, licence, topic."""
        offered: dict[str, list[str]] = {kind: [] for kind in _KINDS}
        query = select(ListingChoiceRow.kind, ListingChoiceRow.value).order_by(ListingChoiceRow.value)
        for kind, value in self._session.execute(query.limit(MOST_CHOICES)):
            offered.setdefault(kind, []).append(value)
        return offered

    def _count_listed(self, filters: Mapping[str, Filter], now: datetime, most: int) -> Mapping[str, int]:
        """Through indexes, each to its end."""
        if not filters:
            return {}
        parts = [
            select(literal(name), _counted(_where(each, now, None, state=each.state), most + 1))
            for name, each in filters.items()
        ]
        return {name: count for name, count in self._session.execute(union_all(*parts))}  # noqa: C416 - a Row is no tuple

    def _count_searched(self, filters: Mapping[str, Filter], now: datetime, most: int) -> Mapping[str, int]:
        """What the words found is looked through once for all states."""
        if not filters:
            return {}
        kinds = list(dict.fromkeys(replace(each, state=None) for each in filters.values()))
        parts = [
            select(literal(at), ListingRow.review, func.count())
            .where(*_where(kind, now, self._found(kind.words)))
            .group_by(ListingRow.review)
            for at, kind in enumerate(kinds)
        ]
        counted: dict[tuple[int, str | None], int] = defaultdict(int)
        for at, review, count in self._session.execute(union_all(*parts)):
            counted[at, review] = count
            counted[at, None] += count
        places = {name: (kinds.index(replace(each, state=None)), each.state) for name, each in filters.items()}
        return {name: min(counted[place], most + 1) for name, place in places.items()}

    def _found(self, typed: str) -> CTE | None:
        """The arrivals that have these words, asked for once however often they are used; None where none are typed."""
        if not typed:
            return None
        query = search.parse(typed)
        nothing = select(literal(0).label("seq")).where(literal(1) == 0)
        matching: Any = index_of(self._session).matching(query) if query.wanted else nothing
        found: CTE = matching.cte()
        return found

    def _set(self, story_id: str, **values: object) -> None:
        changed = update(ListingRow).where(ListingRow.story_id == story_id).values(**values)
        self._session.execute(changed.execution_options(synchronize_session=False))


_KINDS = ("section", "language", "licence", "topic")


def _names(story: Story) -> dict[str, object]:
    """What only its source changes."""
    item = story.source
    return {
        "story_id": story.id,
        "outlet": story.outlet.slug,
        "received_at": story.received_at,
        "byline": item.written_by,
        "language": primary_language(item.language),
        "licence": licence_key(item.rights),
        "first_published": str(item.first_published or "")[:40],
        "words": item.words,
    }


def _topics(story: Story) -> Sequence[str]:
    return sorted({key for topic in story.source.topics if (key := topic_key(topic.name))})


def _facts(story: Story, now: datetime) -> dict[str, object]:
    """What the desk, its agreements and the clock change."""
    return {
        "headline": story.as_edited.headline,
        "section": " ".join(story.as_edited.section.split())[:200],
        "review": story.review,
        "changed_at": story.changed_at,
        "publish_at": story.publish_at,
        "embargoed": story.embargoed,
        "ends_at": story.ends_at,
        "update_waits": story.update_waits,
        "light": own_light(story, now),
        "recheck_at": recheck_at(story, now),
    }


def _listed() -> Select[ListingRow, str]:
    return select(ListingRow, OutletRow.name).join(OutletRow, OutletRow.slug == ListingRow.outlet)


def _as_listing(row: ListingRow, outlet_name: str) -> Listing:
    beside = Light.AMBER if row.pictures_held or row.alike else Light.GREEN
    light = Light(row.light)
    return Listing(
        seq=row.seq,
        story_id=row.story_id,
        review=Review(row.review),
        outlet=row.outlet,
        outlet_name=outlet_name,
        headline=row.headline,
        byline=row.byline,
        section=row.section,
        language=row.language,
        licence=row.licence,
        first_published=row.first_published,
        received_at=row.received_at,
        arrived_at=row.arrived_at,
        changed_at=row.changed_at,
        publish_at=row.publish_at,
        embargoed=row.embargoed,
        ends_at=row.ends_at,
        words=row.words,
        pictures=row.pictures,
        pictures_held=row.pictures_held,
        update_waits=row.update_waits,
        alike=row.alike,
        light=beside if light is Light.GREEN else light,
    )


def _counted(where: Sequence[ColumnElement[bool]], most: int) -> ColumnElement[int]:
    some = select(ListingRow.seq).where(*where).limit(most).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _where(
    chosen: Filter, now: datetime, found: CTE | None, *, state: Review | None = None
) -> list[ColumnElement[bool]]:
    """What must be true of a row; of its state only where it is given."""
    where = [getattr(ListingRow, name) == value for name in _EQUAL if (value := getattr(chosen, name))]
    if state:
        where.append(ListingRow.review == state)
    if chosen.topic:
        of_topic = select(ListingTopicRow.seq).where(ListingTopicRow.topic == topic_key(chosen.topic))
        where.append(ListingRow.seq.in_(of_topic))
    if chosen.age:
        then = now - chosen.age.span
        where.append(ListingRow.arrived_at >= then if chosen.age.is_younger else ListingRow.arrived_at < then)
    if chosen.pictures:
        where.append(_PICTURES[chosen.pictures])
    if chosen.checks:
        where.append(_LIGHTS[chosen.checks])
    if chosen.update:
        where.append(ListingRow.update_waits.is_(True))
    if chosen.alike:
        where.append(ListingRow.alike > 0)
    if found is not None:
        where.append(ListingRow.seq.in_(select(found.c.seq)))
    return where


_EQUAL = ("outlet", "section", "language", "licence")
_PICTURES = {
    Shown.WITH: ListingRow.pictures > 0,
    Shown.WITHOUT: ListingRow.pictures == 0,
    Shown.HELD: ListingRow.pictures_held > 0,
}
_CLEAR = and_(ListingRow.light == Light.GREEN, ListingRow.pictures_held == 0, ListingRow.alike == 0)
_LIGHTS = {
    Light.RED: ListingRow.light == Light.RED,
    Light.AMBER: or_(ListingRow.light == Light.AMBER, and_(ListingRow.light == Light.GREEN, not_(_CLEAR))),
    Light.GREEN: _CLEAR,
}
