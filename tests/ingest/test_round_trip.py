"""What our outputs write, our readers read back the same: what one newsroom of ours sends, another one has."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from syndicate.cleaning import clean
from syndicate.core.credit import Credit
from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Change, Hop, NewsItem, Party, Person, Picture, Rendition, SourceItem, Topic
from syndicate.core.newsroom import Outlet
from syndicate.core.rights import PubStatus, Rights
from syndicate.core.text import one_line
from syndicate.outputs import FORMATS, newsmlg2, words
from syndicate.outputs.body import as_html, printed_body
from tests.factories import LATER, NOON, REPUBLISHER, a_feed
from tests.ingest.golden_documents import read
from tests.outputs.stories import STORIES
from tests.outputs.test_properties import TAGS, trees

FEED = a_feed()
RECEIVER = Outlet(slug="ams", name=REPUBLISHER.name, domain="news.example")
SAID = st.text("ab Z<>&'\"é ժש漢🙂/:;,()", min_size=1, max_size=20).map(one_line).filter(str.strip)
SAYS = st.just("") | SAID
ADDRESSES = st.sampled_from(["", "https://paper.example/2026/a-story", "https://paper.example/?p=1&q=2"])
DATES = st.none() | st.sampled_from(["2025", "2025-11", "2026-03-03", "2026-03-03T14:05:00+04:00"]).map(PartialDate)
PEOPLE = st.builds(Person, name=SAID, affiliation=SAYS, url=st.sampled_from(["", "https://paper.example/by/ann"]))
HOPS = st.builds(
    Hop,
    party=st.sampled_from([Party("Valley Wire"), Party("Coast Press", "https://coast.example/")]),
    when=DATES,
    uri=st.sampled_from(["", "https://elsewhere.example/x"]),
)
TOPICS = st.lists(
    st.builds(Topic, SAID, st.sampled_from(["", "medtop:20000763", "medtop:04000000", "subj:04000000"])),
    max_size=3,
    unique_by=(lambda topic: topic.name.casefold()),
)
PICTURES = st.builds(
    Picture,
    caption=SAYS,
    credit=st.text("ab é", max_size=8).map(one_line),
    alt=SAYS,
    usage_terms=SAYS,
    copyright_holder=SAYS,
    copyright_notice=SAYS,
    renditions=st.sampled_from("ab").map(
        lambda name: (
            Rendition(href=f"https://m.example/{name}.jpg", name="web", content_type="image/jpeg", width=9, height=6),
        )
    ),
)


def in_sequence(item):
    """Only a first version is new, and it changes nothing."""
    if item.version == 1:
        return replace(item, change=Change.NEW)
    return replace(item, change=Change.UPDATE) if item.change is Change.NEW else item


ITEMS = st.builds(
    NewsItem,
    id=st.just("s7k2"),
    guid=st.just("tag:news.example,2026-03-04:oc/s7k2"),
    version=st.integers(1, 9),
    external_id=st.just("oc-2291"),
    headline=SAID,
    body_html=trees(TAGS).map(lambda body: clean(f"<p>It began.</p>{body}").html),
    original_url=ADDRESSES,
    summary=SAYS,
    slugline=SAYS,
    byline=SAYS,
    authors=st.lists(PEOPLE, max_size=2, unique_by=lambda person: person.name).map(tuple),
    dateline=SAYS,
    section=SAYS,
    topics=TOPICS.map(tuple),
    language=st.sampled_from(["", "en", "hy-AM", "ar"]),
    pictures=st.lists(PICTURES, max_size=2, unique_by=lambda picture: picture.url).map(tuple),
    rights=st.builds(
        Rights,
        embargoed=st.none() | st.just(NOON),
        expires=st.none() | st.just(LATER),
        license=st.sampled_from(["", "CC-BY-ND-4.0", "CC0-1.0"]),
        usage_terms=SAYS,
        copyright_holder=SAYS,
        copyright_notice=SAYS,
    ),
    info_source=st.sampled_from([Party("Paper of Record", "https://paper.example/"), Party("Paper of Record")]),
    first_published=DATES,
    updated=DATES,
    ed_note=SAYS,
    alt_ids=st.lists(SAID, max_size=2, unique=True).map(tuple),
    hops=st.lists(HOPS, max_size=2, unique_by=lambda hop: hop.party.name).map(tuple),
    first_created=st.just(NOON),
    version_created=st.just(LATER),
    provider=st.just(REPUBLISHER),
    credit=st.just(Credit("First in Paper of Record.", "First in Paper of Record.")),
    credit_line=st.sampled_from(["", "Paper of Record / The Armenian Mirror-Spectator"]),
    change=st.sampled_from([Change.NEW, Change.UPDATE, Change.CORRECTION]),
    change_note=SAYS,
).map(in_sequence)


def as_received(item):
    """The story as a receiver of ours should have it: our record's identity and time, the source's own facts."""
    return SourceItem(
        external_id=item.guid,
        headline=item.headline,
        original_url=item.original_url,
        summary=item.summary,
        slugline=item.slugline,
        byline=item.written_by,
        authors=item.authors,
        dateline=item.dateline,
        section=item.section,
        topics=item.topics,
        language=item.language,
        rights=replace(
            item.rights,
            copyright_holder=words.copyright_holder(item).name,
            copyright_notice=words.copyright_notice(item),
        ),
        info_source=item.info_source,
        first_published=item.first_published,
        updated=PartialDate.of(item.version_created),
        alt_ids=tuple(dict.fromkeys((item.external_id, *item.alt_ids))),
        hops=(
            Hop(party=item.info_source, when=item.first_published, uri=item.original_url),
            *item.hops,
            Hop(party=item.provider, when=PartialDate.of(item.first_created), uri=FEED.item_url(item)),
        ),
        source_version=item.version,
        credit_line=item.credit_line or item.info_source.name,
        change=item.change,
    )


def read_back(form, document):
    (result,) = read(form, document, outlet=RECEIVER)
    assert result.hold == ""
    return result.item


def cleaned(html):
    return clean(html).html


def facts(item, **changes):
    """All but what is compared by itself: the text, its pictures, and the notes that the outputs put together."""
    return replace(item, body_html="", pictures=(), ed_note="", change_note="", **changes)


@given(item=ITEMS)
def test_newsmlg2_comes_back_with_every_fact(item):
    got = read_back("newsml", FORMATS["newsml"].render_item(FEED, item))
    assert facts(got) == as_received(item)
    assert cleaned(got.body_html) == cleaned(as_html(printed_body(item)))
    notes = got.ed_note.split("\n")
    assert [note for note in (item.ed_note, item.change_note) if note and note not in notes] == []
    assert "First in Paper of Record." in notes


@given(item=ITEMS)
def test_a_channel_of_newsmlg2_comes_back_with_its_pictures(item):
    got = read_back("newsml", newsmlg2.render_feed(FEED, [item]))
    assert facts(got) == as_received(item)
    sent = [replace(picture, copyright_notice=words.picture_notice(picture)) for picture in item.pictures]
    came = got.pictures[: len(sent)]  # behind them stand those that only the text shows
    assert [replace(picture, alt="") for picture in came] == [replace(picture, alt="") for picture in sent]


@pytest.mark.parametrize("name", STORIES)
def test_the_golden_stories_come_back_from_newsmlg2(name):
    item = STORIES[name]
    got = read_back("newsml", FORMATS["newsml"].render_item(FEED, item))
    assert (got.external_id, got.source_version) == (item.guid, item.version)
    assert got.headline == item.headline or not item.headline  # what a reader may not have any more has none
    assert got.rights.pub_status is item.rights.pub_status
    assert (got.first_published, got.original_url, got.info_source) == (
        item.first_published,
        item.original_url,
        item.info_source,
    )
    assert bool(got.body_html) is bool(item.body_html)


@pytest.mark.parametrize("variant", ["", "plain"])
@given(item=ITEMS)
def test_nitf_comes_back_with_every_fact_that_it_can_say(variant, item):
    """NITF has no address of an outlet, no affiliation, no order of its topics, and one author in a byline."""
    write = FORMATS["nitf"].variants[variant].render_item if variant else FORMATS["nitf"].render_item
    got = read_back("nitf", write(FEED, item))
    want = as_received(item)
    told = ("authors", "topics", "info_source", "hops", "credit_line", "updated")
    assert facts(got, **{name: getattr(want, name) for name in told}) == want
    assert got.info_source.name == want.info_source.name
    assert [(hop.party.name, hop.when) for hop in got.hops] == [(hop.party.name, hop.when) for hop in want.hops]
    assert set(got.topics) == set(want.topics)
    assert (got.updated, got.credit_line) == (want.updated, item.credit_line)
    assert [author.name for author in got.authors] in ([], [author.name for author in item.authors])
    assert said(got.body_html) == said(as_html(printed_body(item)))


def said(html):
    """The letters, whatever marks they stand in."""
    return "".join("".join(etree.fromstring(f"<div>{cleaned(html)}</div>").itertext()).split())


@pytest.mark.parametrize("form", ["newsml", "nitf"])
@pytest.mark.parametrize("name", ["withdrawn", "killed"])
def test_a_story_that_was_taken_back_comes_back_as_canceled(form, name):
    got = read_back(form, FORMATS[form].render_item(FEED, STORIES[name]))
    assert (got.rights.pub_status, got.body_html, got.pictures) == (PubStatus.CANCELED, "", ())
    assert STORIES[name].change_note in got.ed_note
    assert got.change is (STORIES[name].change if form == "nitf" else Change.WITHDRAWAL)
