"""The pictures that a clean body shows: told with the words that belong to them, shown from other files, left out."""

from collections.abc import Collection, Mapping
from copy import deepcopy
from html import escape

from lxml import etree

from syndicate.cleaning.captions import CREDIT, credit_start
from syndicate.cleaning.tree import Element, drop, finder, parse, write
from syndicate.core.newsitem import Picture, Rendition

_IMAGES = finder(".//img")
_CREDITS = finder(f".//{CREDIT.tag}[@class='{dict(CREDIT.attributes)['class']}']")
_KEPT_EMPTY = ("body", "td", "th")
_AS_WIDE_AS_IT_IS = 1_000_000


def pictures_in(body: Element) -> tuple[Picture, ...]:
    """Every picture of a body in its order, with the caption and the credit of its figure."""
    return tuple(_picture(img) for img in _IMAGES(body))


def pictures_of(html: str) -> tuple[Picture, ...]:
    """The same for a clean body as text."""
    return pictures_in(parse(html)) if "<img " in html else ()


def show(
    html: str, pictures: Mapping[str, Picture], *, described: Collection[str] = (), replaced: Collection[str] = ()
) -> str:
    """A clean body that shows each picture, by the address that stands in it, from the first file of the given one.

    What is not given is left out, with its figure and whatever else would be left empty. Those `described` anew have
    the given one's alternative text; those `replaced` by another picture its caption and credit too.
    """
    if "<img " not in html:
        return html
    body = parse(html)
    for img in _IMAGES(body):
        address = img.get("src") or ""
        picture = pictures.get(address)
        if picture is None:
            _leave_out(img)
            continue
        _show(img, picture)
        if address in described or address in replaced:
            img.set("alt", picture.alt)
        if address in replaced:
            _tell_anew(img, picture)
    return escape(body.text or "", quote=False) + "".join(write(body, _AS_WIDE_AS_IT_IS))


def blocks_of(html: str) -> tuple[str, ...]:
    """A clean body, block by block: joined they are the body again."""
    body = parse(html)
    before = (escape(text, quote=False),) if (text := body.text or "").strip() else ()
    return (*before, *write(body, _AS_WIDE_AS_IT_IS))


def credit_in(caption: str) -> str:
    """The credit at the end of a caption, without its brackets; nothing where there is none to be seen."""
    start = credit_start(caption)
    return "" if start is None else caption[start:].strip().strip("()[]")


def _picture(img: Element) -> Picture:
    figure = next(img.iterancestors("figure"), None)
    legend = None if figure is None else figure.find("figcaption")
    caption, credit = ("", "") if legend is None else _told(legend)
    file = Rendition(href=img.get("src") or "", width=_side(img, "width"), height=_side(img, "height"))
    return Picture(caption=caption, credit=credit, alt=img.get("alt") or "", renditions=(file,))


def _told(legend: Element) -> tuple[str, str]:
    """Caption and credit; line breaks part words."""
    legend = deepcopy(legend)
    for br in legend.iter("br"):
        br.tail = f" {br.tail or ''}"
    credits = _CREDITS(legend)
    credit = " ".join(map(_words, credits))
    for part in credits:
        drop(part)
    return _words(legend), credit.strip("()[]")


def _show(img: Element, picture: Picture) -> None:
    file = picture.renditions[0]
    img.set("src", file.href)
    if file.width and file.height:
        img.set("width", str(file.width))
        img.set("height", str(file.height))
    if picture.alt and not img.get("alt"):
        img.set("alt", picture.alt)


def _tell_anew(img: Element, picture: Picture) -> None:
    """In its figure, the words of this picture and no longer of the one before."""
    figure = next(img.iterancestors("figure"), None)
    legend = None if figure is None else figure.find("figcaption")
    if figure is not None and legend is not None:
        figure.remove(legend)
    if figure is None or not (picture.caption or picture.credit):
        return
    legend = etree.SubElement(figure, "figcaption")
    legend.text = f"{picture.caption} " if picture.caption and picture.credit else picture.caption
    if picture.credit:
        etree.SubElement(legend, CREDIT.tag, dict(CREDIT.attributes)).text = picture.credit


def _leave_out(img: Element) -> None:
    gone = next(img.iterancestors("figure"), img)
    while (parent := gone.getparent()) is not None and parent.tag not in _KEPT_EMPTY and _is_alone(gone, parent):
        gone = parent
    drop(gone)


def _is_alone(element: Element, parent: Element) -> bool:
    return len(parent) == 1 and not (parent.text or "").strip() and not (element.tail or "").strip()


def _words(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _side(img: Element, name: str) -> int | None:
    value = img.get(name) or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 6 else None
