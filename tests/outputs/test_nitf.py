"""NITF, read back by XPath as a receiver's program reads it."""

import pytest
from lxml import etree

from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Person, Topic
from syndicate.core.rights import Rights
from syndicate.outputs import FORMATS
from syndicate.outputs.nitf import render_item, render_plain_item
from tests.factories import LATER, NOON, a_feed, an_item
from tests.outputs.stories import CORRECTION, EVERY_FIELD, KILLED, PRINTED_PAGE, STORIES, UPDATE, WITHDRAWN

GUID = "tag:news.example,2026-03-04:oc-media/s7k2"


def tell(item, path):
    """What a receiver reads at a path of the document without namespace; texts as one line each."""
    found = etree.fromstring(render_plain_item(a_feed(), item)).xpath(path)
    return [" ".join((one if isinstance(one, str) else "".join(one.itertext())).split()) for one in found]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("head/title", ["Valley schools reopen after eleven weeks"]),
        ("head/meta[@name='anpa-keyword']/@content", ["georgia-schools"]),
        ("head/tobject/tobject.subject/@tobject.subject.refnum", ["05000000"]),
        ("head/docdata/@management-status", ["usable"]),
        ("head/docdata/doc-id[1]/@id-string", [GUID]),
        ("head/docdata/doc-id[1]/@regsrc", ["news.example"]),
        ("head/docdata/doc-id[position()>1]/@id-string", ["oc-2291", "https://oc-media.org/?p=2291"]),
        ("head/docdata/du-key/@key", [GUID]),
        ("head/docdata/du-key/@generation", ["1"]),
        ("head/docdata/date.issue/@norm", ["20260304T120000Z"]),
        ("head/docdata/doc.copyright/@holder", ["OC Media"]),
        ("head/docdata/doc.copyright/@year", ["2026"]),
        ("head/docdata/key-list/keyword/@key", ["education", "school"]),
        ("head/docdata/ed-msg/@info", ["Names of pupils are changed"]),
        ("head/docdata/ed-msg/@msg-type", ["note"]),
        ("head/docdata/correction", []),
        ("head/pubdata/@name", ["OC Media", "The Armenian Mirror-Spectator"]),
        ("head/pubdata/@date.publication", ["20260303", "20260304T120000Z"]),
        ("head/pubdata[1]/@ex-ref", ["https://oc-media.org/valley-schools-reopen/?a=1&b=2"]),
        ("head/pubdata[2]/@ex-ref", ["https://news.example/items/s7k2"]),
        ("head/pubdata/@position.section", ["International"]),
        ("head/revision-history[1]/@name", ["Tamar Gelashvili"]),
        ("body/body.head/hedline/hl1", ["Valley schools reopen after eleven weeks"]),
        ("body/body.head/rights/rights.owner", ["OC Media"]),
        ("body/body.head/rights/rights.limitations", ["Not for print without asking"]),
        ("body/body.head/byline", ["By Tamar Gelashvili"]),
        ("body/body.head/byline/person", ["Tamar Gelashvili"]),
        ("body/body.head/distributor/org", ["The Armenian Mirror-Spectator"]),
        ("body/body.head/dateline", ["KHULO, Georgia"]),
        ("body/body.content/media/media-producer", ["Nino Beridze/OC Media"]),
        ("body/body.content/p[last()]/@class", ["credit"]),
        ("body/body.content/p[last()]/a", ["oc-media.org"]),
        ("body/body.end/tagline", ["OC Media / The Armenian Mirror-Spectator"]),
    ],
)
def test_a_receiver_finds_each_fact_in_its_place(path, expected):
    assert tell(EVERY_FIELD, path) == expected


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_the_dialect_without_namespace_says_the_same(story):
    assert FORMATS["nitf"].variant("plain").render_item == render_plain_item
    plain = render_plain_item(a_feed(), story).decode()
    assert "xmlns" not in plain
    with_namespace = plain.replace("<nitf ", '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" ', 1)
    assert etree.canonicalize(with_namespace) == etree.canonicalize(render_item(a_feed(), story).decode())


@pytest.mark.parametrize(
    ("byline", "authors", "first_words", "person"),
    [
        ("By Ani Saroyan", ("Ani Saroyan",), "By ", ["Ani Saroyan"]),
        ("Ani Saroyan", ("Ani Saroyan",), "Ani Saroyan", []),
        ("", ("Ani Saroyan", "Levon Ter"), "Ani Saroyan, Levon Ter", []),
        ("By Ani Saroyan and Levon Ter", ("Ani Saroyan", "Levon Ter"), "By Ani Saroyan and Levon Ter", []),
        ("By our staff", ("Ani Saroyan",), "By our staff", []),
    ],
    ids=["by-one", "no-word-before", "no-printed-line", "by-two", "another-line"],
)
def test_first_words_and_first_person_of_the_byline_are_the_whole_byline(byline, authors, first_words, person):
    item = an_item(byline=byline, authors=tuple(Person(name=name) for name in authors))
    assert tell(item, "//byline//text()") == [first_words.strip(), *person]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("subj:05000000", {"refnum": "05000000", "type": "war"}),
        ("subj:05010000", {"refnum": "05010000", "matter": "war"}),
        ("subj:05010001", {"refnum": "05010001", "detail": "war"}),
        ("medtop:05000000", {"ipr": "IPTC Media Topics", "refnum": "05000000", "type": "war"}),
        ("medtop:20000053", {"ipr": "IPTC Media Topics", "refnum": "20000053", "matter": "war"}),
        ("medtop:20001000", {"ipr": "IPTC Media Topics", "refnum": "20001000", "matter": "war"}),
        ("theirs:05000000", {}),
        ("", {}),
    ],
)
def test_a_topic_is_coded_where_the_code_is_iptcs_and_always_a_keyword(code, told):
    item = an_item(topics=(Topic("war", code),))
    said = etree.fromstring(render_plain_item(a_feed(), item)).xpath("//tobject.subject/@*")
    assert {str(one.attrname).rpartition(".")[2]: str(one) for one in said} == told
    assert tell(item, "//keyword/@key") == ["war"]


def test_a_correction_keeps_the_identity_and_says_what_it_corrects():
    assert tell(CORRECTION, "//doc-id[1]/@id-string") == [GUID]
    assert tell(CORRECTION, "//correction/@info") == ["The school is No 4, not No 5"]
    assert tell(CORRECTION, "//correction/@id-string") == [GUID]
    assert tell(CORRECTION, "//du-key/@generation") == ["2"]
    assert tell(CORRECTION, "//revision-history[last()]/@norm") == ["20260306T093000Z"]
    assert tell(CORRECTION, "//ed-msg/@msg-type") == ["correction", "note"]
    assert tell(UPDATE, "//correction") == []


@pytest.mark.parametrize(("item", "reason"), [(WITHDRAWN, "The outlet asked for it."), (KILLED, "A court forbade it.")])
def test_a_story_that_is_taken_back_has_a_reason_and_no_words(item, reason):
    for one in (item, an_item(rights=item.rights, change=item.change, change_note=item.change_note, version=2)):
        assert tell(one, "//docdata/@management-status") == ["canceled"]
        assert [reason in note for note in tell(one, "//ed-msg/@info")] == [True]
        assert tell(one, "body/body.content") == [""]
        assert tell(one, "//abstract | //keyword | //media | //tobject | body/body.content/*") == []
        assert tell(one, "//body.head/byline") == ["By Tamar Gelashvili"]


@pytest.mark.parametrize(("item", "kind"), [(WITHDRAWN, "cancellation"), (KILLED, "kill"), (UPDATE, "update")])
def test_the_first_message_says_what_this_version_is(item, kind):
    assert tell(item, "//ed-msg[1]/@msg-type") == [kind]


@pytest.mark.parametrize(
    ("item", "english"),
    [
        (EVERY_FIELD, ["revision-history", "rights.type"]),
        (KILLED, ["ed-msg", "revision-history"]),
        (an_item(language="hy", rights=Rights(license="Ask us")), ["revision-history"]),  # the source's own words
    ],
)
def test_our_own_words_are_tagged_as_english_in_any_story(item, english):
    found = etree.fromstring(render_plain_item(a_feed(), item)).xpath("//*[@xml:lang='en' and not(self::body)]")
    assert [one.tag for one in found] == english


def test_embargo_and_end_of_the_licence_travel_with_the_story():
    item = an_item(rights=Rights(embargoed=NOON, expires=LATER))
    assert tell(item, "//date.release/@norm | //date.expire/@norm") == ["20260304T120000Z", "20260306T093000Z"]


@pytest.mark.parametrize(
    ("date", "written"),
    [("2026", "2026"), ("2026-03", "2026-03"), ("2026-03-03T14:05:00-04:30", "20260303T140500-0430")],
)
def test_the_original_date_is_as_precise_as_it_was(date, written):
    assert tell(an_item(first_published=PartialDate(date)), "//pubdata[1]/@date.publication") == [written]


def test_each_publisher_on_the_way_is_told_in_its_order():
    assert tell(PRINTED_PAGE, "//pubdata/@name") == [
        "www.oc-media.org",
        "The Valley Gazette",
        "The Armenian Mirror-Spectator",
    ]


def test_the_address_of_an_outlet_is_not_that_of_a_story():
    assert tell(PRINTED_PAGE, "//pubdata[1]/@ex-ref | //pubdata[1]/@type") == []
    assert tell(PRINTED_PAGE, "//rights.owner/@contact") == ["https://www.oc-media.org/"]
