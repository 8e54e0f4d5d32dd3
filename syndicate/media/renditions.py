"""Pictures made anew for readers: turned upright, in sRGB, no larger than a page needs, with nothing private in them.

Whole pictures only, nothing is cropped. JPEG, or WebP where something is transparent; of what moves, the first frame.
The same file gives the same bytes. Of what it said of itself, only whose it is goes along.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from PIL import Image, ImageCms, ImageOps

from syndicate.core.media import Told
from syndicate.media import xmp

SIZES = {"web": 1600, "thumb": 400}  # NewsCodes `rnd:`; the longer side in pixels
TYPES = {"jpg": "image/jpeg", "webp": "image/webp"}  # by extension
_QUALITY = 82
_REDUCING_GAP = 3.0
_SRGB = ImageCms.createProfile("sRGB")
_one_at_a_time = Lock()  # a decoded picture takes hundreds of megabytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """`name` is its purpose, "web" or "thumb"; `extension` without a dot."""

    name: str
    data: bytes
    content_type: str
    extension: str
    width: int
    height: int


def make(image: Image.Image, told: Told) -> Iterator[Made]:
    """The renditions of an opened picture, larger ones first. Raises what Pillow raises for a broken one."""
    with _one_at_a_time:
        upright = _upright(image)
    packet = xmp.written(told)
    for name, longest in SIZES.items():
        upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        yield _encoded(name, upright, packet)


def _upright(image: Image.Image) -> Image.Image:
    """The largest size that we make, in sRGB, without anything but its pixels."""
    longest = max(SIZES.values())
    profile = image.info.get("icc_profile")
    if image.mode not in ("RGB", "L", "CMYK"):  # a palette or 16 bits cannot be made smaller well as they are
        image = _in_plain_mode(image)
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=_REDUCING_GAP)
    upright = _in_srgb(ImageOps.exif_transpose(image), profile)
    upright.info.clear()
    return upright


def _in_plain_mode(image: Image.Image) -> Image.Image:
    if image.mode.startswith(("I", "F")):
        return image.point(lambda value: value / 256).convert("L")  # 16 bits of grey
    if image.mode == "RGBA":
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """By the profile that came with the picture, where there is one that can be used."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return image.convert(mode)


def _encoded(name: str, image: Image.Image, packet: bytes) -> Made:
    transparent = image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255)
    file, form = io.BytesIO(), "WEBP" if transparent else "JPEG"
    if transparent:
        image.save(file, form, quality=_QUALITY, method=4, xmp=packet)
    else:
        image.convert("RGB").save(file, form, quality=_QUALITY, optimize=True, progressive=True, xmp=packet)
    extension = "webp" if transparent else "jpg"
    return Made(
        name=name,
        data=file.getvalue(),
        content_type=TYPES[extension],
        extension=extension,
        width=image.width,
        height=image.height,
    )
