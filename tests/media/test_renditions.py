"""What readers get: upright, in sRGB, of a size for pages, and without anything private."""

import io

import pytest
from PIL import Image, ImageCms

from syndicate.media import Files, Shelf, xmp
from tests.pictures import a_picture_file, exif, iim, pixel, with_segment
from tests.pictures import xmp as packet

SECRETS = [b"GPS", b"41,42.9N", b"SN-12345678", b"LensMaker", b"thumbnail"]


def made(data: bytes) -> dict[str, bytes]:
    """The renditions of a picture by their names."""
    shelf = Shelf(Files(f"memory://{id(data)}"))
    found = {r.name: (shelf.rendition(r.href), r) for r in shelf.take(data).renditions}
    for name, (file, rendition) in found.items():
        with Image.open(io.BytesIO(file or b"")) as image:
            assert (image.width, image.height) == (rendition.width, rendition.height), name
            assert image.get_format_mimetype() == rendition.content_type
        assert len(file or b"") == rendition.size_bytes
    return {name: file or b"" for name, (file, _) in found.items()}


def size(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as image:
        return image.size


def red_left(data: bytes, x: float = 0.25, y: float = 0.5) -> bool:
    red, _green, blue, alpha = pixel(data, x, y)
    return red > 120 > blue and alpha == 255


@pytest.mark.parametrize(
    ("before", "web", "thumb"),
    [
        ((3200, 1600), (1600, 800), (400, 200)),
        ((1000, 2000), (800, 1600), (200, 400)),
        ((300, 200), (300, 200), (300, 200)),
        ((5000, 2), (1600, 1), (400, 1)),
    ],
)
def test_sides_are_bounded_and_nothing_is_cropped_or_enlarged(before, web, thumb):
    files = made(a_picture_file(size=before))
    assert (size(files["web"]), size(files["thumb"])) == (web, thumb)


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        *(("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
        *(("PNG", mode) for mode in ("RGB", "RGBA", "L", "LA", "P", "1", "I;16")),
        *(("GIF", mode) for mode in ("P", "L")),
        *(("WEBP", mode) for mode in ("RGB", "RGBA")),
        *(("AVIF", mode) for mode in ("RGB", "RGBA")),
    ],
)
def test_every_kind_of_pixels_becomes_what_every_reader_shows(form, mode):
    source = sixteen_bits() if mode == "I;16" else a_picture_file(form, mode=mode)
    for file in made(source).values():
        with Image.open(io.BytesIO(file)) as image:
            assert (image.format, image.mode) == ("JPEG", "RGB")
        if mode not in ("L", "LA", "1", "I;16"):
            assert red_left(file)
            assert not red_left(file, x=0.75)


def sixteen_bits() -> bytes:
    file = io.BytesIO()
    Image.new("I;16", (40, 20), 32768).save(file, "PNG")
    return file.getvalue()


def test_sixteen_bits_of_grey_keep_their_brightness():
    red, *_ = pixel(made(sixteen_bits())["web"], 0.5, 0.5)
    assert 120 <= red <= 136


def test_what_is_transparent_stays_so():
    image = Image.new("RGBA", (20, 20), (200, 20, 20, 0))
    image.paste((200, 20, 20, 255), (10, 0, 20, 20))
    file = io.BytesIO()
    image.save(file, "PNG")
    for rendition in made(file.getvalue()).values():
        assert pixel(rendition, 0.1, 0.5)[3] == 0
        assert pixel(rendition, 0.9, 0.5)[3] == 255


@pytest.mark.parametrize(
    ("orientation", "red_at"),
    [(1, (0.25, 0.5)), (3, (0.75, 0.5)), (6, (0.5, 0.25)), (8, (0.5, 0.75))],
)
def test_a_picture_is_turned_as_its_camera_was(orientation, red_at):
    for file in made(a_picture_file(exif=exif(t0x0112=orientation))).values():
        assert red_left(file, *red_at)


def test_the_first_frame_stands_for_what_moves():
    file = io.BytesIO()
    first, second = (Image.new("RGB", (8, 8), colour) for colour in ("red", "blue"))
    first.save(file, "GIF", save_all=True, append_images=[second], duration=100)
    assert red_left(made(file.getvalue())["web"])


def test_colours_are_brought_into_srgb_by_the_profile_of_the_picture():
    """In a profile that swaps nothing but the white point the numbers change and the profile goes."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert red_left(made(a_picture_file(icc_profile=profile))["web"])  # no profile for RGB: left as it is
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with Image.open(io.BytesIO(made(a_picture_file(icc_profile=profile))["web"])) as image:
        assert "icc_profile" not in image.info


def test_nothing_private_goes_along():
    tags = exif(t0x010E="A school", t0xA431="SN-12345678")
    tags.get_ifd(0x8825).update({1: "N", 2: (41.0, 42.0, 54.0), 29: "GPS 2026"})
    tags.get_ifd(0x8769).update({0xA433: "LensMaker", 0xA435: "SN-12345678"})
    private = packet("", 'exif:GPSLatitude="41,42.9N" photoshop:Credit="OC Media"')
    data = a_picture_file(exif=tags, xmp=private, comment=b"thumbnail of SN-12345678")
    data = with_segment(data, 0xED, iim(d110=b"OC Media", d40=b"SN-12345678"))
    assert all(secret in data for secret in SECRETS)
    for file in made(data).values():
        assert not [secret for secret in SECRETS if secret in file]
        with Image.open(io.BytesIO(file)) as image:
            assert not image.getexif()
            assert set(image.info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "xmp",
                "progressive",
                "progression",
            }


def test_whose_it_is_and_what_may_be_done_with_it_goes_along():
    said = packet(
        '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© OC Media</rdf:li></rdf:Alt></dc:rights>'
        "<dc:creator><rdf:Seq><rdf:li>Nino &amp; Ana</rdf:li></rdf:Seq></dc:creator>"
        '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">A school</rdf:li></rdf:Alt></dc:description>',
        'photoshop:Credit="OC Media"',
    )
    for file in made(a_picture_file(xmp=said)).values():
        with Image.open(io.BytesIO(file)) as image:
            found = {name: value for name, value in xmp.read(image.info["xmp"]).items() if value}
        assert found == {"credit": "OC Media", "byline": "Nino & Ana", "copyright_notice": "© OC Media"}


def test_a_credit_of_any_length_fits_into_the_file():
    said = packet("", f'photoshop:Credit="{"Ախալցխա &amp; " * 400}"')
    assert made(a_picture_file(xmp=said))["thumb"]


def test_the_same_picture_gives_the_same_bytes():
    data = a_picture_file(size=(500, 300))
    assert made(data) == made(bytes(bytearray(data)))
