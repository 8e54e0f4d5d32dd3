"""NewsML-G2, read back by XPath as a receiver's program reads it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree
from NewsMLG2 import NewsMLG2Document

from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Hop, Party, Person, Rendition, Topic
from syndicate.core.rights import Rights
from syndicate.outputs.newsmlg2 import render_feed, render_item, render_nitf_feed
from syndicate.outputs.newsmlg2_facts import _NATURES
from syndicate.outputs.newsmlg2_frame import CATALOG, OUR_SCHEMES
from tests.factories import LATER, NOON, OUTLET, a_feed, a_picture, an_item
from tests.outputs.stories import CORRECTION, KILLED, NOTHING_OPTIONAL, REVOKED, STORIES, UPDATE, WITHDRAWN

NAMES = {
    "n": "http://iptc.org/std/nar/2006-10-01/",
    "h": "http://www.w3.org/1999/xhtml",
    "t": "http://iptc.org/std/NITF/2006-10-18/",
}


def tell(item, path):
    """What a receiver reads at a path of the document; texts as one line each."""
    return texts(render_item(a_feed(), item), path)


def tell_channel(items, path):
    return texts(render_feed(a_feed(), items), path)


def texts(document, path):
    found = etree.fromstring(document).xpath(path, namespaces=NAMES)
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
        ("n:contentMeta/n:infoSource/@literal", ["OC Media"]),
        ("n:contentMeta/n:infoSource/@role", ["cRole:source"]),
        ("n:contentMeta/n:creator/n:name", ["Tamar Gelashvili"]),
        ("n:contentMeta/n:creator/n:personDetails/n:affiliation", ["OC Media"]),
        ("n:contentMeta/n:altId", ["oc-2291", "https://oc-media.org/?p=2291"]),
        ("n:contentMeta/n:language/@tag", ["en"]),
        ("n:contentMeta/n:subject/n:name", ["education", "school"]),
        ("n:contentMeta/n:subject/@qcode", ["medtop:05000000"]),
        ("n:contentMeta/n:keyword", ["education", "school"]),
        ("n:contentMeta/n:by", ["By Tamar Gelashvili"]),
        ("n:contentMeta/n:creditline", ["OC Media / The Armenian Mirror-Spectator"]),
        ("n:contentSet/n:inlineXML/@contenttype", ["application/xhtml+xml", "application/nitf+xml"]),
        ("n:contentSet/n:inlineXML/@wordcount", ["33", "33"]),
        ("n:contentSet/n:inlineXML/t:nitf/t:body/t:body.content/t:block/t:p[@class='credit']/t:a", ["oc-media.org"]),
        ("n:contentSet/n:inlineXML/t:nitf//t:media-producer", ["Nino Beridze/OC Media"]),
        ("n:itemMeta/n:link[n:itemClass]/n:itemClass/@qcode", ["ninat:picture"]),
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


@pytest.mark.parametrize("change", [WITHDRAWN, KILLED, REVOKED])
def test_what_is_taken_back_permits_nothing_and_still_says_whose_it_was(change):
    item = an_item(rights=replace(change.rights, expires=LATER), change=change.change, version=2)
    permission = "//n:rightsInfo/@validto | //n:rightsInfo/*[not(starts-with(name(), 'copyright'))]"
    for document in (render_item(a_feed(), item), render_feed(a_feed(), [item])):
        assert texts(document, permission) == []
        assert texts(document, "//n:copyrightNotice")[0] == "© 2026 OC Media"


@pytest.mark.parametrize("language", ["ar", "hy", "en", ""])
def test_words_of_our_own_are_english_whatever_the_story_is_written_in(language):
    licence, cancellation = "//n:usageTerms[@href]", "//n:edNote"
    for item, words in ((an_item(language=language), licence), (replace(WITHDRAWN, language=language), cancellation)):
        assert tell(item, f"{words}/@xml:lang | {words}/@dir") == ["en", "ltr"]
    theirs = an_item(language=language, rights=Rights(usage_terms="Ask us", license="Nur mit Genehmigung"))
    assert tell(theirs, "//n:usageTerms/@xml:lang | //n:usageTerms/@dir") == []


@pytest.mark.parametrize(
    ("topic", "attributes", "names"),
    [
        (Topic("war", "medtop:16000000"), {"type": "cpnat:abstract", "qcode": "medtop:16000000"}, ["war"]),
        (Topic("Gyumri", "geonames:616635"), {"type": "cpnat:geoArea", "qcode": "geonames:616635"}, ["Gyumri"]),
        (Topic("Armenia", "iso3166-1a2:AM"), {"type": "cpnat:geoArea", "qcode": "iso3166-1a2:AM"}, ["Armenia"]),
        (Topic("EPAM", "ticker:EPAM"), {"type": "cpnat:organisation", "qcode": "ticker:EPAM"}, ["EPAM"]),
        (Topic("Sevan", "wikidata:Q132715"), {"qcode": "wikidata:Q132715"}, ["Sevan"]),  # it names everything
        (Topic("war", "theirs:war"), {"literal": "theirs:war"}, ["war"]),  # nobody could resolve the alias
        (Topic("war", "medtop:a b"), {"literal": "medtop:a b"}, ["war"]),
        (Topic("war"), {}, ["war"]),
        (Topic("", "medtop:16000000"), {"type": "cpnat:abstract", "qcode": "medtop:16000000"}, []),
    ],
)
def test_a_topic_is_coded_and_of_some_nature_only_where_its_code_can_be_resolved(topic, attributes, names):
    (subject,) = etree.fromstring(render_item(a_feed(), an_item(topics=(topic,)))).xpath(
        "//n:subject", namespaces=NAMES
    )
    assert dict(subject.attrib) == attributes
    assert tell(an_item(topics=(topic,)), "//n:subject/n:name") == names


def test_every_alias_of_our_codes_is_declared_in_the_catalogs_we_name(shared):
    catalog = etree.parse(shared / "standards/catalogs/catalog.IPTC-G2-Standards_41.xml")
    declared = set(catalog.xpath("//n:scheme/@alias", namespaces=NAMES)) | OUR_SCHEMES.keys()
    for item in (an_item(), UPDATE, CORRECTION, KILLED):
        codes = tell_channel(
            [item],
            "//@qcode | //n:link/@rel | //@target | //n:subject/@type | //n:*/@role | //@mode | //@rendition",
        )
        assert {code.partition(":")[0] for code in codes} <= declared


def test_the_schemes_that_topics_may_use_are_in_the_catalog(shared):
    catalog = etree.parse(shared / "standards/catalogs/catalog.IPTC-G2-Standards_41.xml")
    assert _NATURES.keys() <= set(catalog.xpath("//n:scheme/@alias", namespaces=NAMES))


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


def test_a_channel_is_a_message_of_its_stories_and_their_pictures():
    items = [an_item(), NOTHING_OPTIONAL, KILLED]
    assert tell_channel(items, "n:header/n:sent") == ["2026-03-06T09:30:00Z"]
    assert tell_channel(items, "n:itemSet/*/n:itemMeta/n:itemClass/@qcode") == [
        "ninat:composite",
        "ninat:text",
        "ninat:picture",
        "ninat:text",
        "ninat:text",
        "ninat:picture",
    ]
    assert tell_channel(items, "n:itemSet/n:newsItem/n:itemMeta/n:pubStatus/@qcode") == [
        *["stat:usable"] * 3,
        *["stat:canceled"] * 2,
    ]
    assert len(tell_channel(items, "//h:html")) == 2


def test_a_package_lists_the_stories_that_are_out_in_their_order():
    items = [replace(NOTHING_OPTIONAL, guid="tag:b"), replace(an_item(), guid="tag:a", version=3), KILLED]
    assert tell_channel(items, "//n:itemRef/@residref") == ["tag:b", "tag:a"]
    assert tell_channel(items, "//n:itemRef/@version") == ["1", "3"]


def test_a_package_grows_its_version_with_each_change():
    versions = [
        texts(render_feed(a_feed(changed_at=when), []), "//n:packageItem/@version")
        for when in (NOON, NOON + timedelta(seconds=1), LATER)
    ]
    assert sorted(versions, key=lambda version: int(version[0])) == versions
    assert len({version for (version,) in versions}) == 3


def test_each_part_of_a_channel_is_a_message_and_a_package_of_its_own():
    addresses = [f"https://news.example/feeds/world.{end}" for end in ("newsml", "newsml?limit=2&before=1.a", "nitf")]
    parts = [render_feed(a_feed(self_url=address), [an_item()]) for address in addresses]
    assert [texts(part, "//n:packageItem/@guid")[0] for part in parts] == addresses
    assert [texts(part, "//n:transmitId")[0] for part in parts] == [f"{one}#2026-03-06T09:30:00Z" for one in addresses]


def test_an_empty_channel_is_valid_and_holds_no_story(official):
    message = render_feed(a_feed(), [])
    assert official["newsml"](message) == ""
    assert texts(message, "//n:newsItem | //n:itemRef") == []


def test_a_channel_in_nitf_is_a_message_of_whole_nitf_documents():
    message = render_nitf_feed(a_feed(), [an_item(), KILLED])
    assert texts(message, "//n:contentSet/n:inlineXML/@contenttype") == ["application/nitf+xml"]
    assert texts(message, "//t:nitf/t:head/t:docdata/t:doc-id[1]/@id-string") == [an_item().guid]


FILES = (
    Rendition(
        href="https://m.example/a.jpg", name="highRes", content_type="image/jpeg", width=9, height=6, size_bytes=7
    ),
    Rendition(href="https://m.example/a-small.jpg", name="thumb"),
    Rendition(href="https://m.example/a-odd.jpg", name="banner"),
    Rendition(href="/relative.jpg", name="web"),
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("n:rightsInfo/n:copyrightHolder/n:name", ["Nino Beridze"]),
        ("n:rightsInfo/n:copyrightNotice", ["© Nino Beridze"]),
        ("n:rightsInfo/n:usageTerms", ["Editorial use only"]),
        ("n:itemMeta/n:title", ["Pupils before School No 4"]),
        ("n:contentMeta/n:creditline", ["Nino Beridze/OC Media"]),
        ("n:contentMeta/n:headline", ["Pupils before School No 4"]),
        ("n:contentMeta/n:infoSource/n:name", ["Nino Beridze/OC Media"]),
        ("n:contentMeta/n:infoSource/@literal", ["Nino Beridze/OC Media"]),
        ("n:contentMeta/n:infoSource/@uri", []),
        ("n:contentMeta/n:description[@role='drol:caption']", ["Pupils before School No 4"]),
        ("n:contentMeta/n:description[@role='drol:altText']", ["Children with satchels at a gate"]),
        ("n:contentSet/n:remoteContent/@rendition", ["rnd:highRes", "rnd:thumb", "rnd:web"]),
        (
            "n:contentSet/n:remoteContent/@href",
            ["https://m.example/a.jpg", "https://m.example/a-small.jpg", "https://m.example/a-odd.jpg"],
        ),
        ("n:contentSet/n:remoteContent[1]/@*[name() != 'href']", ["rnd:highRes", "image/jpeg", "7", "9", "6"]),
    ],
)
def test_a_picture_is_an_item_with_its_own_credit_and_terms(path, expected):
    item = an_item(pictures=(a_picture(renditions=FILES),))
    assert (
        tell_channel([item], f"n:itemSet/n:newsItem[n:itemMeta/n:itemClass/@qcode='ninat:picture']/{path}") == expected
    )


def test_a_picture_keeps_its_guid_in_all_versions_and_the_story_points_to_it():
    first, second = (tell_channel([item], "//n:newsItem[2]/@guid") for item in (an_item(), UPDATE))
    assert first == second == tell(UPDATE, "//n:link/@residref")
    assert tell_channel([UPDATE], "//n:newsItem[2]/@version") == ["2"]
    assert first != tell_channel([an_item(guid="tag:other")], "//n:newsItem[2]/@guid")


def test_a_picture_without_terms_of_its_own_does_not_take_those_of_the_story():
    bare = a_picture(usage_terms="", copyright_holder="")
    assert tell_channel([an_item(pictures=(bare,))], "//n:newsItem[2]/n:rightsInfo") == []


@pytest.mark.parametrize("credit", ["", "OC Media"])
def test_a_picture_of_which_nobody_says_more_is_the_outlets_and_named_by_its_story(credit):
    bare = tell_channel([an_item(pictures=(a_picture(credit=credit, caption=""),))], "//n:newsItem[2]/n:contentMeta/*")
    assert bare[:1] == ["OC Media"]
    assert an_item().headline in bare


def test_who_has_the_story_alone_finds_the_files_of_its_pictures():
    link = "//n:link[n:itemClass/@qcode='ninat:picture']"
    item = an_item(pictures=(a_picture(renditions=FILES),))
    assert tell(item, f"{link}/n:remoteContent/@href") == tell_channel([item], "//n:contentSet/n:remoteContent/@href")
    assert tell(replace(item, rights=WITHDRAWN.rights), f"{link}/n:remoteContent") == []


def test_a_picture_without_a_file_is_no_item_and_one_that_is_named_twice_is_one():
    captions = (a_picture(renditions=()), a_picture(renditions=(Rendition(href="x:"),)))
    assert len(tell_channel([an_item(pictures=captions)], "//n:newsItem")) == 1
    assert len(tell_channel([an_item(pictures=(a_picture(), a_picture(caption="b")))], "//n:newsItem")) == 2


def test_pictures_of_a_story_that_is_taken_back_are_taken_back():
    full = an_item(rights=WITHDRAWN.rights, change=WITHDRAWN.change, change_note="The outlet asked for it.", version=2)
    for item in (WITHDRAWN, full):  # whether or not the desk has emptied it
        assert tell_channel([item], "//n:newsItem/n:itemMeta/n:pubStatus/@qcode") == ["stat:canceled"] * 2
        assert tell_channel([item], "//n:newsItem[2]/@guid") == tell_channel([an_item()], "//n:newsItem[2]/@guid")
        assert tell_channel([item], "//n:remoteContent | //n:description") == []
        assert tell_channel([item], "//n:newsItem[2]/n:itemMeta/n:title") == [an_item().headline]


def read_by_iptcs_library(item):
    """As IPTC's `newsmlg2` 1.1 reads it, which cannot read the party of a hop."""
    tree = etree.fromstring(render_item(a_feed(), item))
    for history in tree.findall("n:hopHistory", NAMES):
        tree.remove(history)
    return NewsMLG2Document(etree.tostring(tree)).get_item()


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_iptcs_own_library_reads_each_story_as_it_was_meant(story):
    read = read_by_iptcs_library(story)
    assert (read.guid, read.version) == (story.guid, str(story.version))
    assert str(read.contentmeta.headline[0]) == (story.headline or story.id)
    assert read.itemmeta.pubstatus.qcode == f"stat:{story.rights.pub_status}"
    assert read.itemmeta.itemclass.qcode == "ninat:text"
    assert [str(name) for name in read.itemmeta.provider.name] == [story.provider.name]
    assert read.contentmeta.infosource[0].literal == story.info_source.name
