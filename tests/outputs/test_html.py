"""The page of a story, as a reader and a browser under our policy meet it."""

import pytest
from lxml import etree

from syndicate.core.rights import Rights
from syndicate.outputs.html import render_item
from tests.factories import ORIGINAL_URL, a_feed, an_item
from tests.outputs.stories import KILLED, NOTHING_OPTIONAL, PRINTED_PAGE, RIGHT_TO_LEFT, UPDATE, WITHDRAWN


def page(item):
    return etree.fromstring(render_item(a_feed(), item))


@pytest.mark.parametrize(
    ("item", "path", "expected"),
    [
        (an_item(), "//link[@rel='canonical']/@href", [ORIGINAL_URL]),
        (PRINTED_PAGE, "//link[@rel='canonical']/@href", []),
        (WITHDRAWN, "//link[@rel='canonical']/@href", []),
        (an_item(), "//link[@rel='stylesheet']/@href", ["https://news.example/static/item.css"]),
        (an_item(), "//article/@lang", ["en"]),
        (an_item(), "//article/@dir", ["ltr"]),
        (RIGHT_TO_LEFT, "//article/@lang", ["ar"]),
        (RIGHT_TO_LEFT, "//article/@dir", ["rtl"]),
        (RIGHT_TO_LEFT, "//p[@class='terms']/ancestor-or-self::*[@dir][1]/@dir", ["rtl"]),
        (RIGHT_TO_LEFT, "//p[@class='terms']/ancestor-or-self::*[@lang][1]/@lang", ["ar"]),
        (RIGHT_TO_LEFT, "//p[@class='licence']/@lang", ["en"]),
        (RIGHT_TO_LEFT, "//p[@class='picture']/span/@lang", []),
        (an_item(language="ar"), "//p[@class='picture']/span/@lang", ["en"]),
        (an_item(), "//meta[@name='author']/@content", ["Tamar Gelashvili"]),
        (PRINTED_PAGE, "//meta[@name='author']/@content", ["Tamar Gelashvili"]),
        (PRINTED_PAGE, "//article/@lang", [""]),
        (PRINTED_PAGE, "//article/@dir", ["auto"]),
        (RIGHT_TO_LEFT, "/html/@dir", ["rtl"]),
        (PRINTED_PAGE, "/html/@lang", ["en"]),
        (an_item(), "//span[@class='origin']/a/@href", [ORIGINAL_URL]),
        (PRINTED_PAGE, "//span[@class='origin']/a/@href", ["https://www.oc-media.org/"]),
        (an_item(), "//a[@rel='license']/@href", ["https://creativecommons.org/licenses/by-nd/4.0/"]),
        (an_item(rights=Rights(license="Ask us")), "normalize-space(//p[@class='licence'])", "Licence: Ask us"),
        (an_item(), "//meta[@name='robots']/@content", []),
        (KILLED, "//meta[@name='robots']/@content", ["noindex"]),
        (NOTHING_OPTIONAL, "//footer", []),
    ],
)
def test_the_page_says_where_it_comes_from_and_how_it_is_read(item, path, expected):
    assert page(item).xpath(path) == expected


@pytest.mark.parametrize(
    ("policy", "canonical", "robots"),
    [
        ({}, [ORIGINAL_URL], []),
        ({"noindex": True}, [ORIGINAL_URL], ["noindex"]),
        ({"canonical": False, "noindex": True}, [], ["noindex"]),
        ({"canonical": False}, [], []),
    ],
    ids=["canonical", "both", "noindex", "none"],
)
def test_search_engines_are_told_what_the_agreement_asks_for(policy, canonical, robots):
    tree = etree.fromstring(render_item(a_feed(**policy), an_item()))
    assert tree.xpath("//link[@rel='canonical']/@href") == canonical
    assert tree.xpath("//meta[@name='robots']/@content") == robots


@pytest.mark.parametrize("item", [an_item(), PRINTED_PAGE, WITHDRAWN])
def test_the_page_needs_no_script_and_no_inline_style(item):
    tree = page(item)
    assert tree.xpath("//script | //style | //iframe | //object") == []
    assert not [a for e in tree.iter() for a in e.attrib if a == "style" or a.startswith("on")]


def test_dates_are_exact_for_programs_and_plain_for_people():
    times = {time.get("datetime"): time.text for time in page(UPDATE).iter("time")}
    assert times == {
        "2026-03-03": "2026-03-03",
        "2026-03-04T12:00:00Z": "2026-03-04 12:00 UTC",
        "2026-03-06T09:30:00Z": "2026-03-06 09:30 UTC",
    }


@pytest.mark.parametrize(
    ("item", "says", "hides"),
    [
        (
            WITHDRAWN,
            ["Valley schools", "withdrawn", "The outlet asked for it.", "2026-03-06"],
            ["eleven</i>", "Beridze"],
        ),
        (KILLED, ["killed", "A court forbade it.", "2026-03-06"], ["Valley schools", "eleven", "Beridze"]),
    ],
)
def test_a_story_that_is_gone_says_what_happened_and_nothing_else(item, says, hides):
    text = render_item(a_feed(), item).decode()
    assert all(one in text for one in says)
    assert not any(one in text for one in hides)


def test_no_text_of_a_field_becomes_markup():
    evil = '"><script>alert(1)</script>'
    tree = page(an_item(headline=evil, summary=evil, byline=evil, section=evil, dateline=evil, credit_line=evil))
    assert tree.xpath("//script") == []
    assert "".join(tree.find(".//h1").itertext()) == evil
