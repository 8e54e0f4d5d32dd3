"""RSS and Atom: what is read from feeds as partners write them, and what is said of those that are broken."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput, SyndicateError, TooLarge
from syndicate.core.newsitem import Party, Person
from syndicate.core.newsroom import Outlet
from syndicate.ingest import Envelope, Gone, Parsed, detect, feed
from syndicate.outputs import atom, rss, words
from tests.factories import LATER, ORIGINAL_URL, OUTLET, a_feed, an_item
from tests.ingest.told import told
from tests.outputs.stories import STORIES, WITHDRAWN

GOLDEN = Path(__file__).parent / "golden" / "feed"
TIDEWATER = Outlet(slug="tidewater-review", name="Tidewater Review", domain="tidewater.example")
RECEIVED = date(2026, 3, 10)
ADDRESS = "https://tidewater.example/feeds/all.rss"
DOCUMENTS = sorted(GOLDEN.glob("*.xml"))


def read(data, media_type="application/xml", outlet=TIDEWATER, address=ADDRESS):
    data = data if isinstance(data, bytes) else data.encode()
    return feed.parse(data, Envelope(outlet=outlet, received=RECEIVED, media_type=media_type, address=address))


def an_rss(*items, head=""):
    return f'<rss version="2.0"><channel><title>T</title>{head}{"".join(items)}</channel></rss>'


def item_of(inner, **kwargs):
    (parsed,) = read(an_rss(f"<item><title>Ferry</title><guid>tw-1</guid>{inner}</item>"), **kwargs).results
    return parsed.item


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_a_feed_is_read_as_its_golden_file_says(document, update_golden):
    written = told(read(document.read_bytes()))
    golden = document.with_suffix(".json")
    if update_golden:
        golden.write_text(written, encoding="utf-8")  # then read the diff before committing
    assert written == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("media_type", ["", "application/xml", "text/xml; charset=utf-8"])
def test_a_feed_is_known_by_its_content(document, media_type):
    assert detect(document.read_bytes(), media_type).name == ("atom" if document.stem.startswith("atom") else "rss")


# What our own feeds say is read back


OURS = pytest.mark.parametrize("form", [rss, atom], ids=["rss", "atom"])


def read_back(form, *stories):
    return read(form.render_feed(a_feed(), list(stories))).results


@OURS
def test_what_our_own_feeds_say_is_read_back(form):
    story = an_item()
    (parsed,) = read_back(form, story)
    item = parsed.item
    assert (item.external_id, item.headline, item.summary) == (story.guid, story.headline, story.summary)
    assert (item.original_url, item.info_source) == (ORIGINAL_URL, OUTLET)
    assert item.byline == (story.authors[0].name if form is atom else story.byline)
    assert (item.first_published, item.updated) == (story.first_published, PartialDate.of(story.version_created))
    assert (item.rights.license, item.language, item.section) == ("CC-BY-ND-4.0", "en", "International")
    assert [topic.name for topic in item.topics] == ["education", "school"]
    for said in (story.rights.copyright_notice, story.rights.usage_terms):
        assert said in item.rights.copyright_notice
    assert story.body_html in item.body_html
    assert (parsed.summary_only, parsed.warnings) == (False, ())


@OURS
def test_the_pictures_of_our_own_feeds_are_read_back(form):
    (parsed,) = read_back(form, an_item())
    (picture,), (sent,) = parsed.item.pictures, an_item().pictures
    assert (picture.caption, picture.credit) == (sent.caption, sent.credit)
    assert picture.renditions == sent.renditions
    assert sent.usage_terms in picture.copyright_notice


@OURS
@pytest.mark.parametrize("name", [name for name, story in STORIES.items() if not story.canceled])
def test_every_story_that_our_own_feeds_carry_is_read_back(form, name):
    story = STORIES[name]
    (parsed,) = read_back(form, story)
    assert (parsed.item.external_id, parsed.item.headline) == (story.guid, story.headline)
    assert (parsed.item.first_published, parsed.item.original_url) == (story.first_published, story.original_url)
    assert parsed.item.info_source.name == story.info_source.name
    assert parsed.item.byline == (words.authors(story)[0].name if form is atom else story.written_by)
    assert not parsed.summary_only


def test_the_authors_of_our_atom_and_the_byline_beside_them_are_read_back():
    people = (Person(name="Ani Ter", url="https://oc-media.org/author/ani/"), Person(name="Bob Orr"))
    (parsed,) = read_back(atom, an_item(byline="By Ani Ter in Khulo and Bob Orr", authors=people))
    assert (parsed.item.byline, parsed.item.authors) == ("By Ani Ter in Khulo and Bob Orr", people)


def test_the_codes_of_topics_are_read_back_from_our_atom():
    (parsed,) = read_back(atom, an_item())
    assert parsed.item.topics == an_item().topics


@OURS
def test_a_withdrawal_in_our_own_feeds_is_read_as_one(form):
    reason = "This story has been withdrawn. The outlet asked for it."
    assert read_back(form, WITHDRAWN) == (Gone(external_id=WITHDRAWN.guid, reason=reason),)


@OURS
@pytest.mark.parametrize("text", ["2026", "2026-03", "2026-03-03", "2026-03-03T14:05:00+04:00", "2026-03-03T10:05:00Z"])
def test_a_date_keeps_its_precision_and_its_offset_through_our_own_feeds(form, text):
    (parsed,) = read_back(form, an_item(first_published=PartialDate(text)))
    assert parsed.item.first_published == PartialDate(text)


@OURS
def test_the_end_of_a_licence_is_kept_where_it_lies_ahead(form):
    rights = replace(an_item().rights, expires=LATER.replace(month=9))
    (parsed,) = read_back(form, an_item(rights=rights))
    assert parsed.item.rights.expires == LATER.replace(month=9)


# Encodings


CYRILLIC = an_rss("<item><title>Ночной паром</title><guid>1</guid></item>")


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (CYRILLIC.encode(), "application/rss+xml"),
        (CYRILLIC.encode("utf-8-sig"), "text/xml; charset=iso-8859-1"),
        (CYRILLIC.encode("utf-16"), "application/rss+xml"),
        (CYRILLIC.encode("utf-16-be"), "application/rss+xml"),
        (CYRILLIC.encode("koi8-r"), "text/xml; charset=koi8-r"),
        (b'<?xml version="1.0" encoding="koi8-r"?>' + CYRILLIC.encode("koi8-r"), "text/xml"),
        (b'<?xml version="1.0" encoding="windows-1251"?>' + CYRILLIC.encode("koi8-r"), "text/xml; charset=koi8-r"),
        (b'<?xml version="1.0" encoding="utf-16"?>' + CYRILLIC.encode(), "text/xml"),
        (b"\n\n" + CYRILLIC.encode(), "text/xml; charset=unheard-of"),
    ],
)
def test_letters_are_read_in_whatever_encoding_they_came(data, media_type):
    assert read(data, media_type).results[0].item.headline == "Ночной паром"


def test_a_wrong_charset_of_a_server_is_not_believed_and_is_told():
    (parsed,) = read(CYRILLIC, "text/xml; charset=iso-8859-1").results
    assert parsed.item.headline == "Ночной паром"
    assert "declared as windows-1252 but is UTF-8" in parsed.warnings[0]


# Broken documents


@pytest.mark.parametrize(
    "document",
    [
        an_rss("<item><title>Salt & Sons</title><guid>1</guid></item>"),
        an_rss("<item><title>Salt &amp; Sons</title><guid>1</guid><content:encoded>x</content:encoded></item>"),
        an_rss("<item><title>Salt &amp; Sons\x08</title><guid>1</guid></item>"),
        an_rss("<item><title>Salt &amp; Sons&#8;</title><guid>1</guid></item>"),
        "<!-- cached -->" + an_rss("<item><title>Salt &amp; Sons</title><guid>1</guid></item>") + "<script>x</script>",
        "PHP warning: <" + an_rss("<item><title>Salt &amp; Sons</title><guid>1</guid></item>"),
        an_rss("<item><title>Salt &amp; Sons</title><guid>1</guid><description>a<br>b</description></item>"),
        an_rss("<item><title>Salt &amp; Sons</title><guid>1</guid></item>").removesuffix("</rss>"),
    ],
)
def test_what_can_be_mended_safely_is_read(document):
    (parsed,) = read(document).results
    assert (parsed.item.headline, parsed.item.external_id) == ("Salt & Sons", "1")


def test_a_feed_that_is_cut_off_anywhere_loses_no_whole_item_and_gains_no_half_one():
    items = "".join(f"<item><title>N{n}</title><guid>{n}</guid><description>d</description></item>" for n in range(3))
    document = an_rss(items)
    for end in range(document.index("</item>") + 7, len(document)):
        cut = document[:end]
        stories = [one for one in read(cut).results if isinstance(one, Parsed)]
        assert [one.item.external_id for one in stories] == [str(n) for n in range(cut.count("</item>"))]
        assert "broken" in stories[0].warnings[0]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("", "not well-formed"),
        ("no feed at all", "not well-formed"),
        ("<html><body>Not found</body></html>", "no feed"),
        ("<rss", "not well-formed"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel><item><title>&a;</title></item></channel></rss>', "entities"),
        ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel>&a;', "entities"),
    ],
)
def test_what_is_no_feed_is_refused_in_words(document, said):
    with pytest.raises(BadInput, match=said):
        read(document)


def test_an_entity_bomb_is_refused_before_it_goes_off():
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    with pytest.raises(BadInput, match="entities"):
        read(f'<!DOCTYPE rss [<!ENTITY l0 "lol">{levels}]>' + an_rss("<item><title>&l11;</title></item>"))


def test_an_item_that_is_nested_too_deeply_is_refused():
    (refusal,) = read(an_rss(f"<item><title>T</title>{'<a>' * 500}{'</a>' * 500}</item>")).results
    assert isinstance(refusal, BadInput)


def test_an_empty_feed_has_no_items():
    assert read(an_rss()).results == ()


# Fields


@pytest.mark.parametrize(
    ("inner", "name"),
    [
        ("<author>ines@harbour.agency (Ines Marsh)</author>", "Ines Marsh"),
        ("<author>Ines Marsh &lt;ines@harbour.agency&gt;</author>", "Ines Marsh"),
        ("<author>Ines Marsh</author>", "Ines Marsh"),
        ("<author>ines@harbour.agency</author>", ""),
    ],
)
def test_a_name_is_read_and_an_address_is_none(inner, name):
    assert item_of(inner).byline == name


@pytest.mark.parametrize(
    ("inner", "party"),
    [
        ('<source url="https://g.example/rss">Gazette</source>', Party("Gazette", "https://g.example/rss")),
        ('<source url="https://tidewater.example/rss">Tidewater Review</source>', Party()),
        ("<source>tidewater review</source>", Party()),
        ('<source url="https://www.g.example/rss"/>', Party("g.example", "https://www.g.example/rss")),
        ('<dc:source xmlns:dc="http://purl.org/dc/elements/1.1/">Gazette</dc:source>', Party("Gazette")),
        ("", Party()),
    ],
)
def test_the_source_is_named_where_it_is_not_the_outlet(inner, party):
    assert item_of(inner).info_source == party


@pytest.mark.parametrize(
    ("guid", "url"),
    [
        ("<guid>https://tidewater.example/1</guid>", "https://tidewater.example/1"),
        ('<guid isPermaLink="false">https://tidewater.example/1</guid>', ""),
        ("<guid>tidewater-1</guid>", ""),
        ("<guid>x</guid><link>/a b</link>", "https://tidewater.example/a%20b"),
        ("<guid>x</guid><link>javascript:alert(1)</link>", ""),
    ],
)
def test_the_address_of_a_story_is_its_link_else_a_guid_that_is_one(guid, url):
    (parsed,) = read(an_rss(f"<item><title>T</title>{guid}</item>")).results
    assert parsed.item.original_url == url


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("AT&amp;amp;T wins", "AT&T wins"),
        ("a &lt; b", "a < b"),
        ("<![CDATA[The <em>Aurora</em> sails]]>", "The Aurora sails"),
        ("\n  Two\n  lines ", "Two lines"),
    ],
)
def test_a_title_is_text(title, headline):
    (parsed,) = read(an_rss(f"<item><title>{title}</title><guid>1</guid></item>")).results
    assert parsed.item.headline == headline


@pytest.mark.parametrize("guid", ["a  b", "x" * 1001, "a\u200bb"])
def test_an_identity_that_cannot_be_kept_as_it_is_is_refused(guid):
    (refusal,) = read(an_rss(f"<item><title>T</title><guid>{guid}</guid></item>")).results
    assert isinstance(refusal, BadInput)


def test_the_body_comes_as_raw_as_it_was():
    html = '<script>x()</script><p onclick="y()">[gallery ids="1"] <a href="javascript:z()">a</a></p>'
    assert item_of(f"<description><![CDATA[{html}]]></description>").body_html == html


# Too much


def test_a_feed_of_more_items_than_anybody_publishes_is_refused_whole_or_broken():
    items = "<item><title>T</title><guid>1</guid></item>" * 10_001
    for document in (an_rss(items), an_rss(items) + "</broken>"):
        with pytest.raises(TooLarge, match="10,000 items"):
            read(document)


def test_the_tags_of_stories_in_cdata_sections_are_text_and_not_counted():
    story = "<b>a</b>" * 300_000
    items = "".join(f"<item><guid>{n}</guid><title>T</title><x><![CDATA[{story}]]></x></item>" for n in range(2))
    assert len(read(an_rss(items)).results) == 2


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("".join(f"<category>{n}</category>" for n in range(150)), "categories"),
        ("".join(f"<author>Ines {n}</author>" for n in range(51)), "authors"),
        ("".join(f'<enclosure type="image/png" url="/{n}.png"/>' for n in range(201)), "pictures"),
    ],
)
def test_of_too_many_the_first_are_read_and_the_rest_is_told(inner, said):
    (parsed,) = read(an_rss(f"<item><title>T</title><guid>1</guid>{inner}</item>")).results
    assert any(said in warning for warning in parsed.warnings)
    assert max(len(parsed.item.topics), len(parsed.item.authors), len(parsed.item.pictures)) in (100, 50, 200)


# Anything at all


PIECES = st.sampled_from(
    [
        b"<item>",
        b"</item>",
        b"<entry>",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"&",
        b"&#0;",
        b"<title>",
        b"</title>",
        b"\xff",
        b"<",
    ]
)


@given(st.data())
def test_no_bytes_whatever_raise_anything_but_our_own_errors(data):
    document = data.draw(st.sampled_from(DOCUMENTS)).read_bytes()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(document)))
        end = data.draw(st.integers(start, min(len(document), start + 200)))
        document = document[:start] + data.draw(PIECES | st.binary(max_size=8)) + document[end:]
    try:
        results = read(
            document, data.draw(st.sampled_from(["", "text/xml; charset=utf-16", "application/xml"]))
        ).results
    except SyndicateError:
        return
    assert all(isinstance(one, Parsed | Gone | SyndicateError) for one in results)


@given(st.binary(max_size=200), st.text(max_size=40))
def test_arbitrary_bytes_are_refused_or_read(data, address):
    with suppress(SyndicateError):
        read(data, address=address)
