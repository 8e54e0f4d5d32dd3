"""Is this a picture, and one that we can take? Told from its content; names and media types are not asked.

Only five kinds are taken, and each is read by the one decoder of its kind. Bytes and pixels are counted before
anything is decoded: a decompression bomb says its size in its head. What is a picture and something else at once (an
archive, a page, a program) is refused, though the file itself is never served.
"""

import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from syndicate.core.errors import BadInput, TooLarge

TYPES = {
    "JPEG": ("image/jpeg", "jpg"),
    "MPO": ("image/jpeg", "jpg"),  # a JPEG with others behind it, as many telephones write
    "PNG": ("image/png", "png"),
    "GIF": ("image/gif", "gif"),
    "WEBP": ("image/webp", "webp"),
    "AVIF": ("image/avif", "avif"),
}
MOST_PIXELS = 200_000_000  # whatever a setting says
_READ = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
ORIENTATION, _ON_ITS_SIDE = 0x0112, (5, 6, 7, 8)  # EXIF 2.32 4.6.4
_MOST_COMMENT = 65_535  # bytes behind the end record of a ZIP (APPNOTE 4.3.16)

# What people send that is no picture of ours, told by how it begins, so that the refusal can say it.
_OTHERS = (
    (
        re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--|<!DOCTYPE svg|<svg)", re.I),
        "an SVG drawing",
    ),
    (re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<", re.I), "a web page or XML"),
    (re.compile(rb"PK\x03\x04|PK\x05\x06|Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ"), "an archive"),
    (re.compile(rb"%PDF|%!PS"), "a document"),
    (re.compile(rb"II\*\0|MM\0\*|II\+\0|MM\0\+"), "a TIFF or a camera's raw file"),
    (re.compile(rb".{4}ftyp(?:heic|heix|mif1|msf1|hevc)", re.S), "a HEIC picture"),
    (re.compile(rb"BM.{4}\0{4}", re.S), "a BMP picture"),
    (re.compile(rb".{4}ftyp", re.S), "a video"),
)
# What makes a file something else beside the picture, wherever it stands. Longer than chance would write.
_POLYGLOT = re.compile(rb"<script[\s>/]|<html[\s>]|<!doctype html|<\?php\s|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c", re.I)
_PDF = re.compile(rb"%PDF-\d")  # readers look for it in the first kilobyte

# Whatever a decoder of Pillow's raises on data that is broken or hostile.
BROKEN = (
    *(OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, AttributeError),
    *(RuntimeError, MemoryError, struct.error, Image.DecompressionBombError),
)
# Pillow's own limit stops what decoders set aside while they open a file. It only warns up to twice the number, where
# ours refuses.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    max_bytes: int = 30_000_000
    max_pixels: int = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a file is. Width and height in pixels as it is shown."""

    content_type: str
    width: int
    height: int
    animated: bool


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[tuple[Image.Image, Look]]:
    """The picture, checked and not yet decoded, for as long as the context lasts; what is broken in it is a refusal.

    Raises BadInput (no picture, broken, something else too), TooLarge.
    """
    if len(data) > limits.max_bytes:
        raise TooLarge(f"A picture may have at most {limits.max_bytes:,} bytes.", what="bytes", limit=limits.max_bytes)
    try:
        with Image.open(io.BytesIO(data), formats=_READ) as image:
            look = _look(image, limits)
            _refuse_polyglot(data)
            yield image, look
    except UnidentifiedImageError:
        raise BadInput(_no_picture(data)) from None
    except Image.DecompressionBombError:
        raise _too_many(limits) from None
    except BROKEN:
        raise BadInput("The picture is broken, or breaks off before its end.") from None


def _look(image: Image.Image, limits: Limits) -> Look:
    width, height = image.size
    if width < 1 or height < 1:
        raise BadInput("The picture has no size.")
    if width * height > limits.max_pixels:
        raise _too_many(limits)
    if image.getexif().get(ORIENTATION) in _ON_ITS_SIDE:
        width, height = height, width
    moves = image.format != "MPO" and bool(getattr(image, "is_animated", False))
    return Look(content_type=TYPES[image.format or ""][0], width=width, height=height, animated=moves)


def _too_many(limits: Limits) -> TooLarge:
    return TooLarge(f"A picture may have at most {limits.max_pixels:,} pixels.", what="pixels", limit=limits.max_pixels)


def _no_picture(data: bytes) -> str:
    for pattern, what in _OTHERS:
        if pattern.match(data):
            return f"This is {what}; pictures come as JPEG, PNG, GIF, WebP or AVIF."
    return "This is no picture that can be read; pictures come as JPEG, PNG, GIF, WebP or AVIF."


def _refuse_polyglot(data: bytes) -> None:
    if _POLYGLOT.search(data) or _PDF.search(data, 0, 1024) or _ends_as_zip(data):
        raise BadInput("This file is a picture and something else at once; send the picture alone.")


def _ends_as_zip(data: bytes) -> bool:
    """An end record whose comment reaches exactly to the end of the file."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _MOST_COMMENT - 22))
    return at >= 0 and at + 22 <= len(data) and int.from_bytes(data[at + 20 : at + 22], "little") == len(data) - at - 22
