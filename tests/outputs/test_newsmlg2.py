"""NewsML-G2, read back by XPath as a receiver's program reads it."""

from dataclasses import replace

import pytest
from lxml import etree

from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Hop, Party, Person, Topic
from syndicate.core.rights import Rights
from syndicate.outputs.newsmlg2 import CATALOG, render_feed, render_item
from syndicate.outputs.newsmlg2_facts import _TOPIC_SCHEMES
from tests.factories import LATER, NOON, OUTLET, a_feed, an_item
from tests.outputs.stories import CORRECTION, KILLED, NOTHING_OPTIONAL, UPDATE, WITHDRAWN

NAMES = {"n": "http://iptc.org/std/nar/2006-10-01/", "h": "http://www.w3.org/1999/xhtml"}


def tell(item, path):
    """What a receiver reads at a path of the document; texts as one line each."""
    found = etree.fromstring(render_item(a_feed(), item)).xpath(path, namespaces=NAMES)
    return [" ".join((one if isinstance(one, str) else "".join(one.itertext())).split()) for one in found]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("@guid", ["tag:news.example,2026-03-04:oc-media/s7k2"]),
        ("@version", ["1"]),
        ("@conformance", ["power"]),
        ("@xml:lang", ["en"]),
        ("n:catalogRef/@href", [CATALOG]),
        ("n:hopHistory/n:hop/n:party/n:name", ["OC Media", "The Armenian Mirror-Spectator"]),
        ("n:hopHistory/n:hop[1]/@timestamp", ["2026-03-03"]),
        ("n:hopHistory/n:hop[1]/n:action/@qcode", ["hopaction:created"]),
        ("n:pubHistory/n:published[1]/@uri", ["https://oc-media.org/valley-schools-reopen/?a=1&b=2"]),
        ("n:pubHistory/n:published/n:timestamp", ["2026-03-03", "2026-03-04T12:00:00Z"]),
        ("n:rightsInfo/n:copyrightHolder/@uri", ["https://oc-media.org/"]),
        ("n:rightsInfo/n:copyrightNotice", ["© 2026 OC Media"]),
        ("n:rightsInfo/n:usageTerms[1]", ["Not for print without asking"]),
        ("n:rightsInfo/n:usageTerms[2]/@href", ["https://creativecommons.org/licenses/by-nd/4.0/"]),
        ("n:itemMeta/n:itemClass/@qcode", ["ninat:text"]),
        ("n:itemMeta/n:provider/n:name", ["The Armenian Mirror-Spectator"]),
        ("n:itemMeta/n:versionCreated", ["2026-03-04T12:00:00Z"]),
        ("n:itemMeta/n:firstCreated", ["2026-03-04T12:00:00Z"]),
        ("n:itemMeta/n:pubStatus/@qcode", ["stat:usable"]),
        ("n:itemMeta/n:service/n:name", ["International"]),
        ("n:itemMeta/n:signal", []),
        ("n:itemMeta/n:edNote[1]", ["Names of pupils are changed"]),
        ("n:itemMeta/n:link[@rel='irel:derivedFrom']/@href", ["https://oc-media.org/valley-schools-reopen/?a=1&b=2"]),
        ("n:itemMeta/n:link[@rel='irel:seeAlso']/@href", ["https://news.example/items/s7k2"]),
        ("n:contentMeta/n:contentCreated", ["2026-03-03"]),
        ("n:contentMeta/n:contentModified", ["2026-03-04T09:15:00+04:00"]),
        ("n:contentMeta/n:infoSource/n:name", ["OC Media"]),
        ("n:contentMeta/n:infoSource/@role", []),  # an originator needs none
        ("n:contentMeta/n:creator/n:name", ["Tamar Gelashvili"]),
        ("n:contentMeta/n:creator/n:personDetails/n:affiliation", ["OC Media"]),
        ("n:contentMeta/n:altId", ["oc-2291", "https://oc-media.org/?p=2291"]),
        ("n:contentMeta/n:language/@tag", ["en"]),
        ("n:contentMeta/n:subject/n:name", ["education", "school"]),
        ("n:contentMeta/n:subject/@qcode", ["medtop:05000000"]),
        ("n:contentMeta/n:keyword", ["education", "school"]),
        ("n:contentMeta/n:by", ["By Tamar Gelashvili"]),
        ("n:contentMeta/n:creditline", ["OC Media / The Armenian Mirror-Spectator"]),
        ("n:contentSet/n:inlineXML/@contenttype", ["application/xhtml+xml"]),
        (
            "n:contentSet/n:inlineXML/h:html/h:body/h:p[2]",
            ["“We counted the days,” said the head teacher of School No 4."],
        ),
        ("n:contentSet/n:inlineXML/h:html/h:body/h:p[@class='credit']/h:a", ["oc-media.org"]),
    ],
)
def test_a_receiver_finds_each_fact_in_its_place(path, expected):
    assert tell(an_item(), path) == expected


def test_no_white_space_is_put_into_the_text():
    assert "<b>after</b> <i>eleven</i> weeks" in render_item(a_feed(), an_item()).decode()


@pytest.mark.parametrize(
    ("item", "signal", "note"),
    [
        (UPDATE, "sig:update", "Adds the minister's answer"),
        (CORRECTION, "sig:correction", "The school is No 4, not No 5"),
    ],
)
def test_a_change_keeps_the_guid_and_first_date_and_says_what_it_is(item, signal, note):
    assert tell(item, "@guid") == tell(an_item(), "@guid")
    assert tell(item, "@version") == ["2"]
    assert tell(item, "//n:firstCreated") == ["2026-03-04T12:00:00Z"]
    assert tell(item, "//n:versionCreated") == ["2026-03-06T09:30:00Z"]
    assert tell(item, "//n:signal/@qcode") == [signal]
    assert note in tell(item, "//n:edNote")


@pytest.mark.parametrize(("item", "reason"), [(WITHDRAWN, "The outlet asked for it."), (KILLED, "A court forbade it.")])
def test_a_story_that_is_taken_back_has_a_reason_and_no_words(item, reason):
    full = replace(an_item(), rights=item.rights, change=item.change, change_note=item.change_note, version=2)
    for one in (item, full):  # whether or not the desk has emptied it
        assert tell(one, "//n:pubStatus/@qcode") == ["stat:canceled"]
        assert tell(one, "//n:contentSet[not(node())]") == [""]
        assert tell(one, "//n:description | //n:subject | //n:keyword") == []
        assert [reason in note for note in tell(one, "//n:edNote")] == [True]


@pytest.mark.parametrize(
    ("topic", "attributes", "names"),
    [
        (Topic("war", "medtop:16000000"), {"qcode": "medtop:16000000"}, ["war"]),
        (Topic("war", "theirs:war"), {"literal": "theirs:war"}, ["war"]),  # nobody could resolve the alias
        (Topic("war", "medtop:a b"), {"literal": "medtop:a b"}, ["war"]),
        (Topic("war"), {}, ["war"]),
        (Topic("", "medtop:16000000"), {"qcode": "medtop:16000000"}, []),
    ],
)
def test_a_topic_is_coded_only_where_its_code_can_be_resolved(topic, attributes, names):
    (subject,) = etree.fromstring(render_item(a_feed(), an_item(topics=(topic,)))).xpath(
        "//n:subject", namespaces=NAMES
    )
    assert dict(subject.attrib) == {"type": "cpnat:abstract", **attributes}
    assert tell(an_item(topics=(topic,)), "//n:subject/n:name") == names


def test_every_alias_of_our_codes_is_declared_in_the_catalog_we_name(shared):
    catalog = etree.parse(shared / "standards/catalogs/catalog.IPTC-G2-Standards_41.xml")
    declared = set(catalog.xpath("//n:scheme/@alias", namespaces=NAMES))
    for item in (an_item(), UPDATE, CORRECTION, KILLED):
        codes = tell(item, "//@qcode | //@rel | //@target | //n:subject/@type | //@role")
        assert {code.partition(":")[0] for code in codes} <= declared


def test_the_schemes_that_topics_may_use_are_in_the_catalog(shared):
    catalog = etree.parse(shared / "standards/catalogs/catalog.IPTC-G2-Standards_41.xml")
    assert set(_TOPIC_SCHEMES.split()) <= set(catalog.xpath("//n:scheme/@alias", namespaces=NAMES))


@pytest.mark.parametrize(
    ("date", "stamp"),
    [
        ("2026", []),
        ("2026-03", []),
        ("2026-03-03", ["2026-03-03"]),
        ("2026-03-03T14:05:00+04:00", ["2026-03-03T14:05:00+04:00"]),
    ],
)
def test_a_hop_has_a_timestamp_only_where_the_day_is_known(date, stamp):
    item = an_item(first_published=PartialDate(date))
    assert tell(item, "//n:hop[1]/@timestamp") == stamp
    assert tell(item, "//n:published[1]/n:timestamp") == [date]


@pytest.mark.parametrize(
    ("hops", "names"),
    [
        ((), ["OC Media", "The Armenian Mirror-Spectator"]),
        ((Hop(party=Party("oc media")),), ["OC Media", "The Armenian Mirror-Spectator"]),
        ((Hop(party=Party("OCM", OUTLET.uri)),), ["OC Media", "The Armenian Mirror-Spectator"]),
        ((Hop(party=Party("Gazette")),), ["OC Media", "Gazette", "The Armenian Mirror-Spectator"]),
        ((Hop(party=Party()),), ["OC Media", "The Armenian Mirror-Spectator"]),
    ],
)
def test_each_party_on_the_way_is_one_hop(hops, names):
    assert tell(an_item(hops=hops), "//n:hop/n:party/n:name") == names


@pytest.mark.parametrize(
    ("rights", "holder"),
    [
        (Rights(), ["OC Media"]),
        (Rights(copyright_holder="OC Media"), ["OC Media"]),
        (Rights(copyright_holder="AFP"), ["AFP"]),
        (Rights(license="CC0"), []),  # given up: nobody's name is put there for them
    ],
)
def test_the_holder_is_whom_the_source_named_else_the_original_outlet(rights, holder):
    assert tell(an_item(rights=rights), "//n:copyrightHolder/n:name") == holder


def test_embargo_and_end_of_the_licence_travel_with_the_story():
    item = an_item(rights=Rights(embargoed=NOON, expires=LATER))
    assert tell(item, "//n:embargoed | //n:expires") == ["2026-03-04T12:00:00Z", "2026-03-06T09:30:00Z"]
    assert tell(item, "n:rightsInfo/@validto") == ["2026-03-06T09:30:00Z"]


def test_an_author_without_a_name_is_no_creator():
    assert tell(an_item(authors=(Person(name=" "), Person(name="Ani"))), "//n:creator") == ["Ani"]


def test_a_channel_is_a_message_whose_items_are_the_stories():
    message = etree.fromstring(render_feed(a_feed(), [an_item(), NOTHING_OPTIONAL, KILLED]))
    assert message.xpath("n:header/n:sent/text()", namespaces=NAMES) == ["2026-03-06T09:30:00Z"]
    assert message.xpath("n:itemSet/n:newsItem/n:itemMeta/n:pubStatus/@qcode", namespaces=NAMES) == [
        "stat:usable",
        "stat:usable",
        "stat:canceled",
    ]
    assert len(message.xpath("//h:html", namespaces=NAMES)) == 2


def test_an_empty_channel_is_valid_and_holds_no_item(official):
    message = render_feed(a_feed(), [])
    assert official["newsml"](message) == ""
    assert etree.fromstring(message).xpath("//n:newsItem", namespaces=NAMES) == []
