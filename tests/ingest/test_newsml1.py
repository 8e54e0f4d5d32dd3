"""NewsML 1: documents of our own, and its status, identity and components one by one."""

import pytest

from syndicate.core.errors import BadInput
from syndicate.core.newsitem import Change, Person
from syndicate.core.rights import PubStatus
from tests.ingest.golden_documents import compare, documents, read


@pytest.mark.parametrize("document", documents("newsml1"), ids=lambda path: path.stem)
def test_a_document_is_read_as_its_golden_file_says(document, update_golden):
    compare("newsml1", document, update_golden)


IDENTITY = "<PublicIdentifier>urn:newsml:tidewater.example:20260305:a:1N</PublicIdentifier>"


def an_item(management="", component="", identity=IDENTITY):
    lines = "<NewsLines><HeadLine>It happened</HeadLine></NewsLines>"
    return (
        f"<NewsItem><Identification><NewsIdentifier>{identity}</NewsIdentifier></Identification>"
        f"<NewsManagement>{management}</NewsManagement><NewsComponent>{lines}"
        f"{component or '<ContentItem><DataContent><p>Yes.</p></DataContent></ContentItem>'}</NewsComponent></NewsItem>"
    )


def a_reading(**parts):
    (result,) = read("newsml1", f"<NewsML>{an_item(**parts)}</NewsML>".encode())
    return result


@pytest.mark.parametrize(
    ("management", "status", "change", "held"),
    [
        ('<Status FormalName="Usable"/>', PubStatus.USABLE, Change.NEW, False),
        ('<Status FormalName="Withheld"/>', PubStatus.WITHHELD, Change.NEW, False),
        ('<Status FormalName="Canceled"/>', PubStatus.CANCELED, Change.WITHDRAWAL, False),
        ('<Status FormalName="Usable"/><Instruction FormalName="Kill"/>', PubStatus.CANCELED, Change.KILL, False),
        ('<Status FormalName="Usable"/><Instruction FormalName="Update"/>', PubStatus.USABLE, Change.UPDATE, False),
        ('<Status FormalName="Ready"/>', PubStatus.USABLE, Change.NEW, True),
        ('<Status FormalName="Embargoed"/>', PubStatus.USABLE, Change.NEW, True),
        (
            '<Status FormalName="Usable"/><StatusWillChange><FutureStatus FormalName="Canceled"/></StatusWillChange>',
            PubStatus.USABLE,
            Change.NEW,
            True,
        ),
    ],
)
def test_status_and_instruction_tell_what_a_version_is(management, status, change, held):
    result = a_reading(management=management)
    assert (result.item.rights.pub_status, result.item.change, bool(result.hold)) == (status, change, held)


@pytest.mark.parametrize(
    ("identity", "wanted"),
    [
        (IDENTITY, "urn:newsml:tidewater.example:20260305:a"),
        (
            "<ProviderId>t.example</ProviderId><DateId>20260305</DateId><NewsItemId>b</NewsItemId>" + IDENTITY,
            "urn:newsml:t.example:20260305:b",
        ),
    ],
)
def test_the_identity_is_the_same_for_all_revisions(identity, wanted):
    assert a_reading(identity=identity).item.external_id == wanted


@pytest.mark.parametrize("identity", ["", "<NewsItemId>a</NewsItemId>", "<PublicIdentifier>a:b</PublicIdentifier>"])
def test_an_item_without_identity_is_refused_and_the_others_stay(identity):
    document = f"<NewsML>{an_item(identity=identity)}{an_item()}</NewsML>"
    refused, result = read("newsml1", document.encode())
    assert isinstance(refused, BadInput)
    assert refused.extra["position"] == 0
    assert result.item.headline == "It happened"


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("<DataContent><p>a <b>b</b></p> c</DataContent>", "<p>a <b>b</b></p> c"),
        ("<DataContent><html><body><p>a</p></body></html></DataContent>", "<p>a</p>"),
        (
            "<DataContent><nitf><body><body.content><hl2>a</hl2></body.content></body></nitf></DataContent>",
            "<h2>a</h2>",
        ),
        ('<MimeType FormalName="text/html"/><DataContent><![CDATA[<p>a</p>]]></DataContent>', "<p>a</p>"),
        ("<DataContent>a\n\nb</DataContent>", "<p>a</p>\n<p>b</p>"),
        ('<Encoding Notation="Base64"><DataContent>PHA+YTwvcD4=</DataContent></Encoding>', "<p>a</p>"),
        ("<DataContent>lead <p>a</p></DataContent>", "lead <p>a</p>"),
        ("<DataContent><p>a</p><p>b</p></DataContent>", "<p>a</p><p>b</p>"),
    ],
)
def test_a_text_is_read_however_it_is_wrapped(content, html):
    assert a_reading(component=f"<ContentItem>{content}</ContentItem>").item.body_html == html


def test_a_creator_that_is_the_provider_is_no_person():
    people = (
        '<AdministrativeMetadata><Provider><Party FormalName="Tidewater Review"/></Provider><Creator>'
        '<Party FormalName="Tidewater Review"/><Party FormalName="Ines Marsh"/></Creator></AdministrativeMetadata>'
        "<ContentItem><DataContent>a</DataContent></ContentItem>"
    )
    assert a_reading(component=people).item.authors == (Person(name="Ines Marsh"),)


@pytest.mark.parametrize("document", [b"<NewsML/>", b"<newsItem/>", b"<NewsML><NewsItem>"])
def test_a_document_without_items_is_refused(document):
    with pytest.raises(BadInput):
        read("newsml1", document)
