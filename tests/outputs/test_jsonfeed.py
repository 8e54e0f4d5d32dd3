"""JSON Feed: what the specification demands, and what stands in our extension of it."""

import json
from dataclasses import replace

import pytest

from syndicate import contracts
from syndicate.core.newsitem import Paging, Party, Person
from syndicate.core.rights import Rights
from syndicate.outputs.jsonfeed import PROFILE, render_feed
from tests.factories import BODY, LATER, a_feed, a_picture, an_item
from tests.outputs.stories import CORRECTION, KILLED, NOTHING_OPTIONAL, PRINTED_PAGE, WITHDRAWN


def read(*items, **changes):
    return json.loads(render_feed(a_feed(**changes), items))


def an_entry(**changes):
    (entry,) = read(an_item(**changes))["items"]
    return entry


def test_a_story_is_told_in_the_words_of_json_feed():
    entry = an_entry()
    assert entry["id"] == "tag:news.example,2026-03-04:oc-media/s7k2"
    assert entry["url"] == "https://news.example/items/s7k2"
    assert entry["external_url"] == "https://oc-media.org/valley-schools-reopen/?a=1&b=2"
    assert (entry["date_published"], entry["date_modified"]) == ("2026-03-04T12:00:00Z", "2026-03-04T12:00:00Z")
    assert entry["authors"] == [{"name": "Tamar Gelashvili", "url": "https://oc-media.org/author/tamar/"}]
    assert entry["tags"] == ["International", "education", "school"]
    assert BODY.splitlines()[0] in entry["content_html"]
    assert entry["image"] == "https://media.news.example/p/school.jpg?w=1200&q=80"
    assert [one["mime_type"] for one in entry["attachments"]] == ["image/jpeg"]


def test_the_credit_is_told_in_parts():
    credit = an_entry()["_syndication"]
    assert credit["version"] == 1
    assert credit["byline"] == "By Tamar Gelashvili"
    assert credit["credit"] == "This story originally appeared on oc-media.org on March 3, 2026."
    assert credit["source"] == {
        "name": "OC Media",
        "site": "https://oc-media.org/",
        "url": "https://oc-media.org/valley-schools-reopen/?a=1&b=2",
        "published": "2026-03-03",
        "updated": "2026-03-04T09:15:00+04:00",
    }
    assert credit["rights"]["license_url"] == "https://creativecommons.org/licenses/by-nd/4.0/"
    assert credit["pictures"][0]["credit"] == "Nino Beridze/OC Media"


def test_about_leads_to_the_description_that_we_publish():
    feed = read(an_item())
    address = f"https://news.example{PROFILE}"
    assert (feed["_syndication"]["about"], feed["items"][0]["_syndication"]["about"]) == (address, address)
    assert PROFILE.removeprefix("/schemas/") in contracts.names()


@pytest.mark.parametrize(
    ("changes", "authors"),
    [
        ({"authors": (Person(name="A"), Person(name="\x00"))}, [{"name": "A"}]),
        ({"authors": ()}, [{"name": "Tamar Gelashvili"}]),
        (
            {"authors": (), "byline": ""},
            [{"name": "OC Media", "url": "https://oc-media.org/"}],
        ),  # never the republisher
    ],
)
def test_the_author_is_who_wrote_it(changes, authors):
    assert an_entry(**changes)["authors"] == authors


@pytest.mark.parametrize(
    ("item", "what", "reason"),
    [(WITHDRAWN, "withdrawn", "The outlet asked for it."), (KILLED, "killed", "A court forbade it.")],
)
def test_a_story_that_is_taken_back_leaves_the_items_and_is_announced(item, what, reason):
    feed = read(item, replace(an_item(), guid="tag:other"))
    assert [entry["id"] for entry in feed["items"]] == ["tag:other"]
    (deleted,) = feed["_syndication"]["deleted"]
    assert (deleted["id"], deleted["version"], deleted["when"]) == (item.guid, 2, "2026-03-06T09:30:00Z")
    assert deleted["what"] == what
    assert reason in deleted["reason"]


def test_a_correction_is_the_same_id_changed_later():
    first, (second,) = an_entry(), read(CORRECTION)["items"]
    assert (first["id"], first["date_published"]) == (second["id"], second["date_published"])
    assert second["date_modified"] > first["date_modified"]
    assert (second["_syndication"]["version"], second["_syndication"]["change"]) == (2, "correction")


def test_a_feed_names_its_hub_and_its_next_page():
    feed = read(hub="https://hub.example/", paging=Paging(next="https://news.example/feeds/world.json?page=2"))
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    assert feed["next_url"] == "https://news.example/feeds/world.json?page=2"
    assert feed["items"] == []


def test_what_a_source_did_not_say_is_not_there():
    (entry,) = read(NOTHING_OPTIONAL)["items"]
    assert set(entry) == {
        "id", "url", "title", "content_html", "date_published", "date_modified", "authors", "_syndication",
    }  # fmt: skip


def test_a_story_without_any_text_shows_its_headline():
    (entry,) = read(replace(NOTHING_OPTIONAL, headline="A & B", body_html=""))["items"]
    assert (entry["title"], entry["content_html"]) == ("A & B", "<p>A &amp; B</p>")


def test_a_picture_that_was_printed_only_has_a_credit_but_no_file():
    (entry,) = read(PRINTED_PAGE)["items"]
    assert entry["_syndication"]["pictures"] == [{"caption": "The border", "credit": "official photo"}]
    assert not {"image", "attachments"} & set(entry)


def test_an_attachment_needs_a_type():
    file = replace(a_picture().renditions[0], content_type="?")
    entry = an_entry(pictures=(a_picture(renditions=(file,)),))
    assert "attachments" not in entry
    assert entry["image"] == file.href


def test_the_end_of_a_licence_is_told():
    rights = an_entry(rights=Rights(expires=LATER, license="ask us"))["_syndication"]["rights"]
    assert (rights["expires"], rights["license"]) == ("2026-03-06T09:30:00Z", "ask us")


def test_letters_of_every_alphabet_are_written_as_they_are():
    document = render_feed(a_feed(publisher=Party("Հետք")), [an_item(headline="المدارس \ud83d\x00 “x”")])
    assert all(word in document.decode() for word in ("Հետք", "المدارس  “x”".replace("  ", " ")))
