"""A body over a limit is refused at once and says which limit; a large one below the limits is taken whole."""

import pytest

from syndicate.cleaning import Limits, Rules, clean
from syndicate.core.errors import BadInput, TooLarge

HUGE = {
    "a megabyte of <": "<" * 1_000_000,
    "half a million <!": "<!" * 500_000,
    "half a million </": "</" * 500_000,
    "half a million <a": "<a" * 500_000,
    "100,000 nested div": "<div>" * 100_000,
    "300 nested div": "<div>" * 130,
    "nested by names that end tags do not close": "<div></x>" * 300,
    "50,000 nested b": "<b>" * 50_000,
    "100,000 attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
    "attributes behind a false quote": '<p =" ' + " ".join(f"a{n}" for n in range(5000)) + '">',
    "attributes after a comment that is none": "<!--><p " + " ".join(f"a{n}" for n in range(5000)) + ">",
    "four megabytes of text": "word " * 800_000,
    "300,000 typed paragraphs": "x\n\n" * 300_000,
    "9,000 words in bold in one paragraph": "<p>" + "<b>x</b> " * 9_000,
    "escaped characters": "<p>" + "&lt;" * 100_000 + "</p>",
    "100,000 open quotes": "<a b='" * 100_000,
}
LARGE = {
    "500,000 no-break spaces": "&nbsp;" * 400_000,
    "a megabyte in one attribute": f"<p title='{'x' * 1_000_000}'>word</p>",
    "a picture inside the text": f"<p>word <img src='data:image/png;base64,{'A' * 1_000_000}'></p>",
    "a thousand paragraphs that nobody closed": "<p>word" * 1000,
    "a thousand optional line breaks": "<p>" + "wo<wbr>rd" * 1000,
    "a script full of signs": "<script>" + "if(a<b&&c<d){}" * 1000 + "</script><p>word</p>",
    "a page of settings of a word processor": "<!--[if mso]>" + "<w:x a='1'/>" * 500 + "<![endif]--><p>word</p>",
    "commas without end": f"<p>word<img srcset='{',' * 900_000}'></p>",
    "lists in lists": "<ul>" * 100 + "<li>word" + "</ul>" * 100,
    "ampersands without end": "&#" * 9_000,
}


@pytest.mark.parametrize("name", HUGE)
def test_over_a_limit_is_a_refusal_that_names_the_limit(name):
    with pytest.raises(TooLarge) as refusal:
        clean(HUGE[name])
    assert refusal.value.extra["limit"]
    assert isinstance(refusal.value, BadInput)


@pytest.mark.parametrize("name", LARGE)
def test_large_but_honest_input_is_taken(name):
    out = clean(LARGE[name]).html
    assert clean(out).html == out
    assert "word" not in LARGE[name] or "word" in out


def test_limits_belong_to_the_outlet():
    with pytest.raises(TooLarge):
        clean("<p>Too long</p>", rules=Rules(limits=Limits(max_chars=5)))
