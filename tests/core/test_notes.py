"""Source notes: what is read as one, what it says, and what stays a sentence of the report."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.core.notes import MAX_NOTE_CHARS, WORDINGS, find_note

ISSUE = date(2026, 3, 7)
DAY = "2026-03-03"


@pytest.mark.parametrize(
    ("words", "source", "day", "licence"),
    [
        ("(This story originally appeared on www.saltmere.example on March 3.)", "www.saltmere.example", DAY, ""),
        ("This article originally appeared in The Harbour Gazette.", "The Harbour Gazette", None, ""),
        ("First published by Tidewater Review on 3 March 2026.", "Tidewater Review", DAY, ""),
        ("*This was first published by Tidewater Review on Tuesday, March 3.*", "Tidewater Review", DAY, ""),
        ("Originally published at https://tidewater.example on 2026-03-03", "https://tidewater.example", DAY, ""),
        ("This post was previously published on tidewater.example, March 2026", "tidewater.example", "2026-03", ""),
        ("This essay appeared first in the Tidewater Review, 3rd of March.", "the Tidewater Review", DAY, ""),
        ("First published by Tidewater Review in 1951.", "Tidewater Review", "1951", ""),
        ("Republished with permission from Tidewater Review", "Tidewater Review", None, ""),
        ("[Reprinted by kind permission of The Harbour Gazette, March 3, 2026]", "The Harbour Gazette", DAY, ""),
        ("Republished from the website of Tidewater Review (March 3).", "Tidewater Review", DAY, ""),
        ("This story was produced by Tidewater Review under CC BY-ND 4.0.", "Tidewater Review", None, "CC BY-ND 4.0"),
        (
            "This dispatch was provided by Tidewater Review and is republished here under a Creative Commons licence.",
            "Tidewater Review",
            None,
            "Creative Commons",
        ),
        (
            "Originally published by Tidewater Review on March 3 under CC BY 4.0. Read the original here.",
            "Tidewater Review",
            DAY,
            "CC BY 4.0",
        ),
        (
            "This story first appeared on tidewater.example on March 3, and is republished with permission.",
            "tidewater.example",
            DAY,
            "",
        ),
        ("(This story originally appeared\n  on www.saltmere.example on March 3.)", "www.saltmere.example", DAY, ""),
    ],
)
def test_a_note_names_its_source_its_day_and_its_licence(words, source, day, licence):
    note = find_note(words)
    assert note is not None
    assert (note.source, note.licence) == (source, licence)
    assert (str(note.original_date(ISSUE)) if day else note.original_date(ISSUE)) == day


@pytest.mark.parametrize(
    "words",
    [
        "The report was first published by Reuters on Tuesday, then spread.",
        "The report was first published by Reuters.",
        "The story was first reported by Reuters.",
        "It was originally published in 1987.",
        "First published in March 2026.",
        "It originally appeared in The Harbour Gazette.",
        "It was first published by Tidewater Review on March 3.",
        "The poem first appeared on Tuesday.",
        "Originally published in print",
        "This story was republished with permission.",
        "He said that this story originally appeared on tidewater.example on March 3.",
        "This story originally appeared on tidewater.example on March 3. The council has not answered since.",
        "The statement was produced by the ministry under pressure.",
        "This story " + "and this story " * 40 + "originally appeared on tidewater.example.",
        "",
        "()",
    ],
)
def test_a_sentence_of_the_report_is_no_note(words):
    assert find_note(words) is None


@pytest.mark.parametrize(
    ("written", "issue", "expected"),
    [
        ("March 3", date(2026, 3, 7), "2026-03-03"),
        ("March 3", date(2026, 3, 3), "2026-03-03"),
        ("December 30", date(2026, 1, 8), "2025-12-30"),
        ("March 8", date(2026, 3, 7), "2025-03-08"),
        ("February 29", date(2026, 3, 7), "2024-02-29"),
        ("February 30", date(2026, 3, 7), None),
        ("March 3, 2021", date(2026, 3, 7), "2021-03-03"),
        ("March 3, 2021", None, "2021-03-03"),
        ("March 3", None, None),
        ("2026-02-31", date(2026, 3, 7), None),
        ("March 2021", date(2026, 3, 7), "2021-03"),
        ("March 0001", date(2026, 3, 7), None),
    ],
)
def test_a_missing_year_is_the_last_one_not_after_the_issue(written, issue, expected):
    note = find_note(f"This story originally appeared on tidewater.example on {written}.")
    assert note is not None
    day = note.original_date(issue)
    assert (day and day.text) == expected


@pytest.mark.parametrize(
    ("source", "site", "address"),
    [
        ("www.Saltmere.example", "www.saltmere.example", ""),
        ("https://saltmere.example/", "saltmere.example", ""),
        ("https://saltmere.example/a/b", "saltmere.example", "https://saltmere.example/a/b"),
        ("Tidewater Review", "", ""),
    ],
)
def test_a_site_and_an_address_are_told_from_a_name(source, site, address):
    note = find_note(f"This story originally appeared on {source} on March 3.")
    assert note is not None
    assert (note.site, note.address) == (site, address)


PIECES = (
    "(This story originally appeared on ", "first published by ", "republished here with permission", " under CC ",
    "March 3, ", "May.", " on ", ". Read the ", "tidewater.example", "The ", "A-", ".", "(", "3", "\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_text_is_a_note_with_a_source_or_none(text):
    note = find_note(text)
    if note is not None:
        assert note.source
        assert note.source in " ".join(text.split())
        note.original_date(ISSUE)


@pytest.mark.parametrize("piece", PIECES)
def test_long_text_is_refused_before_any_pattern_looks_at_it(piece):
    """Quick by construction: were a pattern to see these megabytes, this test would not come to an end."""
    assert find_note("This story originally appeared on " + piece * (3_000_000 // len(piece))) is None


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("wording", WORDINGS)
def test_the_longest_note_that_is_looked_at_ends_soon_for_each_wording(wording, piece):
    """The worst that each opening can meet, at the limit; a pattern that grows exponentially would hang here."""
    opening = {"with permission": "reprinted with permission of ", "republished from": "reprinted from "}.get(
        wording, f"this story was {'' if wording == 'produced by' else wording + ' by '}produced by "
    )
    find_note((opening + piece * MAX_NOTE_CHARS)[:MAX_NOTE_CHARS])
