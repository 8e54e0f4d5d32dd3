"""What a picture says of itself: XMP, IPTC-IIM and EXIF, read into the fields of IPTC's Photo Metadata Standard.

XMP counts most, for it has all the fields and their whole length; then IIM, then EXIF, which has three. Only what is
named here is kept: no place, no serial number, nothing of the camera.
"""

import re
from typing import Any

from PIL import Image, IptcImagePlugin
from PIL.ImageFile import ImageFile

from syndicate.core.media import Told
from syndicate.core.text import one_line
from syndicate.media import xmp
from syndicate.media.inspect import BROKEN, ORIENTATION

MAX_CHARS = 5000
# IIM 4.2, record 2.
_IIM = {
    "headline": 105,
    "caption": 120,
    "byline": 80,
    "credit": 110,
    "copyright_notice": 116,
    "created": 55,
}
# EXIF 2.32, table 4: tags of the first directory.
_EXIF = {"caption": 0x010E, "byline": 0x013B, "copyright_notice": 0x8298}
# What cameras and programs write where a caption belongs.
_NO_CAPTION = re.compile(r"(?:[a-z]+ ){0,2}digital camera|sony dsc|exif_jpeg_picture|default", re.IGNORECASE)


def read(image: Image.Image) -> Told:
    """Each field from the first of the three that has it. What cannot be read says nothing."""
    packet = image.info.get("xmp") or b""
    packet = packet if isinstance(packet, bytes) else str(packet).encode("utf-8", "replace")
    sources = [xmp.read(packet), _iim(image), _exif(image)]
    said = [(name, one_line(value)[:MAX_CHARS]) for source in reversed(sources) for name, value in source.items()]
    fields = {name: value for name, value in said if value and not _NO_CAPTION.fullmatch(value)}
    turned = image.getexif().get(ORIENTATION, 1) != 1  # a point given for the picture as it lies in the file
    return Told(**fields, focus=None if turned else xmp.focus(packet))


def _iim(image: Image.Image) -> dict[str, str]:
    if not isinstance(image, ImageFile):
        return {}
    try:
        found: dict[Any, Any] = IptcImagePlugin.getiptcinfo(image) or {}
    except BROKEN:
        return {}
    return {name: _iim_text(found.get((2, number))) for name, number in _IIM.items()}


def _iim_text(value: bytes | list[bytes] | None) -> str:
    parts = value if isinstance(value, list) else [value or b""]
    return ", ".join(filter(None, map(_decoded, parts)))


def _decoded(raw: bytes) -> str:
    """UTF-8, which most programs write whether they declare it or not, else what Windows wrote before."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _exif(image: Image.Image) -> dict[str, str]:
    try:
        found = image.getexif()
        return {name: _exif_text(found.get(tag)) for name, tag in _EXIF.items()}
    except BROKEN:
        return {}


def _exif_text(value: object) -> str:
    """EXIF's text is ASCII by its rule and UTF-8 in practice; Pillow gives it as Latin-1."""
    if isinstance(value, bytes):
        return _decoded(value)
    text = value if isinstance(value, str) else ""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text
