"""Other formats through the same door: what is answered, what is kept, and what becomes of the story."""

import json

import pytest

from tests.ingest.forms import a_form, a_part
from tests.ingest.reading import GOLDEN
from tests.newsroom import a_push
from tests.pictures import a_picture_file
from tests.web.conftest import API, is_problem


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def reviews(site) -> dict[str, tuple[str, str]]:
    """What the desk sees: by external_id the state and its reason."""
    items = site.ask(f"{API}?limit=100", by="oc-media").json["items"]
    return {item["external_id"]: (item["review"], item["reason"]) for item in items}


@pytest.mark.parametrize(
    ("name", "media_type", "external_id"),
    [
        ("ninjs/v1-story-with-objects.json", "application/ninjs+json", "urn:newsml:tidewater.example:2026:ferry-7781"),
        ("ninjs/superdesk-story.json", "application/json", "urn:newsml:wire.example:2026-03-03T11:20:33.123456:5f2c"),
        ("wordpress/post-with-everything-embedded.json", "application/json", "https://tidewater.example/?post_type=post&p=7781"),
        ("ghost/webhook-published.json", "application/json", "65f0c0ffee0000000000001a"),
    ],
)  # fmt: skip
def test_one_story_of_any_format_is_answered_as_our_own_is(site, name, media_type, external_id):
    answer = site.push(golden(name), content_type=media_type)
    assert (answer.status_code, answer.json["result"]) == (201, "created")
    assert site.push(golden(name), content_type=media_type).json["result"] == "unchanged"
    article = site.ask(f"{API}/{answer.json['id']}", by="oc-media").json
    assert article["external_id"] == external_id
    assert site.ask(f"{API}/{answer.json['id']}/source", by="oc-media").data == golden(name)


def test_each_item_of_many_has_its_own_result(site):
    answer = site.push(golden("ninjs/array-in-which-some-are-no-story.json"), content_type="application/ninjs+json")
    assert answer.status_code == 207
    assert [result["status"] for result in answer.json["results"]] == [201, 400, 400, 400, 400, 400, 201]
    assert [result["index"] for result in answer.json["results"]] == list(range(7))


def test_what_is_not_public_at_its_source_waits_for_an_editor_with_the_reason(site):
    site.push(golden("wordpress/list-of-every-standing.json"))
    site.push(golden("ghost/content-api-posts.json"))
    found = reviews(site)
    assert found["https://tidewater.example/?p=3"] == ("held", "It is protected by a password at its source.")
    assert found["https://tidewater.example/?p=4"][0] == "rejected"
    assert found["65f0c0ffee0000000000001b"] == ("held", "At its source it is for members only, not for everybody.")


def test_a_story_that_its_source_unpublishes_leaves_at_once(site):
    ref = site.push(golden("ghost/webhook-published.json")).json["id"]
    site.house.publish(ref, now=site.clock.now)
    site.push(golden("ghost/webhook-unpublished.json"))
    assert reviews(site)["65f0c0ffee0000000000001a"][0] == "withdrawn"


def test_a_story_that_its_source_deletes_leaves_at_once(site):
    ref = site.push(golden("ghost/webhook-published.json")).json["id"]
    site.house.publish(ref, now=site.clock.now)
    assert site.push(golden("ghost/webhook-deleted.json")).json["result"] == "withdrawn"
    assert reviews(site)["65f0c0ffee0000000000001a"] == ("withdrawn", "Withdrawn by its source: It was deleted.")


def test_a_form_arrives_byte_for_byte_with_its_article(site):
    article = a_push(pictures=[{"url": "upload:school.jpg", "credit": "N. B."}])
    file = a_part("file", a_picture_file(), file_name="school.jpg", media_type="image/jpeg")
    data, media_type = a_form(file, article=json.dumps(article))
    answer = site.push(data, content_type=media_type)
    assert (answer.status_code, answer.json["result"]) == (201, "created")
    source = site.ask(f"{API}/{answer.json['id']}/source", by="oc-media")
    assert (source.data, source.headers["Content-Type"]) == (data, media_type)


def test_a_form_whose_article_is_wrong_is_refused_as_the_article_would_be(site):
    data, media_type = a_form(article=json.dumps(a_push(headline="")), files=["school.jpg"])
    assert list(is_problem(site.push(data, content_type=media_type), 422)["errors"]) == ["headline"]


def test_what_we_answer_of_an_article_is_what_was_pushed_and_could_be_pushed_again(site):
    sent = json.loads(golden("json/every-field.json"))
    answer = site.push(sent)
    article = site.ask(f"{API}/{answer.json['id']}", by="oc-media").json
    again = {name: article[name] for name in sent}
    assert again == sent | {
        "topics": ["ferries", {"name": "maritime transport", "qcode": "medtop:20000341"}],
        "rights": sent["rights"] | {"embargoed": "2026-03-04T23:01:00+00:00", "expires": "2026-09-01T00:00:00+00:00"},
        "body_html": article["body_html"],
    }
    assert site.push(again | {"body_html": sent["body_html"]}).json["result"] == "unchanged"
