"""What we write we read back: a newsroom that is fed by another of its kind loses nothing that the format can say."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import escape, unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Change, NewsItem, Party, Person, Picture, Rendition, SourceItem, Topic
from syndicate.core.rights import Rights
from syndicate.ingest import Gone, Parsed
from tests.factories import a_feed, an_item
from tests.ingest.reading import read
from tests.outputs.stories import KILLED, WITHDRAWN
from tests.outputs.writers import WRITERS

# what every one of them can say; then what each says beside it
ALWAYS = ("headline", "original_url", "summary", "byline", "info_source", "first_published", "license")
FEED = ("language", "section", "captions", "picture credits")
NEWS = (*FEED, "topics", "picture terms", "slugline", "dateline", "copyright_notice", "expires")
SAYS = {
    "rss": (*FEED, "topic names"),
    "atom": (*FEED, "topics", "author addresses"),
    "json": (*NEWS, "author addresses", "usage_terms", "credit_line", "change"),
    "ninjs": (*NEWS, "author addresses", "ed_note", "embargoed"),
    "ninjs-2.1": (*NEWS, "author addresses", "ed_note", "embargoed"),
    "ninjs-1.x": (*NEWS, "ed_note", "embargoed"),
}
FACTS = {
    "license": lambda item: item.rights.license,
    "usage_terms": lambda item: item.rights.usage_terms,
    "copyright_notice": lambda item: item.rights.copyright_notice,
    "expires": lambda item: item.rights.expires,
    "embargoed": lambda item: item.rights.embargoed,
    "info_source": lambda item: item.info_source.name,
    "topic names": lambda item: [topic.name for topic in item.topics],
    "captions": lambda item: [picture.caption for picture in item.pictures],
    "picture credits": lambda item: [picture.credit for picture in item.pictures],
    "picture terms": lambda item: [picture.usage_terms for picture in item.pictures],
    "author addresses": lambda item: [(author.name, author.url) for author in item.authors],
}


def fact(item: SourceItem, name: str) -> object:
    return FACTS[name](item) if name in FACTS else getattr(item, name)


MOST = settings().max_examples
NEXT_CENTURY = datetime(2101, 1, 1, tzinfo=UTC)
WORDS = st.lists(
    st.sampled_from(["valley", "Հետք", "схід", "5 < 7", "AT&T", "“so”", "—", "مدارس", "Ltd.", "#7"]),
    min_size=1,
    max_size=5,
).map(" ".join)
MAYBE = WORDS | st.just("")
DATES = st.sampled_from(["2026", "2026-03", "2026-03-03", "2026-03-03T14:05:00+04:00", "2026-03-03T10:05:00Z"]).map(
    PartialDate
)
TOPICS = st.lists(
    st.sampled_from([Topic("education", "medtop:05000000"), Topic("school"), Topic("Haushalt", "medtop:20000590")]),
    unique=True,
    max_size=3,
).map(tuple)
PICTURES = st.lists(
    st.builds(Picture, caption=WORDS, credit=WORDS, usage_terms=MAYBE), max_size=2, unique_by=lambda one: one.caption
).map(
    lambda pictures: tuple(
        replace(one, renditions=(Rendition(href=f"https://m.example/{number}.jpg", content_type="image/jpeg"),))
        for number, one in enumerate(pictures)
    )
)
RIGHTS = st.builds(
    Rights,
    license=st.sampled_from(["", "CC-BY-4.0", "CC-BY-ND-4.0"]),
    usage_terms=MAYBE,
    copyright_notice=WORDS,
    expires=st.none() | st.just(NEXT_CENTURY),
    embargoed=st.none() | st.just(NEXT_CENTURY),
)
ITEMS = st.builds(
    an_item,
    headline=WORDS,
    summary=WORDS,
    body_html=st.lists(WORDS.map(lambda text: f"<p>{escape(text)}</p>"), min_size=1).map("".join),
    byline=WORDS,
    authors=st.just((Person(name="Tamar Gelashvili", url="https://oc-media.org/author/tamar/"),)),
    slugline=MAYBE,
    dateline=MAYBE,
    section=WORDS,
    language=st.sampled_from(["en", "hy", "ar"]),
    topics=TOPICS,
    pictures=PICTURES,
    rights=RIGHTS,
    info_source=WORDS.map(lambda name: Party(name, "https://oc-media.org/")),
    first_published=DATES,
    ed_note=MAYBE,
    change=st.sampled_from([Change.NEW, Change.UPDATE, Change.CORRECTION]),
    change_note=st.just(""),
)  # fmt: skip


def read_back(form: str, item: NewsItem) -> Parsed:
    writer = WRITERS[form]
    (result,) = read(writer.render_item(a_feed(), item), writer.item_media_type).results
    assert isinstance(result, Parsed), result
    return result


@pytest.mark.parametrize("form", SAYS)
@settings(max_examples=MOST // 5)  # a feed reader is slow
@given(item=ITEMS)
def test_what_is_written_is_read_back_the_same(form, item):
    if form.startswith("ninjs"):
        item = replace(item, change=Change.NEW)  # for which it has no member: it is a part of the note
    found = read_back(form, item).item
    names = (*ALWAYS, *SAYS[form])
    assert {name: fact(found, name) for name in names} == {name: fact(item, name) for name in names}


@pytest.mark.parametrize("form", SAYS)
@settings(max_examples=MOST // 5)  # a feed reader is slow
@given(item=ITEMS)
def test_no_word_of_the_story_is_lost_and_its_identity_is_kept(form, item):
    found = read_back(form, item).item
    assert found.external_id == item.guid
    text = " ".join(unescape(re.sub(r"<[^<>]*>", " ", found.body_html)).split())
    for paragraph in re.findall(r"<p>(.*?)</p>", item.body_html):
        assert unescape(paragraph) in text


@pytest.mark.parametrize("item", [WITHDRAWN, KILLED], ids=["withdrawn", "killed"])
@pytest.mark.parametrize("form", SAYS)
def test_what_was_taken_back_is_taken_back_by_those_who_read_us(form, item):
    writer = WRITERS[form]
    (result,) = read(writer.render_item(a_feed(), item), writer.item_media_type).results
    assert isinstance(result, Gone) or result.item.rights.pub_status == "canceled"
    assert (result.external_id if isinstance(result, Gone) else result.item.external_id) == item.guid
