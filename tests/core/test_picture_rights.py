"""Which pictures may go out, by credit, agreement and what the file says: a table to read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.core.media import Told
from syndicate.core.newsitem import Picture, Rendition
from syndicate.core.newsroom import Agreement, PicturePolicy
from syndicate.core.picture_rights import AGENCIES, PictureHold, Reason, hold_on_picture, named_agency

FILE = (Rendition(href="https://oc-media.org/a.jpg"),)
OURS = Picture(credit="Nino Beridze/OC Media", renditions=FILE)
ALL, NONE = Agreement(pictures=PicturePolicy.ALL), Agreement(pictures=PicturePolicy.NONE)


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("Photo: X/AFP via Getty Images", "AFP"),
        ("AFP", "AFP"),
        ("afp", "AFP"),
        ("ＡＦＰ", "AFP"),
        ("A\u200bFP", "AFP"),
        ("Agence France-Presse", "AFP"),
        ("AP Photo/Shakh Aivazov", "AP"),
        ("(AP)", "AP"),
        ("ap", "AP"),
        ("Courtesy of the Associated Press", "AP"),
        ("REUTERS/David Mdzinarishvili", "Reuters"),
        ("© 2026 Reuters. All rights reserved", "Reuters"),
        ("Thomson Reuters Foundation", "Reuters"),
        ("gettyimages-1234567", "Getty Images"),
        ("Sean Gallup / Getty", "Getty Images"),
        ("EPA-EFE/ZURAB KURTSIKIDZE", "EPA"),
        ("dpa/picture alliance", "dpa"),
        ("Jane Barlow/PA", "PA Media"),
        ("Photo: PA", "PA Media"),
        ("PA Wire", "PA Media"),
        ("Photo by TASS", "TASS"),
        ("Фото: РИА Новости", "RIA Novosti"),
        ("Iliya Pitalev / RIA", "RIA Novosti"),
        ("Sputnik/Asatur Yesayants", "Sputnik"),
        ("Xinhua", "Xinhua"),
        ("Shutterstock.com", "Shutterstock"),
        ("REX/Somebody", "Shutterstock"),
        ("iStockphoto", "iStock"),
        ("Alamy Stock Photo", "Alamy"),
        ("Thomas Dworzak/Magnum", "Magnum Photos"),
        ("Hayk Baghdasaryan/Photolure", "Photolure"),
        ("AFP_Getty", "AFP"),
    ],
)
def test_an_agencys_name_in_a_credit_is_found(credit, agency):
    assert named_agency(credit) == agency


@pytest.mark.parametrize(
    "credit",
    [
        "",
        "Nino Beridze/OC Media",
        "official photo",
        "AFPress Club",
        "Reuters Institute for the Study of Journalism",
        "Getty Center",
        "J. Paul Getty Museum",
        "Gettysburg Times",
        "Ria Novak",
        "Rex Harlan",
        "PA Smith",
        "Harrisburg, PA",
        "Ani Lusinyan",
        "ANI LUSINYAN",
        "Ap Rhys",
        "Map: OC Media",
        "Magnum Oil",
        "Tasso Papadakis",
        "Keystone Heights Museum",
        "Seventh (VIIth) Lyceum",
        "Bloomberg Philanthropies",
        "Imago Dei parish",
        "Լուսանկարը՝ Անի Լուսինյան",
        "ფოტო: ნინო ბერიძე",
    ],
)
def test_what_only_looks_like_an_agency_is_none(credit):
    assert named_agency(credit) == ""


@pytest.mark.parametrize("name", [name for name, _ in AGENCIES])
def test_every_agency_of_the_table_is_found_by_its_own_name(name):
    assert named_agency(f"Photo: Somebody/{name}") == name


@pytest.mark.parametrize(
    ("credit", "cleared", "agency"),
    [
        ("Ana/AFP", ("AFP",), ""),
        ("Ana / AFP", ("ana/afp",), ""),
        ("AFP via Getty Images", ("AFP",), "Getty Images"),
        ("AFP via Getty Images", ("AFP", "Getty Images"), ""),
        ("AFP via Getty Images", ("AFP / Getty Images",), ""),
        ("AFP", ("AFPress",), "AFP"),
        ("AFP", ("", " "), "AFP"),
        ("AFP", ("A.P", "A(FP"), "AFP"),
    ],
)
def test_a_contract_clears_what_it_names_and_no_more(credit, cleared, agency):
    assert named_agency(credit, cleared) == agency


@pytest.mark.parametrize(
    ("picture", "agreement", "hold"),
    [
        (OURS, Agreement(), None),
        (Picture(credit="AFP", renditions=FILE), Agreement(), PictureHold(Reason.AGENCY, "AFP")),
        (Picture(credit="AFP", renditions=FILE), Agreement(cleared_credits=("AFP",)), None),
        (Picture(credit="AFP", renditions=FILE), ALL, None),
        (Picture(credit=" ", renditions=FILE), Agreement(), PictureHold(Reason.NO_CREDIT)),
        (Picture(renditions=FILE), ALL, None),
        (OURS, NONE, PictureHold(Reason.NOT_AGREED)),
        (
            Picture(credit="Ana", copyright_notice="© AFP", renditions=FILE),
            Agreement(),
            PictureHold(Reason.AGENCY, "AFP"),
        ),
        (
            Picture(credit="Ana", copyright_holder="AFP", renditions=FILE),
            Agreement(),
            PictureHold(Reason.AGENCY, "AFP"),
        ),
        (Picture(caption="A printed page's caption"), NONE, None),
    ],
)
def test_the_agreement_and_the_credit_decide(picture, agreement, hold):
    assert hold_on_picture(picture, agreement) == hold


def test_an_agency_that_only_the_file_names_counts_too():
    assert hold_on_picture(OURS, Agreement(), Told(credit="AFP")) == PictureHold(Reason.AGENCY, "AFP")
    assert hold_on_picture(OURS, Agreement(), Told(byline="Nino Beridze")) is None


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_said_in_words(reason):
    assert len(PictureHold(reason, "AFP").words) > 20


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3))
def test_any_credit_can_be_asked(text, cleared):
    assert isinstance(named_agency(text, tuple(cleared)), str)
