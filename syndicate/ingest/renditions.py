"""The files of one picture, by what they are for and by their size."""

from collections.abc import Iterable

from syndicate.core.newsitem import Rendition

# What senders call them, as IPTC does (NewsCodes `rnd:`).
_NAMES = {
    "highres": "highRes", "original": "highRes", "full": "highRes",
    "web": "web", "large": "web", "viewimage": "web",
    "thumb": "thumb", "thumbnail": "thumb",
}  # fmt: skip


def known_name(written: str) -> str:
    """IPTC's name for a rendition's purpose, or nothing."""
    return _NAMES.get(written.lower().removeprefix("rnd:"), "")


def biggest_first(renditions: Iterable[Rendition]) -> tuple[Rendition, ...]:
    """Each file once. One of unknown size stands where its name puts it: highRes first, thumb last."""
    once = {file.href: file for file in renditions if file.href}
    return tuple(sorted(once.values(), key=_order))


def _order(file: Rendition) -> tuple[int, int]:
    size = (file.width or 0) * (file.height or 0) or (file.width or 0) ** 2
    if file.name == "highRes" and not size:
        return 0, 0
    return (1, -size) if size else (2 + (file.name == "thumb"), 0)
