"""Every address in the body: made absolute, freed of tracking, or taken out with a word in the report.

Anchors inside the story (footnotes, contents) live on: their targets are renamed to begin with "story-", so that no id
of ours can stand for something in the page around the story (DOM clobbering), and ids that nobody points to go.
"""

import re

from syndicate.cleaning.addresses import clean_address
from syndicate.cleaning.structure import rebuilt
from syndicate.cleaning.tree import Element, finder, place_of
from syndicate.cleaning.vocabulary import ADDRESS_ATTRIBUTES
from syndicate.cleaning.work import Work

PREFIX = "story-"

_WITH_ADDRESS = finder(".//*[@href or @src or @cite or @poster]")
_INSIDE = finder(".//a[starts-with(@href, '#')]")
_WITH_NAME = finder(".//*[@id]|.//a[@name]")
_ODD_IN_NAME = re.compile(r"[^\w.:-]+")
_KEPT_REL = frozenset({"nofollow", "sponsored", "ugc", "license"})


def links(work: Work) -> None:
    wanted: dict[str, str] = {}
    for element in _WITH_ADDRESS(work.body):
        for attribute in ADDRESS_ATTRIBUTES.intersection(element.attrib):
            _settle(element, attribute, wanted, work)
    work.has_anchors = bool(wanted)
    _name_targets(work.body, wanted)


def anchors(work: Work) -> None:
    """After the tree is rebuilt: a link whose target did not stay is plain text, and the other way round."""
    if not work.has_anchors:
        return
    targets = {element.get("id") for element in _WITH_NAME(work.body)}
    pointed = set()
    changed = False
    for link in _INSIDE(work.body):
        target = link.get("href", "")[1:]
        pointed.add(target)
        if target not in targets:
            del link.attrib["href"]
            changed = True
    for element in _WITH_NAME(work.body):
        if element.get("id") not in pointed:
            del element.attrib["id"]
            changed = True
    if changed:
        work.body = rebuilt(work.body)  # an element that was only a link or a target is none any more


def _settle(element: Element, attribute: str, wanted: dict[str, str], work: Work) -> None:
    value = element.get(attribute, "")
    fragment = _own_fragment(value, work.base_url) if attribute == "href" else ""
    if fragment:
        element.attrib[attribute] = "#" + wanted.setdefault(fragment, _new_name(fragment))
        return
    clean = clean_address(value, work.base_url)
    if clean is None:
        if value.strip("# \t\r\n"):
            work.report.remove("address", "not a web, mail or telephone address", place_of(element), value)
        del element.attrib[attribute]
        return
    if clean != value:
        element.set(attribute, clean)
    if element.tag == "a":
        _set_rel(element)


def _set_rel(link: Element) -> None:
    """Only what says something of the link itself; `sanitize` writes the noopener that every link gets."""
    rel = link.get("rel")
    if rel is None:
        return
    del link.attrib["rel"]
    if kept := _KEPT_REL.intersection(rel[:200].lower().split()):
        link.set("rel", " ".join(sorted(kept | {"noopener"})))


def _own_fragment(value: str, base_url: str) -> str:
    """The part after # where the link points into this very story."""
    page, mark, fragment = value.strip()[:2000].partition("#")
    own = not page or (base_url and page == base_url.partition("#")[0])
    return fragment if mark and own else ""


def _new_name(name: str) -> str:
    plain = _ODD_IN_NAME.sub("-", name)[:100]
    return plain if plain.startswith(PREFIX) else PREFIX + plain


def _name_targets(body: Element, wanted: dict[str, str]) -> None:
    unused = set(wanted.values())
    for element in _WITH_NAME(body):
        name = wanted.get(element.get("id") or element.get("name") or "")
        element.set("id", "")
        if name in unused:
            element.set("id", name)
            unused.discard(name)
        else:
            del element.attrib["id"]
