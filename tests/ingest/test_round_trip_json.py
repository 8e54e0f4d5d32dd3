"""What our outputs write as JSON Feed and ninjs, the readers of these formats read back the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Change, NewsItem, Party, Person, Picture, Rendition, SourceItem, Topic
from syndicate.core.rights import PubStatus, Rights
from tests.factories import LATER, a_feed, a_picture, an_item
from tests.ingest.reading import read
from tests.outputs.writers import JSON, WRITERS

WORDS = "Ferry R&D &amp; a<b <all> “ends” school's 5&nbsp;€ Հայերեն שלום ]]> --"
TEXTS = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=5).map(" ".join)
ADDRESSES = st.integers(0, 99).map("https://oc-media.org/{}?a=1&b=%20".format)
DATES = st.sampled_from(["2026", "2026-03", "2026-03-03", "2026-03-03T14:05:00+04:00", "2026-03-03T10:05:00Z"])
TOPICS = st.builds(Topic, TEXTS, st.sampled_from(["", "medtop:20000053", "tdw:a", "geonames:611717", "ticker:TBCG"]))
FILES = st.builds(
    Rendition,
    href=ADDRESSES,
    name=st.sampled_from(["highRes", "web", "thumb"]),
    content_type=st.just("image/jpeg"),
    width=st.integers(1, 9000),
    height=st.integers(1, 9000),
    size_bytes=st.integers(1, 10**7),
)
PICTURES = st.builds(Picture, caption=TEXTS, credit=TEXTS, alt=TEXTS, usage_terms=TEXTS, renditions=st.tuples(FILES))
ITEMS = st.builds(
    an_item,
    headline=TEXTS,
    summary=TEXTS,
    slugline=TEXTS,
    byline=TEXTS,
    authors=st.lists(st.builds(Person, name=TEXTS, url=ADDRESSES), min_size=1, max_size=3, unique=True).map(tuple),
    dateline=TEXTS,
    section=TEXTS,
    topics=st.lists(TOPICS, unique_by=lambda topic: topic.name).map(tuple),
    pictures=st.lists(PICTURES, max_size=2, unique_by=lambda picture: picture.url).map(tuple),
    first_published=DATES.map(PartialDate),
    original_url=ADDRESSES,
    rights=st.builds(
        Rights,
        license=st.sampled_from(["", "CC-BY-4.0", "CC0-1.0"]),
        copyright_notice=TEXTS,
        copyright_holder=TEXTS,
        expires=st.sampled_from([None, LATER]),
    ),
    change=st.sampled_from([Change.NEW, Change.UPDATE, Change.CORRECTION]),
)


def facts(item: SourceItem) -> dict[str, object]:
    """What a format of ours can carry of what the source said."""
    return {
        "headline": item.headline,
        "summary": item.summary,
        "slugline": item.slugline,
        "byline": item.byline,
        "authors": [author.name for author in item.authors],
        "dateline": item.dateline,
        "section": item.section,
        "topics": set(item.topics),  # ninjs lists places and organisations apart
        "language": item.language,
        "first_published": item.first_published,
        "original_url": item.original_url,
        "source": item.info_source.name,
        "license": item.rights.license,
        "notice": item.rights.copyright_notice,
        "holder": item.rights.copyright_holder,
        "expires": item.rights.expires,
        "pictures": [(one.url, one.caption, one.credit, one.alt, one.usage_terms) for one in item.pictures],
    }


def read_back(name: str, item: NewsItem):
    (result,) = read(WRITERS[name].render_feed(a_feed(), [item])).results
    return result


@given(st.sampled_from(JSON), ITEMS)
def test_what_is_written_is_read_back(name, item):
    parsed = read_back(name, item)
    assert facts(parsed.item) == facts(item)
    assert (parsed.warnings, parsed.hold, parsed.summary_only) == ((), "", False)
    assert (parsed.item.external_id, parsed.item.source_version) == (item.guid, item.version)


@pytest.mark.parametrize("name", [name for name in JSON if name.startswith("ninjs")])
def test_ninjs_carries_all_files_of_a_picture_and_what_must_stay_in_a_crop(name):
    files = tuple(
        Rendition(href=f"https://a.example/{n}.jpg", name=n, content_type="image/jpeg", width=w, height=w, size_bytes=w)
        for n, w in (("highRes", 3000), ("web", 900), ("thumb", 90))
    )
    item = an_item(pictures=(a_picture(renditions=files, focus=(0.25, 0.5)),))
    (picture,) = read_back(name, item).item.pictures
    assert picture.renditions == files
    assert picture.focus == (None if name == "ninjs-2.1" else (0.25, 0.5))


@pytest.mark.parametrize("name", JSON)
def test_a_story_that_we_took_back_is_taken_back_by_who_reads_us(name):
    result = read_back(name, an_item(rights=Rights(pub_status=PubStatus.CANCELED), change=Change.WITHDRAWAL))
    name_taken_back = getattr(result, "external_id", "") or result.item.external_id
    assert name_taken_back == an_item().guid
    assert not hasattr(result, "item") or result.item.rights.pub_status is PubStatus.CANCELED


@pytest.mark.parametrize("name", JSON)
def test_a_story_from_elsewhere_keeps_its_source(name):
    item = replace(an_item(), info_source=Party("Island Radio", "https://island-radio.example/"))
    assert read_back(name, item).item.info_source.name == "Island Radio"
