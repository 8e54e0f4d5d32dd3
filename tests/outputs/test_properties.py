"""Whatever stands in a field, every format stays well-formed, and valid where there is a schema."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from syndicate.core.credit import Credit
from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Change, Hop, NewsItem, Paging, Party, Person, Picture, Rendition, Topic
from syndicate.core.rights import PubStatus, Rights
from syndicate.core.text import FORBIDDEN
from tests.factories import LATER, NOON, a_feed
from tests.outputs.conftest import OUR_PROFILES, SPECIFICATIONS
from tests.outputs.reading import addresses
from tests.outputs.writers import JSON, WRITERS

ABSOLUTE = re.compile(r"(?:https?://|mailto:|tel:|tag:)")
MARKS = "<p> </p> <br> & &amp; &nbsp; &#1; ]]> <![CDATA[ <!-- -- <?x \" ' a <x:y> xmlns='a' é http://e.org/ % [ :"
ODD = [" ", "\n", "\x00", "\x0b", "\x85", "\ud800", "\ufffe", "\U0001f600", "\u200fשלום"]
PIECES = st.sampled_from([*MARKS.split(), *ODD])
BODIES = st.lists(
    st.sampled_from(
        ["<p>a</p>", "<figure>", "</figure>", "<figcaption>b</figcaption>", '<img src="https://e.org/a"/>', "c"]
    )
).map("".join)
BLOCK_TAGS = "p h2 div ul ol li dl dt dd blockquote table caption thead tbody tr td figure figcaption pre"
MARK_TAGS = "em strong a q sup span code"
OTHER_TAGS = "iframe video source audio hr br img"
TAGS = f"{BLOCK_TAGS} {MARK_TAGS} {OTHER_TAGS}"
ATTRIBUTES = st.sampled_from(
    ["", ' href="https://e.org/a"', ' href="/a"', ' src="https://e.org/a"', ' src="a"', ' class="b"']
)


def trees(tags):
    """Well-formed texts in which any of the marks may stand in any other."""
    leaves = st.sampled_from(["a", " ", "\n", "b c"])
    return st.recursive(
        leaves,
        lambda inside: st.builds(_nested, st.sampled_from(tags.split()), ATTRIBUTES, st.lists(inside, max_size=3)),
        max_leaves=12,
    )


def _nested(tag, told, parts):
    return f"<{tag}{told}>{''.join(parts)}</{tag}>"


TEXTS = st.text(max_size=12) | st.lists(PIECES, max_size=8).map("".join) | st.just("")
ADDRESSES = TEXTS | TEXTS.map(lambda text: f"https://e.org/{text}") | TEXTS.map(lambda text: f"https://{text}")
CODES = st.sampled_from(
    ["medtop:05000000", "medtop:20000053", "subj:04010001", "geonames:611717", "ticker:TBCG", "ticker:", "isin:x"]
)
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
    body_html=TEXTS | BODIES | trees(TAGS),
    original_url=ADDRESSES,
    summary=TEXTS,
    slugline=TEXTS,
    byline=TEXTS,
    authors=st.lists(st.builds(Person, name=TEXTS, affiliation=TEXTS, url=ADDRESSES), max_size=2).map(tuple),
    dateline=TEXTS,
    section=TEXTS,
    topics=st.lists(st.builds(Topic, TEXTS, TEXTS | TEXTS.map("medtop:{}".format) | CODES), max_size=2).map(tuple),
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
    change=st.sampled_from([change for change in Change if change is not Change.REVOKED]),  # which no live story is
    change_note=TEXTS,
)
LINKS = st.sampled_from(["", "https://news.example/hub", "https://news.example/feeds/world.x?page=2&limit=50"])
PAGINGS = st.builds(
    Paging, previous=LINKS, next=LINKS, current=LINKS, prev_archive=LINKS, archive=st.booleans(), complete=st.booleans()
)
FEEDS = st.builds(
    lambda title, name, language, hub, paging: a_feed(
        title=title, publisher=Party(name), language=language, hub=hub, paging=paging
    ),
    TEXTS,
    TEXTS,
    LANGUAGES,
    LINKS,
    PAGINGS,
)


@pytest.mark.parametrize("form", WRITERS)
@given(feed=FEEDS, item=ITEMS)
def test_any_text_in_any_field_gives_well_formed_documents(form, feed, item):
    document = WRITERS[form].render_item(feed, item)
    if form != "txt":
        assert (json.loads if form in JSON else etree.fromstring)(document) is not None
    assert WRITERS[form].render_item(feed, replace(item)) == document


@pytest.mark.parametrize("form", sorted(WRITERS.keys() - {"txt"}))  # a text has no addresses, but words that look so
@settings(max_examples=50)
@given(feed=FEEDS, item=ITEMS)
def test_any_text_in_any_field_gives_no_control_character_and_no_relative_address(form, feed, item):
    for document in documents(form, feed, [item]):
        assert FORBIDDEN.search(document.decode()) is None
        assert [address for address in addresses(document) if not ABSOLUTE.match(address)] == []


@pytest.mark.parametrize("form", SPECIFICATIONS)
@given(feed=FEEDS, items=st.lists(ITEMS, max_size=2))
def test_any_text_in_any_field_gives_documents_valid_by_the_official_schema(official, form, feed, items):
    for document in documents(form, feed, items):
        assert official[form](document) == ""


@pytest.mark.parametrize("form", OUR_PROFILES)
@given(feed=FEEDS, items=st.lists(ITEMS, max_size=2))
def test_any_text_in_any_field_gives_documents_within_our_profile(profiles, form, feed, items):
    for document in documents(form, feed, items):
        assert profiles[form](document) == ""


def documents(form, feed, items):
    """A format's document of all the items, if it has one, and one of each item."""
    render_feed = WRITERS[form].render_feed
    feeds = [render_feed(feed, items)] if render_feed else []
    return feeds + [WRITERS[form].render_item(feed, item) for item in items]


@pytest.mark.parametrize("form", [form for form in WRITERS if WRITERS[form].join_entries])
@given(feed=FEEDS, items=st.lists(ITEMS, max_size=3))
def test_joining_pieces_that_were_kept_gives_the_bytes_of_the_feed(form, feed, items):
    """The pieces were written for another document than the one in which they are joined."""
    writer = WRITERS[form]
    assert writer.render_feed
    assert writer.render_entry
    assert writer.join_entries
    kept = [(item.canceled, writer.render_entry(feed.base_url, item)) for item in items]
    live, gone = ([piece for canceled, piece in kept if canceled is state] for state in (False, True))
    assert writer.join_entries(feed, live, gone) == writer.render_feed(feed, items)
