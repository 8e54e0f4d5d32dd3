"""What is taken as a picture, by its content, and what is refused before anything of it is decoded."""

import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from syndicate.core.errors import BadInput, SyndicateError, TooLarge
from syndicate.media import Files, Limits, Shelf
from tests.pictures import a_picture_file, a_png_that_says, exif, with_segment

KINDS = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
}


def look(data: bytes, **limits: int):
    return Shelf(Files("memory://nothing"), Limits(**limits)).look(data)


def refusal(data: bytes, **limits: int) -> SyndicateError:
    with pytest.raises(SyndicateError) as refused:
        look(data, **limits)
    return refused.value


def frames(form: str) -> bytes:
    file = io.BytesIO()
    first, second = (Image.new("RGB", (8, 8), colour) for colour in ("red", "blue"))
    first.save(file, form, save_all=True, append_images=[second], duration=100)
    return file.getvalue()


def a_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "text")
    return file.getvalue()


@pytest.mark.parametrize(("form", "content_type"), KINDS.items())
def test_the_content_tells_what_it_is(form, content_type):
    found = look(a_picture_file(form))
    assert (found.content_type, found.width, found.height, found.animated) == (content_type, 40, 20, False)


def test_a_picture_on_its_side_has_the_size_that_is_shown():
    found = look(a_picture_file(exif=exif(t0x0112=6)))
    assert (found.width, found.height) == (20, 40)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "AVIF"])
def test_a_picture_that_moves_is_told(form):
    assert look(frames(form)).animated


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>', "an SVG drawing"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "a web page"),
        (a_zip(), "an archive"),
        (b"\x1f\x8b\x08rest", "an archive"),
        (b"%PDF-1.7 rest", "a document"),
        (b"II*\0\x08\0\0\0", "a TIFF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "a HEIC picture"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "a video"),
        (a_picture_file("BMP"), "a BMP picture"),
        (b"Dear editor, the picture follows.", "no picture that can be read"),
        (b"", "no picture that can be read"),
    ],
    ids=lambda value: value[:4] if isinstance(value, bytes) else value,  # a zip holds the hour at which it was made
)
def test_what_is_no_picture_of_ours_is_refused_by_what_it_is(data, told):
    error = refusal(data)
    assert isinstance(error, BadInput)
    assert told in error.detail
    assert "JPEG, PNG, GIF, WebP or AVIF" in error.detail


@pytest.mark.parametrize(
    "data",
    [
        a_picture_file("GIF") + a_zip(),
        a_picture_file("JPEG") + a_zip(),
        a_picture_file("JPEG") + b"Rar!\x1a\x07\x00",
        with_segment(a_picture_file(), 0xFE, b"<script>alert(1)</script>"),
        with_segment(a_picture_file(), 0xFE, b"%PDF-1.5"),
        a_picture_file("PNG") + b"<?php system($_GET[0]); ?>",
    ],
    ids=["gif+zip", "jpeg+zip", "jpeg+rar", "jpeg+script", "jpeg+pdf", "png+php"],
)
def test_a_picture_that_is_something_else_too_is_refused(data):
    assert "something else at once" in refusal(data).detail


@pytest.mark.parametrize("form", KINDS)
def test_a_picture_that_breaks_off_is_refused(form):
    whole = a_picture_file(form, (200, 200))
    assert isinstance(refusal(whole[: len(whole) // 2]), BadInput)


@pytest.mark.parametrize("size", [(30_000, 30_000), (2_000_000_000, 1), (1, 2_000_000_000), (10_001, 10_000)])
def test_a_decompression_bomb_is_refused_by_the_size_that_it_claims(size):
    error = refusal(a_png_that_says(*size), max_pixels=100_000_000)
    assert isinstance(error, TooLarge)
    assert error.extra == {"what": "pixels", "limit": 100_000_000}


def test_a_gif_whose_frame_claims_more_than_its_screen_is_refused_by_that():
    small = a_picture_file("GIF")
    at = small.index(b",")  # the frame's place and size (GIF89a 20)
    bomb = small[: at + 5] + struct.pack("<HH", 60_000, 60_000) + small[at + 9 :]
    assert refusal(bomb).extra["what"] == "pixels"


def test_limits_are_exact():
    data = a_picture_file(size=(40, 20))
    assert look(data, max_bytes=len(data), max_pixels=800).width == 40
    assert refusal(data, max_bytes=len(data) - 1).extra["what"] == "bytes"
    assert refusal(data, max_pixels=799).extra["what"] == "pixels"


SAMPLES = [a_picture_file(form, (16, 16)) for form in KINDS] + [a_picture_file(exif=exif(t0x8298="x" * 50))]


@given(st.sampled_from(SAMPLES), st.data())
def test_damaged_pictures_are_read_or_refused(sample, data):
    """Bytes changed, cut out or put in, anywhere."""
    at = data.draw(st.integers(0, len(sample)))
    end = data.draw(st.integers(at, min(len(sample), at + 40)))
    damaged = sample[:at] + data.draw(st.binary(max_size=40)) + sample[end:]
    with suppress(SyndicateError):
        assert look(damaged).width > 0


@given(st.binary(max_size=200), st.sampled_from([b"", *(sample[:24] for sample in SAMPLES)]))
def test_whatever_comes_is_a_picture_or_refused(rest, head):
    with suppress(SyndicateError):
        assert look(head + rest).width > 0
