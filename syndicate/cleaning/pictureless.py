"""A cleaned body without its pictures, for readers to whom the pictures may not go or who want none."""

from syndicate.cleaning.rules import Limits
from syndicate.cleaning.tree import Element, drop, finder, has_words, parse, write

_IMAGES = finder(".//img")
_NOTES = finder(".//p[@class='picture-credit']")
_OTHER = finder(".//iframe|.//video|.//audio|.//table|.//blockquote|.//pre")


def without_pictures(html: str) -> str:
    """Figures of pictures go with their captions and credits; a link around a picture goes if nothing else is in it."""
    if "<img" not in html and "poster=" not in html:
        return html
    body = parse(html)
    for image in _IMAGES(body):
        _take_out(image)
    for note in _NOTES(body):
        drop(note)
    for film in body.iter("video"):
        film.attrib.pop("poster", "")
    return "".join(write(body, Limits().max_siblings))


def _take_out(image: Element) -> None:
    figure = next(image.iterancestors("figure"), None)
    if figure is not None and not _OTHER(figure):
        drop(figure)
        return
    around = image.getparent()
    drop(image)
    while around is not None and around.tag in ("a", "p", "span") and not len(around) and not has_words(around):
        empty, around = around, around.getparent()
        drop(empty)
