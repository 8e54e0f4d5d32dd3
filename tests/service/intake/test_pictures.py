"""The rights gate: a picture that is not cleared is marked everywhere and goes out nowhere."""

from dataclasses import replace

import pytest

from syndicate.core.media import Media, Told
from syndicate.core.newsitem import Picture, Rendition
from syndicate.core.newsroom import Agreement, PicturePolicy
from syndicate.core.picture_rights import PictureHold, Reason
from syndicate.outputs import FORMATS
from syndicate.service.intake.pictures import judged, published, to_fetch, together
from syndicate.store.pictures import Kept
from tests.factories import an_item
from tests.newsroom import NEWSROOM

A, B = "https://oc-media.org/a.jpg", "https://oc-media.org/b.jpg"
OURS = {"url": A, "caption": "The gate", "credit": "Nino Beridze/OC Media"}
AGENCYS = {"url": B, "caption": "The hall", "credit": "X/AFP via Getty Images"}
BODY = f'<p>Text.</p><figure><img src="{B}"><figcaption>The hall</figcaption></figure><p>More.</p>'
FILE = Media(
    sha256="ab" * 32,
    content_type="image/jpeg",
    width=4000,
    height=2000,
    size_bytes=9,
    renditions=(
        Rendition(href="ab/x-web.jpg", name="web", content_type="image/jpeg", width=1600, height=800, size_bytes=5),
        Rendition(href="ab/x-thumb.jpg", name="thumb", content_type="image/jpeg", width=400, height=200, size_bytes=3),
    ),
)


def a_file(href: str, **told: str) -> Picture:
    return Picture(renditions=(Rendition(href=href),), **told)


def kept(**told: str) -> dict[str, Kept]:
    """The file of the picture at A is ours, and says this of itself."""
    return {A: Kept(media=replace(FILE, told=Told(**told)), problem="", tries=0)}


def test_pictures_told_of_and_pictures_shown_are_one_list():
    told = [a_file(A, credit="Nino"), a_file(f"{B}?utm_source=x")]
    shown = [a_file(B, caption="The hall", credit="Ana"), a_file(A, caption="The gate", credit="?"), a_file(f"{A}2")]
    assert together(told, shown) == (
        a_file(A, credit="Nino", caption="The gate"),
        a_file(f"{B}?utm_source=x", caption="The hall", credit="Ana"),
        a_file(f"{A}2"),
    )


def test_a_credit_that_stands_in_the_caption_is_a_credit():
    (picture,) = together([a_file(A, caption="The gate (AP Photo/Shakh Aivazov)")], [])
    assert (picture.caption, picture.credit) == ("The gate (AP Photo/Shakh Aivazov)", "AP Photo/Shakh Aivazov")


SAID_AGAIN = {
    "in its figure": lambda credit, again: together([a_file(A, credit=credit)], [a_file(A, credit=again)]),
    "in a second place": lambda credit, again: together([a_file(A, credit=credit), a_file(A, credit=again)], []),
    "in its caption": lambda credit, again: together([a_file(A, credit=credit, caption=f"The gate ({again})")], []),
}


@pytest.mark.parametrize("said", SAID_AGAIN.values(), ids=SAID_AGAIN)
@pytest.mark.parametrize(
    ("credit", "again", "both"),
    [
        ("OC Media", "X/AFP", "OC Media / X/AFP"),
        ("AFP", "X/AFP via Getty Images", "AFP"),
        ("Nino Beridze", "Photo: Nino Beridze", "Nino Beridze"),
        ("", "X/AFP", "X/AFP"),
        ("Nino Beridze", "", "Nino Beridze"),
    ],
)
def test_an_agency_that_is_named_anywhere_stays_named(said, credit, again, both):
    """As where a CMS puts its own name on every picture, and the figure tells whose it is."""
    (picture,) = said(credit, again)
    assert picture.credit == both


def test_files_of_a_picture_that_is_told_of_twice_are_all_its_files():
    first = a_file(A, credit="Nino")
    again = Picture(alt="A gate", renditions=(Rendition(href=A), Rendition(href=B)))
    (picture,) = together([first, again], [])
    assert ([file.href for file in picture.renditions], picture.alt) == ([A, B], "A gate")


def test_what_is_held_is_told_to_the_partner_and_to_the_desk_with_the_reason(house):
    outcome = house.push(pictures=[OURS, AGENCYS], body_html=f'{BODY}<p><img src="{A}3"></p>')
    agency, blank = (warning for warning in outcome.report["warnings"] if "does not go out" in warning)
    assert agency.startswith("A picture does not go out (The hall): its credit names AFP, and the agreement does not")
    assert blank == "A picture does not go out (a.jpg3): it has no credit, so nobody knows whose it is"
    holds = [one.hold and one.hold.reason for one in house.file(outcome.id).pictures]
    assert holds == [None, Reason.AGENCY, Reason.NO_CREDIT]


def test_a_held_picture_leaves_the_edition_and_its_body_and_the_audit_counts_it(house):
    ref = house.published(pictures=[OURS, AGENCYS], body_html=BODY)
    edition = house.story(ref).edition
    assert [picture.url for picture in edition.pictures] == [A]
    assert edition.body_html == "<p>Text.</p><p>More.</p>"
    assert house.file(ref).acts[-1].detail["pictures_left_out"] == 1


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_no_format_shows_a_held_picture_or_its_words(house, form):
    ref = house.published(pictures=[OURS, AGENCYS], body_html=BODY)
    feed, (item,) = house.feed()
    assert item.id == ref
    document = form.render_item(feed, item).decode()
    for held in (B, "The hall", "AFP", "Getty"):
        assert held not in document
    assert "The gate" in document


@pytest.mark.parametrize(
    ("agreement", "out"),
    [
        ({}, [A]),
        ({"pictures": PicturePolicy.ALL}, [A, B]),
        ({"cleared_credits": ("AFP", "Getty Images")}, [A, B]),
        ({"pictures": PicturePolicy.NONE}, []),
    ],
)
def test_the_agreement_decides_what_goes_out(house, agreement, out):
    house.agree(**agreement)
    edition = house.story(house.published(pictures=[OURS, AGENCYS], body_html=BODY)).edition
    assert [picture.url for picture in edition.pictures] == out
    assert (B in edition.body_html) == (B in out)


def test_nothing_is_said_of_left_out_pictures_where_there_are_none(house):
    ref = house.published(pictures=[OURS])
    assert "pictures_left_out" not in house.file(ref).acts[-1].detail


def test_a_picture_that_we_keep_is_shown_from_our_files_with_their_sizes():
    item = an_item(pictures=(a_file(A, credit="Nino", alt="A gate"),), body_html=f'<p><img src="{A}"/></p>')
    out = published(item, judged(item, Agreement(), kept()), NEWSROOM.base_url)
    (picture,) = out.pictures
    assert [(file.name, file.href, file.width) for file in picture.renditions] == [
        ("web", "https://news.example/media/ab/x-web.jpg", 1600),
        ("thumb", "https://news.example/media/ab/x-thumb.jpg", 400),
    ]
    assert out.body_html == (
        '<p><img src="https://news.example/media/ab/x-web.jpg" width="1600" height="800" alt="A gate"/></p>'
    )


def test_a_picture_that_we_do_not_keep_stays_where_its_source_has_it():
    item = an_item(pictures=(a_file(A, credit="Nino"),), body_html=f'<p><img src="{A}" width="9"/></p>')
    out = published(item, judged(item, Agreement(), {}), NEWSROOM.base_url)
    assert (out.pictures, out.body_html) == (item.pictures, item.body_html)


def test_what_the_file_says_fills_the_blanks_and_is_told_as_such():
    (one,) = judged(
        an_item(pictures=(a_file(A, caption="The gate"),)), Agreement(), kept(caption="x", credit="OC Media")
    )
    assert (one.picture.caption, one.picture.credit, one.by_file, one.hold) == (
        "The gate",
        "OC Media",
        ("credit",),
        None,
    )


def test_a_file_that_names_an_agency_holds_whatever_its_source_says():
    (one,) = judged(an_item(pictures=(a_file(A, credit="Nino"),)), Agreement(), kept(copyright_notice="© AFP"))
    assert one.hold == PictureHold(Reason.AGENCY, "AFP")


@pytest.mark.parametrize(
    ("picture", "agreement", "fetched"),
    [
        (a_file(A, credit="Nino"), Agreement(), [A]),
        (a_file(A), Agreement(), [A]),
        (a_file(A, credit="AFP"), Agreement(), []),
        (a_file(A, credit="AFP"), Agreement(pictures=PicturePolicy.ALL), [A]),
        (a_file(A, credit="Nino"), Agreement(pictures=PicturePolicy.NONE), []),
        (a_file("upload:x.jpg", credit="Nino"), Agreement(), []),
        (Picture(caption="A printed page's"), Agreement(), []),
    ],
)
def test_what_may_go_out_is_fetched_and_what_may_turn_out_to(picture, agreement, fetched):
    assert list(to_fetch(judged(an_item(pictures=(picture,), body_html=""), agreement, {}))) == fetched


@pytest.mark.parametrize(
    ("widths", "best"),
    [([None, None], 0), ([6000, 2000, 800], 1), ([300, 800], 1), ([None, 800], 1), ([1600, 1601], 0)],
)
def test_the_file_that_is_fetched_is_large_enough_and_no_larger(widths, best):
    files = tuple(Rendition(href=f"{A}?{place}", width=width) for place, width in enumerate(widths))
    item = an_item(pictures=(Picture(credit="Nino", renditions=files),), body_html="")
    assert list(to_fetch(judged(item, Agreement(), {}))) == [files[best].href]
