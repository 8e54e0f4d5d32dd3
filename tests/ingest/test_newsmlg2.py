"""NewsML-G2: IPTC's published examples, documents of our own, and the rules where the standard leaves a choice."""

import pytest

from syndicate import ingest
from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput, SyndicateError
from syndicate.core.newsitem import Change, Party, Person
from syndicate.core.newsroom import Outlet
from syndicate.core.rights import PubStatus
from tests.ingest.golden_documents import compare, documents, read


@pytest.mark.parametrize("document", documents("newsml"), ids=lambda path: path.stem)
def test_a_document_is_read_as_its_golden_file_says(document, update_golden):
    compare("newsml", document, update_golden)


# IPTC's own examples

EXAMPLES = "standards/newsml-g2/examples"
WHOLE = {
    "LISTING_1_A_NewsML-G2_News_Item": {
        "external_id": "urn:newsml:acmenews.com:20161018:US-FINANCE-FED",
        "source_version": 11,
        "headline": 'Fed to halt QE to avert "bubble"',
        "slugline": "US-Finance-Fed",
        "section": "UK News Service",
        "language": "en-GB",
        "authors": (Person(name="Meredith Jameson", url="http://www.example.com/staff/mjameson"),),
        "info_source": Party("www.example.com", "http://www.example.com"),
        "first_published": PartialDate("2016-10-18T11:12:00-05:00"),
        "updated": PartialDate("2018-10-21T16:25:32-05:00"),
        "change": Change.UPDATE,
        "rights.copyright_holder": "Example Enews LLP",
        "rights.copyright_notice": "Copyright 2017-18 Example Enews LLP, all rights reserved",
        "rights.usage_terms": "Not for use outside the United States",
        "rights.embargoed.isoformat()": "2018-10-23T12:00:00+00:00",
        "topics": (("economy, business and finance", "medtop:04000000"), ("labour market", "medtop:20000523")),
    },
    "LISTING_2_NewsML-G2_Text_Document": {
        "external_id": "urn:newsml:acmenews.com:20161121:US-FINANCE-FED",
        "byline": "By Meredith Jameson, Staff Reporter",
        "info_source": Party("Associated Press"),
        "first_published": PartialDate("2016-11-21T15:21:06-05:00"),
        "language": "en-US",
        "rights.copyright_holder": "Acme News and Media LLC",
        "topics": (
            ("economy, business and finance", "medtop:04000000"),
            ("central bank", "medtop:20000350"),
            ("money and monetary policy", "medtop:20000379"),
        ),
    },
    "LISTING_29_Hop_History": {
        "external_id": "urn:newsml:acmenews.com:20161019T1205:HOP-HISTORY-EXAMPLE",
        "info_source": Party("Thomson Reuters"),
        "updated": PartialDate("2018-10-19T20:15:00Z"),
        "rights.copyright_holder": "http://www.thomsonreuters.com",
        "hops": (
            ("Thomson Reuters", "2018-10-19T16:15:00Z"),
            ("bwire", "2018-10-19T16:18:00Z"),
            ("aquiremedia", "2018-10-19T18:15:00Z"),
            ("AP", "2018-10-19T19:15:00Z"),
        ),
    },
}
PLAIN = {
    "topics": lambda found: tuple((topic.name, topic.qcode) for topic in found),
    "hops": lambda found: tuple((hop.party.name, str(hop.when)) for hop in found),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_published_example_is_read_with_its_facts(shared, name):
    (result,) = read("newsml", (shared / EXAMPLES / f"{name}.xml").read_bytes())
    for path, wanted in WHOLE[name].items():
        got = result.item
        for part in path.split("."):
            got = getattr(got, part.removesuffix("()"))
            got = got() if part.endswith("()") else got
        assert PLAIN.get(path, lambda found: found)(got) == wanted, path


@pytest.mark.parametrize(
    ("name", "hold"),
    [
        ("LISTING_1_A_NewsML-G2_News_Item", "It has no text."),
        ("LISTING_2_NewsML-G2_Text_Document", ""),
        ("LISTING_29_Hop_History", "It has no headline."),
    ],
)
def test_an_example_without_headline_or_text_waits_for_an_editor(shared, name, hold):
    (result,) = read("newsml", (shared / EXAMPLES / f"{name}.xml").read_bytes())
    assert result.hold == hold


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("LISTING_3_Photo_in_NewsML-G2", "A picture by itself is no story"),
        ("LISTING_6_Simple_NewsML-G2_Package", "This package names 2 items, and none of its stories came"),
    ],
)
def test_an_example_of_another_kind_is_refused_at_its_place(shared, name, reason):
    (result,) = read("newsml", (shared / EXAMPLES / f"{name}.xml").read_bytes())
    assert isinstance(result, BadInput)
    assert (result.detail.startswith(reason), result.extra["position"]) == (True, 0)


def test_the_example_of_a_picture_is_shown_with_a_text_that_names_it(shared):
    picture = (shared / EXAMPLES / "LISTING_3_Photo_in_NewsML-G2.xml").read_text(encoding="utf-8")
    text = a_text(meta='<link residref="tag:gettyimages.com,2010:GYI0062134533"/>')
    message = (
        f"<newsMessage><itemSet>{picture.replace('file:///./', 'https://m.example/')}{text}</itemSet></newsMessage>"
    )
    (result,) = read("newsml", message.encode())
    (shown,) = result.item.pictures
    assert shown.caption.startswith("A general view of part of downtown, including Las Vegas Boulevard")
    assert (shown.credit, shown.copyright_holder) == ("Getty Images", "Getty Images North America")
    assert shown.usage_terms.startswith("Contact your local office for all commercial")
    assert [(file.name, file.width) for file in shown.renditions] == [("thumb", 80)]
    assert "./GYI0062134533.jpg" in " ".join(result.warnings)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        (
            "LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML",
            {
                "headline": "Arizona Diamondbacks (29-23) at Philadelphia Phillies (26-24), 7:05p.m.",
                "byline": "Sports Network",
            },
        ),
        (
            "LISTING_28_Illustrating_Located_Subject_and_Dateline",
            {
                "dateline": "MOSCOW, Monday (Reuters)",
                "language": "en-US",
                "first_published": PartialDate("2016-02-09T09:17:00+03:00"),
                "authors": (Person(name="Thomson Reuters"),),
            },
        ),
    ],
)
def test_an_example_of_a_part_is_read_as_a_part_of_an_item(shared, name, facts):
    part = (shared / EXAMPLES / f"{name}.xml").read_text(encoding="utf-8")
    (result,) = read("newsml", f'<newsItem guid="urn:g"><itemMeta/>{part}</newsItem>'.encode())
    assert {name: getattr(result.item, name) for name in facts} == facts
    with pytest.raises(BadInput, match="NewsML-G2 begins with newsItem"):
        read("newsml", part.encode())


# Rules, one at a time


def a_text(meta="", content="", guid="urn:newsml:tidewater.example:a", body="<p>It happened.</p>", before=""):
    return (
        f'<newsItem guid="{guid}">{before}<itemMeta><itemClass qcode="ninat:text"/>{meta}</itemMeta>'
        f"<contentMeta><headline>It happened</headline>{content}</contentMeta>"
        f'<contentSet><inlineXML contenttype="application/xhtml+xml"><body>{body}</body></inlineXML></contentSet>'
        "</newsItem>"
    )


def a_reading(**parts):
    (result,) = read("newsml", a_text(**parts).encode())
    return result


@pytest.mark.parametrize(
    ("status", "signal", "wanted"),
    [
        ("", "", (PubStatus.USABLE, Change.NEW)),
        ('<pubStatus qcode="stat:withheld"/>', "", (PubStatus.WITHHELD, Change.NEW)),
        ('<pubStatus qcode="any:canceled"/>', "", (PubStatus.CANCELED, Change.WITHDRAWAL)),
        ('<pubStatus literal="cancelled"/>', "", (PubStatus.CANCELED, Change.WITHDRAWAL)),
        (
            '<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>',
            "correction",
            (PubStatus.CANCELED, Change.WITHDRAWAL),
        ),
        ('<pubStatus qcode="stat:usable"/>', "kill", (PubStatus.CANCELED, Change.KILL)),
        ('<pubStatus qcode="stat:usable"/>', "correction", (PubStatus.USABLE, Change.CORRECTION)),
        ('<pubStatus qcode="stat:usable"/>', "update", (PubStatus.USABLE, Change.UPDATE)),
        ('<pubStatus qcode="stat:usable"/>', "atomic", (PubStatus.USABLE, Change.NEW)),
    ],
)
def test_status_and_signal_tell_what_a_version_is(status, signal, wanted):
    result = a_reading(meta=f'{status}<signal qcode="sig:{signal}"/>')
    assert (result.item.rights.pub_status, result.item.change, result.hold) == (*wanted, "")


@pytest.mark.parametrize(
    ("written", "until", "held"),
    [
        ("2026-03-12T06:00:00+01:00", "2026-03-12T05:00:00+00:00", False),
        ("2026-03-12T06:00:00", "2026-03-12T05:00:00+00:00", False),  # in the outlet's zone, and told
        ("20260312T060000+0100", "2026-03-12T05:00:00+00:00", False),
        ("2026-03-12", "None", True),
        ("2026-03-01", "None", False),  # a day that is over wherever it was
        ("2026-03", "None", True),
        ("tomorrow", "None", True),
        (" ", "None", True),
    ],
)
def test_an_embargo_is_exact_or_holds(written, until, held):
    result = a_reading(meta=f"<embargoed>{written}</embargoed>")
    embargo = result.item.rights.embargoed
    assert (embargo.isoformat() if embargo else "None", bool(result.hold)) == (until, held)


def test_a_local_embargo_of_an_outlet_without_a_zone_holds():
    text = a_text(meta="<embargoed>2026-03-12T06:00:00</embargoed>").encode()
    (result,) = read("newsml", text, outlet=Outlet(slug="a", name="A"))
    assert "cannot be read" in result.hold


@pytest.mark.parametrize(
    ("dates", "source", "wanted"),
    [
        ("created record", "", "2026-03-02"),
        ("record", "", "2026-03-03T10:00:00Z"),
        ("record", "Faktasjekk", None),  # whose record it is, its source is not
        ("published created", "Faktasjekk", "2026-03-01"),
        ("published", "Another", None),
        ("published", "", "2026-03-01"),
    ],
)
def test_the_original_date_is_the_sources_own(dates, source, wanted):
    published = (
        "<pubHistory><published><timestamp>2026-03-01</timestamp><name>Faktasjekk</name></published></pubHistory>"
    )
    created = "<contentCreated>2026-03-02</contentCreated>" if "created" in dates else ""
    record = "<firstCreated>2026-03-03T10:00:00Z</firstCreated>" if "record" in dates else ""
    named = f'<infoSource literal="{source}"/>' if source else ""
    result = a_reading(before=published if "published" in dates else "", meta=record, content=created + named)
    assert result.item.first_published == (PartialDate(wanted) if wanted else None)
    assert any("first made it" in warning for warning in result.warnings) is (wanted == "2026-03-03T10:00:00Z")


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        ('<infoSource literal="Tidewater Review"/>', Party()),
        ('<infoSource uri="https://www.tidewater.example/about"/>', Party()),
        ('<infoSource qcode="is:AP"/>', Party("AP")),
        ('<infoSource role="x:photo" literal="P"/><infoSource role="cRole:source" literal="S"/>', Party("S")),
        ('<infoSource role="x:distributor" literal="D"/>', Party("D")),
        ("", Party()),
    ],
)
def test_the_source_is_named_where_it_is_not_the_outlet(named, wanted):
    assert a_reading(content=named).item.info_source == wanted


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ('<link rel="irel:derivedFrom" href="https://e.example/1"/>', "https://e.example/1"),
        ('<link rel="irel:derivedFrom" href="javascript:alert(1)"/>', ""),
        ('<link rel="irel:seeAlso" href="https://elsewhere.example/2" contenttype="text/html"/>', ""),
        ('<link rel="irel:seeAlso" href="https://tidewater.example/3" contenttype="text/html"/>', "https://tidewater.example/3"),
        ('<link rel="irel:seeAlso" href="https://www.tidewater.example/3"/>', ""),
        ('<link rel="irel:derivedFrom" href="https://e.example/1"/><link rel="x:canonical" href="https://e.example/4"/>',
         "https://e.example/4"),
    ],
)  # fmt: skip
def test_the_original_address_is_never_just_any_link(link, wanted):
    assert a_reading(meta=link).item.original_url == wanted


def test_terms_that_only_name_the_licence_are_not_repeated_and_all_others_stay():
    terms = (
        '<usageTerms href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</usageTerms>'
        '<usageTerms href="https://creativecommons.org/licenses/by/4.0/">Only with our logo</usageTerms>'
    )
    rights = a_reading(before=f"<rightsInfo>{terms}</rightsInfo>").item.rights
    assert (rights.license, rights.usage_terms) == ("CC-BY-4.0", "Only with our logo")


def test_words_behind_elements_stay_in_the_text():
    body = a_reading(body="before <p>one <b>two</b> three<br/>four</p> after <i/> end").item.body_html
    assert body == "before <p>one <b>two</b> three<br/>four</p> after <i></i> end"


@pytest.mark.parametrize(
    ("inline", "wanted"),
    [
        ("<p>a</p><p>b</p>", "<p>a</p><p>b</p>"),
        ("a <b>b</b> c", "a <b>b</b> c"),
        ("<section><p>a</p></section>", "<section><p>a</p></section>"),
        ("<h:p xmlns:h='http://www.w3.org/1999/xhtml'>a</h:p>", "<p>a</p>"),
        ("<body.head><byline>B</byline></body.head><body.content><hl2>a</hl2></body.content>", "<h2>a</h2>"),
    ],
)
def test_a_text_is_read_however_it_is_wrapped(inline, wanted):
    headline = "<contentMeta><headline>H</headline></contentMeta>"
    document = f'<newsItem guid="g">{headline}<contentSet><inlineXML>{inline}</inlineXML></contentSet></newsItem>'
    (result,) = read("newsml", document.encode())
    assert result.item.body_html == wanted


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ('<inlineData contenttype="text/plain">A &lt; B\n\nC</inlineData>', "<p>A &lt; B</p>\n<p>C</p>"),
        ('<inlineData contenttype="text/html; charset=utf-8">&lt;p&gt;A&lt;/p&gt;</inlineData>', "<p>A</p>"),
        ('<inlineData contenttype="text/plain" encoding="enc:base64">QQ==</inlineData>', "<p>A</p>"),
        ('<inlineData contenttype="text/plain" encoding="enc:base64">%%%</inlineData>', ""),
        ('<inlineData contenttype="application/pdf">JVBERi0=</inlineData>', ""),
        ('<inlineData>A</inlineData><inlineData contenttype="text/html">&lt;p&gt;B&lt;/p&gt;</inlineData>', "<p>B</p>"),
    ],
)
def test_inline_data_is_text(data, wanted):
    headline = "<contentMeta><headline>H</headline></contentMeta>"
    document = f'<newsItem guid="g">{headline}<contentSet>{data}</contentSet></newsItem>'
    (result,) = read("newsml", document.encode())
    assert (result.item.body_html, bool(result.hold)) == (wanted, not wanted)


@pytest.mark.parametrize(
    "document",
    [
        b"<newsMessage><header/><itemSet/></newsMessage>",
        b"<rss/>",
        b"<newsItem",
    ],
    ids=["no-items", "another-format", "broken"],
)
def test_a_document_without_items_is_refused(document):
    with pytest.raises(BadInput):
        read("newsml", document)


def test_one_item_that_cannot_be_read_does_not_sink_the_others():
    long = a_text(guid="urn:long").replace("It happened</headline>", f"{'x' * 1001}</headline>")
    items = a_text(guid="") + a_text(guid="urn:a") + a_text(guid="a &#160;b") + long
    results = read("newsml", f"<newsMessage><itemSet>{items}</itemSet></newsMessage>".encode())
    refused = [(one.extra["position"], one.slug) for one in results if isinstance(one, SyndicateError)]
    assert refused == [(0, "bad-input"), (2, "bad-input"), (3, "invalid-fields")]
    assert results[1].item.external_id == "urn:a"


def test_a_subject_names_the_wider_ones_that_it_belongs_to_by_code_else_by_name():
    subject = (
        '<subject qcode="medtop:20000398"><name>school</name><broader qcode="medtop:05000000"><name>education</name>'
        '</broader><broader uri="http://cv.iptc.org/newscodes/mediatopic/20000001"/><broader><name>Learning</name>'
        f"</broader><broader/><broader><name>{'x' * 201}</name></broader></subject>"
    )
    (topic,) = a_reading(content=subject).item.topics
    assert topic.broader == ("medtop:05000000", "medtop:20000001", "Learning")


# Which format a document is


@pytest.mark.parametrize(
    ("document", "form"),
    [
        (b"<newsItem/>", "newsml"),
        (b'<?xml version="1.0"?><!-- c --><n:newsMessage xmlns:n="http://iptc.org/std/nar/2006-10-01/"/>', "newsml"),
        (b"<packageItem/>", "newsml"),
        (b'<!DOCTYPE NewsML SYSTEM "x.dtd"><NewsML/>', "newsml1"),
        (b'<!DOCTYPE nitf SYSTEM "x.dtd"><nitf/>', "nitf"),
        (b"<NITF/>", "nitf"),
        (b'<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"/>', "nitf"),
        (b'<rss version="2.0"/>', "rss"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "atom"),
        ("<nitf/>".encode("utf-16"), "nitf"),
    ],
)
@pytest.mark.parametrize("media_type", ["application/xml", "text/xml; charset=utf-8", ""])
def test_formats_that_share_a_media_type_are_told_apart_by_content(document, form, media_type):
    assert ingest.detect(document, media_type).name == form


@pytest.mark.parametrize(
    ("media_type", "form"),
    [
        ("application/vnd.iptc.g2.newsitem+xml", "newsml"),
        ("application/vnd.iptc.g2.newsmessage+xml;charset=utf-8", "newsml"),
        ("application/vnd.iptc.g2.packageitem+xml", "newsml"),
        ("text/vnd.iptc.newsml", "newsml1"),
        ("text/vnd.iptc.nitf", "nitf"),
        ("application/nitf+xml", "nitf"),
    ],
)
def test_a_media_type_of_its_own_decides(media_type, form):
    assert ingest.detect(b"<anything/>", media_type).name == form
