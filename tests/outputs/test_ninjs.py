"""ninjs in its three versions, read as a receiver's program reads it."""

import json
from dataclasses import replace

import pytest

from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Change, Hop, Party, Rendition, Topic
from syndicate.core.rights import Rights
from syndicate.outputs import FORMATS
from syndicate.outputs.ninjs import SUPERDESK, VERSION_2, VERSION_3
from tests.factories import LATER, a_feed, a_picture, an_item
from tests.outputs.stories import CORRECTION, KILLED, WITHDRAWN

VERSIONS = {"3.0": VERSION_3, "2.1": VERSION_2, "1.x": SUPERDESK}
STATUS = ("pubStatus", "pubstatus")
NOTE = ("edNote", "ednote")
KINDS = {"subjects", "subject", "places", "place", "organisations", "organisation"}
CONTENT = {"bodies", "body_html", "descriptions", "description_text", "associations", "wordcount"} | KINDS


def read(item, version=VERSION_3):
    return json.loads(version.render_item(a_feed(), item))


def lowered(value):
    if isinstance(value, list):
        return [lowered(one) for one in value]
    return {name.lower(): lowered(one) for name, one in value.items()} if isinstance(value, dict) else value


def test_a_story_is_told_in_the_words_of_version_3():
    told = read(an_item())
    assert (told["uri"], told["version"], told["pubStatus"]) == (an_item().guid, "1", "usable")
    assert (told["firstCreated"], told["versionCreated"]) == ("2026-03-04T12:00:00Z", "2026-03-04T12:00:00Z")
    assert told["headlines"][0]["value"] == "Valley schools reopen after eleven weeks"
    assert (told["by"], told["people"][0]["name"]) == ("By Tamar Gelashvili", "Tamar Gelashvili")
    assert [(one["name"], one["role"].rpartition("/")[2]) for one in told["infoSources"]] == [
        ("OC Media", "origcont"),
        ("The Armenian Mirror-Spectator", "distributor"),
    ]
    assert [(one["role"].rpartition("/")[2], one["href"]) for one in told["trustIndicators"]] == [
        ("derivedFrom", "https://oc-media.org/valley-schools-reopen/?a=1&b=2"),
        ("seeAlso", "https://news.example/items/s7k2"),
        ("datePublished", "https://oc-media.org/valley-schools-reopen/?a=1&b=2"),
    ]
    assert told["rightsInfo"] == {"linkedRights": "https://creativecommons.org/licenses/by-nd/4.0/"}
    assert {"role": "source", "value": "oc-2291"} in told["altIds"]
    assert told["bodies"][0]["value"].endswith("on March 3, 2026.</p>")


def test_version_2_says_the_same_in_lower_case():
    item = an_item(rights=Rights(embargoed=LATER, expires=LATER), pictures=(a_picture(focus=(0.5, 0.25)),))
    newer, older = lowered(read(item)), read(item, VERSION_2)
    assert older.pop("embargoed") == newer.pop("embargoeduntil")
    assert older.pop("standard")["version"] == "2.1"
    assert newer["associations"][0]["renditions"][0].pop("poi") == {"x": 600, "y": 200}  # 2.1 knows none
    assert newer.pop("standard")["version"] == "3.0"
    assert older == newer


def test_a_receiver_built_on_superdesk_finds_what_it_reads():
    told = read(an_item(pictures=(a_picture(), a_picture())), SUPERDESK)
    assert (told["guid"], told["type"], told["pubstatus"]) == (an_item().guid, "text", "usable")
    assert (told["headline"], told["byline"]) == ("Valley schools reopen after eleven weeks", "By Tamar Gelashvili")
    assert (told["source"], told["description_text"][:6]) == ("OC Media", "Pupils")
    assert told["body_html"].endswith("on March 3, 2026.</p>")
    assert told["service"] == [{"code": "International", "name": "International"}]
    assert list(told["associations"]) == ["featuremedia", "picture2"]
    picture = told["associations"]["featuremedia"]
    assert (picture["type"], picture["byline"], picture["body_text"]) == (
        "picture",
        "Nino Beridze/OC Media",
        "Children with satchels at a gate",
    )
    assert picture["renditions"]["original"]["mimetype"] == "image/jpeg"


@pytest.mark.parametrize("moment", [LATER, LATER.replace(microsecond=5)])
def test_superdesk_reads_times_without_fractions_only(moment):
    told = read(an_item(rights=Rights(embargoed=moment, expires=moment)), SUPERDESK)
    assert (told["embargoed"], told["expires"]) == ("2026-03-06T09:30:00Z", "2026-03-06T09:30:00Z")


@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
@pytest.mark.parametrize("date", ["2026", "2026-03", "2026-03-03"])
def test_a_date_that_is_no_instant_is_kept_as_it_is_beside_the_dates(version, date):
    told = read(an_item(first_published=PartialDate(date)), version)
    assert not {"contentCreated", "contentcreated"} & set(told)
    assert dated(told) == [(date, "https://oc-media.org/valley-schools-reopen/?a=1&b=2")]
    assert date not in json.dumps(told.get("altIds") or told["altids"])  # it is nobody's name


def dated(told):
    links = told.get("trustIndicators") or told.get("trustindicators") or told["trustindicator"]
    names = [(one.get("role") or one["scheme"] + one["code"], one) for one in links]
    return [(one["title"], one["href"]) for name, one in names if name == "https://schema.org/datePublished"]


def test_the_date_of_an_original_without_an_address_stands_on_our_page():
    item = an_item(first_published=PartialDate("2026-03-03"), original_url="")
    assert dated(read(item)) == [("2026-03-03", "https://news.example/items/s7k2")]


@pytest.mark.parametrize(
    ("version", "written", "kept"),
    [
        ("3.0", "2026-03-03T14:05:00+04:00", []),
        ("2.1", "2026-03-03T14:05:00+04:00", []),
        ("1.x", "2026-03-03T10:05:00Z", ["2026-03-03T14:05:00+04:00"]),  # Superdesk reads no offset
    ],
)
def test_an_instant_is_the_date_of_the_content(version, written, kept):
    told = read(an_item(first_published=PartialDate("2026-03-03T14:05:00+04:00")), VERSIONS[version])
    assert (told.get("contentCreated") or told["contentcreated"]) == written
    assert [title for title, _ in dated(told)] == kept


@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
@pytest.mark.parametrize(("item", "reason"), [(WITHDRAWN, "The outlet asked for it."), (KILLED, "A court forbade it.")])
def test_a_story_that_is_taken_back_is_canceled_and_keeps_no_words_but_its_headline(version, item, reason):
    told = read(item, version)
    assert "canceled" in [told.get(name) for name in STATUS]
    assert any(reason in told.get(name, "") for name in NOTE)
    assert not CONTENT & set(told)
    assert item.headline in json.dumps(told)


@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
def test_what_was_taken_back_stands_behind_the_other_stories_of_a_feed(version):
    feed = json.loads(version.render_feed(a_feed(), [KILLED, replace(an_item(), guid="tag:other")]))
    assert [one["uri"] for one in feed] == ["tag:other", KILLED.guid]


def test_a_feed_without_stories_is_an_empty_array():
    assert VERSION_3.render_feed(a_feed(), ()) == b"[]\n"


@pytest.mark.parametrize(
    ("item", "note"),
    [
        (an_item(), "Names of pupils are changed"),  # the words of the source, and no more
        (CORRECTION, "Names of pupils are changed. Correction: The school is No 4, not No 5."),
        (replace(CORRECTION, ed_note="", change_note=""), "Correction."),
        (replace(CORRECTION, change=Change.NEW, ed_note="", change_note="x"), "x."),
    ],
)
def test_editors_are_told_what_a_version_changed(item, note):
    assert read(item)["edNote"] == note


@pytest.mark.parametrize(
    ("topic", "newer", "older"),
    [
        (
            Topic("Haushalt", "medtop:20000590"),
            {"name": "Haushalt", "rel": "about", "uri": "http://cv.iptc.org/newscodes/mediatopic/20000590"},
            {"name": "Haushalt", "scheme": "http://cv.iptc.org/newscodes/mediatopic/", "code": "20000590"},
        ),
        (Topic("x", "local:7"), {"name": "x", "rel": "about", "literal": "local:7"}, {"name": "x", "code": "local:7"}),
        (Topic("x"), {"name": "x", "rel": "about"}, {"name": "x"}),
    ],
)
def test_a_topic_is_coded_where_its_code_is_known_to_all(topic, newer, older):
    item = an_item(section="", topics=(topic,))
    assert (read(item)["subjects"], read(item, SUPERDESK)["subject"]) == ([newer], [older])


@pytest.mark.parametrize(
    ("code", "newer", "older"),
    [
        ("geonames:611717", "places", "place"),
        ("iso3166-1a2:GE", "places", "place"),
        ("ticker:TBCG", "organisations", "organisation"),
        ("wikidata:Q230", "subjects", "subject"),
    ],
)
def test_a_topic_is_a_place_or_an_organisation_where_its_code_is_one_of_such(code, newer, older):
    item = an_item(section="", topics=(Topic("x", code),))
    symbols = {"symbols": [{"symbol": "TBCG"}]} if code == "ticker:TBCG" else {}
    for version, name, told in (
        (VERSION_3, newer, {"name": "x", "rel": "about", "literal": code, **symbols}),
        (VERSION_2, newer, {"name": "x", "rel": "about", "literal": code, **symbols}),
        (SUPERDESK, older, {"name": "x", "code": code, **symbols}),
    ):
        said = read(item, version)
        assert {kind: said[kind] for kind in KINDS & set(said)} == {name: [told]}


def test_all_through_whose_hands_it_came_are_named_once():
    hops = tuple(Hop(party=Party(name)) for name in ("oc media", "Hetq", "Hetq"))
    item, passed_on = an_item(hops=hops), ["Hetq", "The Armenian Mirror-Spectator"]
    assert [one["name"] for one in read(item)["infoSources"]] == ["OC Media", *passed_on]
    older = read(item, SUPERDESK)
    assert (older["source"], [one["name"] for one in older["infosource"]]) == ("OC Media", passed_on)


def test_the_renditions_of_a_picture_have_the_names_of_their_purposes():
    files = tuple(Rendition(href=f"https://m.example/{name}", name=name) for name in ("highRes", "web", "thumb"))
    item = an_item(pictures=(a_picture(renditions=files),))
    assert [one["name"] for one in read(item)["associations"][0]["renditions"]] == ["highRes", "web", "thumb"]
    assert list(read(item, SUPERDESK)["associations"]["featuremedia"]["renditions"]) == [
        "original",
        "viewImage",
        "thumbnail",
    ]


@pytest.mark.parametrize(
    ("asked", "version"), [("", "3.0"), *((asked, asked) for asked in ("3.0", "2.1")), ("1.x", "1.6")]
)
def test_a_reader_gets_the_version_that_it_asks_for(asked, version):
    told = json.loads(FORMATS["ninjs"].variant(asked).render_item(a_feed(), an_item()))
    assert (told.get("standard") or told["$standard"])["version"] == version
