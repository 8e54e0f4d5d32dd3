"""Members of other people's JSON: each question answers a value of its kind, or an empty one and a warning."""

from zoneinfo import ZoneInfo

import pytest

from syndicate.core.errors import BadFields, BadInput, TooLarge
from syndicate.ingest.members import MOST_ITEMS, MOST_PARTS, MOST_WARNINGS, Members, each
from tests.ingest.reading import an_envelope, read

TBILISI = ZoneInfo("Asia/Tbilisi")
KINDS = {
    "text": "text", "list": ["a"], "object": {"a": 1}, "number": 7, "part": 1.5, "yes": True, "huge": 10**30,
    "infinite": float("inf"), "null": None, "empty": "",
}  # fmt: skip


def answers(question: str, **options: object) -> dict[str, object]:
    """What one question answers for a member of each kind, where that is something; and who was warned of."""
    said = Members(KINDS)
    found = {name: getattr(said, question)(name, **options) for name in KINDS}
    return {name: value for name, value in found.items() if value not in ("", None, (), False)}


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("line", {"text": "text", "number": "7", "huge": str(10**30)}),
        ("number", {"number": 7}),
        ("fraction", {"number": 7.0, "part": 1.5}),
        ("words", {"list": ("a",)}),
        ("flag", {"text": True, "list": True, "object": True, "number": True, "part": True, "yes": True, "huge": True,
                  "infinite": True}),
    ],
)  # fmt: skip
def test_a_question_answers_for_its_own_kind_alone(question, answered):
    assert answers(question) == answered


def test_what_is_of_another_kind_is_said_with_its_place():
    said = Members({"a": {"b": [{"c": 1.5}]}})
    (part,) = said.part("a").parts("b")
    assert part.line("c") == ""
    assert said.told() == ("a.b.0.c: a number where text was expected; left out.",)


def test_the_first_spelling_that_has_a_value_counts():
    assert Members({"uri": None, "guid": "", "id": "x"}).line("uri", "guid", "id") == "x"
    assert Members({"pubStatus": "usable"}, fold=True).line("pubstatus") == "usable"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://a.example/b", "https://a.example/b"),
        ("/b c", "https://base.example/b%20c"),
        ("//cdn.example/b", "https://cdn.example/b"),
        ("javascript:alert(1)", ""),
        ("upload:quay.jpg", ""),
        ("https://user:pass@a.example/", ""),
        ("https://[", ""),
    ],
)
def test_an_address_is_one_of_the_web_or_none(written, address):
    said = Members({"a": written})
    assert said.address("a", base="https://base.example/x/") == address
    assert bool(said.warnings) is not bool(address)


@pytest.mark.parametrize(
    ("written", "instant", "held"),
    [
        ("2026-03-03T10:00:00+04:00", "2026-03-03T06:00:00+00:00", False),
        ("2026-03-03T10:00:00", "2026-03-03T06:00:00+00:00", False),
        ("2026-03-03", None, True),
        ("soon", None, True),
        (1741000000, None, True),
        (None, None, False),
        ("", None, False),
    ],
)
def test_a_limit_is_an_instant_or_a_reason_to_look(written, instant, held):
    moment, hold = Members({"embargoed": written}).limit("embargoed", zone=TBILISI)
    assert (moment and moment.isoformat(), bool(hold)) == (instant, held)


@pytest.mark.parametrize("name", ["a\nb", "a\x00b", "a  b", "x" * 501, "a\u202eb"])
def test_a_name_that_could_not_be_kept_as_it_is_is_refused(name):
    with pytest.raises(BadInput):
        Members({"id": name}).identity("id")


def test_very_many_warnings_are_counted():
    said = Members({"a": [7] * MOST_PARTS})
    said.words("a")
    assert len(said.told()) == MOST_WARNINGS + 1
    assert said.told()[-1] == f"And {MOST_PARTS - MOST_WARNINGS} more of this kind."


def test_of_a_long_list_the_first_are_read_and_that_is_said():
    said = Members({"a": ["x"] * (MOST_PARTS + 1)})
    assert said.words("a") == ("x",)
    assert said.warnings == ["a: only the first 200 of 201 were read."]


def test_too_many_items_are_refused_together():
    with pytest.raises(TooLarge):
        each([{}] * (MOST_ITEMS + 1), lambda said: pytest.fail("read"), an_envelope())


def test_a_text_that_nobody_could_print_refuses_its_item():
    (refusal,) = read({"uri": "a:b", "pubstatus": "usable", "headline": "x" * 1001, "body_text": "y"}).results
    assert isinstance(refusal, BadFields)
    assert list(refusal.extra["errors"]) == ["headline"]
