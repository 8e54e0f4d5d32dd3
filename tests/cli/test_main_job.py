"""The main job on a real newspaper page: imported, published, and read as RSS, NewsML-G2 and a page."""

import re
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from syndicate.app import create_app
from syndicate.config import load

NAR = {"n": "http://iptc.org/std/nar/2006-10-01/"}
FURNITURE = ("TOP STORIES", "Topics:", "WEEK")
FIRST, LAST = "Azerbaijani troops have reportedly been put on combat alert", "provide all possible assistance"
CREDIT = "originally appeared on"


@cache
def schema(shared: Path) -> etree.XMLSchema:
    (file,) = (shared / "standards").rglob("NewsML-G2_2.35-spec-All-Power.xsd")
    return etree.XMLSchema(etree.parse(file))


@pytest.fixture
def paragraphs(shared) -> list[str]:
    """The body of the printed page, told apart by hand: what is longer than a line and no closing note."""
    page = (shared / "seed" / "clip.txt").read_text(encoding="utf-8")
    return [line for line in page.splitlines() if len(line) > 100 and not line.startswith("(")]


@pytest.fixture
def ref(terminal, shared) -> str:
    (result,) = terminal.json("import", str(shared / "seed" / "clip.txt"), "--outlet", "oc-media")
    assert result["result"] == "created"
    assert terminal.json("story", "publish", result["id"])["review"] == "published"
    return result["id"]


@pytest.fixture
def get(ref):
    client = create_app(load()).test_client()
    return lambda path: client.get(path.format(ref)).get_data(as_text=True)


PATHS = ["/items/{}.rss", "/items/{}.newsml", "/items/{}.html", "/feeds/world.rss", "/feeds/world.newsml"]


@pytest.mark.parametrize("path", PATHS)
def test_the_printed_page_arrives_whole_and_without_its_furniture(get, paragraphs, path):
    document = get(path)
    words = " ".join(re.sub(r"<[^>]*>", " ", document.replace("&lt;", "<").replace("&gt;", ">")).split())
    for said in ("Azerbaijani Troops Reportedly Deployed to Iranian Border", "Aytan Farhadova", "International"):
        assert said in words, said
    for said in ("Azerbaijan border with Iran", "www.oc-media.org"):
        assert said in words, said
    assert re.search(r"2026-03-03(?!T)|March 3, 2026", document)
    for furniture in FURNITURE:
        assert furniture not in words
    places = [words.find(" ".join(paragraph.split())) for paragraph in paragraphs]
    assert len(places) == 13
    assert -1 not in places
    assert places == sorted(places)
    _, *bodies = words.split(FIRST)
    assert len(bodies) == (2 if path.endswith(".newsml") else 1)  # XHTML, and NITF for those who read that one
    for body in bodies:
        assert body.count(CREDIT) == 1
        assert body.find(CREDIT) > body.find(LAST) > -1


@pytest.mark.parametrize("path", ["/items/{}.newsml", "/feeds/world.newsml"])
def test_the_printed_page_is_valid_newsml_with_its_day_its_topics_and_its_section(get, shared, path):
    document = etree.fromstring(get(path).encode())
    schema(shared).assertValid(document)
    assert "2026-03-03" in document.xpath("//n:contentCreated/text()", namespaces=NAR)
    names = document.xpath("//n:subject/n:name/text() | //n:subject//n:name/text()", namespaces=NAR)
    assert {"military", "war"} <= set(names)


def test_the_day_stays_a_day_everywhere(terminal, ref):
    shown = terminal.json("story", "show", ref)
    assert shown["first_published"] == "2026-03-03"
    assert (shown["byline"], shown["section"], shown["topics"]) == (
        "Aytan Farhadova",
        "International",
        ["military", "war"],
    )
    assert shown["pictures"][0]["caption"].startswith("Azerbaijan border with Iran")


def test_the_same_page_again_is_unchanged(terminal, ref, shared):
    (again,) = terminal.json("import", str(shared / "seed" / "clip.txt"), "--outlet", "oc-media")
    assert (again["result"], again["id"]) == ("unchanged", ref)
