"""A story under a channel's policy: what is left of text, pictures and embeds, and what never goes."""

from dataclasses import replace

import pytest

from syndicate.core.policy import Embeds, Page, Pictures, Policy, Text
from syndicate.core.rights import PubStatus
from syndicate.service.deliver.shaping import TEASER_CHARS, together, under
from tests.factories import a_picture, an_item

FRAME = (
    '<figure><iframe allow="fullscreen" loading="lazy" sandbox="allow-scripts allow-same-origin allow-popups '
    'allow-presentation" src="https://www.youtube-nocookie.com/embed/abcdefghijk" title="The gate"></iframe></figure>'
)
FIGURE = '<figure><img alt="" src="https://a.example/1.jpg"/><figcaption>The gate (AP)</figcaption></figure>'


def test_without_a_policy_a_story_is_itself():
    item = an_item()
    assert under(item, Policy()) is item


def test_a_summary_keeps_credit_rights_and_identity():
    item = an_item(summary="Eleven <weeks> & a day")
    short = under(item, Policy(text=Text.SUMMARY))
    assert short == replace(item, body_html="<p>Eleven &lt;weeks&gt; &amp; a day</p>")


@pytest.mark.parametrize(
    ("body", "beginning"),
    [
        ("<p></p><p>One &amp; <b>two</b>.</p><p>Three.</p>", "One &amp; two."),
        ("", ""),
        (f"<p>{'word ' * 100}</p>", " ".join(["word"] * (TEASER_CHARS // 5)) + "…"),
        (f"<p>{'x' * 400}</p>", "x" * TEASER_CHARS + "…"),
    ],
    ids=["first block with words", "no text", "cut after a word", "one endless word"],
)
def test_a_story_without_a_summary_is_told_by_its_beginning(body, beginning):
    assert under(an_item(summary="", body_html=body), Policy(text=Text.SUMMARY)).body_html == f"<p>{beginning}</p>"


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (f"<p>One</p>{FIGURE}<p>Two</p>", "<p>One</p><p>Two</p>"),
        (
            '<p>One <a href="https://a.example/"><img alt="" src="https://a.example/1.jpg"/></a> two</p>',
            "<p>One  two</p>",
        ),
        ('<p><img alt="" src="https://a.example/1.jpg"/></p><p class="picture-credit">AP</p><p>Two</p>', "<p>Two</p>"),
        (f"<p>One</p>{FRAME}", f"<p>One</p>{FRAME}"),
        ('<video controls="" poster="https://a.example/1.jpg" src="https://a.example/1.mp4"></video>', None),
    ],
    ids=["figure", "linked picture", "picture and its credit", "a film is no picture", "the still of a film"],
)
def test_no_pictures(body, left):
    shaped = under(an_item(body_html=body, pictures=(a_picture(),)), Policy(pictures=Pictures.NONE))
    assert shaped.pictures == ()
    assert "img" not in shaped.body_html
    assert "poster" not in shaped.body_html
    assert left is None or shaped.body_html == left


@pytest.mark.parametrize(("embeds", "seen"), [(Embeds.KEEP, "<iframe"), (Embeds.LINKS, "<a "), (Embeds.NONE, "")])
def test_embeds_are_players_or_links_or_not_there(embeds, seen):
    body = under(an_item(body_html=f"<p>One</p>{FRAME}"), Policy(embeds=embeds)).body_html
    found = [each for each in ("<iframe", "<a ") if each in body]
    assert found == ([seen] if seen else [])
    assert "<p>One</p>" in body


def test_a_story_that_was_taken_back_stays_as_it_is():
    item = an_item(body_html="")
    item = replace(item, rights=replace(item.rights, pub_status=PubStatus.CANCELED))
    assert under(item, Policy(text=Text.SUMMARY, pictures=Pictures.NONE, embeds=Embeds.NONE)) is item


def test_one_who_may_read_a_story_twice_has_the_more_of_it_and_keeps_to_all_that_is_asked():
    few = Policy(text=Text.SUMMARY, pictures=Pictures.NONE, embeds=Embeds.LINKS, page=Page.NOINDEX)
    much = Policy(text=Text.FULL, pictures=Pictures.KEEP, embeds=Embeds.NONE, page=Page.CANONICAL)
    assert together([few, much]) == together([much, few]) == Policy(embeds=Embeds.LINKS, page=Page.BOTH)
