"""Whatever stands in a field, every format stays well-formed, and valid where there is a schema."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from syndicate.core.credit import Credit
from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Change, Hop, NewsItem, Party, Person, Picture, Rendition, Topic
from syndicate.core.rights import PubStatus, Rights
from syndicate.outputs import FORMATS
from tests.factories import LATER, NOON, a_feed

MARKS = "<p> </p> <br> & &amp; &nbsp; &#1; ]]> <![CDATA[ <!-- -- <?x \" ' a <x:y> xmlns='a' é http://e.org/ % [ :"
ODD = [" ", "\n", "\x00", "\x0b", "\x85", "\ud800", "\ufffe", "\U0001f600", "\u200fשלום"]
PIECES = st.sampled_from([*MARKS.split(), *ODD])
BODIES = st.lists(
    st.sampled_from(
        ["<p>a</p>", "<figure>", "</figure>", "<figcaption>b</figcaption>", '<img src="https://e.org/a"/>', "c"]
    )
).map("".join)
TEXTS = st.text(max_size=12) | st.lists(PIECES, max_size=8).map("".join) | st.just("")
ADDRESSES = TEXTS | TEXTS.map(lambda text: f"https://e.org/{text}") | TEXTS.map(lambda text: f"https://{text}")
LANGUAGES = TEXTS | st.sampled_from(["en", "hy-AM", "ar", "fa_IR", "zh-Hant"])
DATES = st.none() | st.sampled_from(
    ["2026", "2026-03", "2026-03-03", "2026-03-03T14:05:00+04:00", "1890-01-01T00:00:00-00:01:15"]
).map(PartialDate)
PARTIES = st.builds(Party, TEXTS, ADDRESSES)
NUMBERS = st.none() | st.integers(-1, 10**9)
FILES = st.builds(
    Rendition,
    href=ADDRESSES | st.just("https://e.org/a"),
    content_type=TEXTS,
    width=NUMBERS,
    height=NUMBERS,
    size_bytes=NUMBERS,
)
PICTURES = st.builds(
    Picture,
    caption=TEXTS,
    credit=TEXTS,
    alt=TEXTS,
    usage_terms=TEXTS,
    copyright_holder=TEXTS,
    copyright_notice=TEXTS,
    renditions=st.lists(FILES, max_size=2).map(tuple),
)
RIGHTS = st.builds(
    Rights,
    pub_status=st.sampled_from([PubStatus.USABLE, PubStatus.CANCELED]),
    embargoed=st.none() | st.just(NOON),
    expires=st.none() | st.just(LATER),
    license=TEXTS | st.just("CC-BY-4.0"),
    usage_terms=TEXTS,
    copyright_holder=TEXTS,
    copyright_notice=TEXTS,
)
ITEMS = st.builds(
    NewsItem,
    id=st.just("s7k2"),
    guid=st.just("tag:news.example,2026-03-04:oc-media/s7k2"),
    version=st.integers(1, 9),
    external_id=TEXTS,
    headline=TEXTS,
    body_html=TEXTS | BODIES,
    original_url=ADDRESSES,
    summary=TEXTS,
    slugline=TEXTS,
    byline=TEXTS,
    authors=st.lists(st.builds(Person, name=TEXTS, affiliation=TEXTS, url=ADDRESSES), max_size=2).map(tuple),
    dateline=TEXTS,
    section=TEXTS,
    topics=st.lists(st.builds(Topic, TEXTS, TEXTS | TEXTS.map("medtop:{}".format)), max_size=2).map(tuple),
    language=LANGUAGES,
    pictures=st.lists(PICTURES, max_size=2).map(tuple),
    rights=RIGHTS,
    info_source=PARTIES,
    first_published=DATES,
    updated=DATES,
    ed_note=TEXTS,
    alt_ids=st.lists(TEXTS, max_size=2).map(tuple),
    hops=st.lists(st.builds(Hop, party=PARTIES, when=DATES, uri=ADDRESSES), max_size=2).map(tuple),
    first_created=st.just(NOON),
    version_created=st.just(LATER),
    provider=PARTIES,
    credit=st.builds(Credit, TEXTS, TEXTS),
    credit_line=TEXTS,
    change=st.sampled_from(list(Change)),
    change_note=TEXTS,
)
FEEDS = st.builds(
    lambda title, name, language: a_feed(title=title, publisher=Party(name), language=language), TEXTS, TEXTS, LANGUAGES
)


@pytest.mark.parametrize("form", FORMATS)
@given(feed=FEEDS, item=ITEMS)
def test_any_text_in_any_field_gives_well_formed_documents(form, feed, item):
    document = FORMATS[form].render_item(feed, item)
    assert etree.fromstring(document) is not None
    assert FORMATS[form].render_item(feed, replace(item)) == document


@given(feed=FEEDS, items=st.lists(ITEMS, max_size=2))
def test_any_text_in_any_field_gives_valid_newsml(official, profiles, feed, items):
    render_feed = FORMATS["newsml"].render_feed
    assert render_feed
    document = render_feed(feed, items)
    assert official["newsml"](document) == ""
    assert profiles["newsml"](document) == ""
    for item in items:
        assert official["newsml"](FORMATS["newsml"].render_item(feed, item)) == ""


@given(feed=FEEDS, items=st.lists(ITEMS, max_size=2))
def test_any_text_in_any_field_gives_rss_within_our_profile(profiles, feed, items):
    render_feed = FORMATS["rss"].render_feed
    assert render_feed
    assert profiles["rss"](render_feed(feed, items)) == ""
