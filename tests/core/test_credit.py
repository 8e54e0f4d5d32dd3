"""The credit compiler: a template and facts become one sentence, as text and as HTML."""

from dataclasses import replace

import pytest

from syndicate.core.credit import DEFAULT_TEMPLATE, NAMES, CreditFacts, check_template, compile_credit, pick_template
from syndicate.core.errors import BadFields

FACTS = CreditFacts(
    site="oc-media.org",
    outlet="OC Media",
    date="March 3, 2026",
    byline="Tamar Gelashvili",
    url="https://oc-media.org/a/",
    headline="Schools reopen",
    republisher="The Mirror",
)
SENTENCES = [
    (DEFAULT_TEMPLATE, FACTS, "This story originally appeared on oc-media.org on March 3, 2026."),
    (DEFAULT_TEMPLATE, CreditFacts(site="a.example"), "This story originally appeared on a.example."),
    ("By {byline} for {outlet}.", FACTS, "By Tamar Gelashvili for OC Media."),
    ("{outlet}[, by {byline}][, {date}].", CreditFacts(outlet="OC", date="2026"), "OC, 2026."),
    ("{outlet}[ ({byline}, {date})].", CreditFacts(outlet="OC", date="2026"), "OC."),
    ("{outlet} [always].", CreditFacts(outlet="OC"), "OC always."),
    ("From {outlet} on {date}.", CreditFacts(outlet="OC"), "This story originally appeared on OC."),
    ("From {outlet} ({url}).", CreditFacts(site="a.example"), "This story originally appeared on a.example."),
    ("{headline} — {outlet}, {republisher}", FACTS, "Schools reopen — OC Media, The Mirror"),
]


@pytest.mark.parametrize(("template", "facts", "sentence"), SENTENCES)
def test_a_template_is_filled_and_what_is_not_known_is_left_out(template, facts, sentence):
    assert compile_credit(check_template(template), facts).text == sentence


HTML = [
    (DEFAULT_TEMPLATE, {}, '<a href="https://oc-media.org/a/">oc-media.org</a> on March 3, 2026.'),
    ("{outlet} ({site})", {}, '<a href="https://oc-media.org/a/">OC Media</a> (oc-media.org)'),
    ("{outlet}", {"url": ""}, "OC Media"),
    ("{outlet}: {headline}", {"url": "", "headline": "<b>&"}, "OC Media: &lt;b&gt;&amp;"),
    ("<i>{outlet}</i>", {"url": ""}, "&lt;i&gt;OC Media&lt;/i&gt;"),
    (
        "{outlet}",
        {"url": 'https://a.example/?a="&b=<'},
        '<a href="https://a.example/?a=&quot;&amp;b=&lt;">OC Media</a>',
    ),
]


@pytest.mark.parametrize(("template", "changes", "html"), HTML)
def test_the_html_links_the_source_once_and_escapes_every_word(template, changes, html):
    assert compile_credit(template, replace(FACTS, **changes)).html.endswith(html)


@pytest.mark.parametrize("fact", ["{date}", "[{date}]", "{", "}", "{}", "{outlet}", "a]b["])
def test_a_fact_is_never_read_as_a_template(fact):
    facts = CreditFacts(outlet=fact, site=fact, date="March 3")
    assert compile_credit("From {outlet} on {date}.", facts).text == f"From {fact} on March 3."


WRONG = {
    "On {date}.": "must name",
    "[{outlet}]": "must name",
    "": "must name",
    "{outlet} {editor}": "{editor} is unknown",
    "{outlet} {}": "{} is unknown",
    "{outlet} {outlet.__class__}": "is unknown",
    "{outlet} [on {date}": "square brackets",
    "{outlet} on {date}]": "square brackets",
    "{outlet} [on [{date}]]": "square brackets",
    "{outlet} {date": "brace",
    "{outlet} date}": "brace",
}


@pytest.mark.parametrize(("template", "told"), WRONG.items())
def test_a_template_that_cannot_be_compiled_is_refused_saying_why(template, told):
    with pytest.raises(BadFields) as refused:
        check_template(template)
    assert told in " ".join(refused.value.extra["errors"]["credit_template"])
    assert refused.value.extra["known"] == list(NAMES)


OURS = {"en": "English", "pt-BR": "Brazilian", "hy": "Armenian"}
PICKS = [
    (OURS, "hy", ("Armenian", "hy")),
    (OURS, "HY-am", ("Armenian", "hy")),
    (OURS, "pt-br", ("Brazilian", "pt-BR")),
    (OURS, "pt", ("English", "en")),
    (OURS, "", ("English", "en")),
    (OURS, "fr-CA", ("English", "en")),
    ({"hy": "Armenian"}, "fr", (DEFAULT_TEMPLATE, "en")),
    ({}, "hy", (DEFAULT_TEMPLATE, "en")),
]


@pytest.mark.parametrize(("templates", "language", "picked"), PICKS)
def test_the_template_is_the_storys_own_language_then_its_base_then_english_then_ours(templates, language, picked):
    assert pick_template(templates, language) == picked
