"""The newsroom at one look: counted by days of the reader's own calendar, in as many questions however old it is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import event

from syndicate.core.newsroom import Role
from syndicate.core.roles import Person
from syndicate.core.workflow import Review
from syndicate.service.desk import overview
from syndicate.store.models import ViewRow
from syndicate.store.overview import OutletCounts
from tests.newsroom import NOON

VIEWER = Person(email="viewer@news.example", role=Role.VIEWER)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def look(house, *, person=VIEWER, now=NOON):
    return overview.look(person, house.store, now=now)


def pushed(house, *moments):
    return [house.push(external_id=str(at), url=None, now=at).id for at in moments]


def test_days_are_counted_to_the_reader_s_midnight(house):
    late = datetime(2026, 3, 3, 21, 30, tzinfo=UTC)
    first, _ = pushed(house, late, NOON)
    house.publish(first, now=NOON)
    assert [(day.date, day.received, day.published) for day in look(house).days[-2:]] == [
        (date(2026, 3, 3), 1, 0),
        (date(2026, 3, 4), 1, 1),
    ]
    in_tbilisi = look(house, person=replace(VIEWER, timezone="Asia/Tbilisi"))
    assert [(day.received, day.published) for day in in_tbilisi.days[-2:]] == [(0, 0), (2, 1)]
    assert len(in_tbilisi.days) == overview.DAYS


def test_a_correction_and_a_withdrawal_are_no_new_story(house):
    story_id = house.published()
    house.push(headline="Valley schools close", now=NOON + HOUR)
    house.publish(story_id, now=NOON + HOUR)
    house.withdraw(story_id, now=NOON + 2 * HOUR)
    assert look(house, now=NOON + 3 * HOUR).days[-1].published == 1


def test_what_waits_is_told_by_its_age(house):
    held, *_ = pushed(house, NOON - 9 * DAY, NOON - 2 * DAY, NOON - 2 * HOUR, NOON - 3 * HOUR, NOON)
    house.hold(held)
    new, on_hold, approved = look(house).waiting
    assert (new.review, list(new.by_age), new.longest) == (Review.RECEIVED, [1, 2, 1, 0], NOON - 2 * DAY)
    assert (list(on_hold.by_age), on_hold.longest) == ([0, 0, 0, 1], NOON - 9 * DAY)
    assert (list(approved.by_age), approved.longest) == ([0, 0, 0, 0], None)


def test_outlets_are_counted_over_the_days_that_are_shown(house):
    recent, old = pushed(house, NOON - DAY, NOON - 30 * DAY)
    house.publish(recent, now=NOON)
    house.publish(old, now=NOON - 29 * DAY)
    with house.store.begin() as tx:
        tx.session.add_all(
            ViewRow(story_id=story_id, subscriber="a", day=NOON.date(), views=3) for story_id in (recent, old)
        )
    (found,) = look(house).outlets
    assert (found.outlet.slug, list(found.alarms)) == ("oc-media", [])
    assert found.counts == OutletCounts(received=1, published=1, runs=0, views=3)


def test_it_asks_as_much_for_many_stories_as_for_none(house):
    sent = []

    def hear(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    def questions():
        sent.clear()
        event.listen(house.store.engine, "before_cursor_execute", hear)
        look(house)
        event.remove(house.store.engine, "before_cursor_execute", hear)
        return len(sent)

    none = questions()
    pushed(house, *(NOON - number * HOUR for number in range(30)))
    assert questions() == none
