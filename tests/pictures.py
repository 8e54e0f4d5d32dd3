"""Tiny pictures, made here by Pillow: say only what a test is about."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
    ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    ' xmlns:exif="http://ns.adobe.com/exif/1.0/">{}</rdf:RDF></x:xmpmeta>'
)


def a_picture_file(form: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: Any) -> bytes:
    """Left half red, right half blue, so that it can be told which way it lies."""
    image = Image.new("RGB", size, (200, 20, 20))
    image.paste((20, 20, 200), (size[0] // 2, 0, *size))
    file = io.BytesIO()
    (image if mode == "RGB" else image.convert(mode)).save(file, form, **options)
    return file.getvalue()


def xmp(inside: str, attributes: str = "") -> bytes:
    """A packet that says this of a picture."""
    return XMP.format(f'<rdf:Description rdf:about="" {attributes}>{inside}</rdf:Description>').encode()


def iim(**said: bytes) -> bytes:
    """IPTC-IIM datasets of record 2 as Photoshop wraps them: `iim(d110=b"OC Media")`."""
    datasets = b"".join(
        b"\x1c\x02" + bytes([int(name[1:])]) + struct.pack(">H", len(value)) + value for name, value in said.items()
    )
    datasets += b"\0" * (len(datasets) % 2)
    return b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(datasets)) + datasets


def with_segment(jpeg: bytes, marker: int, data: bytes) -> bytes:
    """The JPEG with one more segment at its beginning."""
    return jpeg[:2] + b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data + jpeg[2:]


def exif(**tags: Any) -> Image.Exif:
    """`exif(t0x8298="© Nino")`, numbers as in EXIF's tables."""
    found = Image.Exif()
    for name, value in tags.items():
        found[int(name[1:], 16)] = value
    return found


def a_png_that_says(width: int, height: int) -> bytes:
    """Some hundred bytes that would be a picture of this size once they are decoded."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def pixel(data: bytes, x: float, y: float) -> tuple[int, ...]:
    """The colour at a point given in parts of the width and the height."""
    with Image.open(io.BytesIO(data)) as image:
        at = (int(x * (image.width - 1)), int(y * (image.height - 1)))
        found = image.convert("RGBA").getpixel(at)
    assert isinstance(found, tuple)
    return found
