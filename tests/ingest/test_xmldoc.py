"""The one XML parser: what it refuses, where, and what it reads although others would not."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from syndicate.core.errors import BadInput, SyndicateError, TooLarge
from syndicate.ingest import xmldoc

LAUGHS = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
LETTER = "<a>Ž</a>"


def root(document, media_type=""):
    return xmldoc.load(document, media_type)[0]


@pytest.mark.parametrize(
    "document",
    [
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY x "y">]><a/>',
        b'<!DOCTYPE a [<!ENTITY % x "y">]><a/>',
        "<!DOCTYPE a SYSTEM 'b'><a>&\u00e9;</a>".encode(),
        b'<!DOCTYPE a [<!ENTITY a "ha">' + LAUGHS + b"]><a>&j;</a>",
        b'<!DOCTYPE a [<!ENTITY a "ha">' + LAUGHS + b']><a b="&j;"/>',
    ],
    ids=["file", "unused", "parameter", "of-a-dtd", "laughs", "laughs-in-an-attribute"],
)
def test_a_document_with_entities_of_its_own_is_refused(document):
    with pytest.raises(BadInput):
        xmldoc.load(document)


def test_a_document_type_alone_is_read_and_never_fetched():
    read = root(
        b'<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf.dtd"><nitf>Tea &house; <b c="&x;"/>&amp; &x; cake</nitf>'
    )
    assert "".join(read.itertext()) == "Tea &house; & &x; cake"


@pytest.mark.parametrize(
    ("document", "line", "column"),
    [
        (b"<a>\n  <b>cut off", 2, 13),
        (b"<a>\n<b></a>", 2, 8),
        (b"<a>AT&T</a>", 1, 8),
        (b"<a>\n\0</a>", 2, 1),
        (b"", 1, 1),
    ],
    ids=["truncated", "crossed", "bare-ampersand", "nul", "nothing"],
)
def test_what_is_not_well_formed_says_where(document, line, column):
    with pytest.raises(BadInput) as refusal:
        xmldoc.load(document)
    assert (refusal.value.extra["line"], refusal.value.extra["column"]) == (line, column)


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (b"<a>caf&eacute;&nbsp;&hellip;</a>", "café\xa0…"),
        (b'<a b="&quot;&nbsp;">&lt;b&gt; &amp; &#x41;</a>', "<b> & A"),
        (b"<a>one\x0btwo&#0;&#x1F;&#xD800;&#1114112; three</a>", "one two three"),
        (b"  \n<?xml version='1.0'?><a>late declaration</a>", "late declaration"),
        (b"<a><!-- no --><?php no ?>yes</a>", "yes"),
    ],
    ids=["names-of-html", "names-of-xml", "controls", "white-space-before", "comments"],
)
def test_what_many_senders_write_is_read(document, text):
    assert "".join(root(document).itertext()) == text


@pytest.mark.parametrize(
    ("document", "media_type"),
    [
        (LETTER.encode("utf-8-sig"), ""),
        (LETTER.encode("utf-16"), ""),
        (LETTER.encode("utf-16-le"), ""),
        (LETTER.encode("utf-16-be"), ""),
        (LETTER.encode("utf-16-le"), "text/xml; charset=utf-16"),
        (LETTER.encode("windows-1250"), "text/xml; charset=windows-1250"),
        (f'<?xml version="1.0" encoding="windows-1250"?>{LETTER}'.encode("windows-1250"), "text/xml"),
        (f'<?xml version="1.0" encoding="latin-7-of-mars"?>{LETTER}'.encode(), "text/xml; charset=klingon"),
        (f'<?xml version="1.0" encoding="utf-16"?>{LETTER}'.encode(), ""),
        (f'<?xml version="1.0" encoding="windows-1250"?>{LETTER}'.encode("windows-1250"), "text/xml; charset=utf-8"),
        (f'<?xml version="1.0" encoding="windows-1250"?>{LETTER}'.encode("utf-8-sig"), "text/xml; charset=koi8-r"),
    ],
    ids=[
        "mark-8",
        "mark-16",
        "unmarked-16-le",
        "unmarked-16-be",
        "sent-16",
        "sent",
        "declared",
        "unknown-names",
        "declared-16-and-is-not",
        "sent-name-is-impossible",
        "mark-counts-most",
    ],
)
def test_the_encoding_is_one_that_the_bytes_can_be(document, media_type):
    assert root(document, media_type).text == "Ž"


@pytest.mark.parametrize("codec", ["punycode", "unicode_escape", "utf-7", "rot13", "zip"])
def test_codecs_that_are_no_encoding_of_the_web_are_not_known(codec):
    assert root(b"<a>+AD4-</a>", f"text/xml; charset={codec}").text == "+AD4-"


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (b"<a>" * 201 + b"</a>" * 201, BadInput),
        (b"<a>" * 5000 + b"</a>" * 5000, BadInput),
        (b"<a>" + b"<b/>" * 1_000_000 + b"</a>", TooLarge),
        (b"<a><!-- <![CDATA[ -->" + b"<b/>" * 1_000_000 + b"<!-- ]]> --></a>", TooLarge),
        (b" " * 64_000_001, TooLarge),
    ],
    ids=["deep", "very-deep", "many", "hidden", "large"],
)
def test_a_document_over_a_limit_is_refused(document, kind):
    with pytest.raises(kind):
        xmldoc.load(document)


def test_the_deepest_that_is_allowed_is_read():
    assert root(b"<a>" * 200 + b"</a>" * 200).tag == "a"


def test_plain_names_have_no_namespace_and_keep_the_language():
    source = b'<n:a xmlns:n="urn:n" xml:lang="en" n:b="1" C="2"><B xmlns="urn:m"/></n:a>'
    as_written = xmldoc.plain_names(root(source))
    assert (as_written.tag, dict(as_written.attrib), as_written[0].tag) == ("a", {"lang": "en", "C": "2"}, "B")
    lower = xmldoc.plain_names(root(source), lower=True)
    assert (dict(lower.attrib), lower[0].tag) == ({"lang": "en", "c": "2"}, "b")


@given(st.binary(max_size=200), st.text(max_size=40))
@example(b"\xff\xfe<\0a", "")
def test_any_bytes_are_read_or_refused(data, media_type):
    try:
        read = root(data, media_type)
    except SyndicateError:
        return
    assert xmldoc.plain_names(read).tag
