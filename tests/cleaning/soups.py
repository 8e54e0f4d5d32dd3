"""Generated HTML for the property tests: pieces that are fine alone and awkward together, and how to read a result."""
# ruff: noqa: E501  a table of pieces

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from hypothesis import strategies as st
from lxml import etree

from syndicate.cleaning.vocabulary import names

BASE = "https://news.example.org/2026/story"

TAGS = sorted(
    names("""
    p div span b i strong em a ul ol li table tr td th thead tbody caption blockquote h1 h2 h3 pre code figure
    figcaption img br hr section article aside font sup sub u s q cite dl dt dd center noscript iframe video
    svg math mtext mglyph foreignObject desc title style script template textarea xmp plaintext select option form
    button picture source object embed details summary ruby rt rp nobr tt o:p custom-tag label input address
""")
)
ATTRIBUTES = (
    "",
    " href='https://example.org/a?utm_source=x&b=1'",
    " href='javascript:alert(1)'",
    " href='java\tscript:alert(1)'",
    " href='#n1'",
    " id=n1",
    " id='story-n1'",
    " name=n1",
    " src='/a.jpg'",
    " src='https://www.youtube.com/embed/abcdefghijk'",
    ' data-src="b.png"',
    " srcset='a.jpg 100w, b.jpg 200w'",
    " onerror=alert(1)",
    " style='font-weight:bold;background:url(javascript:x)'",
    " class='wp-caption'",
    " class='wp-caption-text'",
    " class='photo-credit'",
    " class='credit'",
    " class='gallery-item gallery'",
    " class='pullquote'",
    " class='sharedaddy'",
    " class='lst-kix_a-0'",
    " class='lst-kix_a-1'",
    " class='twitter-tweet'",
    " class='wp-block-embed__wrapper'",
    " class='MsoListParagraph' style='mso-list:l0 level2 lfo1'",
    " style='mso-list:Ignore'",
    " style='vertical-align:super;text-decoration:underline'",
    " id=cmnt1",
    " role=presentation",
    " dir=auto",
    " lang=hy",
    " dir=rtl",
    " alt='a \"b\" <c> & d'",
    ' title="\'>"',
    " colspan=2",
    " hidden",
    ' a"b=c',
)
TEXTS = (
    "word", " ", "two words", "\n\n", "\n", "&nbsp;", "&lt;script&gt;", "&amp;amp;", "<", ">", "&", "\"", "--", "—",
    "“q”", "é", "\u200b", "\u200c", "می\u200cخواهم", "\u00ad", "\x00", "\x0b", "\x85", "\ud800", "&#0;", "&#x1f;",
    "&#xD800;",
    "<!--", "-->", "<![CDATA[", "]]>", "<!--[if mso]>", "<![endif]-->", "<?php ?>", "<!doctype html>", "</body>",
    "<body>",
    "[caption id=1]", "[/caption]", "[gallery ids=1]", "[", "gallery", "]", "https://youtu.be/abcdefghijk", "Topics: a, b",
    "(This story originally appeared on www.example.org on March 3.)", "Related stories", "(AP Photo/Ani)", "Advertisement",
    "March 3, 2026", "line\nline", "a<br>b<br>c<br>d<br>e", "<img src='/a-100x100.jpg'>",
    "Photo: Ani Example", "Read more:", "By Ani Example", "&#150;", "\U0001f468\u200d\U0001f469", "a\xa0b", "©",
)  # fmt: skip


def _one_of(pieces: Sequence[str]) -> st.SearchStrategy[str]:
    return st.integers(0, len(pieces) - 1).map(
        lambda number: pieces[number]
    )  # its repr is short, unlike sampled_from's


_opening = st.builds(lambda tag, attribute: f"<{tag}{attribute}>", _one_of(TAGS), _one_of(ATTRIBUTES))
_closing = _one_of(TAGS).map(lambda tag: f"</{tag}>")
_piece = st.one_of(_one_of(TEXTS), _opening, _closing)
soups = st.lists(_piece, max_size=40).map("".join)


def _nest(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, attribute, parts: f"<{tag}{attribute}>{''.join(parts)}</{tag}>",
        _one_of(TAGS),
        _one_of(ATTRIBUTES),
        st.lists(inner, max_size=5),
    )


trees = st.lists(st.recursive(_one_of(TEXTS), _nest, max_leaves=20), max_size=4).map("".join)

_GOLDEN = Path(__file__).parent / "golden"
_stories = [path.read_text("utf-8") for path in sorted(_GOLDEN.glob("*.html")) if not path.name.endswith(".clean.html")]


@st.composite
def _spliced(draw: st.DrawFn) -> str:
    """Parts of the golden stories joined anywhere, even inside a tag: what a broken feed sends."""
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        story = draw(_one_of(_stories))
        start = draw(st.integers(0, len(story)))
        parts.append(story[start : start + draw(st.integers(0, 1500))])
    return "".join(parts)


bodies = st.one_of(soups, trees, _spliced())


def read_xml(html: str) -> etree._Element:
    return etree.fromstring(f"<div>{html}</div>")


def scheme_of(address: str) -> str:
    return urlsplit(address).scheme
