"""Newspaper clips: what is read from a page, what is left out of it, and what is doubted aloud."""

import json
import re
import textwrap
from dataclasses import asdict
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput, TooLarge
from syndicate.core.newsitem import Hop, Party, Person, Picture, Topic
from syndicate.core.newsroom import Outlet
from syndicate.ingest import Envelope, Sniff, clip

GOLDEN = Path(__file__).parent / "golden" / "clip"
OC_MEDIA = Outlet(slug="oc-media", name="OC Media", domain="oc-media.org")
TIDEWATER = Outlet(slug="tidewater-review", name="Tidewater Review", domain="tidewater.example")
RECEIVED = date(2026, 3, 10)


def read(text, outlet=TIDEWATER):
    data = text if isinstance(text, bytes) else text.encode()
    (parsed,) = clip.parse(data, Envelope(outlet=outlet, received=RECEIVED)).results
    return parsed


def a_clip(
    *body, top=("2026-03-07   PAGE 3", "News", "Ferry Line Ends Its Winter Service"), by="By Ines Marsh", note=""
):
    prose = body or ("The ferry line between Saltmere and the islands will stop on Friday, its owner said.",)
    return "\n\n".join([*top, *([by] if by else []), *prose, *([note] if note else [])]) + "\n"


def paragraphs(item):
    return [unescape(text) for text in re.findall(r"<(?:p|h2)>(.*?)</(?:p|h2)>", item.body_html, re.DOTALL)]


# A real clip


def test_every_fact_of_a_real_clip_is_read(shared):
    item = read((shared / "seed" / "clip.txt").read_bytes(), OC_MEDIA).item
    printed = PartialDate("2026-03-03")
    source = Party("OC Media", "https://www.oc-media.org/")
    assert item.headline.startswith("Azerbaijani Troops Reportedly Deployed")
    assert (item.byline, item.authors) == ("Aytan Farhadova", (Person(name="Aytan Farhadova"),))
    assert (item.section, item.topics) == ("International", (Topic("military"), Topic("war")))
    (picture,) = item.pictures
    assert picture.caption.endswith("border with Iran (official photo)")
    assert (picture.credit, picture.renditions) == ("official photo", ())
    assert (item.info_source, item.site, item.first_published) == (source, "www.oc-media.org", printed)
    paper = Party("The Armenian Mirror-Spectator")
    assert item.hops == (Hop(party=source, when=printed), Hop(party=paper, when=printed))
    assert (item.language, item.summary, item.rights.license) == ("", "", "")


def test_the_body_of_a_real_clip_is_its_paragraphs_in_order_and_no_furniture(shared):
    data = (shared / "seed" / "clip.txt").read_bytes()
    parsed = read(data, OC_MEDIA)
    lines = data.decode().splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("By "))
    furniture = ("The Armenian Mirror-Spectator", "Topics: military, war")
    report = [line for line in lines[start + 1 :] if line.strip() and line not in furniture and line[0] != "("]
    assert paragraphs(parsed.item) == report
    assert parsed.warnings == ("Left out as page furniture: “The Armenian Mirror-Spectator”.",)


def test_the_real_clip_is_the_same_story_when_a_paragraph_is_corrected(shared):
    data = (shared / "seed" / "clip.txt").read_bytes()
    first, again = read(data, OC_MEDIA).item, read(data, OC_MEDIA).item
    corrected = read(data.replace(b"fourth day", b"fifth day"), OC_MEDIA).item
    assert first == again
    assert corrected.external_id == first.external_id
    assert corrected.body_html != first.body_html


# Whole pages of our own


@pytest.mark.parametrize("page", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_a_page_is_read_as_its_golden_file_says(page, update_golden):
    try:
        parsed = read(page.read_bytes())
        got = {"warnings": list(parsed.warnings), **_told(asdict(parsed.item))}
    except BadInput as refusal:
        got = {"refused": refusal.detail}
    written = json.dumps(got, ensure_ascii=False, indent=2, default=str) + "\n"
    golden = page.with_suffix(".json")
    if update_golden:
        golden.write_text(written, encoding="utf-8")  # then read the diff before committing
    assert written == golden.read_text(encoding="utf-8")


def _told(value):
    """Without what is empty, so that a golden file shows what was read."""
    if isinstance(value, dict):
        if "assumed_zone" in value:
            return value["text"]
        parts = {key: _told(part) for key, part in value.items() if key != "pub_status"}
        return {key: part for key, part in parts.items() if part}
    if isinstance(value, tuple):
        return [_told(part) for part in value]
    return value


# Bytes


PAGE = (GOLDEN / "december-note-in-january-issue.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "data",
    [
        PAGE.replace("\n", "\r\n").encode(),
        PAGE.replace("\n", "\r").encode(),
        PAGE.encode("utf-8-sig"),
        b"\xff\xfe" + PAGE.encode("utf-16-le"),
        b"\xfe\xff" + PAGE.encode("utf-16-be"),
        ("\n\n\f" + PAGE + "\x1a").encode(),
    ],
    ids=["crlf", "cr", "bom", "utf-16-le", "utf-16-be", "form-feed"],
)
def test_the_way_the_text_was_saved_changes_nothing(data):
    assert read(data).item == read(PAGE).item
    assert read(data).warnings == read(PAGE).warnings


def test_windows_1252_is_the_last_resort_and_is_spoken_of():
    parsed = read(PAGE.encode("windows-1252"))
    assert parsed.item == read(PAGE).item
    assert "windows-1252" in parsed.warnings[0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\n\t\n",
        b"\xff\xfe\x00",
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf\xff",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\x81\x8d\x8f",
        b"One line only",
        b"A Headline Without a Report\n\n(This story originally appeared on tidewater.example on March 3.)",
        b"Page 1\n\nPage 2\n\nTopics: a, b\n",
    ],
)
def test_what_holds_no_headline_with_a_report_is_refused_in_words(data):
    with pytest.raises(BadInput, match=r"^The clip "):
        read(data)


@pytest.mark.parametrize(
    ("data", "is_clip"),
    [
        (PAGE.encode(), True),
        (PAGE.encode("utf-16"), True),
        (PAGE.encode("windows-1252"), True),
        (("é" * 5000 + "\n\nb").encode(), False),
        (b"a\n" + "é".encode() * 5000, True),
        (b"", False),
        (b"one line", False),
        (b'{"headline": "x",\n"body_html": ""}', False),
        (b"[\n", False),
        (b"[{\n}]", False),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<rss/>", False),
        (b"  <!doctype html>\n<p>", False),
        (b"\x89PNG\r\n\x1a\n\0\0", False),
        (b"%PDF-1.7\n\n", False),
    ],
)
def test_a_clip_is_known_by_being_text_and_nothing_else(data, is_clip):
    assert clip.looks_like(Sniff(data)) is is_clip


# Parts


@pytest.mark.parametrize(
    ("line", "issue"),
    [
        ("date 2026-03-07 \u00a0 TOP STORIES WEEK \u00a0 10", "2026-03-07"),
        ("THE HARBOUR GAZETTE   Saturday, March 7, 2026   Page 3", "2026-03-07"),
        ("7 March 2026", "2026-03-07"),
        ("Vol. XII No. 9 | March 7th, 2026", "2026-03-07"),
        ("SATURDAY, MAR. 7, 2026 • The Harbour Gazette • 3", "2026-03-07"),
        ("The Harbour Gazette – 7 March 2026", "2026-03-07"),
        ("March 2026", None),
        ("03/07/2026", None),  # whose month is it
        ("2026-02-30   PAGE 3", None),
    ],
)
def test_the_issue_date_is_read_from_a_line_of_furniture(line, issue):
    parsed = read(a_clip(top=(line, "News", "Ferry Line Ends Its Winter Service"), note="First published by OC Media."))
    assert any("No issue date" in warning for warning in parsed.warnings) is (issue is None)
    parsed = read(
        a_clip(
            top=(line, "News", "Ferry Line Ends Its Winter Service"), note="(First published by OC Media on March 7.)"
        )
    )
    assert (parsed.item.first_published and parsed.item.first_published.text) == issue


def test_a_headline_with_a_date_in_it_is_still_the_headline():
    item = read(a_clip(top=("Saltmere Remembers the Flood of March 3, 1951",))).item
    assert item.headline == "Saltmere Remembers the Flood of March 3, 1951"


@pytest.mark.parametrize(
    ("printed", "byline", "authors"),
    [
        ("By Ines Marsh", "Ines Marsh", [("Ines Marsh", "")]),
        ("BY INES MARSH", "INES MARSH", [("INES MARSH", "")]),
        ("By Ines Marsh and Tomas Vale", "Ines Marsh and Tomas Vale", [("Ines Marsh", ""), ("Tomas Vale", "")]),
        (
            "By O. Finch-Hale, Jan van der Meer & Siobhán O’Neill",
            "O. Finch-Hale, Jan van der Meer & Siobhán O’Neill",
            [("O. Finch-Hale", ""), ("Jan van der Meer", ""), ("Siobhán O’Neill", "")],
        ),
        ("By Ines Marsh, Tidewater Review", "Ines Marsh, Tidewater Review", [("Ines Marsh", "Tidewater Review")]),
        ("By Ines Marsh (OC Media)", "Ines Marsh (OC Media)", [("Ines Marsh", "OC Media")]),
        ("By Ines Marsh, Staff Writer", "Ines Marsh, Staff Writer", [("Ines Marsh", "Staff Writer")]),
        ("Ines Marsh / Tidewater Review", "Ines Marsh / Tidewater Review", [("Ines Marsh", "Tidewater Review")]),
        ("By Tidewater Review", "Tidewater Review", []),
        ("By Գարեգին Տեր-Պետրոսյան", "Գարեգին Տեր-Պետրոսյան", [("Գարեգին Տեր-Պետրոսյան", "")]),
        ("Автор: Анна Петрова", "Анна Петрова", [("Анна Петрова", "")]),
        ("By ნინო ბერიძე", "ნინო ბერიძე", [("ნინო ბერიძე", "")]),
    ],
)
def test_a_byline_names_people_and_whom_they_write_for(printed, byline, authors):
    item = read(a_clip(by=printed)).item
    assert item.byline == byline
    assert [(author.name, author.affiliation) for author in item.authors] == authors


@pytest.mark.parametrize("words", ["By Land and Sea", "By Friday Evening", "By the Sea", "Ines Marsh / Someone", "By"])
def test_what_only_begins_like_a_byline_stays_text(words):
    parsed = read(a_clip(by=words))
    assert (parsed.item.byline, parsed.item.authors) == ("", ())
    assert words in paragraphs(parsed.item)
    assert "No byline was found." in parsed.warnings


@pytest.mark.parametrize("words", ["Special to the Harbour Gazette", "By Ines Marsh, Special to the Harbour Gazette"])
def test_special_to_names_the_paper_that_printed_it(words):
    by = words if words.startswith("By") else f"By Ines Marsh\n{words}"
    item = read(a_clip(by=by)).item
    assert item.hops[1].party == Party("the Harbour Gazette")
    assert [author.name for author in item.authors] == ["Ines Marsh"]


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("The quay at Saltmere (official photo)", "official photo"),
        ("The quay at Saltmere. (Photo by Sam Okoro)", "Sam Okoro"),
        ("The quay at Saltmere. (photo: Sam Okoro)", "Sam Okoro"),
        ("The quay at Saltmere. (AP Photo/Sam Okoro)", "AP Photo/Sam Okoro"),
        ("The quay at Saltmere. [Courtesy of the Saltmere Museum]", "the Saltmere Museum"),
        ("The quay at Saltmere. Photo: Sam Okoro", "Sam Okoro"),
        ("The quay at Saltmere. Photo courtesy of Sam Okoro.", "Sam Okoro"),
        ("The quay at Saltmere. Sam Okoro/Reuters", "Sam Okoro/Reuters"),
        ("Photo: Sam Okoro/Tidewater Review", "Sam Okoro/Tidewater Review"),
        ("The quay at Saltmere\nPhoto by Sam Okoro", "Sam Okoro"),
        ("The quay at Saltmere on Friday.\n(Photo by Sam Okoro)", "Sam Okoro"),
    ],
)
def test_a_caption_keeps_its_words_and_its_credit_is_told_apart(caption, credit):
    item = read(a_clip(top=(caption, "News", "Ferry Line Ends Its Winter Service"))).item
    assert item.pictures == (Picture(caption=" ".join(caption.split()), credit=credit),)
    assert (item.section, item.headline) == ("News", "Ferry Line Ends Its Winter Service")


def test_a_caption_inside_the_report_is_taken_out_and_spoken_of():
    report = "The ferry line between Saltmere and the islands will stop on Friday, its owner said."
    parsed = read(a_clip(report, "The quay on Friday. (Photo by Sam Okoro)", report))
    assert paragraphs(parsed.item) == [report, report]
    assert parsed.item.pictures[0].credit == "Sam Okoro"
    assert any("taken for a picture's caption" in warning for warning in parsed.warnings)


@pytest.mark.parametrize(
    "sentence",
    [
        "He showed the court what he had found in the yard (a photo of the two of them.)",
        "He held up the contract, which nobody had seen before that day (photo).",
        "The picture by Sam Okoro was sold on Friday to a collector, who paid with a boat.",
        "She asked whose photo: Sam’s",
        "“No.”",
    ],
)
def test_a_report_that_speaks_of_pictures_is_no_caption(sentence):
    report = "The ferry line between Saltmere and the islands will stop on Friday, its owner said."
    item = read(a_clip(report, sentence, report)).item
    assert paragraphs(item) == [report, sentence, report]
    assert item.pictures == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Topics: military, war", ["military", "war"]),
        ("TAGS: harbours; winter | labor", ["harbours", "winter", "labor"]),
        ("Filed under: One, One", ["One"]),
        ("Topics: what the council will discuss, and who will pay for it.", []),
        ("Topics: what the council will not discuss on Friday, money", []),
    ],
)
def test_topics_are_a_list_and_not_a_sentence(line, names):
    item = read(
        a_clip("It rained on Friday, and on Saturday, and then again on Sunday.", line, "Then it stopped.")
    ).item
    assert [topic.name for topic in item.topics] == names
    assert (line in paragraphs(item)) is not bool(names)


@pytest.mark.parametrize(
    "furniture",
    [
        "Page 4",
        "page 4",
        "- 4 -",
        "(Continued on page 7)",
        "continued on page 7",
        "CONTINUED FROM PAGE 1",
        "See FERRY, page 9",
        "Ferry, from page 1",
        "Ferry Line Ends Its Winter Service",
        "2026-03-07   PAGE 4",
        "--------------------",
        "\f",
    ],
)
def test_furniture_in_the_middle_of_a_sentence_goes_and_the_sentence_is_whole(furniture):
    text = a_clip(
        "The ferry line will stop on Friday, for reasons that", furniture, "nobody on the quay could give us."
    )
    assert paragraphs(read(text).item) == [
        "The ferry line will stop on Friday, for reasons that nobody on the quay could give us."
    ]


def test_short_lines_that_repeat_inside_the_report_are_report():
    lines = ["“No,” he said.", "Background", "It rained on Friday, and on Saturday, and then again on Sunday.", "“No.”"]
    assert paragraphs(read(a_clip(*lines, *lines)).item) == [*lines, *lines]


def test_a_headline_over_two_lines_is_one_headline():
    item = read(a_clip(top=("News", "Ferry Line Ends Its Winter Service\nas the Price of Fuel Rises"))).item
    assert item.headline == "Ferry Line Ends Its Winter Service as the Price of Fuel Rises"


def test_a_headline_alone_over_prose_is_enough_and_everything_missing_is_named():
    parsed = read(
        "Ferry Line Ends Its Winter Service\n\nIt will stop on Friday, its owner said to the men on the quay.\n"
    )
    assert parsed.item.headline == "Ferry Line Ends Its Winter Service"
    for missing in ("issue date", "byline", "section", "newspaper", "note"):
        assert any(warning.startswith("No ") and missing in warning for warning in parsed.warnings), missing


# Notes


@pytest.mark.parametrize(
    ("note", "outlet", "source"),
    [
        (
            "(Originally published at www.tidewater.example.)",
            TIDEWATER,
            ("Tidewater Review", "https://www.tidewater.example/"),
        ),
        ("First published by Tidewater Review.", TIDEWATER, ("Tidewater Review", "https://tidewater.example/")),
        ("(First published on oc-media.org.)", OC_MEDIA, ("OC Media", "https://oc-media.org/")),
        ("(First published on oc-media.org.)", TIDEWATER, ("oc-media.org", "https://oc-media.org/")),
        (
            "(First published on nottidewater.example.)",
            TIDEWATER,
            ("nottidewater.example", "https://nottidewater.example/"),
        ),
        ("First published by The Harbour Gazette.", TIDEWATER, ("The Harbour Gazette", "")),
        ("(First published on ocmedia.ge.)", OC_MEDIA, ("OC Media", "https://ocmedia.ge/")),
        (
            "(First published on oc-media.org.elsewhere.net.)",
            OC_MEDIA,
            ("oc-media.org.elsewhere.net", "https://oc-media.org.elsewhere.net/"),
        ),
    ],
)
def test_the_note_says_whose_story_it_is(note, outlet, source):
    parsed = read(a_clip(note=note), outlet)
    assert (parsed.item.info_source.name, parsed.item.info_source.uri) == source
    assert any("not known to be" in warning for warning in parsed.warnings) is (source[0] != outlet.name)
    assert note.strip("()") not in parsed.item.body_html


def test_the_licence_of_a_note_is_kept_as_written():
    item = read(a_clip(note="This story was produced by Tidewater Review under CC BY-ND 4.0.")).item
    assert item.rights.license == "CC BY-ND 4.0"
    assert item.rights.licence is not None
    assert not item.rights.licence.derivatives


def test_a_note_behind_the_last_sentence_is_found_too():
    item = read(
        a_clip("It rained on Friday, all day. (This story originally appeared on tidewater.example on March 3.)")
    ).item
    assert paragraphs(item) == ["It rained on Friday, all day."]
    assert item.first_published == PartialDate("2026-03-03")


def test_a_date_without_a_year_is_not_completed_without_an_issue_date():
    parsed = read(a_clip(top=("Ferry Line Ends Its Winter Service",), note="(First published by OC Media on March 3.)"))
    assert parsed.item.first_published is None
    assert any("has no year" in warning and "March 3" in warning for warning in parsed.warnings)


@pytest.mark.parametrize(
    ("note", "doubt"),
    [
        ("(First published by Tidewater Review on March 9.)", "check its year"),
        ("(First published by Tidewater Review on March 9, 2026.)", "later than the issue date"),
        ("(First published by Tidewater Review on February 30.)", "on no calendar"),
        ("(First published by Tidewater Review.)", "no original date"),
    ],
)
def test_a_note_that_does_not_fit_the_issue_is_doubted_aloud(note, doubt):
    assert any(doubt in warning for warning in read(a_clip(note=note)).warnings)


def test_a_second_note_about_another_source_stays_and_is_spoken_of():
    other = "(First published by The Harbour Gazette.)"
    parsed = read(a_clip("It rained on Friday, all day.", "(First published by Tidewater Review.)", note=other))
    assert paragraphs(parsed.item)[-1] == other
    assert any("another source" in warning for warning in parsed.warnings)


def test_an_issue_from_tomorrow_is_doubted_aloud():
    parsed = read(a_clip(top=("2026-03-11   PAGE 3", "News", "Ferry Line Ends Its Winter Service")))
    assert any("later than the day on which the clip came in" in warning for warning in parsed.warnings)


# Promises


@pytest.mark.parametrize(
    "headline", ["Ferry Line Ends Its Winter Service", "Последний трамвай вышел на линию", "***A B***"]
)
def test_the_identity_of_a_clip_is_readable_plain_and_permanent(headline):
    first = read(a_clip(top=(headline,))).item
    second = read(a_clip("Another report, with other words than the first one had.", top=(headline.upper(),))).item
    assert re.fullmatch(r"clip-undated-[a-z0-9-]{5,70}", first.external_id)
    assert second.external_id == first.external_id


def test_markup_in_a_clip_is_text():
    item = read(a_clip("<script>alert(1)</script> is what the sign on the quay said on Friday & Saturday.")).item
    assert item.body_html.startswith("<p>&lt;script&gt;alert(1)&lt;/script&gt; is what")
    assert item.body_html.endswith("Friday &amp; Saturday.</p>")


LINES = (
    "date 2026-03-03   PAGE 1", "The Harbour Gazette", "International", "By Ines Marsh", "By", "Topics: a, b",
    "(This story originally appeared on tidewater.example on March 3.)", "(", ")", "Photo: X", "(official photo)", "-",
    "Ferry Line Ends Its Winter Service", "It will stop on Friday, its owner said to the men on the quay.", "“No.”",
    "Special to the Harbour Gazette", "govern-", "ment", "", "", "\f", "*", "a", "/ Reuters", "\u00ad", "\u0301",
)  # fmt: skip


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode) | st.text().map(lambda t: t.encode("utf-16")))
def test_any_bytes_are_a_story_or_bad_input(data):
    clip.looks_like(Sniff(data))
    try:
        parsed = read(data)
    except BadInput:
        return
    assert parsed.item.headline
    assert parsed.item.body_html


@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_any_page_is_a_story_with_every_part_of_a_story_or_bad_input(lines):
    try:
        parsed = read("\n".join(lines))
    except BadInput:
        return
    assert parsed.item.headline
    assert parsed.item.info_source.name
    assert parsed.item.external_id.startswith("clip-")


TRICKY = (
    "the ferry Saltmere page 4 photo By Ines Marsh Topics: (Photo said, first published well-known — “we 2026 Page"
    " The Harbour Gazette News Friday"
)
WORDS = st.sampled_from(TRICKY.split())
REPORTS = st.lists(WORDS, min_size=12, max_size=60).map(lambda words: f"It {' '.join(words)} stopped.")
FURNITURE = st.sampled_from(["", "Page 4", "The Harbour Gazette", "(Continued on page 9)", "Topics: a, b", "\f"])


@given(
    st.lists(st.tuples(REPORTS, FURNITURE), min_size=1, max_size=8), st.sampled_from([None, 60, 70, 80]), st.booleans()
)
def test_no_word_of_the_report_is_lost_whatever_stands_between(parts, width, crlf):
    """Paragraphs that end as sentences, wrapped or not, with furniture between them: all come out, whole, in order."""
    top = [
        "THE HARBOUR GAZETTE   March 7, 2026   Page 3",
        "News",
        "Ferry Line Ends Its Winter Service",
        "By Ines Marsh",
    ]
    blocks = [*top]
    for report, furniture in parts:
        wrapped = textwrap.wrap(report, width, break_long_words=False, break_on_hyphens=False) if width else [report]
        blocks += ["\n".join(wrapped), furniture]
    text = "\n\n".join([*blocks, "(First published by Tidewater Review on March 3.)"])
    item = read(text.replace("\n", "\r\n") if crlf else text).item
    got, expected = " ".join(paragraphs(item)).split(), [word for report, _ in parts for word in report.split()]
    assert got == expected


# Hostile pages: each of these would not come to an end if a step were more than linear


@pytest.mark.parametrize(
    "piece",
    [
        "a", "\n", " ", "(", "\f", "\u00ad", "This story originally appeared on ", "(First published by ", "By A",
        "1" * 100 + " 2026\n\n", "iiiiii" * 15 + " March 3, 2026 !\n\n", " | " * 35 + " March 3, 2026\n",
        "Aa " * 38 + "/ Reuters\n\n", "Aaaa bbb. Photo: Ana " * 14 + "\n\n", "word " * 14 + "hy-\n",
        "May." * 29 + "\n\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("top", ["", "Ferry Line Ends Its Winter Service\n\nBy Ines Marsh\n\n"])
def test_a_megabyte_of_anything_is_read_or_refused(top, piece):
    try:
        parsed = read(top + piece * (1_000_000 // len(piece)))
    except BadInput:
        return
    assert parsed.item.body_html


def test_more_lines_than_any_page_has_are_refused():
    with pytest.raises(TooLarge, match="printed lines"):
        read("a\n" * 100_000)
