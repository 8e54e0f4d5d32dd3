"""NITF: documents of our own, its elements one by one, and the rules of its dates."""

import pytest

from syndicate.cleaning import clean
from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput
from syndicate.core.newsitem import Change, Hop, Party, Person, Topic
from syndicate.core.rights import PubStatus
from syndicate.ingest import Gone
from tests.ingest.golden_documents import compare, documents, read


@pytest.mark.parametrize("document", documents("nitf"), ids=lambda path: path.stem)
def test_a_document_is_read_as_its_golden_file_says(document, update_golden):
    compare("nitf", document, update_golden)


def a_reading(content="<p>It happened.</p>", docdata="", head="", front="", status="", **known):
    document = (
        f'<nitf><head>{head}<docdata {status}><doc-id id-string="tw-1"/>{docdata}</docdata></head><body><body.head>'
        f"<hedline><hl1>It happened</hl1></hedline>{front}</body.head>"
        f"<body.content>{content}</body.content></body></nitf>"
    )
    return read("nitf", document.encode(), **known)[0]


@pytest.mark.parametrize(
    ("nitf", "html"),
    [
        ("<p>a <em>b</em> <em class='bold'>c</em></p>", "<p>a <em>b</em> <strong>c</strong></p>"),
        ("<block><p>a</p><block><p>b</p></block></block>", "<p>a</p><p>b</p>"),
        ("<hl2>a</hl2>", "<h2>a</h2>"),
        ("<p><person>Ann <name.family>Lee</name.family></person> of <org>Acme</org></p>", "<p>Ann Lee of Acme</p>"),
        ("<p><q>a</q> in <lang xml:lang='hy'>b</lang><br/>c</p>", '<p><q>a</q> in <span lang="hy">b</span><br/>c</p>'),
        ("<bq><block><p>a</p></block><credit>b</credit></bq>",
         "<blockquote><p>a</p><p><cite>b</cite></p></blockquote>"),
        ("<p>3<frac><frac-num>1</frac-num><frac-den>2</frac-den></frac></p>", "<p>3 1/2</p>"),
        ("<p>H<num><sub>2</sub></num>O</p>", "<p>H<sub>2</sub>O</p>"),
        ("<nitf-table><nitf-table-metadata>x</nitf-table-metadata><table><tr><th>a</th><td>b</td></tr></table></nitf-table>",
         "<table><tbody><tr><th>a</th><td>b</td></tr></tbody></table>"),
        ("<note><body.content><p>a</p></body.content></note><fn><body.content><p>b</p></body.content></fn>",
         "<p>a</p><p>b</p>"),
        ("loose <p>a</p> words", "<p>loose</p><p>a</p><p>words</p>"),
        ("<p>a</p><unknown.thing>b</unknown.thing>", "<p>a</p><p>b</p>"),
        ("<media media-type='image'><media-caption>Only words</media-caption></media>",
         "<p>Only words</p>"),
        ("<media media-type='audio'><media-reference source='https://m.example/a.mp3'/></media> tail",
         '<figure><audio controls="" preload="none" src="https://m.example/a.mp3"></audio></figure><p>tail</p>'),
    ],
)  # fmt: skip
def test_an_element_becomes_html_and_keeps_its_words(nitf, html):
    assert clean(a_reading(nitf).item.body_html).html == html


@pytest.mark.parametrize(
    ("writers", "names"),
    [
        ([], []),
        (["Nare Hakobian"], []),  # the same words: the byline may name several, and who is who nobody knows
        (["Nare Hakobian", "Ani Melik"], ["Nare Hakobian", "Ani Melik"]),
        (["Ani Melik"], ["Ani Melik"]),
    ],
    ids=["none", "the-byline", "the-byline-and-another", "another"],
)
def test_writers_of_the_history_are_the_authors_unless_they_only_repeat_the_byline(writers, names):
    history = "".join(f"<revision-history function='writer-author' name='{name}'/>" for name in writers)
    result = a_reading(head=history, front="<byline>Nare Hakobian</byline>")
    assert [author.name for author in result.item.authors] == names


def test_a_file_that_came_with_the_story_is_its_picture():
    media = (
        "<media media-type='image'><media-reference source='p/pier.jpg'/><media-caption>Pier</media-caption></media>"
    )
    result = a_reading(f"<p>a</p>{media}", file_names=frozenset({"pier.jpg"}))
    (picture,) = result.item.pictures
    assert (picture.url, picture.caption, result.item.body_html, result.warnings) == (
        "upload:pier.jpg",
        "Pier",
        "<p>a</p>",
        (),
    )


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("20260305T141500+0100", "2026-03-05T14:15:00+01:00"),
        ("20260305T141500Z", "2026-03-05T14:15:00Z"),
        ("20260305T1415Z", "2026-03-05T14:15:00Z"),
        ("20260305T141500+01", "2026-03-05T14:15:00+01:00"),
        ("2026-03-05T14:15:00Z", "2026-03-05T14:15:00Z"),
        ("20260305", "2026-03-05"),
        ("20260305T000000-0500", "2026-03-05"),  # zeros are "when no time is available"
        ("20260305000000-0500", "2026-03-05"),
        ("20261305T000000Z", None),
        ("March 5", None),
    ],
)
def test_a_date_is_as_precise_as_it_was_written(written, wanted):
    result = a_reading(head=f'<pubdata date.publication="{written}"/>')
    assert result.item.first_published == (PartialDate(wanted) if wanted else None)
    assert bool(result.warnings) is (wanted is None)


@pytest.mark.parametrize(
    ("status", "release", "until", "held"),
    [
        ("embargoed", "20260312T000000+0100", "2026-03-11T23:00:00+00:00", False),
        ("usable", "20260312T060000Z", "2026-03-12T06:00:00+00:00", False),
        ("usable", "", "None", False),
        ("usable", "soon", "None", True),
        ("embargoed", "", "None", True),
        ("embargo", "", "None", True),
    ],
)
def test_an_embargo_is_exact_or_holds(status, release, until, held):
    result = a_reading(docdata=f'<date.release norm="{release}"/>', status=f'management-status="{status}"')
    embargo = result.item.rights.embargoed
    assert (embargo.isoformat() if embargo else "None", bool(result.hold)) == (until, held)


@pytest.mark.parametrize(
    ("docdata", "wanted"),
    [
        ('<du-key generation="1"/>', Change.NEW),
        ('<du-key generation="3"/>', Change.UPDATE),
        ('<correction info="x"/><du-key generation="3"/>', Change.CORRECTION),
        ('<ed-msg msg-type="KILL" info="x"/>', Change.KILL),
    ],
)
def test_a_version_says_what_it_is(docdata, wanted):
    item = a_reading(docdata=docdata).item
    assert item.change is wanted
    assert (item.rights.pub_status is PubStatus.CANCELED) is (wanted is Change.KILL)


@pytest.mark.parametrize(
    ("status", "results"),
    [
        ('management-status="canceled" management-doc-idref="tw-0"', ["tw-0"]),
        ('management-status="usable" management-doc-idref="tw-0" management-idref-status="canceled"', ["tw-1", "tw-0"]),
        ('management-status="usable" management-doc-idref="tw-0"', ["tw-1"]),
        ('management-status="canceled" management-doc-idref="tw-1"', ["tw-1"]),
    ],
)
def test_a_document_may_take_another_one_back(status, results):
    document = f'<nitf><head><docdata {status}><doc-id id-string="tw-1"/></docdata></head><body/></nitf>'
    found = read("nitf", document.encode())
    assert [one.external_id if isinstance(one, Gone) else one.item.external_id for one in found] == results


def test_people_and_places_of_the_head_are_read():
    front = (
        '<byline>By <person idsrc="uri" value="https://a.example/lee">Ann Lee<function>Reporter</function></person>'
        " and <person>Bo Ek</person>, <org>Acme</org></byline><abstract><p>Sum.</p></abstract>"
    )
    item = a_reading(front=front).item
    assert item.byline == "By Ann Lee Reporter and Bo Ek, Acme"
    assert item.authors == (
        Person(name="Ann Lee", affiliation="Acme", url="https://a.example/lee"),
        Person(name="Bo Ek", affiliation="Acme"),
    )
    assert item.summary == "Sum."


def test_the_first_publication_is_the_source_and_all_are_its_history():
    head = (
        '<pubdata ex-ref="https://oc.example/s/1" date.publication="20260303"/>'
        '<pubdata name="Tidewater Review" ex-ref="https://tidewater.example/"/>'
    )
    item = a_reading(head=head).item
    source = Party("oc.example", "https://oc.example/")
    assert (item.info_source, item.original_url) == (source, "https://oc.example/s/1")
    assert item.hops == (
        Hop(party=source, when=PartialDate("2026-03-03"), uri="https://oc.example/s/1"),
        Hop(party=Party("Tidewater Review", "https://tidewater.example/")),
    )


@pytest.mark.parametrize(
    ("attributes", "wanted"),
    [
        ('refnum="20000763" tobject.subject.detail="electricity"', Topic("electricity", "medtop:20000763")),
        ('refnum="04000000" tobject.subject.type="economy"', Topic("economy", "subj:04000000")),
        ('refnum="04000000" tobject.subject.ipr="IPTC"', Topic("", "subj:04000000")),
        ('refnum="04000000" tobject.subject.ipr="IPTC Media Topics"', Topic("", "medtop:04000000")),
        ('refnum="4" tobject.subject.type="economy"', Topic("economy")),
    ],
)
def test_eight_digits_are_a_code_of_iptc(attributes, wanted):
    head = f"<tobject><tobject.subject tobject.subject.{attributes}/></tobject>"
    assert a_reading(head=head).item.topics == (wanted,)


@pytest.mark.parametrize("document", [b"<nitf><body/></nitf>", b"<html/>", b"<nitf>"])
def test_a_document_without_identity_or_of_another_kind_is_refused(document):
    with pytest.raises(BadInput):
        read("nitf", document)
