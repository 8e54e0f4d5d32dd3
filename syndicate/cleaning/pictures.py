"""Pictures as every CMS writes them, turned into `figure`, `img` and `figcaption`.

Each `img` gets the address that really shows it; pixels that count readers and spacers go; what the CMS classes as
caption or credit goes into one figcaption. Pictures that cannot travel (pasted into the text, or left on somebody's own
disk) are taken out, and the report warns, because the editor must ask for the file.
"""

import re

from syndicate.cleaning.addresses import clean_address
from syndicate.cleaning.figures import make_figures
from syndicate.cleaning.sources import best_source, is_real
from syndicate.cleaning.tree import Element, drop, finder, place_of, replace_by_text, unwrap, words_of
from syndicate.cleaning.vocabulary import UNLINKED
from syndicate.cleaning.work import Work

_PIXEL_HOSTS = re.compile(
    r"//(?:[\w-]+\.)*(?:doubleclick\.net|google-analytics\.com|googlesyndication\.com|scorecardresearch\.com|quantserve\.com"
    r"|pixel\.wp\.com|stats\.wp\.com|facebook\.com/tr\b|counter\.theconversation\.com|mc\.yandex\.ru|counter\.yadro\.ru"
    r"|top-fwz1\.mail\.ru|hit\.gemius\.pl|chartbeat\.(?:com|net)|parsely\.com|imrworldwide\.com|feedburner\.com/~r"
    r"|republication-tracker|pixel\.propublica\.org|list-manage\.com/track)|/(?:track(?:ing)?[-_]?)?pixel\.(?:gif|png|php)",
    re.IGNORECASE,
)
_TINY = re.compile(r"(?:width|height)\s*:\s*[012](?:px)?\s*(?:;|$|!)", re.IGNORECASE)
_IMAGES = finder(".//img|.//amp-img|.//image")
_NOSCRIPTS = finder(".//noscript")
_LEAST_WIDTH = 600  # a narrower picture is a thumbnail if the whole one is linked
_THUMBNAIL = re.compile(r"(?:.*/)?(?P<name>[^/]+)-(?P<width>\d{2,4})x\d{2,4}(?P<ending>\.\w{3,4})")
_OF_IMAGES = ("src", "srcset", "data-src", "data-srcset", "data-lazy-src", "alt", "title", "width", "height")
_ATTACHMENT = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#].*)?$|/attachment/|[?&]attachment_id=", re.IGNORECASE)


def pictures(work: Work) -> None:
    for noscript in _NOSCRIPTS(work.body) if work.mentions("<noscript") else ():
        _settle_noscript(noscript, work)
    for img in _IMAGES(work.body):
        _settle_image(img, work)
    make_figures(work)


def _settle_noscript(noscript: Element, work: Work) -> None:
    """A twin of a lazy picture gives its attributes to it; a picture without its lazy twin is the picture."""
    inside = noscript.find(".//img")
    if inside is None and noscript.find(".//iframe") is None:
        work.report.remove("noscript", "shown only without scripts", place_of(noscript), words_of(noscript))
        drop(noscript)
        return
    twin = _lazy_twin(noscript)
    if inside is None or twin is None:
        unwrap(noscript)
        return
    if best_source(inside):
        for name in ("srcset", "data-srcset", "data-src", "data-lazy-src", "data-lazy-srcset"):
            twin.attrib.pop(name, "")
        for name in _OF_IMAGES:
            if value := inside.get(name):
                twin.set(name, value)
    drop(noscript)


def _lazy_twin(noscript: Element) -> Element | None:
    before = noscript.getprevious()
    after = noscript.getnext()
    for near in (before, after):
        if near is None or (near is before and (near.tail or "").strip()):
            continue
        found = near if near.tag == "img" else near.find(".//img")
        if found is not None and (not is_real((found.get("src") or "").strip()) or _is_lazy(found)):
            return found
    return None


def _is_lazy(img: Element) -> bool:
    return any(str(name).startswith("data-") for name in img.attrib) or "lazy" in (img.get("class") or "")


def _settle_image(img: Element, work: Work) -> None:
    img.tag = "img"
    if _is_emoji(img):
        replace_by_text(img, img.get("alt") or "")
        return
    source = best_source(img)
    if _is_pixel(img, source):
        work.report.remove("picture", "a pixel or spacer, not a picture", place_of(img), source or img.get("src") or "")
        drop(img)
    elif not source:
        _drop_unusable(img, work)
    else:
        _keep(img, source, work.base_url)


def _keep(img: Element, source: str, base_url: str) -> None:
    for name, value in (("width", img.get("width")), ("height", img.get("height"))):
        if value is not None and not re.fullmatch(r"[1-9]\d{0,4}", value.removesuffix("px").strip()):
            del img.attrib[name]
        elif value is not None:
            img.set(name, value.removesuffix("px").strip())
    img.set("src", source)
    link = next(img.iterancestors("a"), None)
    target = "" if link is None else clean_address(link.get("href") or "", base_url) or ""
    if _ATTACHMENT.search(target):  # to the same picture, larger: no link that a reader elsewhere needs
        img.set(UNLINKED, "")
        _use_instead_of_thumbnail(img, target)


def _use_instead_of_thumbnail(img: Element, target: str) -> None:
    """WordPress names sizes of one picture name-150x150.jpg; a gallery shows the small one and links to the whole."""
    small = _THUMBNAIL.fullmatch(img.get("src", "")[:2000])
    if small and int(small["width"]) < _LEAST_WIDTH and target.rpartition("/")[2] == small["name"] + small["ending"]:
        img.set("src", target)
        for side in ("width", "height"):
            img.attrib.pop(side, "")


def _drop_unusable(img: Element, work: Work) -> None:
    what = img.get("src") or ""
    why = "pasted into the text, not sent as a file" if what.startswith("data:") else "has no usable address"
    work.report.remove("picture", why, place_of(img), img.get("alt") or what[:60])
    if what.startswith("data:"):
        work.report.warn("A picture was pasted into the text and could not be kept; ask the partner for the file")
    drop(img)


def _is_emoji(img: Element) -> bool:
    classes = (img.get("class") or "").split()
    return ("emoji" in classes or "wp-smiley" in classes) and len(img.get("alt") or "") <= 12


def _is_pixel(img: Element, source: str) -> bool:
    small = {(img.get(side) or "").removesuffix("px").strip() for side in ("width", "height")}
    if small & {"0", "1", "2"} or len(_TINY.findall((img.get("style") or "")[:500])) == 2:
        return True
    address = source or img.get("src") or ""
    if not source and not address.startswith("data:"):
        return not is_real(address)
    return bool(_PIXEL_HOSTS.search(source[:2000]))
