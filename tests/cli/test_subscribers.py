"""`syndicate subscriber`: agreements from the command line, and read back in plain words."""

from pathlib import Path

import pytest


def facts(terminal, *words):
    return terminal.json("subscriber", *words)


@pytest.fixture
def times(terminal):
    facts(terminal, "add", "Times", "--slug", "times", "--channel", "world")
    return terminal


ALL = (
    *("--ends", "2026-12-31", "--territory", "am", "--territory", "GE", "--embargo-hours", "6"),
    *("--quota", "20/week", "--excerpt-only", "--block-outlet", "oc-media"),
)
AGREED = {
    "ends": "2027-01-01T00:00:00+00:00",
    "territories": ["AM", "GE"],
    "embargo_hours": 6,
    "quota": {"stories": 20, "period": "week"},
    "excerpt_only": True,
    "blocked_outlets": ["oc-media"],
}
NOTHING = {
    "ends": None,
    "territories": [],
    "embargo_hours": 0,
    "quota": None,
    "excerpt_only": False,
    "blocked_outlets": [],
}


def test_an_agreement_is_given_at_once_or_later(terminal, times):
    assert facts(terminal, "add", "Globe", "--slug", "globe", *ALL)["grants"] == AGREED
    assert facts(times, "set", "times", *ALL)["grants"] == AGREED
    assert facts(times, "show", "times")["grants"] == AGREED


def test_what_is_not_given_stays_and_each_part_can_be_taken_back(times):
    facts(times, "set", "times", *ALL)
    assert facts(times, "set", "times", "--name", "The Times")["grants"] == AGREED
    plain = ("--ends", "never", "--territory", "", "--embargo-hours", "0", "--quota", "none", "--whole")
    taken = facts(times, "set", "times", *plain, "--block-outlet", "", "--channel", "")
    assert (taken["grants"], taken["channels"]) == (NOTHING, [])


def test_a_subscriber_is_shown_in_plain_words(times):
    free = times.run("subscriber", "show", "times").stdout
    assert "It may have all that its channels hold, whole and at once." in free
    facts(times, "set", "times", *ALL)
    shown = times.run("subscriber", "show", "times").stdout
    for words in (
        "The agreement ends at 2027-01-01 00:00 UTC.",
        "It publishes in AM, GE.",
        "It gets stories 6 hours after we published them.",
        "It gets 20 stories a week at most, and has had 0.",
        "It gets summaries, not whole texts.",
        "It does not want stories of oc-media.",
    ):
        assert words in shown


def test_whether_a_subscriber_may_have_a_story_is_told_with_the_reason(times, article):
    (pushed,) = times.json("import", article, "--outlet", "oc-media")
    assert facts(times, "may", "times", pushed["id"])["reason"] == "not-out"
    times.json("story", "publish", pushed["id"])
    assert facts(times, "may", "times", pushed["id"])["allowed"]
    assert times.run("subscriber", "may", "times", pushed["id"]).stdout == "Yes: It may have the story.\n"
    times.json("outlet", "set", "oc-media", "--block-subscriber", "times")
    told = times.run("subscriber", "may", "times", pushed["id"])
    assert told.stdout.startswith("No (blocked-by-outlet): The outlet does not want")
    times.json("outlet", "set", "oc-media", "--block-subscriber", "", "--territory", "AM")
    assert facts(times, "may", "times", pushed["id"])["reason"] == "territory"
    facts(times, "set", "times", "--embargo-hours", "6", "--territory", "AM")
    assert facts(times, "may", "times", pushed["id"])["allowed"]  # it had it
    Path(article).write_text(Path(article).read_text().replace("oc-2291", "oc-2292").replace("valley", "hill"))
    (later,) = times.json("import", article, "--outlet", "oc-media")
    times.json("story", "publish", later["id"])
    assert "Available from" in times.run("subscriber", "may", "times", later["id"]).stdout


@pytest.mark.parametrize(
    "words", [("--quota", "20"), ("--ends", "2026-13-01"), ("--ends", "9999-12-31"), ("--embargo-hours", "x")]
)
def test_what_cannot_be_read_is_a_wrong_call(times, words):
    assert times.run("subscriber", "set", "times", *words).exit_code == 2


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("subscriber", "set", "times", "--territory", "Armenia"), "territory"),
        (("subscriber", "set", "times", "--embargo-hours", "-1"), "embargo_hours"),
        (("subscriber", "set", "times", "--block-outlet", "never-was"), "block_outlet"),
        (("outlet", "set", "oc-media", "--block-subscriber", "never-was"), "block_subscriber"),
        (("outlet", "set", "oc-media", "--territory", "Armenia"), "territory"),
    ],
)
def test_what_is_wrong_is_told_by_its_name(times, words, field):
    assert set(times.json(*words, code=1)["problem"]["errors"]) == {field}
