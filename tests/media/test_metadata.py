"""What a picture says of itself, from the three places where programs write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL.PngImagePlugin import PngInfo

from syndicate.core.media import Told, filled
from syndicate.core.newsitem import Picture
from syndicate.media import Files, Shelf, xmp
from tests.pictures import a_picture_file, exif, iim, with_segment
from tests.pictures import xmp as packet

FULL = packet(
    "<dc:creator><rdf:Seq><rdf:li>Nino Beridze</rdf:li><rdf:li>Ana Lomidze</rdf:li></rdf:Seq></dc:creator>"
    '<dc:description><rdf:Alt><rdf:li xml:lang="hy">Դպրոց</rdf:li><rdf:li xml:lang="x-default">A school</rdf:li>'
    '</rdf:Alt></dc:description><dc:rights><rdf:Alt><rdf:li xml:lang="en">© OC Media</rdf:li></rdf:Alt></dc:rights>'
    '<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="en">One use</rdf:li></rdf:Alt></xmpRights:UsageTerms>'
    '<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Children at a gate</rdf:li></rdf:Alt>'
    "</Iptc4xmpCore:AltTextAccessibility>"
    '<plus:CopyrightOwner><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:CopyrightOwnerName>OC Media Ltd'
    "</plus:CopyrightOwnerName></rdf:li></rdf:Seq></plus:CopyrightOwner>",
    'photoshop:Credit="OC Media" photoshop:Headline="Back to school" photoshop:DateCreated="2026-03-03"'
    ' exif:GPSLatitude="41,42.9N"',
)
REGION = packet(
    '<Iptc4xmpExt:ImageRegion><rdf:Bag><rdf:li rdf:parseType="Resource"><Iptc4xmpExt:RegionBoundary {}/>'
    "<Iptc4xmpExt:rRole><rdf:Bag><rdf:li rdf:parseType='Resource'><xmp:Identifier><rdf:Bag>"
    "<rdf:li>http://cv.iptc.org/newscodes/imageregionrole/{}</rdf:li></rdf:Bag></xmp:Identifier></rdf:li></rdf:Bag>"
    "</Iptc4xmpExt:rRole></rdf:li></rdf:Bag></Iptc4xmpExt:ImageRegion>"
).decode()


def told(data: bytes) -> Told:
    return Shelf(Files("memory://nothing")).look(data).told


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_xmp_gives_every_field(form):
    options = {"pnginfo": _png_text()} if form == "PNG" else {"xmp": FULL}
    assert told(a_picture_file(form, **options)) == Told(
        headline="Back to school",
        caption="A school",
        alt="Children at a gate",
        byline="Nino Beridze, Ana Lomidze",
        credit="OC Media",
        copyright_holder="OC Media Ltd",
        copyright_notice="© OC Media",
        usage_terms="One use",
        created="2026-03-03",
    )


def _png_text() -> PngInfo:
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", FULL.decode())
    return info


def test_iim_gives_its_six_fields():
    datasets = iim(
        d105=b"Back to school", d120=b"A school", d80=b"Nino Beridze", d110=b"OC Media", d116=b"(c) OC", d55=b"20260303"
    )
    assert told(with_segment(a_picture_file(), 0xED, datasets)) == Told(
        headline="Back to school",
        caption="A school",
        byline="Nino Beridze",
        credit="OC Media",
        copyright_notice="(c) OC",
        created="20260303",
    )


@pytest.mark.parametrize(("raw", "read"), [("Ախալցխա".encode(), "Ախալցխա"), (b"Caf\xe9 \x96 Paris", "Café – Paris")])
def test_iim_is_read_in_the_letters_that_programs_write(raw, read):
    assert told(with_segment(a_picture_file(), 0xED, iim(d120=raw))).caption == read


def test_exif_gives_caption_photographer_and_copyright():
    tags = exif(t0x010E="A school", t0x013B="Nino Beridze", t0x8298="© Nino".encode())
    found = told(a_picture_file(exif=tags))
    assert (found.caption, found.byline, found.copyright_notice) == ("A school", "Nino Beridze", "© Nino")


def test_xmp_counts_more_than_iim_and_iim_more_than_exif():
    data = a_picture_file(exif=exif(t0x010E="by exif", t0x013B="by exif"), xmp=packet("", 'photoshop:Credit="by xmp"'))
    found = told(with_segment(data, 0xED, iim(d120=b"by iim", d110=b"by iim")))
    assert (found.credit, found.caption, found.byline) == ("by xmp", "by iim", "by exif")


@pytest.mark.parametrize("noise", ["OLYMPUS DIGITAL CAMERA         ", "SONY DSC", "Default"])
def test_what_a_camera_writes_is_no_caption(noise):
    assert told(a_picture_file(exif=exif(t0x010E=noise))).caption == ""


def test_a_name_cannot_turn_a_sentence_round_or_break_its_line():
    assert told(a_picture_file(exif=exif(t0x013B="Ni\u202eno\nBe".encode()))).byline == "Nino Be"


@pytest.mark.parametrize(
    ("boundary", "role", "focus"),
    [
        ('rbUnit="relative" rbX="0.1" rbY="0.2" rbW="0.4" rbH="0.2"', "mainSubjectArea", (0.3, 0.3)),
        ('rbUnit="relative" rbX="0.25" rbY="0.75" rbRx="0.1"', "mainSubjectArea", (0.25, 0.75)),
        ('rbUnit="relative" rbX="0.25" rbY="0.75"', "subjectArea", None),
        ('rbUnit="pixel" rbX="100" rbY="100"', "mainSubjectArea", None),
        ('rbUnit="relative" rbX="7" rbY="0.5"', "mainSubjectArea", None),
        ('rbUnit="relative" rbX="nan" rbY="0.5"', "mainSubjectArea", None),
        ('rbUnit="relative" rbX="left" rbY="0.5"', "mainSubjectArea", None),
    ],
)
def test_the_main_subject_is_what_a_crop_must_keep(boundary, role, focus):
    data = REGION.format(boundary.replace("rb", "Iptc4xmpExt:rb"), role).encode()
    assert told(a_picture_file(xmp=data)).focus == focus


def test_a_point_in_a_picture_that_is_turned_is_not_guessed():
    data = REGION.format('Iptc4xmpExt:rbUnit="relative" Iptc4xmpExt:rbX="0.2" Iptc4xmpExt:rbY="0.2"', "mainSubjectArea")
    assert told(a_picture_file(xmp=data.encode(), exif=exif(t0x0112=3))).focus is None


@pytest.mark.parametrize(
    "hostile",
    [
        b'<!DOCTYPE x [<!ENTITY a "AFP">]>' + packet("<photoshop:Credit>&a;</photoshop:Credit>"),
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + packet("", 'photoshop:Credit="A"'),
        packet("", 'photoshop:Credit="A"')[:-9],
        b"<x" * 5000,
        b"\xff\xfe\x00",
        packet("", 'photoshop:Credit="A"') + b" " * xmp.MAX_BYTES,
    ],
    ids=["entity", "doctype", "cut", "deep", "binary", "long"],
)
def test_a_packet_that_is_odd_says_nothing(hostile):
    assert not any(xmp.read(hostile).values())
    assert xmp.focus(hostile) is None


@given(st.binary(max_size=300).map(lambda data: FULL[:600] + data) | st.binary(max_size=100))
def test_any_packet_can_be_read(data):
    assert isinstance(xmp.read(data), dict)
    assert xmp.focus(data) is None


@given(st.binary(max_size=200))
def test_any_iim_can_be_read(data):
    assert isinstance(told(with_segment(a_picture_file(size=(2, 2)), 0xED, b"Photoshop 3.0\0" + data)), Told)


@pytest.mark.parametrize(
    ("byline", "credit", "printed"),
    [
        ("Nino Beridze", "OC Media", "Nino Beridze/OC Media"),
        ("Nino Beridze", "", "Nino Beridze"),
        ("", "OC Media", "OC Media"),
        ("Nino Beridze", "nino beridze / OC Media", "nino beridze / OC Media"),
        ("", "", ""),
    ],
)
def test_photographer_and_agency_make_the_credit(byline, credit, printed):
    assert Told(byline=byline, credit=credit).printed_credit == printed


def test_what_a_file_says_fills_what_its_source_left_blank_and_nothing_else():
    picture = Picture(caption="The gate", credit="")
    found, by_file = filled(picture, Told(caption="A school", credit="OC Media", alt="Children"))
    assert found == Picture(caption="The gate", credit="OC Media", alt="Children")
    assert by_file == ("credit", "alt")
