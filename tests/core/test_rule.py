"""Which stories a rule takes, case by case, and which rules cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.core.newsitem import SourceItem, Topic
from syndicate.core.rights import Rights
from syndicate.core.rule import Rule, Selection, wrong_values

STORY = SourceItem(
    external_id="1",
    headline="Valley schools reopen",
    slugline="GEO-Schools",
    summary="Eleven weeks, it was said &c.",
    body_html="<p>The caf\u00e9 by the gate is <b>ope</b>n; nobody said &quot;strike&quot;.</p>",
    section="International",
    topics=(Topic("School", "medtop:20000398", ("medtop:05000000", "Education")), Topic("", "medtop:20000053")),
    language="pt-BR",
    rights=Rights(license="CC BY-ND 4.0"),
)
CASES = {
    "nothing asked": (Rule(), True),
    "outlet": (Rule(outlets=("globe", "oc-media")), True),
    "another outlet": (Rule(outlets=("globe",)), False),
    "section in another case": (Rule(sections=("INTERNATIONAL ",)), True),
    "section in another Unicode form": (Rule(sections=("\uff29nternational",)), True),
    "topic by name": (Rule(topics=("school",)), True),
    "topic by code": (Rule(topics=("MEDTOP:20000053",)), True),
    "wider topic by code": (Rule(topics=("medtop:05000000",)), True),
    "wider topic by name": (Rule(topics=("education",)), True),
    "another topic": (Rule(topics=("medtop:2000005",)), False),
    "keyword in the headline": (Rule(keywords=("valley",)), True),
    "keyword in the slugline": (Rule(keywords=("geo",)), True),
    "keyword in the summary": (Rule(keywords=("weeks",)), True),
    "keyword in the text, behind an entity": (Rule(keywords=("strike",)), True),
    "keyword in another Unicode form": (Rule(keywords=("CAFE\u0301",)), True),
    "keyword of two words": (Rule(keywords=("valley  schools",)), True),
    "two words that stand apart": (Rule(keywords=("valley reopen",)), False),
    "two words of two fields": (Rule(keywords=("reopen GEO",)), True),
    "part of a word": (Rule(keywords=("school",)), False),
    "beginning of a word": (Rule(keywords=("school*",)), True),
    "end of a word": (Rule(keywords=("chools*",)), False),
    "name of a tag": (Rule(keywords=("b",)), False),
    "one of two keywords": (Rule(keywords=("war", "gate")), True),
    "language": (Rule(languages=("PT",)), True),
    "another language": (Rule(languages=("p",)), False),
    "licence": (Rule(licences=("cc-by-nd-4.0",)), True),
    "another licence": (Rule(licences=("CC-BY-4.0",)), False),
    "enough words": (Rule(min_words=3, max_words=100), True),
    "too many words": (Rule(max_words=3), False),
    "blocked outlet": (Rule(block=Selection(outlets=("oc-media",))), False),
    "blocked section": (Rule(block=Selection(sections=("international",))), False),
    "blocked topic": (Rule(block=Selection(topics=("education",))), False),
    "blocked keyword": (Rule(block=Selection(keywords=("gate",))), False),
    "block counts more": (Rule(sections=("International",), block=Selection(keywords=("strike",))), False),
    "blocks that do not touch it": (Rule(block=Selection(outlets=("globe",), topics=("war",))), True),
}


@pytest.mark.parametrize(("rule", "taken"), CASES.values(), ids=CASES)
def test_a_rule_takes(rule, taken):
    assert rule.takes(STORY, outlet="oc-media") is taken


WRONG = {
    "empty section": (Rule(sections=(" ",)), "sections"),
    "empty blocked topic": (Rule(block=Selection(topics=("",))), "block_topics"),
    "keyword without a letter": (Rule(keywords=("!*",)), "keywords"),
    "blocked keyword without a letter": (Rule(block=Selection(keywords=("…",))), "block_keywords"),
    "no language": (Rule(languages=("Armenian (East)",)), "languages"),
    "more words at least than at most": (Rule(min_words=5, max_words=4), "max_words"),
    "very long": (Rule(topics=("x" * 201,)), "topics"),
    "very many": (Rule(outlets=("x",) * 501), "outlets"),
}


@pytest.mark.parametrize(("rule", "field"), WRONG.values(), ids=WRONG)
def test_a_rule_that_cannot_be_meant_says_where(rule, field):
    assert list(wrong_values(rule)) == [field]


def test_a_rule_that_asks_for_everything_it_can_is_right():
    lists = {"outlets": ("a",), "sections": ("b",), "topics": ("c",), "keywords": ("d*",)}
    rule = Rule(**lists, languages=("hy", "pt-BR"), licences=("CC0-1.0",), min_words=1, max_words=1)
    assert wrong_values(rule) == wrong_values(Rule(block=Selection(**lists))) == {}


@given(st.builds(Selection, sections=st.tuples(st.text()), topics=st.tuples(st.text()), keywords=st.tuples(st.text())))
def test_what_is_asked_for_and_blocked_is_never_taken(selection):
    rule = Rule(sections=selection.sections, topics=selection.topics, keywords=selection.keywords, block=selection)
    assert not rule.takes(STORY, outlet="oc-media")
