"""Near-duplicates are told to the editor, in percent, and to nobody else."""

import pytest

from syndicate.service import read
from syndicate.service.intake.likeness import AT_ONCE, bands, percent_alike, sketch
from tests.factories import an_item
from tests.newsroom import LATER, NOON

WORDS = [f"word{number}" for number in range(300)]


def body(words: list[str]) -> str:
    return f"<p>{' '.join(words)}</p>"


def signature(words: list[str]) -> bytes:
    return sketch(an_item(body_html=body(words)))


@pytest.mark.parametrize(
    ("changed", "least", "most"),
    [
        (WORDS, 100, 100),
        ([*WORDS[:100], "changed", *WORDS[101:]], 93, 99),
        ([*WORDS, *(f"more{number}" for number in range(30))], 82, 97),
        ([f"other{number}" for number in range(300)], 0, 5),
    ],
    ids=["the same", "one word of 300", "a tenth more", "nothing in common"],
)
def test_the_percentage_is_near_the_share_in_common(changed, least, most):
    assert least <= percent_alike(signature(WORDS), signature(changed)) <= most


def test_a_script_without_spaces_is_compared_by_letters():
    text = (
        "北部山谷的学校在关闭十一周之后于星期一重新开放老师们在门口迎接学生"
        "家长们说他们一直在等待这一天的到来孩子们终于可以回到教室"
    )
    assert percent_alike(signature([text]), signature([text.replace("星期一", "星期二")])) > 50


def test_too_little_text_is_compared_with_nothing():
    assert (signature(["Photo", "of", "the", "day"]), bands(b"")) == (b"", [])


def test_the_same_story_from_elsewhere_is_shown_on_both_sides_and_goes_when_the_text_changes(house):
    one = house.push(external_id="a", url=None, body_html=body(WORDS)).id
    two = house.push(external_id="b", url=None, body_html=body([*WORDS[:150], "changed", *WORDS[151:]])).id
    house.clock_strikes(NOON)
    assert list(house.file(one).alike) == [two]
    assert list(house.file(two).alike) == [one]
    assert 90 <= house.file(one).alike[two] < 100
    house.push(external_id="b", url=None, body_html=body(WORDS[::-1]), now=LATER)
    house.clock_strikes(LATER)
    assert house.file(one).alike == {}


def test_an_outlet_does_not_hear_what_others_sent(house):
    one = house.push(external_id="a", url=None, body_html=body(WORDS)).id
    house.push(external_id="b", url=None, body_html=body(WORDS))
    house.clock_strikes(NOON)
    assert read.story_file(house.store, one, outlet="oc-media").alike == {}


def test_a_text_that_came_while_the_one_before_was_compared_still_waits(house):
    story_id = house.push(external_id="a").id
    with house.store.begin() as tx:
        tx.likenesses.wait(story_id, revision=2)
        tx.likenesses.compared(story_id, revision=1)
        assert tx.likenesses.uncompared(limit=10) == [story_id]
        tx.likenesses.compared(story_id, revision=2)
        assert tx.likenesses.uncompared(limit=10) == []


def test_many_texts_are_compared_by_one_job(house):
    ids = [house.push(external_id=f"e{number}", url=None, body_html=body(WORDS)).id for number in range(AT_ONCE + 5)]
    assert house.clock_strikes(NOON) == 1
    assert all(set(house.file(one).alike) == {*ids} - {one} for one in ids)
    assert house.clock_strikes(LATER) == 0
