"""What an element of the old tree hands on: attributes that the vocabulary allows, and the mark it sets on text."""

from itertools import count
from typing import cast

from syndicate.cleaning.inline import Mark, Marks, with_mark
from syndicate.cleaning.tree import Element
from syndicate.cleaning.vocabulary import ALLOWED, CLASSES, HEADINGS

MARKS = {
    **{tag: tag for tag in ("strong", "em", "u", "s", "sub", "sup", "small", "mark", "code", "kbd", "samp", "var")},
    **{tag: tag for tag in ("a", "q", "cite", "abbr", "dfn", "time", "bdi", "bdo", "ruby", "rt", "rp", "del", "ins")},
    "b": "strong",
    "i": "em",
    "strike": "s",
    "tt": "code",
    "acronym": "abbr",
    "span": "span",
}
_KEPT_APART = frozenset({"q", "cite", "abbr", "time", "dfn", "ruby", "rt", "rp"})
_MAY_BE_EMPTY = frozenset({"alt", "controls", "reversed"})
_INLINE = frozenset(MARKS.values())
_keys = count(1)


def attributes_of(node: Element, tag: str) -> dict[str, str]:
    """What the vocabulary allows on `tag`, in order of names."""
    if not node.attrib:
        return {}
    names = ALLOWED[tag]
    found = {name: " ".join(value.split()) for name, value in _items(node) if name in names}
    if not found:
        return found
    if found.get("class") not in CLASSES.get(tag, ()):
        found.pop("class", None)
    if "reversed" in found:
        found["reversed"] = ""  # present or not is all it says
    if "dir" in found:
        found["dir"] = found["dir"].lower()
    if "dir" in found and found["dir"] not in (("ltr", "rtl") if tag in _INLINE else ("ltr", "rtl", "auto")):
        del found["dir"]
    kept = {name: value for name, value in sorted(found.items()) if value or name in _MAY_BE_EMPTY}
    return {"rel": kept.pop("rel"), **kept} if "rel" in kept else kept


def marks_with(node: Element, marks: Marks, leaf: str) -> tuple[Marks, str]:
    """The marks that hold inside an inline element, and the id that an empty one leaves to the next block."""
    tag = MARKS[str(node.tag)]
    if tag == "strong" and leaf in HEADINGS:
        return marks, ""
    found, anchor = attributes_of(node, tag), ""
    if "id" in found and not len(node) and not (node.text or "").strip():
        anchor = found.pop("id")
    if tag == "a":  # browsers underline links by themselves
        marks = tuple(mark for mark in marks if mark.tag != "u")
    elif tag == "u" and any(mark.tag == "a" for mark in marks):
        return marks, anchor
    if (tag == "a" and not found.keys() & {"href", "id"}) or (tag == "span" and not found):
        return marks, anchor
    key = next(_keys) if tag in _KEPT_APART else 0
    return with_mark(marks, Mark(tag, tuple(found.items()), key)), anchor


def _items(node: Element) -> list[tuple[str, str]]:
    return cast(list[tuple[str, str]], node.items())
