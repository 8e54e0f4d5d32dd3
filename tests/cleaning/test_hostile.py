"""What hostile bodies become, read by three parsers. What a browser does with it is told in `test_browser`."""

import html as entities

import pytest
from lxml import etree
from lxml import html as lxml_html

from syndicate.cleaning import clean
from syndicate.cleaning.vocabulary import ELEMENTS, allowed
from tests.cleaning.hostile import HOSTILE
from tests.cleaning.soups import BASE, read_xml


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_that_runs_is_left(name):
    out = clean(HOSTILE[name], base_url=BASE).html
    for tree in (read_xml(out), lxml_html.fragment_fromstring(out, create_parent="div")):
        for element in tree.iterdescendants():
            assert element.tag in ELEMENTS
            assert all(allowed(element.tag, attribute) for attribute in element.attrib)
            assert not any(
                "javascript:" in value for key, value in element.attrib.items() if key not in ("alt", "title")
            )
    assert clean(out, base_url=BASE).html == out


@pytest.mark.parametrize("name", HOSTILE)
def test_the_tree_is_the_same_in_a_page_in_newsml_and_in_rss(name):
    out = clean(HOSTILE[name], base_url=BASE).html
    as_xml = etree.tostring(read_xml(out), method="c14n")
    in_page = lxml_html.fragment_fromstring(out, create_parent="div")
    in_rss = etree.fromstring(f"<description>{entities.escape(out)}</description>").text or ""
    in_cdata = etree.fromstring(f"<description><![CDATA[{out}]]></description>").text or ""
    assert etree.tostring(in_page, method="c14n") == as_xml
    assert in_rss == out
    assert in_cdata == out


def test_what_was_taken_out_is_named():
    removed = clean("<p>a</p><script>track()</script><p hidden>b</p>").report.as_dict()["removed"]
    assert [(entry["what"], entry["why"], entry["text"]) for entry in removed] == [
        ("script", "scripts are not republished", "track()"),
        ("p", "hidden by the page", "b"),
    ]


def test_a_report_is_never_longer_than_its_cap():
    report = clean("<p>a</p>" + "<script>x</script>" * 1000).report.as_dict()
    assert len(report["removed"]) == 200
    assert report["not_listed"]["removed"] == 800
