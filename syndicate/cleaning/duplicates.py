"""The same picture twice: a lead picture that the CMS shows above the story and the writer put into it again.

Sizes of one picture count as one (name-1024x683.jpg, ?w=800, i0.wp.com). The first one stays, with either caption.
"""

import re
from urllib.parse import urlsplit

from syndicate.cleaning.tree import Element, drop, place_of, words_of
from syndicate.cleaning.work import Work

_SIZE = re.compile(r"(?:-\d{2,5}x\d{2,5}|-scaled|@\dx|_\d{3,4}x\d{3,4})(?=\.\w{3,4}$)")
_PHOTON = re.compile(r"i\d\.wp\.com")


def duplicates(work: Work) -> None:
    seen: dict[str, Element] = {}
    for figure in work.body.findall("figure"):
        img = figure.find(".//img")
        if img is None:
            continue
        key = _identity(img.get("src") or "")
        first = seen.setdefault(key, figure)
        if first is figure:
            continue
        old, new = _caption(first), _caption(figure)
        if old and new and old != new:
            work.report.warn("One picture stands in the story twice, with different captions")
            continue
        words = figure.find("figcaption")
        if words is not None and not old:
            first.append(words)
        source = img.get("src") or ""
        work.report.remove("picture", "the same picture stands in the story twice", place_of(figure), source)
        drop(figure)


def _identity(address: str) -> str:
    parts = urlsplit(address)
    host = parts.netloc.removeprefix("www.")
    path = parts.path
    if _PHOTON.fullmatch(host):
        host, _, path = path.lstrip("/").partition("/")
        path = "/" + path
    name = _SIZE.sub("", path)
    query = "" if re.search(r"\.\w{3,4}$", name) else parts.query  # an address without a file name lives by its query
    return f"{host.removeprefix('www.')}{name}?{query}"


def _caption(figure: Element) -> str:
    caption = figure.find("figcaption")
    return "" if caption is None else words_of(caption)
