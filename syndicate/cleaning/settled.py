"""A paragraph that needs no rebuilding: words, with links and emphasis among them, as most of them are.

What `flow` would make of it is known beforehand: the same elements with fewer attributes and single spaces. So it is
put right where it stands, which costs a third. Whatever is less plain is left to `flow`: an attribute that a paragraph
keeps, marks that touch or hold elements, white space at their edges, joiners. Both must give the same.
"""

from syndicate.cleaning.attributes import MARKS, attributes_of
from syndicate.cleaning.inline import EDGE, INVISIBLE, SPACES
from syndicate.cleaning.tree import Element
from syndicate.cleaning.vocabulary import GLOBAL_ATTRIBUTES, names

_PLAIN = names("a strong em u s sub sup small mark code kbd samp var")


def settle(paragraph: Element) -> bool:
    """Put the paragraph right and say so, or leave it as it is. Its tail is not looked at."""
    marks = list(paragraph)
    texts = [SPACES.sub(" ", words or "") for words in (paragraph.text, *[mark.tail for mark in marks])]
    texts[0] = texts[0].lstrip(EDGE)
    texts[-1] = texts[-1].rstrip(EDGE)
    begins = texts[0] or (marks[0].text if marks else "")
    if not begins or begins[0] in INVISIBLE or not all(texts[1:-1]) or _joins("".join(texts)):
        return False
    if not GLOBAL_ATTRIBUTES.isdisjoint(paragraph.attrib) or not all(map(_is_plain, marks)):
        return False
    paragraph.attrib.clear()
    paragraph.text = texts[0]
    for mark, tail in zip(marks, texts[1:], strict=True):
        _put_right(mark)
        mark.tail = tail
    return True


def _is_plain(mark: Element) -> bool:
    words = mark.text
    if MARKS.get(str(mark.tag)) not in _PLAIN or len(mark) or not words or _joins(words) or mark.get("id") is not None:
        return False
    if mark.tag == "a" and not (mark.get("href") or "").strip():
        return False
    return words[0] not in INVISIBLE and words[-1] not in INVISIBLE


def _put_right(mark: Element) -> None:
    mark.tag = MARKS[str(mark.tag)]
    mark.text = SPACES.sub(" ", mark.text or "")
    kept = list(attributes_of(mark, mark.tag).items())
    if mark.items() != kept:
        mark.attrib.clear()
        mark.attrib.update(kept)


def _joins(words: str) -> bool:
    return "\u200c" in words or "\u200d" in words
