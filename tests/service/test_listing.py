"""The queue's rows follow their stories, whoever changes them; its pages, counts and search answer alike everywhere."""

from datetime import timedelta

import pytest
from sqlalchemy import event, text

from syndicate.core.listing import Age, Filter, Light, Shown
from syndicate.core.newsroom import PicturePolicy
from syndicate.core.workflow import Review
from syndicate.service import keep, listing
from syndicate.store.listings import Listings
from tests.newsroom import ANA, LATER, NOON, SECOND, an_outlet, at_once

A_DAY = timedelta(days=1)
PICTURE = {"url": "https://oc-media.org/p.jpg", "caption": "A gate", "credit": "Nino Beridze"}
AGENCY = {**PICTURE, "url": "https://oc-media.org/afp.jpg", "credit": "AFP"}


def listed(house, *, now=LATER, limit=50, before=None, **chosen):
    with house.store.read() as tx:
        return tx.listings.page(Filter(**chosen), now=now, limit=limit, before=before)


def names(house, **chosen):
    return [row.headline for row in listed(house, **chosen)]


def row(house, story_id):
    with house.store.read() as tx:
        (found,) = tx.listings.of([story_id])
    return found


def pushed(house, *headlines, **changes):
    """The ids of stories, each a minute after the one before."""
    return [
        house.push(external_id=name, url=None, headline=name, now=NOON + number * timedelta(minutes=1), **changes).id
        for number, name in enumerate(headlines)
    ]


def test_a_story_is_listed_as_it_came(house):
    story_id = house.push(pictures=[PICTURE, AGENCY], language="hy-AM").id
    found = row(house, story_id)
    assert (found.headline, found.byline, found.outlet, found.outlet_name, found.section) == (
        "Valley schools reopen after eleven weeks",
        "Tamar Gelashvili",
        "oc-media",
        "OC Media",
        "International",
    )
    assert (found.language, found.licence, found.first_published, found.words) == (
        "hy",
        "CC-BY-ND-4.0",
        "2026-03-03",
        14,
    )
    assert (found.pictures, found.pictures_held, found.light, found.review) == (2, 1, Light.AMBER, Review.RECEIVED)
    assert (found.received_at, found.arrived_at, found.update_waits, found.alike) == (NOON, NOON, False, 0)


@pytest.mark.parametrize("state", list(Review))
def test_each_decision_is_listed_with_it(house, state):
    story_id = house.brought_to(state)
    assert [found.story_id for found in listed(house, state=state)] == [story_id]
    assert all(not listed(house, state=other) for other in Review if other is not state)


def test_a_new_version_arrives_anew_and_waits_on_what_is_out(house):
    story_id, other = house.published(), pushed(house, "Other")[0]
    before = row(house, story_id)
    house.push(headline="Valley schools close again", now=LATER)
    after = row(house, story_id)
    assert (after.update_waits, after.received_at, after.arrived_at) == (True, NOON, LATER)
    assert after.seq > before.seq
    assert [found.story_id for found in listed(house)] == [story_id, other]
    assert (names(house, words="close"), names(house, words="eleven")) == (["Valley schools close again"], [])
    house.publish(story_id, now=LATER)
    assert not row(house, story_id).update_waits


def test_a_withdrawal_by_its_source_is_listed(house):
    story_id = house.published()
    house.source_withdraws(now=LATER)
    assert row(house, story_id).review is Review.WITHDRAWN


def test_an_embargo_that_ends_is_seen_by_the_sweep(house):
    story_id = house.push(
        rights={"license": "CC-BY-4.0", "embargoed": LATER.isoformat()}, first_published=NOON.isoformat()
    ).id
    assert (row(house, story_id).light, row(house, story_id).embargoed) == (Light.RED, LATER)
    listing.recheck(house.store, LATER - SECOND)
    assert row(house, story_id).light is Light.RED
    listing.recheck(house.store, LATER)
    assert row(house, story_id).light is Light.GREEN


def test_a_changed_agreement_is_seen_by_the_sweep(house):
    story_id = house.push(pictures=[AGENCY]).id
    assert row(house, story_id).pictures_held == 1
    house.agree(pictures=PicturePolicy.ALL)
    listing.recheck(house.store, NOON)
    assert row(house, story_id).pictures_held == 0


def test_likeness_is_listed_on_both_sides_and_goes_with_it(house):
    body = f"<p>{' '.join(f'word{number}' for number in range(300))}</p>"
    one, two = pushed(house, "One", "Two", body_html=body)
    house.clock_strikes(LATER)
    assert [row(house, one).alike, row(house, two).alike] == [100, 100]
    assert names(house, alike=True) == ["Two", "One"]
    house.push(external_id="Two", url=None, headline="Two", body_html="<p>Nothing alike.</p>", now=LATER)
    house.clock_strikes(LATER)
    assert [row(house, one).alike, row(house, two).alike] == [0, 0]


FILTERS = [
    ({"outlet": "oc-media"}, {"outlet": "hetq"}),
    ({"section": "International"}, {"section": "Sport"}),
    ({"topic": " Education "}, {"topic": "football"}),
    ({"language": "en"}, {"language": "hy"}),
    ({"licence": "CC-BY-ND-4.0"}, {"licence": "CC-BY-4.0"}),
    ({"age": Age.UNDER_7D}, {"age": Age.UNDER_24H}),
    ({"age": Age.OVER_24H}, {"age": Age.OVER_7D}),
    ({"pictures": Shown.WITH}, {"pictures": Shown.WITHOUT}),
    ({"pictures": Shown.HELD}, {"pictures": Shown.WITHOUT}),
    ({"checks": Light.AMBER}, {"checks": Light.RED}),
    ({"checks": Light.AMBER}, {"checks": Light.GREEN}),
    ({"state": Review.RECEIVED}, {"state": Review.HELD}),
    ({"words": "valley"}, {"words": "football"}),
    ({}, {"update": True}),
    ({}, {"alike": True}),
]


@pytest.mark.parametrize(("yes", "no"), FILTERS, ids=str)
def test_each_filter_takes_and_leaves_and_is_counted_alike(house, yes, no):
    house.push(pictures=[AGENCY])
    everything = {name: value for wanted, _ in FILTERS for name, value in wanted.items() if name != "age"}
    assert len(listed(house, **yes)) == len(listed(house, **{**everything, **yes})) == 1
    assert listed(house, **no) == listed(house, **{**everything, **no}) == []
    with house.store.read() as tx:
        counts = tx.listings.counts({"yes": Filter(**yes), "no": Filter(**no)}, now=LATER, most=10)
    assert counts == {"yes": 1, "no": 0}


@pytest.mark.parametrize("state", [None, Review.RECEIVED], ids=["all states", "one state"])
def test_pages_join_without_gap_or_repeat_however_many_came_at_once(house, state):
    for number in range(7):
        house.push(external_id=str(number), url=None, headline=str(number), now=NOON + SECOND * (number // 3))
    seen, before = [], None
    while page := listed(house, limit=2, before=before, state=state):
        seen += [found.headline for found in page]
        before = (page[-1].arrived_at, page[-1].seq)
    assert seen == ["6", "5", "4", "3", "2", "1", "0"]


def test_counts_stop_where_they_are_told_no_further(house):
    pushed(house, *"abcde")
    with house.store.read() as tx:
        counts = tx.listings.counts({"some": Filter(), "held": Filter(state=Review.HELD)}, now=NOON, most=3)
        assert tx.listings.counts({}, now=NOON, most=3) == {}
    assert counts == {"some": 4, "held": 0}


def test_what_came_in_since_a_page_was_made_is_told(house):
    pushed(house, "One")
    with house.store.read() as tx:
        last = tx.listings.last_arrival()
        assert tx.listings.newer(Filter(), last, now=LATER, most=9) == 0
    pushed(house, "Two", "Three")
    with house.store.read() as tx:
        assert tx.listings.newer(Filter(), last, now=LATER, most=9) == 2
        assert tx.listings.newer(Filter(words="two"), last, now=LATER, most=9) == 1
        assert tx.listings.newer(Filter(state=Review.HELD), last, now=LATER, most=9) == 0


SAID = {
    "en": ("Valley schools reopen", "<p>The naïve café keeper’s e-mail said so.</p>"),
    "hy": ("Ինչո՞ւ են փակվել դպրոցները", "<p>Երևանը և Գյումրին ԵՎ Վանաձորը</p>"),
    "ka": ("სკოლები გაიხსნა", "<p>საქართველოში</p>"),
    "ru": ("Школы открылись", "<p>Ёлка стоит ещё</p>"),
    "ar": ("مُحَمَّد يفتح المدرسة", "<p>أحمد</p>"),
    "he": ("שָׁלוֹם לכולם", "<p>בית הספר</p>"),
    "zh": ("北部山谷的学校重新开放", "<p>老师们在门口迎接学生</p>"),
    "ja": ("AI技術がすごい", "<p>学校</p>"),
    "ko": ("학교가 다시 열렸다", "<p>북부</p>"),
}


@pytest.mark.parametrize(
    ("typed", "languages"),
    [
        ("valley", "en"),
        ("VALLEY sch", "en"),
        ("valley closed", ""),
        ("cafe naive", "en"),
        ('"schools reopen"', "en"),
        ('"reopen schools"', ""),
        ("valley -reopen", ""),
        ("valley -closed", "en"),
        ("e-mail", "en"),
        ("tamar", "en hy ka ru ar he zh ja ko"),
        ("ինչու", "hy"),
        ("երեւանը", "hy"),
        ("«Եւ Գյումրին»", "hy"),
        ("საქართველო", "ka"),
        ("елка", "ru"),
        ("محمد", "ar"),
        ("احمد", "ar"),
        ("שלום", "he"),
        ("山谷", "zh"),
        ("学校", "zh ja"),
        ("谷", "zh"),
        ("山学", ""),
        ("技術", "ja"),
        ("학교", "ko"),
        ("-valley", ""),
        ("***", ""),
    ],
)
def test_search_finds_stories_in_their_languages(house, typed, languages):
    for language, (headline, body) in SAID.items():
        house.push(external_id=language, url=None, language=language, headline=headline, body_html=body)
    assert {found.language for found in listed(house, words=typed)} == set(languages.split())


@pytest.mark.parametrize(
    "typed",
    [
        *("'", '"', '""', "\\", "a'b", "a OR", "NEAR(a b)", "words:a", "a & | !b", "a:*", "* *", "(", "^a", "{a b}:c"),
        *("-", "--a", '-"', "%", "_", "\x00a", "\ud800", "'; DROP TABLE story; --", "x" * 10_000, "a* " * 500),
    ],
    ids=ascii,
)
def test_nothing_that_is_typed_reaches_the_query_language(house, typed):
    house.push()
    listed(house, words=typed)
    with house.store.read() as tx:
        tx.listings.counts({"it": Filter(words=typed)}, now=NOON, most=5)
    assert names(house, words="valley") == ["Valley schools reopen after eleven weeks"]


def test_a_story_of_odd_words_is_found_by_them(house):
    words = ["it's", "a\\b", '"q"', "x" * 5_000, "tab\tbed", *["again"] * 300]
    house.push(body_html=f"<p>{' '.join(words)}</p>")
    assert all(listed(house, words=typed) for typed in ("it's", "a\\b", "q", "x" * 64, '"tab bed"', "again"))


def statements(store, act):
    """How many statements an act sends."""
    sent = []

    def hear(_connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(store.engine, "before_cursor_execute", hear)
    try:
        act()
    finally:
        event.remove(store.engine, "before_cursor_execute", hear)
    return len(sent)


def test_a_page_and_all_its_counts_are_one_query_each_however_many_there_are(house):
    def look():
        with house.store.read() as tx:
            tx.listings.page(Filter(words="school", topic="school"), now=NOON, limit=50)
            tx.listings.counts({review: Filter(state=review) for review in Review}, now=NOON, most=1000)

    house.push()
    few = statements(house.store, look)
    pushed(house, *(f"Story {number}" for number in range(30)))
    assert statements(house.store, look) == few == 2


def test_what_was_stored_before_the_queue_is_listed_newest_first_and_goes_on_where_it_stopped(house, monkeypatch):
    monkeypatch.setattr(listing, "AT_ONCE", 2)
    story_ids = pushed(house, *"abcde")
    house.push(external_id="c", url=None, headline="c, again", now=LATER)
    with house.store.begin() as tx:
        tx.session.execute(text("DELETE FROM listing WHERE headline <> 'c, again'"))
        tx.jobs.want(listing.LIST, "", LATER)
    house.clock_strikes(LATER)
    assert names(house) == ["c, again", "e", "d"]
    while house.clock_strikes(LATER):
        pass
    assert names(house) == ["c, again", "e", "d", "b", "a"]
    assert [row(house, story_id).story_id for story_id in story_ids] == story_ids
    assert names(house, words="b") == ["b"]


def test_a_decision_beside_the_listing_of_what_was_stored_is_not_lost(house):
    story_ids = pushed(house, *"abcdef")
    with house.store.begin() as tx:
        tx.session.execute(text("DELETE FROM listing"))
    acts = [lambda story_id=story_id: house.hold(story_id) for story_id in story_ids]
    at_once(*acts, lambda: listing.list_stored(house.store, "", NOON))
    assert {found.review for found in listed(house)} == {Review.HELD}
    assert len(listed(house)) == 6


def test_choices_are_what_stories_came_with(house):
    keep.add_outlet(house.store, an_outlet(slug="hetq", name="Hetq"), who=ANA, now=NOON)
    (
        house.push(),
        house.push(outlet="hetq", external_id="2", section="Sport", language="hy", topics=["Football", "school"]),
    )
    with house.store.read() as tx:
        choices = tx.listings.choices()
    assert choices == {
        "section": ["International", "Sport"],
        "language": ["en", "hy"],
        "licence": ["CC-BY-ND-4.0"],
        "topic": ["education", "football", "school"],
    }


def test_a_refused_push_and_a_rehearsal_list_nothing(house):
    house.push(dry_run=True)
    with house.store.read() as tx:
        assert Listings(tx.session).last_arrival() == 0
