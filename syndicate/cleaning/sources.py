"""Which address of an `img` shows the picture: the page may hide it from browsers until somebody scrolls.

Lazy loading has no standard; the attributes below are those of the plug-ins and themes that news sites use. `srcset`
and `picture` are read as the HTML standard does (4.8.4.2), in one pass over the text, however long.
"""

import re

from syndicate.cleaning.tree import Element

WIDEST = 2048  # pixels: enough for any screen, and what most subscribers' CMS scale down from

_ORIGINAL = (
    "data-orig-file",
    "data-large-file",
    "data-full-url",
    "data-full",
    "data-image",
    "data-original",
    "data-hi-res",
)
_LAZY = (
    "data-src",
    "data-lazy-src",
    "data-lazy",
    "data-original-src",
    "data-url",
    "data-echo",
    "data-cfsrc",
    "data-ezsrc",
)
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "srcset")
_STAND_IN = re.compile(
    r"data:|about:blank|.*(?:/|^)(?:"
    r"(?:blank|spacer|placeholder|transparent|pixel|lazy|loading|grey|gray|1x1|clear|empty|trans)[\w-]{0,20}\.(?:gif|svg)"
    r"|(?:blank|spacer|placeholder|transparent|lazy-?load|1x1)[\w-]{0,20}\.(?:png|jpe?g|webp))(?:\?.{0,200})?$",
    re.IGNORECASE | re.DOTALL,
)
_CANDIDATE = re.compile(r"(?P<url>[^\s,]\S*+)(?P<size>[^,]*+)")
_SIZE = re.compile(r"\s*(\d{1,5}(?:\.\d{1,3})?)([wx])\s*")
_NEWER_FORMATS = ("image/webp", "image/avif", "image/jxl")


def best_source(img: Element) -> str:
    """The address of the picture itself in the best useful size, or "" where the element names none."""
    sizes = [size for name in _LAZY_SETS for size in candidates(img.get(name) or "")]
    plain = [value for name in (*_LAZY, "src") if (value := (img.get(name) or "").strip()) and is_real(value)]
    if sizes:
        return _widest(sizes)
    if not plain:
        plain = [value for name in _ORIGINAL if is_real(value := (img.get(name) or "").strip())]
    return plain[0] if plain else _from_picture(img)


def candidates(srcset: str) -> list[tuple[float, str]]:
    """The (width, address) pairs of a srcset; densities are counted as widths of 1000."""
    found = []
    for match in _CANDIDATE.finditer(srcset):
        url, size = match["url"], _SIZE.fullmatch(match["size"])
        width = float(size[1]) * (1 if size[2] == "w" else 1000) if size else 1000.0
        if is_real(url.rstrip(",")):
            found.append((width, url.rstrip(",")))
    return found


def is_real(address: str) -> bool:
    """Not a stand-in that is shown until the picture comes."""
    return bool(address) and not _STAND_IN.match(address[:2000])


def _widest(sizes: list[tuple[float, str]]) -> str:
    """The widest that is not wider than anybody needs, else the narrowest of the rest."""
    fitting = [size for size in sizes if size[0] <= WIDEST]
    return max(fitting, key=lambda size: size[0])[1] if fitting else min(sizes, key=lambda size: size[0])[1]


def _from_picture(img: Element) -> str:
    """The sources of the `picture` around it; formats that every CMS reads come before newer ones."""
    around = next((parent for parent in img.iterancestors("picture")), None)
    if around is None:
        return ""
    sources = list(around.iter("source"))
    sources.sort(key=lambda source: (source.get("type") or "") in _NEWER_FORMATS)
    for source in sources:
        sizes = [size for name in _LAZY_SETS for size in candidates(source.get(name) or "")]
        if sizes:
            return _widest(sizes)
    return ""
