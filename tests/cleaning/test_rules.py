"""What an outlet or a channel may set: selectors, texts, what becomes of embeds."""

import pytest

from syndicate.cleaning import EmbedPolicy, Rules, clean
from syndicate.cleaning.selectors import RuleSet, parse
from syndicate.cleaning.tree import parse as read
from syndicate.core.errors import BadInput

PLAYER = "<p>a</p><iframe src='https://www.youtube.com/embed/AbCdEfGhIjK' title='A film'></iframe>"


@pytest.mark.parametrize(
    ("selector", "html", "found"),
    [
        (".promo", "<div class='x promo'>a</div>", True),
        (".promo", "<div class='promotion'>a</div>", False),
        (".promo-*", "<div class='promo-wide'>a</div>", True),
        ("div.promo", "<p class='promo'>a</p>", False),
        ("#box", "<div id='box'>a</div>", True),
        ("[data-ad]", "<div data-ad='1'>a</div>", True),
        ("[id^=ad-]", "<div id='ad-7'>a</div>", True),
        ("[href*='/shop/']", "<a href='/shop/x'>a</a>", True),
        (".post .promo", "<div class='post'><p><b class='promo'>a</b></p></div>", True),
        (".post > .promo", "<div class='post'><p><b class='promo'>a</b></p></div>", False),
        (".a, .promo", "<b class='promo'>a</b>", True),
        ("aside", "<aside>a</aside>", True),
        ("*", "<b>a</b>", True),
    ],
)
def test_a_selector_finds_what_css_would(selector, html, found):
    rules = RuleSet(parse(selector, "why"))
    assert any(rules.find(element) for element in read(html).iterdescendants()) is found


@pytest.mark.parametrize("selector", ["div >", ".a..b", "a:hover", "p{}", "[x", "> p"])
def test_a_selector_that_cannot_be_read_is_named(selector):
    with pytest.raises(BadInput) as refusal:
        clean("<p>a</p>", rules=Rules(remove=(selector,)))
    assert refusal.value.extra["selector"]


def test_an_outlet_removes_by_selector_and_by_words_and_the_report_says_so():
    rules = Rules(remove=(".kicker",), remove_texts=("Our shop sells tea", "From our archive:*"))
    cleaned = clean(
        "<p class='kicker'>World</p><p>Report.</p><p>Our shop sells tea</p><p>From our archive: old things</p>",
        rules=rules,
    )
    assert cleaned.html == "<p>Report.</p>"
    assert {entry.text for entry in cleaned.report.removed} == {
        "World",
        "Our shop sells tea",
        "From our archive: old things",
    }
    assert {entry.why for entry in cleaned.report.removed} == {"by a rule for this outlet"}


def test_a_rule_never_takes_the_story_itself():
    story = "<div class='related'>" + "<p>The report goes on and on in many words.</p>" * 20 + "</div>"
    cleaned = clean(story)
    assert cleaned.report.words == 180
    assert "kept" in cleaned.report.warnings[0]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (EmbedPolicy.KEEP, "<figure><iframe "),
        (
            EmbedPolicy.LINK,
            '<p><a rel="noopener" href="https://www.youtube.com/watch?v=AbCdEfGhIjK">A film (YouTube)</a></p>',
        ),
        (EmbedPolicy.DROP, ""),
    ],
)
def test_an_embed_is_kept_linked_or_dropped(policy, expected):
    cleaned = clean(PLAYER, rules=Rules(embeds=policy))
    rest = cleaned.html.removeprefix("<p>a</p>")
    assert rest.startswith(expected) if expected else rest == ""
    assert (policy is EmbedPolicy.DROP) is any(entry.what == "embed" for entry in cleaned.report.removed)
    assert clean(cleaned.html, rules=Rules(embeds=policy)).html == cleaned.html


def test_a_source_note_is_lifted_and_said():
    cleaned = clean("<p>Report.</p><p>(This story originally appeared on www.oc-media.org on March 3.)</p>")
    assert cleaned.html == "<p>Report.</p>"
    assert cleaned.note is not None
    assert (cleaned.note.site, cleaned.note.month, cleaned.note.day) == ("www.oc-media.org", 3, 3)
    assert [entry.what for entry in cleaned.report.removed] == ["source note"]


def test_a_note_in_the_middle_of_a_long_story_is_report():
    story = "<p>One.</p>" * 6 + "<p>This story originally appeared on www.example.org.</p>" + "<p>Two.</p>" * 6
    assert clean(story).note is None
