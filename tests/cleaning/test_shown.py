"""The pictures of a clean body: told with their words, shown from other files, or left out without a trace."""

import pytest
from hypothesis import given

from syndicate.cleaning import clean, credit_in, pictures_of, show
from syndicate.cleaning.sanitize import sanitize
from syndicate.core.newsitem import Picture, Rendition
from tests.cleaning.soups import bodies

A = "https://a.example/a.jpg"
OURS = Picture(alt="A gate", renditions=(Rendition(href="https://news.example/media/a.jpg", width=1600, height=900),))


def as_they_are(html: str) -> dict[str, Picture]:
    return {picture.url: Picture(renditions=(Rendition(href=picture.url),)) for picture in pictures_of(html)}


def test_a_body_tells_its_pictures_with_caption_and_credit():
    cleaned = clean(
        f'<figure><img src="{A}" alt="A gate" width="800" height="600"><figcaption>Pupils<br>at a <b>gate</b>. '
        '<span class="photo-credit">(Nino Beridze)</span></figcaption></figure>'
        '<p>Text <img src="https://a.example/b.jpg"></p>'
    )
    first, second = cleaned.pictures
    assert first == Picture(
        caption="Pupils at a gate.",
        credit="Nino Beridze",
        alt="A gate",
        renditions=(Rendition(href=A, width=800, height=600),),
    )
    assert second == Picture(renditions=(Rendition(href="https://a.example/b.jpg"),))
    assert pictures_of(cleaned.html) == cleaned.pictures


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Pupils at a gate. Photo: Nino Beridze", "Photo: Nino Beridze"),
        ("Pupils at a gate (AP Photo/Shakh Aivazov)", "AP Photo/Shakh Aivazov"),
        ("Pupils at a gate", ""),
        ("", ""),
    ],
)
def test_a_credit_at_the_end_of_a_caption_is_one(caption, credit):
    assert credit_in(caption) == credit


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'<p>a</p><figure><img src="{A}"/><figcaption>Cap</figcaption></figure><p>b</p>', "<p>a</p><p>b</p>"),
        (f'<p>a</p><p><img src="{A}"/></p><p>b</p>', "<p>a</p><p>b</p>"),
        (f'<p>a <img src="{A}"/> b</p>', "<p>a  b</p>"),
        (f'<figure><a href="{A}"><img src="{A}"/></a></figure>', ""),
        (f'<ul><li><img src="{A}"/></li><li>b</li></ul>', "<ul><li>b</li></ul>"),
        (
            f'<table><tbody><tr><td><img src="{A}"/></td></tr></tbody></table>',
            "<table><tbody><tr><td></td></tr></tbody></table>",
        ),
        (f'<p><img src="{A}"/><img src="{A}"/></p>', ""),
        ("<p>a &lt; b &amp; c</p>", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_what_is_not_given_is_left_out_with_what_belongs_to_it(before, after):
    assert show(before, {}) == after


def test_a_picture_is_shown_from_another_file_with_its_size():
    assert show(f'<p><img src="{A}" width="10"/></p>', {A: OURS}) == (
        '<p><img src="https://news.example/media/a.jpg" width="1600" height="900" alt="A gate"/></p>'
    )


def test_an_alternative_text_of_the_body_stays():
    assert 'alt="Mine"' in show(f'<p><img src="{A}" alt="Mine"/></p>', {A: OURS})


@given(bodies)
def test_a_clean_body_with_all_its_pictures_stays_as_it_is(body):
    html = clean(body).html
    assert show(html, as_they_are(html)) == html


@given(bodies)
def test_a_clean_body_without_its_pictures_passes_the_gates_as_it_is(body):
    """It may be tidied further, such as a list item that is left with one paragraph; there is nothing to take out."""
    html = show(clean(body).html, {})
    assert "<img" not in html
    assert sanitize([html]) == html
