"""Whatever is sent: each of the IPTC formats in XML reads it or refuses it, and keeps nothing that cannot be kept."""

from collections.abc import Iterable
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from syndicate.core.errors import BadInput, SyndicateError, TooLarge
from syndicate.core.text import FORBIDDEN
from syndicate.ingest import Gone, Parsed, xmldoc
from tests.ingest.golden_documents import documents, read

FORMS = ("newsml", "newsml1", "nitf")
SEEDS = {form: [document.read_bytes() for document in documents(form)] for form in FORMS}
TREES = {form: [xmldoc.load(seed)[0] for seed in seeds] for form, seeds in SEEDS.items()}
ODD = (
    "\u202e,\U0001f600,<p>,20260305T000000Z,2026,0000-00-00"
    ",9999-12-31T23:59:59-14:00,urn:a,https://[,//,:,stat:,sig:kill"
)
TEXTS = st.sampled_from([*ODD.split(","), "", " ", "1" * 400, "x" * 2000])


def strings(value):
    if isinstance(value, dict):
        value = value.values()
    if isinstance(value, str) or not isinstance(value, Iterable):
        return [str(value)]
    return [text for part in value for text in strings(part)]


def check(form, data):
    try:
        results = read(form, data)
    except SyndicateError:
        return
    assert results
    for result in results:
        assert isinstance(result, Parsed | Gone | SyndicateError)
        told = asdict(result) if not isinstance(result, SyndicateError) else {**result.extra, "detail": result.detail}
        assert not [text for text in strings(told) if FORBIDDEN.search(text)]
        if isinstance(result, Parsed):
            assert 0 < len(result.item.external_id) <= 500


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
def test_documents_with_bytes_changed(form, data):
    seed = bytearray(data.draw(st.sampled_from(SEEDS[form])))
    for at, byte in data.draw(st.lists(st.tuples(st.integers(0, len(seed) - 1), st.integers(0, 255)), max_size=3)):
        seed[at] = byte
    check(form, bytes(seed[: data.draw(st.integers(0, len(seed)))]) if data.draw(st.booleans()) else bytes(seed))


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
def test_documents_with_elements_and_words_changed(form, data):
    """A sender's mistakes: parts that are missing, doubled, in another's place, with other words in them."""
    root = etree.fromstring(etree.tostring(data.draw(st.sampled_from(TREES[form]))))
    nodes = [node for node in root.iter(etree.Element) if node is not root]
    for node in data.draw(st.lists(st.sampled_from(nodes), max_size=4)):
        change = data.draw(st.sampled_from(["remove", "rename", "say", "attribute", "move"]))
        parent = node.getparent()
        if change == "remove" and parent is not None:
            parent.remove(node)
        elif change == "rename":
            node.tag = data.draw(st.sampled_from(nodes)).tag
        elif change == "say":
            node.text = data.draw(TEXTS)
        elif change == "attribute" and node.attrib:
            node.set(data.draw(st.sampled_from(sorted(node.attrib))), data.draw(TEXTS))
        elif change == "move":
            target = data.draw(st.sampled_from(nodes))
            if node not in [target, *target.iterancestors()]:
                target.append(node)
    check(form, etree.tostring(root))


# Limits: what costs more than any newsroom's document is refused at its place, or cut with a warning


def g2(meta="", content="", before=""):
    return (
        f'<newsMessage><itemSet><newsItem guid="urn:a">{before}<itemMeta>{meta}</itemMeta><contentMeta>'
        f"<headline>H</headline>{content}</contentMeta><contentSet><inlineData>T</inlineData></contentSet></newsItem>"
        '<newsItem guid="urn:b"><contentMeta><headline>H</headline></contentMeta></newsItem></itemSet></newsMessage>'
    ).encode()


def test_an_item_with_too_much_metadata_is_refused_and_the_next_is_read():
    refused, result = read("newsml", g2(content="<keyword>k</keyword>" * 5_000))
    assert isinstance(refused, TooLarge)
    assert result.item.external_id == "urn:b"


@pytest.mark.parametrize(
    ("form", "document"),
    [
        ("newsml", b"<newsMessage><itemSet>" + b"<newsItem/>" * 10_001 + b"</itemSet></newsMessage>"),
        ("nitf", b"<nitf><head>" + b"<pubdata/>" * 5_001 + b"</head></nitf>"),
        ("nitf", b"<nitf><body>" + b"<media/>" * 5_001 + b"</body></nitf>"),
    ],
    ids=["items", "head", "media"],
)
def test_a_document_with_too_many_parts_is_refused(form, document):
    with pytest.raises(TooLarge):
        read(form, document)


def test_a_newsml_1_item_with_too_many_components_is_refused():
    (refused,) = read("newsml1", b"<NewsML><NewsItem>" + b"<NewsComponent/>" * 5_001 + b"</NewsItem></NewsML>")
    assert isinstance(refused, BadInput)


def test_of_very_many_facts_the_first_are_kept_and_it_is_told():
    hops = "".join(f'<hop seq="{n}"><party><name>p{n}</name></party></hop>' for n in range(60))
    keywords = "".join(f"<keyword>k{n}</keyword>" for n in range(101))
    result, _ = read("newsml", g2(content=keywords, before=f"<hopHistory>{hops}</hopHistory>"))
    assert (len(result.item.topics), len(result.item.hops)) == (100, 50)
    told = {"Of its 101 topics the first 100 were kept.", "Of its 60 hops the first 50 were kept."}
    assert told <= set(result.warnings)


def test_of_very_many_oddities_the_first_are_told():
    result, _ = read("newsml", g2(meta="".join(f"<expires>never {n}</expires>" for n in range(80))))
    assert result.hold.startswith("The end of its use cannot be read: 'never 0'")
    assert (len(result.warnings), result.warnings[-1]) == (51, "And 29 more of this kind.")
