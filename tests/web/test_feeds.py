"""What subscribers read over HTTP: feeds and items, conditional requests, tombstones, and what a feed costs."""

import gzip
import json
import re
from dataclasses import replace
from email.utils import format_datetime

import brotli
import pytest
from lxml import etree

from syndicate.core.rule import Rule
from syndicate.outputs import FORMATS
from syndicate.service import keep
from syndicate.web.representation import zstd
from tests.newsroom import ANA, LATER, NOON, SECOND, a_push
from tests.web.conftest import Site, is_problem

FEED = "/feeds/world.rss"
FEEDS = [name for name, form in FORMATS.items() if form.render_feed]
LONG = {"body_html": "<p>" + "Eleven weeks. " * 100 + "</p>"}  # long enough to be worth compressing
GZIP = {"Accept-Encoding": "gzip"}


def http_date(moment) -> str:
    return format_datetime(moment, usegmt=True)


@pytest.fixture
def ref(site: Site) -> str:
    """A story that is out, and was for a while: its last change is before the clock."""
    return site.house.published(now=NOON, **LONG)


def conditions(tag: str, at: str) -> dict[str, tuple[dict[str, str], int]]:
    """RFC 9110 section 13: what a request demands of a document with this ETag, last changed at NOON plus a second."""
    before, after = http_date(NOON), http_date(LATER)
    return {
        "If-None-Match: its tag": ({"If-None-Match": tag}, 304),
        "If-None-Match: its tag, weak": ({"If-None-Match": f"W/{tag}"}, 304),
        "If-None-Match: in a list": ({"If-None-Match": f'"x", W/"y", {tag}'}, 304),
        "If-None-Match: *": ({"If-None-Match": "*"}, 304),
        "If-None-Match: another": ({"If-None-Match": '"x"'}, 200),
        "If-None-Match: the other form": ({"If-None-Match": other_form(tag)}, 200),
        "If-None-Match counts more than a date": ({"If-None-Match": '"x"', "If-Modified-Since": after}, 200),
        "If-Modified-Since: its date": ({"If-Modified-Since": at}, 304),
        "If-Modified-Since: later": ({"If-Modified-Since": after}, 304),
        "If-Modified-Since: earlier": ({"If-Modified-Since": before}, 200),
        "If-Modified-Since: no date": ({"If-Modified-Since": "yesterday"}, 200),
        "If-Match: its tag": ({"If-Match": tag}, 200),
        "If-Match: in a list": ({"If-Match": f'"x", {tag}'}, 200),
        "If-Match: *": ({"If-Match": "*"}, 200),
        "If-Match: another": ({"If-Match": '"x"'}, 412),
        "If-Match is strong": ({"If-Match": f"W/{tag}"}, 412),
        "If-Match: the other form": ({"If-Match": other_form(tag)}, 412),
        "If-Match counts more than a date": ({"If-Match": tag, "If-Unmodified-Since": before}, 200),
        "If-Match before If-None-Match": ({"If-Match": '"x"', "If-None-Match": tag}, 412),
        "If-Match and If-None-Match": ({"If-Match": tag, "If-None-Match": tag}, 304),
        "If-Unmodified-Since: its date": ({"If-Unmodified-Since": at}, 200),
        "If-Unmodified-Since: earlier": ({"If-Unmodified-Since": before}, 412),
        "If-Unmodified-Since: no date": ({"If-Unmodified-Since": "yesterday"}, 200),
    }


def other_form(tag: str) -> str:
    """The tag of the same document compressed, or not."""
    return tag.replace('-gzip"', '"') if "-gzip" in tag else f'{tag[:-1]}-gzip"'


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("form", [{}, GZIP], ids=["identity", "gzip"])
@pytest.mark.parametrize("extension", FEEDS)
def test_conditional_requests_are_answered_as_rfc_9110_says(site, ref, method, form, extension):
    feed = f"/feeds/world.{extension}"
    first = site.ask(feed, method=method, headers=form)
    tag, at = first.headers["ETag"], first.headers["Last-Modified"]
    assert not tag.startswith("W/")
    assert at == http_date(NOON + SECOND)
    for name, (headers, status) in conditions(tag, at).items():
        answer = site.ask(feed, method=method, headers=headers | form)
        assert answer.status_code == status, name
        if status == 304:
            assert answer.data == b"", name
            assert "Content-Type" not in answer.headers, name
        if method == "HEAD":
            assert answer.data == b"", name
        if status == 412:
            assert "Content-Encoding" not in answer.headers, name
            assert answer.mimetype == "application/problem+json", name
            continue
        assert answer.headers["ETag"] == tag, name
        assert answer.headers["Cache-Control"] == "public, max-age=1, stale-while-revalidate=1", name
        assert "Accept-Encoding" in answer.vary, name


@pytest.mark.parametrize("extension", ["html", *FEEDS])
def test_an_item_answers_conditional_requests_too(site, ref, extension):
    path = f"/items/{ref}.{extension}"
    first = site.ask(path)
    assert "Last-Modified" not in first.headers  # settings change it too, whenever it went out
    assert site.ask(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert site.ask(path, headers={"If-Match": '"x"'}).status_code == 412


UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstd.decompress}


def test_each_coding_carries_the_same_document_under_a_tag_of_its_own(site, ref):
    plain, tags = site.ask(FEED), set()
    for coding, unpack in UNPACK.items():
        packed = site.ask(FEED, headers={"Accept-Encoding": coding})
        assert packed.headers["Content-Encoding"] == coding
        assert unpack(packed.data) == plain.data
        assert len(packed.data) < len(plain.data)
        tags.add(packed.headers["ETag"])
    assert len(tags | {plain.headers["ETag"]}) == len(UNPACK) + 1


def test_a_range_is_not_heeded(site, ref):
    assert site.ask(FEED, headers={"Range": "bytes=0-9"}).data == site.ask(FEED).data


@pytest.mark.parametrize(("query", "root"), [("version=2.1", dict), ("version=1.x", dict), ("version=3.0", dict)])
def test_a_feed_comes_in_the_variant_that_is_asked_for(site, ref, query, root):
    plain, asked = (json.loads(site.ask(f"/feeds/world.ninjs{q}").data)[0] for q in ("", f"?{query}"))
    assert isinstance(asked, root)
    assert (asked == plain) is (query == "version=3.0")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/items/{}.nitf?dialect=plain", "<nitf version="),
        ("/items/{}.html?as=snippet", "Paste all of this"),
        ("/items/{}?as=snippet", "Paste all of this"),
        ("/items/{}.ninjs?version=2.1", '"2.1"'),
    ],
)
def test_an_item_comes_in_the_variant_that_is_asked_for(site, ref, path, words):
    assert words in site.ask(path.format(ref)).text


UNKNOWN = {
    "/feeds/world.ninjs?version=9": ("version", "3.0, 2.1, 1.x"),
    "/items/{}.ninjs?version=9": ("version", "3.0, 2.1, 1.x"),
    "/feeds/world.nitf?dialect=x": ("dialect", "plain"),
    "/feeds/world.nitf?dialect=plain": ("dialect", "Leave it out"),
    "/items/{}.html?as=x": ("as", "snippet"),
}


@pytest.mark.parametrize(("path", "told"), UNKNOWN.items(), ids=UNKNOWN)
def test_an_unknown_variant_is_refused_with_those_that_there_are(site, ref, path, told):
    name, offered = told
    assert offered in is_problem(site.ask(path.format(ref)), 422, "invalid-fields")["errors"][name][0]


def test_a_feed_says_at_which_address_it_stands_and_never_with_whose_key(site, ref):
    answer = site.ask(f"/feeds/inner.atom?key={site.keys['times']}&limit=1&utm=x")
    (address,) = etree.fromstring(answer.data).xpath("*[local-name()='link'][@rel='self']/@href")
    assert address == "https://news.example/feeds/inner.atom?limit=1"
    assert site.keys["times"] not in answer.text


PAGES = {
    "rss": r"<link>(.*?)</link>",
    "atom": r'rel="alternate" type="text/html" href="(.*?)"',
    "json": r'"home_page_url": "(.*?)"',
}


@pytest.mark.parametrize(("extension", "pattern"), PAGES.items())
def test_a_document_names_the_page_where_people_read_the_same(site, ref, extension, pattern):
    for document in ("/feeds/world", f"/items/{ref}"):
        found = re.search(pattern, site.ask(f"{document}.{extension}").text)
        assert found
        assert found[1] == f"https://news.example{document}"
        page = site.ask(document)
        assert (page.status_code, page.mimetype) == (200, "text/html")


def test_the_document_of_a_story_is_not_called_as_the_story_is(site, ref):
    atom = etree.fromstring(site.ask(f"/items/{ref}.atom").data)
    ids = atom.xpath("//*[local-name()='feed' or local-name()='entry']/*[local-name()='id']/text()")
    said = site.ask(f"/items/{ref}.json").json
    assert ids == [said["_syndication"]["id"], said["items"][0]["id"]]
    assert len({*ids}) == 2


def test_a_feed_for_one_who_shows_a_key_is_nobody_elses_to_keep(site, ref):
    for answer in (site.ask(FEED, by="times"), site.ask(f"{FEED}?key={site.keys['times']}")):
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["Vary"] == "Authorization, Accept-Encoding"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_feed_is_for_reading_only(site, method):
    answer = site.ask(FEED, method=method)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_head_tells_what_get_would_and_sends_nothing(site, ref):
    got, told = site.ask(FEED), site.ask(FEED, method="HEAD")
    assert told.data == b""
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length", "Cache-Control"):
        assert told.headers[name] == got.headers[name], name


CHANGES = {
    "a publication": lambda h, ref: h.published(external_id="second"),
    "a correction": lambda h, ref: (h.push(**a_push(headline="New")), h.publish(ref)),
    "a withdrawal": lambda h, ref: h.withdraw(ref),
    "a kill": lambda h, ref: h.kill(ref),
    "a withdrawal by the source": lambda h, ref: h.source_withdraws(),
    "a rule": lambda h, ref: set_channel(h, rule=Rule(sections=("Sports",))),
    "a title": lambda h, ref: set_channel(h, title="The world"),
}
NO_CHANGES = {
    "nothing": lambda h, ref: None,
    "an unchanged push": lambda h, ref: h.push(now=LATER, **LONG),
    "a touched push": lambda h, ref: h.push(now=LATER, updated="2026-03-05", **LONG),
    "an update that waits": lambda h, ref: h.push(headline="New", now=LATER),
    "another story that waits": lambda h, ref: h.push(external_id="second", now=LATER),
    "a dry run": lambda h, ref: h.push(headline="New", dry_run=True, now=LATER),
    "another channel": lambda h, ref: h.add_channel("another", now=LATER),
}


def set_channel(house, **changes) -> None:
    keep.set_channel(house.store, replace(house.channel(), **changes), who=ANA, now=NOON)


def validators(site: Site, path: str = FEED) -> tuple[str, str]:
    answer = site.ask(path)
    return answer.headers["ETag"], answer.headers["Last-Modified"]


# an array of stories has no place for the title of its channel
SHOWN = [(form, change) for form in FEEDS for change in CHANGES if (form, change) != ("ninjs", "a title")]


@pytest.mark.parametrize(("extension", "change"), SHOWN)
def test_both_validators_change_with_what_shows_even_within_one_second(site, ref, extension, change):
    feed = f"/feeds/world.{extension}"
    before = validators(site, feed)
    CHANGES[change](site.house, ref)
    after = validators(site, feed)
    assert after[0] != before[0]
    assert after[1] != before[1]
    old = {"If-None-Match": before[0]}, {"If-Modified-Since": before[1]}
    assert [site.ask(feed, headers=headers).status_code for headers in old] == [200, 200]


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES)
@pytest.mark.parametrize("extension", FEEDS)
def test_no_validator_changes_with_what_does_not_show(site, ref, extension, change):
    feed = f"/feeds/world.{extension}"
    before, body = validators(site, feed), site.ask(feed).data
    change(site.house, ref)
    assert validators(site, feed) == before
    assert site.ask(feed).data == body


def test_a_burst_of_changes_that_runs_ahead_of_the_clock_tells_no_date_in_the_future(site):
    for number in range(3):
        site.house.published(external_id=f"e{number}", now=NOON)
    site.clock.now = NOON + SECOND
    answer = site.ask(FEED)
    assert "Last-Modified" not in answer.headers
    early = {"If-Modified-Since": http_date(NOON + 9 * SECOND)}
    assert site.ask(FEED, headers=early).status_code == 200
    site.clock.now = NOON + 3 * SECOND
    assert site.ask(FEED).headers["Last-Modified"] == http_date(NOON + 3 * SECOND)


@pytest.mark.parametrize("extension", FEEDS)
def test_a_feed_costs_the_same_number_of_queries_whatever_its_length(site, extension):
    feed = f"/feeds/inner.{extension}"
    site.house.published(external_id="e0")
    one = site.queries(feed, by="times")
    for number in range(1, 60):
        site.house.published(external_id=f"e{number}")
    assert site.queries(f"{feed}?limit=200", by="times") == one
    assert site.ask(f"{feed}?limit=200", by="times").text.count("Valley schools reopen") >= 60
    assert site.queries(f"{feed}?limit=200", by="times") < one  # what was rendered for this state is kept


def test_a_feed_shows_as_many_as_asked_for_the_newest_first(site):
    for number in range(4):
        site.house.published(external_id=f"e{number}", headline=f"Story {number}", now=NOON + number * SECOND)
    titles = etree.fromstring(site.ask(f"{FEED}?limit=2").data).xpath("//item/title/text()")
    assert titles == ["Story 3", "Story 2"]


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "", "1.0", "٣", "9" * 5000])
def test_a_limit_out_of_range_is_refused(site, limit):
    assert list(is_problem(site.ask(f"{FEED}?limit={limit}"), 422)["errors"]) == ["limit"]


@pytest.mark.parametrize("act", ["withdraw", "kill"])
@pytest.mark.parametrize(
    ("extension", "words"),
    [
        ("html", "has been"),
        ("rss", "has been"),
        ("atom", "has been"),
        ("json", "has been"),
        ("ninjs", "canceled"),
        ("newsml", "canceled"),
    ],
)
def test_what_was_taken_back_is_gone_with_a_tombstone_that_says_so(site, ref, act, extension, words):
    getattr(site.house, act)(ref, reason="The place was wrong")
    answer = site.ask(f"/items/{ref}.{extension}")
    assert answer.status_code == 410
    assert words in answer.text
    assert "The place was wrong" in answer.text
    assert "Eleven weeks" not in answer.text
    assert site.ask(f"/items/{ref}.{extension}", headers={"If-None-Match": "*"}).status_code == 410


@pytest.mark.parametrize("extension", FEEDS)
def test_what_was_taken_back_shows_none_of_its_words_in_a_feed(site, ref, extension):
    site.house.kill(ref)
    assert "Eleven weeks" not in site.ask(f"/feeds/world.{extension}").text


def test_a_story_whose_rights_have_ended_shows_on_no_page_even_before_the_clock_has_struck(site):
    ref = site.house.published(rights={"expires": LATER.isoformat()})
    site.clock.now = LATER - SECOND
    assert site.ask(f"/items/{ref}").status_code == 200
    site.clock.now = LATER
    is_problem(site.ask(f"/items/{ref}"), 404)
    assert "Valley" not in site.ask(FEED).text
    site.house.clock_strikes(LATER)
    assert site.ask(f"/items/{ref}").status_code == 410


def test_the_page_of_an_item_is_the_address_without_an_ending(site, ref):
    assert site.ask(f"/items/{ref}").data == site.ask(f"/items/{ref}.html").data


MEDIA_TYPES = {
    "/feeds/world.rss": "application/rss+xml",
    "/feeds/world.atom": "application/atom+xml",
    "/feeds/world.json": "application/feed+json",
    "/feeds/world.ninjs": "application/ninjs+json",
    "/feeds/world.newsml": "application/vnd.iptc.g2.newsmessage+xml",
    "/items/{}.rss": "application/rss+xml",
    "/items/{}.newsml": "application/vnd.iptc.g2.newsitem+xml",
    "/items/{}.html": "text/html",
}


@pytest.mark.parametrize(("path", "media_type"), MEDIA_TYPES.items())
def test_each_format_says_what_it_is(site, ref, path, media_type):
    answer = site.ask(path.format(ref))
    assert (answer.mimetype, answer.mimetype_params) == (media_type, {"charset": "utf-8"})
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_items_page_runs_nothing(site, ref):
    policy = site.ask(f"/items/{ref}").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_a_feed_of_nothing_is_a_feed(site):
    for extension in ("rss", "newsml"):
        answer = site.ask(f"/feeds/world.{extension}")
        assert answer.status_code == 200
        etree.fromstring(answer.data)


def test_there_is_no_feed_of_pages(site):
    is_problem(site.ask("/feeds/world.html"), 404)


ABSURD = (
    "Fri, 31 Dec 99999999999999999999 23:59:59 GMT",
    "Fri, 31 Dec 2020 99999999999999999999:00:00 GMT",
    "today",
    "",
)


@pytest.mark.parametrize("header", ["If-Modified-Since", "If-Unmodified-Since"])
@pytest.mark.parametrize("date", ABSURD)
def test_a_date_that_is_none_is_as_if_it_were_not_there(site, ref, header, date):
    assert site.ask(FEED, headers={header: date}).status_code == 200
