"""ninjs in all its dialects: which member says what, where several could."""

import pytest

from syndicate.core.newsitem import Change, Party, Person, Topic
from syndicate.core.newsroom import Outlet
from syndicate.core.rights import PubStatus
from syndicate.core.text import one_line
from syndicate.ingest import Gone
from tests.ingest.reading import read

MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic"
WIRE = Outlet(slug="wire", name="Coast Wire", domain="wire.example")


def an_item(**members: object) -> dict[str, object]:
    return {"uri": "a:b", "pubstatus": "usable", "headline": "Ferry", "body_text": "It stops.", **members}


def parsed(**members: object):
    (one,) = read(an_item(**members), outlet=WIRE).results
    return one


@pytest.mark.parametrize(
    ("members", "html"),
    [
        ({"body_html": "<p>A</p>", "body_text": "B"}, "<p>A</p>"),
        ({"body_xhtml": "<p>A</p>", "body_text": "B"}, "<p>A</p>"),
        ({"body_text": "A < B\nC"}, "<p>A &lt; B</p>\n<p>C</p>"),
        ({"body_text": "A\nB\n\nC"}, "<p>A B</p>\n<p>C</p>"),
        ({"bodies": [{"value": "A"}, {"contenttype": "text/html", "value": "<p>B</p>"}]}, "<p>B</p>"),
        ({"bodies": [{"role": "teaser", "contenttype": "text/html", "value": "<p>T</p>"}, {"value": "A"}]}, "<p>A</p>"),
        ({"bodies": [{"contentType": "text/html; charset=utf-8", "value": "<p>B</p>"}]}, "<p>B</p>"),
    ],
)  # fmt: skip
def test_the_best_body_is_read(members, html):
    assert parsed(**({"body_text": None} | members)).item.body_html == html


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Valley & <b>schools</b> reopen", "Valley & schools reopen"),
        ("Schools<br>reopen", "Schools reopen"),
        ("AT&T: a < b", "AT&T: a < b"),
        ("a <b and c>", "a <b and c>"),
    ],
)
def test_one_line_of_text_holds_no_tags(written, plain):
    names = ("headline", "slugline", "located", "byline", "creditline", "description_text")
    people = [{"rel": "author", "name": written}]
    item = parsed(**dict.fromkeys(names, written), keywords=[written], people=people).item
    assert [item.headline, item.slugline, item.dateline, item.byline, item.credit_line] == [plain] * 5
    assert (one_line(item.summary), item.topics, item.authors) == (plain, (Topic(plain),), (Person(name=plain),))
    listed = parsed(headline=None, headlines=[{"contenttype": "text/plain", "value": written}])
    assert listed.item.headline == plain


@pytest.mark.parametrize(
    ("members", "url"),
    [
        ({"altids": {"canonical": "https://a.example/1"}}, "https://a.example/1"),
        ({"altids": [{"role": "webUrl", "value": "https://a.example/1"}]}, "https://a.example/1"),
        ({"altids": [{"role": "seeAlso", "value": "https://a.example/1"}, {"role": "original", "value": "https://b.example/"}]},
         "https://b.example/"),
        ({"trustindicator": [{"code": "derivedFrom", "href": "https://a.example/1"}]}, "https://a.example/1"),
        ({"trustIndicators": [{"role": "https://x.example/policy", "href": "https://a.example/p"}]}, ""),
        ({"altids": {"guid": "https://a.example/1"}}, ""),
        ({"altids": {"canonical": "urn:a"}}, ""),
        ({"extra": {"canonical_url": "https://a.example/1"}}, "https://a.example/1"),
    ],
)  # fmt: skip
def test_the_page_of_a_story_is_what_says_so_and_no_other_link(members, url):
    assert parsed(**members).item.original_url == url


@pytest.mark.parametrize(
    ("subject", "topic"),
    [
        ({"name": "a", "uri": f"{MEDIA_TOPICS}/20000053"}, Topic("a", "medtop:20000053")),
        ({"name": "a", "uri": f"{MEDIA_TOPICS.replace('http', 'https')}/20000053/"}, Topic("a", "medtop:20000053")),
        ({"name": "a", "scheme": MEDIA_TOPICS, "code": "20000053"}, Topic("a", "medtop:20000053")),
        ({"name": "a", "scheme": f"{MEDIA_TOPICS}/", "code": "medtop:20000053"}, Topic("a", "medtop:20000053")),
        ({"name": "a", "code": "medtop:20000053"}, Topic("a", "medtop:20000053")),
        ({"code": "medtop:20000053"}, Topic("", "medtop:20000053")),
        ({"name": "a", "code": "20000053"}, Topic("a")),
        ({"name": "a", "literal": "urn:x:y"}, Topic("a")),
        ({"name": "a", "uri": "https://a.example/t/1"}, Topic("a")),
    ],
)  # fmt: skip
def test_a_subject_has_a_code_where_its_scheme_is_known(subject, topic):
    assert parsed(subjects=[subject]).item.topics == (topic,)


@pytest.mark.parametrize(
    ("members", "source"),
    [
        ({"source": "Coast Wire"}, Party()),
        ({"source": "Island Radio"}, Party("Island Radio")),
        ({"infosource": [{"name": "COAST WIRE"}]}, Party()),
        ({"infosources": [{"name": "Coast Wire Sydney", "uri": "https://www.wire.example/"}]}, Party()),
        ({"infosources": [{"name": "Radio", "uri": "https://radio.example/"}]}, Party("Radio", "https://radio.example/")),
        ({"infosources": [{"name": "Radio", "role": "x:distributor"}]}, Party()),
        ({}, Party()),
    ],
)  # fmt: skip
def test_the_source_is_named_where_it_is_another(members, source):
    assert parsed(**members).item.info_source == source


@pytest.mark.parametrize(
    ("written", "status", "held"),
    [
        ("usable", PubStatus.USABLE, False),
        (None, PubStatus.USABLE, False),
        ("withheld", PubStatus.WITHHELD, False),
        ("withhold", PubStatus.WITHHELD, False),
        ("CANCELED", PubStatus.CANCELED, False),
        ("cancelled", PubStatus.CANCELED, False),
        ("draft", PubStatus.WITHHELD, True),
    ],
)
def test_the_public_status_is_known_or_the_story_is_kept_in(written, status, held):
    one = parsed(pubstatus=written)
    assert (one.item.rights.pub_status, bool(one.hold)) == (status, held)


def test_a_kill_needs_no_body_and_without_a_headline_it_takes_the_story_back_by_its_name():
    assert parsed(pubstatus="canceled", body_text=None).item.body_html == ""
    gone = parsed(pubstatus="canceled", body_text=None, headline=None, ednote="<p>An error.</p>")
    assert gone == Gone(external_id="a:b", reason="An error.")


@pytest.mark.parametrize(
    ("signal", "change"),
    [
        ([{"code": "sig:correction"}], Change.CORRECTION),
        ([{"qcode": "http://cv.iptc.org/newscodes/signal/update"}], Change.UPDATE),
        ([{"code": "x:other"}], Change.NEW),
        ("correction", Change.NEW),
    ],
)
def test_what_a_version_is_its_signals_say(signal, change):
    assert parsed(signal=signal).item.change is change


@pytest.mark.parametrize(
    ("members", "licence"),
    [
        ({"rightsinfo": {"linkedrights": "https://creativecommons.org/licenses/by/4.0/deed.en"}}, "CC-BY-4.0"),
        ({"rightsInfo": {"linkedRights": "https://a.example/terms"}}, "https://a.example/terms"),
        ({"usageterms": "CC BY-ND 4.0"}, "CC-BY-ND-4.0"),
        ({"usageterms": "Ask us."}, ""),
    ],
)
def test_a_licence_is_its_address_or_its_name_in_the_terms(members, licence):
    assert parsed(**members).item.rights.license == licence


def test_a_date_of_creation_stands_for_a_date_of_publication_only_aloud():
    one = parsed(firstcreated="2026-03-03T10:00:00Z")
    assert str(one.item.first_published) == "2026-03-03T10:00:00Z"
    assert "firstCreated" in one.warnings[0]
    assert parsed(versioncreated="2026-03-03T10:00:00Z").item.first_published is None


def test_only_pictures_become_pictures():
    file = {"original": {"href": "https://a.example/1.jpg", "mimetype": "image/jpeg"}}
    associations = {kind: {"type": kind, "renditions": file} for kind in ("picture", "graphic", "video", "text")}
    associations["untold"] = {"renditions": file}
    associations["untold-video"] = {
        "renditions": {"original": {"href": "https://a.example/1", "mimetype": "video/mp4"}}
    }
    assert len(parsed(associations=associations).item.pictures) == 3
