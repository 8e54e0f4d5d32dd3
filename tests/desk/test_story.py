"""A story's pages: what an editor sees, and what becomes of what they do, without a browser."""

import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from syndicate.core.newsroom import Subscriber
from syndicate.core.workflow import Review
from syndicate.service import keep
from syndicate.service.deliver import receipts
from tests.newsroom import ANA, LATER, NOON, SECOND
from tests.pictures import a_picture_file
from tests.stores import emptied

FREE = {"rights": {"license": "CC-BY-4.0"}}
GRACE = timedelta(seconds=30)


@pytest.fixture
def store(request):
    """What differs between databases is told by the services' tests."""
    return emptied(request.getfixturevalue("_sqlite_store"))


def text(answer):
    """The words of a page, on one line."""
    assert answer.status_code == 200, answer.text[:500]
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def seen(desk, ref):
    return desk.house.story(ref).mark


def act(desk, ref, what, role="editor", **fields):
    return desk.signed_in(role).post(f"/desk/stories/{ref}/{what}", seen=seen(desk, ref), **fields)


def test_before_the_buttons_stands_where_a_story_comes_from_and_what_it_may_be_used_for(desk):
    ref = desk.house.push().id
    page = desk.signed_in("editor").get(f"/desk/stories/{ref}").text
    told = [
        "OC Media",
        "Tamar Gelashvili",
        "https://oc-media.org/valley-schools-reopen/",
        "2026-03-03",
        "a day, as its source gave it",
        "May be republished unchanged, credit and link required, pictures only where their credit is cleared.",
        "This story originally appeared on oc-media.org on March 3, 2026.",
        "forbids edits",
        ">Approve<",
    ]
    places = [page.index(words) for words in told]
    assert places == sorted(places)


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_a_viewer_sees_everything_and_has_no_button(desk, role):
    ref = desk.house.push().id
    page = desk.signed_in(role).get(f"/desk/stories/{ref}").text
    assert ("Publish now" in page) is (role == "editor")
    assert ('action="/desk/stories/' in page) is (role == "editor")


MOVES = [
    ("approve", {}, Review.APPROVED),
    ("publish", {}, Review.APPROVED),
    ("schedule", {"at": "2026-03-07T10:00"}, Review.APPROVED),
    ("hold", {"reason": "Who?"}, Review.HELD),
    ("ask", {"question": "Who?"}, Review.HELD),
    ("reject", {"reason": "Old"}, Review.REJECTED),
]


@pytest.mark.parametrize(("what", "fields", "review"), MOVES, ids=[move[0] for move in MOVES])
def test_a_button_does_what_it_says_and_leads_back_to_the_story(desk, what, fields, review):
    ref = desk.house.push().id
    answer = act(desk, ref, what, **fields)
    assert (answer.status_code, answer.location) == (303, f"/desk/stories/{ref}")
    assert desk.house.story(ref).review is review
    page = text(desk.signed_in("editor").get(f"/desk/stories/{ref}"))
    assert "Undo" in page
    assert act(desk, ref, "undo").status_code == 303
    assert desk.house.story(ref).review is Review.RECEIVED


@pytest.mark.parametrize(("what", "fields"), [move[:2] for move in MOVES], ids=[move[0] for move in MOVES])
def test_a_viewer_can_press_no_button_by_any_crafted_request(desk, what, fields):
    ref, viewer = desk.house.push().id, desk.signed_in("viewer")
    before, rows = desk.house.story(ref), desk.house.counts()
    assert viewer.post(f"/desk/stories/{ref}/{what}", seen=before.mark, **fields).status_code == 403
    assert (desk.house.story(ref), desk.house.counts()) == (before, rows)


def test_what_goes_out_says_how_long_it_can_be_undone_without_javascript_too(desk):
    ref = desk.house.push().id
    act(desk, ref, "publish")
    desk.clock.now = LATER + 7 * SECOND
    page = desk.signed_in("editor").get(f"/desk/stories/{ref}")
    assert "Goes out in 23 seconds" in text(page)
    assert '<noscript><meta http-equiv="refresh"' in page.text
    desk.house.clock_strikes(LATER + GRACE)
    desk.clock.now = LATER + GRACE
    assert desk.house.story(ref).review is Review.PUBLISHED
    assert "Undo" not in text(desk.signed_in("editor").get(f"/desk/stories/{ref}"))


def test_an_hour_is_the_editors_own_and_the_outlets_stands_beside_it(desk):
    ref = desk.house.push().id
    with desk.store.begin() as tx:
        tx.users.prefer("editor@news.example", language="en", timezone="America/New_York", shortcuts=True)
    act(desk, ref, "schedule", at="2026-03-07T10:00")
    assert desk.house.story(ref).publish_at.isoformat() == "2026-03-07T15:00:00+00:00"
    told = "goes out at 7 Mar 2026, 10:00 7 Mar, 19:00 Georgia Standard Time"
    assert told in text(desk.signed_in("editor").get(f"/desk/stories/{ref}"))


@pytest.mark.parametrize(
    ("what", "fields", "field"),
    [
        ("reject", {"reason": " "}, "reason"),
        ("schedule", {"at": "tomorrow"}, "at"),
        ("schedule", {"at": "2020-01-01T10:00"}, "at"),
        ("ask", {"question": ""}, "question"),
        ("hold", {"reason": "a" * 1001}, "reason"),
    ],
)
def test_what_is_wrong_with_a_form_stands_beside_its_field_and_what_was_typed_stays(desk, what, fields, field):
    ref = desk.house.push().id
    answer = act(desk, ref, what, **fields)
    assert answer.status_code == 422
    assert f'id="wrong-{what}-{field}"' in answer.text
    assert fields[field].strip() in answer.text
    assert desk.house.story(ref).review is Review.RECEIVED


def test_a_story_that_changed_since_the_page_was_opened_is_not_decided_about(desk):
    ref = desk.house.push().id
    old = seen(desk, ref)
    desk.house.push(headline="New words", now=NOON + SECOND)
    answer = desk.signed_in("editor").post(f"/desk/stories/{ref}/approve", seen=old)
    assert answer.status_code == 409
    assert "receive-update" in answer.text


@pytest.mark.parametrize("what", ["withdraw", "kill"])
def test_taking_a_story_back_asks_to_be_typed_and_tells_subscribers_the_message(desk, what):
    ref = desk.house.published()
    answer = act(desk, ref, what, reason="Libel", message="Remove it, please", confirm="yes")
    assert answer.status_code == 422
    assert len(desk.house.out()) == 1
    assert act(desk, ref, what, reason="Libel", message="Remove it, please", confirm=what).status_code == 303
    assert desk.house.out() == []
    assert desk.house.story(ref).edition.change_note == "Remove it, please"


def test_an_editor_changes_what_may_be_changed_and_sees_whose_word_is_whose(desk):
    ref = desk.house.push(**FREE).id
    editor = desk.signed_in("editor")
    form = editor.get(f"/desk/stories/{ref}/edit").text
    assert "Schools in the upper valley reopened on Monday." in form
    answer = editor.post(
        f"/desk/stories/{ref}/edit",
        version=0,
        revision=1,
        headline="Valley schools open again",
        topics="school\r\nCaucasus\r\n",
        body_html="<p>Ours<script>alert(1)</script></p>",
    )
    assert answer.status_code == 303
    story = desk.house.story(ref)
    assert [topic.name for topic in story.as_edited.topics] == ["school", "Caucasus"]
    assert story.as_edited.body_html == "<p>Ours</p>"
    page = text(editor.get(f"/desk/stories/{ref}"))
    assert "Its source: Valley schools reopen after eleven weeks" in page
    assert "Edited by editor@news.example." in text(editor.get(f"/desk/stories/{ref}/edit"))


def test_what_a_licence_forbids_has_no_field_and_says_why_and_a_crafted_form_is_refused(desk):
    ref = desk.house.push().id
    editor = desk.signed_in("editor")
    form = editor.get(f"/desk/stories/{ref}/edit").text
    assert 'name="headline"' not in form
    assert "CC BY-ND 4.0, forbids to change its headline" in form
    answer = editor.post(f"/desk/stories/{ref}/edit", version=0, revision=1, headline="Ours")
    assert answer.status_code == 422
    assert desk.house.story(ref).edits_version == 0


def test_of_two_editors_the_later_gets_both_texts_and_loses_neither(desk):
    ref = desk.house.push(**FREE).id
    fields = {"version": 0, "revision": 1, "summary": "", "body_html": desk.house.story(ref).source.body_html}
    assert desk.signed_in("admin").post(f"/desk/stories/{ref}/edit", headline="Hers", **fields).status_code == 303
    editor = desk.signed_in("editor")
    answer = editor.post(f"/desk/stories/{ref}/edit", headline="His", **fields)
    assert answer.status_code == 409
    assert ">Hers</blockquote>" in answer.text
    assert 'value="His"' in answer.text
    assert 'value="His"' in editor.get(f"/desk/stories/{ref}/edit").text  # his draft
    again = {**fields, "version": re.search(r'name="version" value="(\d+)"', answer.text)[1]}
    assert editor.post(f"/desk/stories/{ref}/edit", headline="His", **again).status_code == 303
    assert desk.house.story(ref).as_edited.headline == "His"


def test_a_draft_is_kept_while_one_types_and_thrown_away_when_one_leaves(desk):
    ref = desk.house.push(**FREE).id
    editor = desk.signed_in("editor")
    editor.post(f"/desk/stories/{ref}/lock")
    answer = editor.post(f"/desk/stories/{ref}/draft", version=0, revision=1, headline="Half a li")
    assert answer.status_code == 200
    assert 'id="together"' in answer.text
    form = editor.get(f"/desk/stories/{ref}/edit").text
    assert 'value="Half a li"' in form
    assert "not saved yet" in form
    editor.post(f"/desk/stories/{ref}/unlock")
    assert "Half a li" not in editor.get(f"/desk/stories/{ref}/edit").text
    assert desk.house.story(ref).edits_version == 0


def test_who_edits_is_told_to_others_who_may_take_over(desk):
    ref = desk.house.push(**FREE).id
    desk.signed_in("admin").post(f"/desk/stories/{ref}/lock")
    editor = desk.signed_in("editor")
    assert "admin@news.example edits this story" in text(editor.get(f"/desk/stories/{ref}"))
    refused = editor.post(f"/desk/stories/{ref}/lock")
    assert refused.status_code == 409
    assert editor.post(f"/desk/stories/{ref}/lock", take="1").status_code == 303
    told = desk.signed_in("admin").post(f"/desk/stories/{ref}/here").text
    assert "editor@news.example edits this story" in told


def test_who_else_has_it_open_is_told(desk):
    ref = desk.house.push().id
    desk.signed_in("viewer").get(f"/desk/stories/{ref}")
    assert "Also open: viewer@news.example" in text(desk.signed_in("editor").get(f"/desk/stories/{ref}"))


def test_an_update_is_shown_three_ways_and_taken_in_as_what_the_editor_calls_it(desk):
    ref = desk.house.published(body_html="<p>They met on Monday.</p><p>It rained.</p>", **FREE)
    desk.house.push(body_html="<p>They met on Tuesday.</p><p>It rained.</p>", headline="New", now=NOON, **FREE)
    editor = desk.signed_in("editor")
    assert "update waits" in text(editor.get(f"/desk/stories/{ref}"))
    page = editor.get(f"/desk/stories/{ref}/update").text
    assert "<del>Monday.</del><ins>Tuesday.</ins>" in page
    fields = {"headline": "ours", "block-0": "theirs", "change": "correction", "note": "The day"}
    assert act(desk, ref, "update", **fields).status_code == 303
    desk.house.clock_strikes(LATER + GRACE)
    edition = desk.house.story(ref).edition
    assert (edition.version, edition.change, edition.change_note) == (2, "correction", "The day")
    assert edition.headline == "Valley schools reopen after eleven weeks"
    assert edition.body_html == "<p>They met on Tuesday.</p><p>It rained.</p>"


def test_a_clash_without_a_choice_is_asked_for_again_beside_its_passage(desk):
    ref = desk.house.push(body_html="<p>They met on Monday.</p>", **FREE).id
    desk.house.edit(ref, body_html="<p>They met on Sunday.</p>")
    desk.house.publish(ref)
    desk.house.push(body_html="<p>They met on Tuesday.</p>", now=NOON, **FREE)
    answer = act(desk, ref, "update")
    assert answer.status_code == 422
    assert 'id="wrong-block-0"' in answer.text
    assert act(desk, ref, "update", **{"block-0": "ours", "later": "1"}).status_code == 303
    assert (desk.house.story(ref).version, desk.house.story(ref).edits_clash) == (1, False)


KINDS = ["sent", "clean", "page", "reader", "rss", "newsml", "ninjs", "nitf", "atom", "json", "txt"]
BAD = "<p>Before<script>pwned()</script></p><p onclick='pwned()'>After</p><img src='https://x.example/a.png'>"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_shown_in_a_frame_runs_nothing_and_loads_nothing_from_elsewhere(desk, kind):
    ref = desk.house.push(body_html=BAD, headline="</title><script>pwned()</script>", **FREE).id
    answer = desk.signed_in("viewer").get(f"/desk/stories/{ref}/shown/{kind}")
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "<script" not in answer.text
    assert 'src="https://x.example' not in answer.text


def test_what_cleaning_took_out_is_struck_through_in_the_text_as_it_was_sent(desk):
    ref = desk.house.push(body_html=BAD).id
    shown = desk.signed_in("viewer").get(f"/desk/stories/{ref}/shown/sent").text
    assert "<del>‹script›pwned()</del>" in shown
    assert "Before" in shown


def test_a_preview_or_a_button_that_is_not_there_is_not_found(desk):
    ref = desk.house.push().id
    viewer = desk.signed_in("editor")
    assert viewer.get(f"/desk/stories/{ref}/shown/pdf").status_code == 404
    assert viewer.post(f"/desk/stories/{ref}/promote").status_code in (404, 405)
    assert viewer.get("/desk/stories/none").status_code == 404
    assert viewer.get("/desk/stories/none/edit").status_code == 404
    assert viewer.get("/desk/stories/none/update").status_code == 404


def queries(desk, path):
    visitor = desk.signed_in("editor")
    visitor.get(path)
    asked = []

    def note(_connection, _cursor, statement, *_):
        asked.append(statement)

    event.listen(desk.store.engine, "before_cursor_execute", note)
    try:
        assert visitor.get(path).status_code == 200
    finally:
        event.remove(desk.store.engine, "before_cursor_execute", note)
    return len(asked)


def test_a_story_with_a_long_history_costs_no_more_questions_than_a_new_one(desk):
    short = desk.house.published(external_id="short", url="https://oc-media.org/short/", **FREE)
    long = desk.house.published(external_id="long", **FREE)
    for number in range(5):
        desk.house.push(external_id="long", headline=f"Version {number} of it", now=NOON, **FREE)
        desk.house.publish(long)
        desk.house.edit(long, section=f"World {number}")
    assert len({queries(desk, f"/desk/stories/{ref}") for ref in (short, long)}) == 1


def test_after_a_withdrawal_a_board_tells_who_has_taken_the_story_down_and_who_has_not(desk):
    desk.house.add_channel("inner", public=False)
    desk.house.add_channel("other", public=False, sections=("Sports",))
    sites = {"globe": "inner", "herald": "inner", "times": "inner", "stranger": "other"}
    for slug, channel in sites.items():
        subscriber = Subscriber(slug=slug, name=slug.title(), channels=(channel,))
        keep.add_subscriber(desk.store, subscriber, who=ANA, now=NOON)
    ref = desk.house.published()
    guid = desk.house.story(ref).guid
    for slug in ("globe", "times"):
        where = f"https://{slug}.example/schools"
        receipts.receive(desk.store, slug, guid=guid, version=1, url=where, live=True, now=LATER)
    assert "Where it runs" in text(desk.signed_in("viewer").get(f"/desk/stories/{ref}"))
    act(desk, ref, "kill", reason="Libel", confirm="kill")
    receipts.receive(desk.store, "globe", guid=guid, version=1, url="", live=False, now=LATER)
    page = text(desk.signed_in("viewer").get(f"/desk/stories/{ref}"))
    assert "1 of 3 subscribers have told us that it is down." in page
    board = page[page.index("Who has taken it down") : page.index("What happened")]
    assert re.search(r"Globe down .*Herald had it, has told nothing .*Times still live https://times", board)
    assert "Stranger" not in board


def test_a_picture_that_is_not_out_is_shown_to_the_desk_alone_by_an_address_that_ends(desk):
    photo = {"url": "https://oc-media.org/a.jpg", "credit": "AFP"}
    ref = desk.house.push(pictures=[photo], **FREE).id
    editor = desk.signed_in("editor")
    told = {"href": photo["url"], "credit": "Ana Mirzoyan", "csrf": editor.token()}
    sent = {"file": (io.BytesIO(a_picture_file()), "gate.jpg")}
    assert editor.client.post(f"/desk/stories/{ref}/picture", data=told | sent).status_code == 303
    address = re.search(r'src="(/media/preview/[^"]+)"', editor.get(f"/desk/stories/{ref}").text)[1]
    name = address.partition("/preview/")[2].partition("/")[2]
    framed = desk.nobody().client  # a sandboxed frame sends no cookie
    assert framed.get(address).content_type == "image/jpeg"
    assert framed.get(f"/media/{name}").status_code == 404
    assert framed.get(f"/media/preview/{'0' * 32}/{name}").status_code == 404
    desk.clock.now = LATER + timedelta(days=2)
    assert framed.get(address).status_code == 404
