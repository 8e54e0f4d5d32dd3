"""A picture and the words that belong to it, in one `figure`, however the CMS had put them together.

WordPress wraps both in a div, Drupal in an article, InDesign lets the caption follow as a paragraph of its own,
Squarespace and Substack put divs into the figcaption. What they share are class names: something called caption,
cutline or credit is looked for, and the nearest element around it that holds one picture and no other words becomes
the figure.
"""

import re
from functools import lru_cache
from itertools import islice

from lxml import etree

from syndicate.cleaning.captions import CREDIT, MAX_CHARS, credit_start
from syndicate.cleaning.tree import Element, drop, finder, has_words, whole_words
from syndicate.cleaning.work import Work

_CAPTION = re.compile(
    r"(?:^|[-_\s])(?:captions?|cutline)(?:[-_\s]|$)|(?:caption|cutline)(?:text)?(?:\s|$)", re.IGNORECASE
)
_CREDIT = re.compile(
    r"(?:^|[-_\s])(?:credits?|photographer|copyright|attribution|photo-?source|photo-?by|image-?source)(?:[-_\s]|$)",
    re.IGNORECASE,
)
_SIGNS = ("caption", "cutline", "credit", "photo", "copyright", "attribution", "image")
_FIGURES = finder(".//figure")
_CLASSED = finder(".//*[@class]")
_GALLERIES = finder(".//*[contains(@class,'gallery')]")
_LONGEST = 2000  # characters; more is no caption, whatever it is called
_MOST_NODES = 200  # a larger element is no wrapper of one picture; this also bounds the time spent looking
_LEVELS = 4
_SHOWN = ("figure", "table", "iframe", "audio", "video")  # with one of these the picture is not alone
_DISSOLVING = frozenset({"ul", "ol", "li", "dl", "dt", "dd"})


def make_figures(work: Work) -> None:
    body = work.body
    for figure in _FIGURES(body):
        _complete(figure)
    for element in _CLASSED(body) if work.mentions(*_SIGNS) else ():
        if _is_words_of_a_picture(element) and not any(up.tag == "figure" for up in element.iterancestors()):
            _join(element)
    for gallery in _GALLERIES(body) if work.mentions("gallery") else ():
        for part in (gallery, *gallery):
            if part.tag in _DISSOLVING:
                part.tag = "div"


def adopt_credits(work: Work) -> None:
    """After the rebuilding: a paragraph that is only a credit belongs to the picture without caption above it."""
    for paragraph in work.body.findall("p"):
        figure = paragraph.getprevious()
        if figure is None or figure.tag != "figure" or len(figure) != 1 or figure[0].tag not in ("img", "a"):
            continue
        words = whole_words(paragraph, MAX_CHARS)
        if words and credit_start(words) == 0:
            caption = etree.SubElement(figure, "figcaption")
            credit = etree.SubElement(caption, CREDIT.tag, dict(CREDIT.attributes))
            credit.text = paragraph.text
            credit.extend(list(paragraph))
            drop(paragraph)


def _complete(figure: Element) -> None:
    """A figure of one picture gets all of its words into one figcaption; one of several pictures is a gallery."""
    images = list(islice(figure.iter("img"), 2))
    if len(images) == 1 and next(figure.iterdescendants(*_SHOWN), None) is None:
        _write(figure, images[0])
    elif images:
        figure.tag = "div"
        for caption in figure.findall("figcaption"):
            caption.tag = "p"


def _join(words: Element) -> None:
    """Find the picture that a caption or credit belongs to: the one around it, or the one just before it."""
    around = words.getparent()
    for _ in range(_LEVELS):
        if around is None or around.tag == "body":
            break
        nodes = list(islice(around.iter(), _MOST_NODES))
        images = [node for node in nodes if node.tag == "img"]
        if images:
            alone = len(images) == 1 and not any(node.tag in _SHOWN for node in nodes)
            if alone and len(nodes) < _MOST_NODES and not _has_other_words(around, nodes):
                _write(around, images[0])
                return
            break
        around = around.getparent()
    _join_to_previous(words)


def _join_to_previous(words: Element) -> None:
    picture = words.getprevious()
    if picture is None or (picture.tail or "").strip():
        return
    if picture.tag == "figure":
        caption = picture.find("figcaption")
        (etree.SubElement(picture, "figcaption") if caption is None else caption).append(_as_part(words))
        return
    nodes = list(islice(picture.iter(), _MOST_NODES))
    images = [node for node in nodes if node.tag == "img"]
    alone = len(images) == 1 and not any(node.tag in _SHOWN for node in nodes)
    if alone and len(nodes) < _MOST_NODES and not has_words(picture):
        holder = etree.Element("div")
        picture.addprevious(holder)
        holder.extend([picture, words])
        holder.tail, words.tail = words.tail, None
        _write(holder, images[0])


def _as_part(words: Element) -> Element:
    """The caption or credit, ready to stand in a figcaption; the text after it stays where it was."""
    if words.tail:
        holder = etree.Element("div")
        words.addprevious(holder)
        holder.tail, words.tail = words.tail, None
    _mark_credits(words)
    return words


def _write(wrapper: Element, img: Element) -> None:
    """Turn the wrapper into a figcaption of what is left in it without the picture, and put a figure around both."""
    shown = _with_link(img, wrapper)
    figure = etree.Element(
        "figure", {name: wrapper.get(name, "") for name in ("lang", "dir", "id") if wrapper.get(name)}
    )
    wrapper.addprevious(figure)
    figure.tail, wrapper.tail = wrapper.tail, None
    parent = shown.getparent()
    if parent is not None:
        marker = etree.Element("span")
        parent.replace(shown, marker)
        marker.tail, shown.tail = shown.tail, None
    _mark_credits(wrapper)
    figure.append(shown)
    wrapper.tag = "figcaption"
    wrapper.attrib.clear()
    figure.append(wrapper)


def _with_link(img: Element, wrapper: Element) -> Element:
    """The picture with the link around it, where that link holds nothing else."""
    for up in img.iterancestors():
        if up is wrapper:
            break
        if up.tag == "a" and up.get("href") and not has_words(up):
            for other in list(up):
                up.remove(other)
            up.append(img)
            img.tail = None
            return up
    return img


def _mark_credits(element: Element) -> None:
    for part in element.iter():
        classes = part.get("class")
        if classes and _CREDIT.search(classes[:300]) and part.tag != "figcaption" and has_words(part):
            inner = etree.Element(CREDIT.tag, dict(CREDIT.attributes))
            inner.text, part.text = part.text, None
            inner.extend(list(part))
            part.append(inner)


def _is_words_of_a_picture(element: Element) -> bool:
    if element.tag in ("img", "body", "table") or not _names_words((element.get("class") or "")[:300]):
        return False
    length = 0
    for piece in element.itertext():
        length += len(str(piece))
        if length > _LONGEST:
            return False
    return next(element.iter("img", *_SHOWN), None) is None


@lru_cache(maxsize=1024)
def _names_words(classes: str) -> bool:
    return bool(_CAPTION.search(classes) or _CREDIT.search(classes))


def _has_other_words(around: Element, nodes: list[Element]) -> bool:
    """Are there words beside those of captions and credits?"""
    inside: set[Element] = set()
    for node in nodes:
        if node.getparent() in inside or (node is not around and _is_words_of_a_picture(node)):
            inside.add(node)
        elif (node.text or "").strip() and node.tag != "img":
            return True
        if node is not around and node.getparent() not in inside and (node.tail or "").strip():
            return True
    return False
