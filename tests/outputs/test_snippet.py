"""The piece of a page that another site pastes."""

import pytest
from lxml import etree

from syndicate.outputs.snippet import render_item
from tests.factories import CREDIT, ORIGINAL_URL, a_feed, an_item
from tests.outputs.reading import values
from tests.outputs.stories import KILLED, NOTHING_OPTIONAL, PRINTED_PAGE, RIGHT_TO_LEFT, WITHDRAWN
from tests.outputs.test_credit_facts import FACTS

CANONICAL = '<link rel="canonical" href="https://oc-media.org/valley-schools-reopen/?a=1&amp;b=2"/>'
NOINDEX = '<meta name="robots" content="noindex"/>'


def comment_and_article(item, **feed):
    document = render_item(a_feed(**feed), item).decode()
    comment, _, rest = document.partition("-->\n")
    return comment, etree.fromstring(rest)


def test_the_piece_brings_its_credit_with_the_link_once():
    _, article = comment_and_article(an_item())
    (credit,) = article.xpath("//p[@class='credit']")
    assert "".join(credit.itertext()) == CREDIT.text
    assert credit.xpath("a/@href") == [ORIGINAL_URL]
    assert "".join(article.itertext()).count(CREDIT.text) == 1


@pytest.mark.parametrize("fact", FACTS)
def test_every_credit_fact_comes_with_the_piece(fact):
    assert any(FACTS[fact] in value for value in values(render_item(a_feed(), an_item())))


@pytest.mark.parametrize(
    ("policy", "hints"),
    [
        ({}, [CANONICAL]),
        ({"noindex": True}, [CANONICAL, NOINDEX]),
        ({"canonical": False, "noindex": True}, [NOINDEX]),
        ({"canonical": False}, []),
    ],
)
def test_what_belongs_into_the_head_is_told_beside_the_text(policy, hints):
    comment, article = comment_and_article(an_item(), **policy)
    assert [hint for hint in (CANONICAL, NOINDEX) if hint in comment] == hints
    assert article.xpath("//link | //meta") == []


def test_without_an_address_of_the_original_nothing_is_canonical():
    comment, _ = comment_and_article(PRINTED_PAGE)
    assert "canonical" not in comment


def test_no_address_ends_the_comment():
    comment, article = comment_and_article(an_item(original_url="https://e.org/--><script>alert(1)</script>--"))
    assert "https://e.org/--%3E%3Cscript%3E" in comment
    assert article.xpath("//script") == []


def test_a_reading_is_counted_by_an_address_that_names_the_story_and_nobody():
    _, article = comment_and_article(an_item(), counter_url="https://news.example/c/gazette.gif")
    counter = article[-1]
    assert dict(counter.attrib) == {
        "src": "https://news.example/c/gazette.gif",
        "width": "1",
        "height": "1",
        "alt": "",
        "referrerpolicy": "origin",
    }


def test_without_a_counter_nothing_is_counted():
    _, article = comment_and_article(an_item())
    assert article.xpath("//img[@width='1']") == []


@pytest.mark.parametrize("item", [an_item(), PRINTED_PAGE, NOTHING_OPTIONAL])
def test_the_piece_needs_no_script_and_no_style(item):
    _, article = comment_and_article(item, counter_url="https://news.example/c/gazette.gif")
    assert article.xpath("//script | //style | //iframe | //object | //@style | //@*[starts-with(name(), 'on')]") == []


def test_pictures_keep_credit_and_terms_and_the_comment_speaks_of_them():
    comment, article = comment_and_article(an_item())
    assert "The pictures have terms of their own" in comment
    assert article.xpath("//figcaption/text()") == ["Pupils before School No 4 (Nino Beridze/OC Media)"]
    assert "© Nino Beridze. Editorial use only." in "".join(article.itertext())
    assert "pictures" not in comment_and_article(NOTHING_OPTIONAL)[0]


@pytest.mark.parametrize(("item", "told"), [(RIGHT_TO_LEFT, ["ar", "rtl"]), (PRINTED_PAGE, ["auto"])])
def test_the_piece_has_its_own_language_and_direction(item, told):
    _, article = comment_and_article(item)
    assert [article.get(name) for name in ("lang", "dir") if article.get(name)] == told


@pytest.mark.parametrize(("item", "says"), [(WITHDRAWN, "withdrawn"), (KILLED, "killed")])
def test_a_story_that_is_gone_is_a_line_that_says_so(item, says):
    document = render_item(a_feed(), item).decode()
    assert says in document
    assert not any(hidden in document for hidden in ("eleven weeks", "<img"))
