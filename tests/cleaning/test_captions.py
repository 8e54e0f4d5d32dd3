"""Caption and credit told apart, in the languages of the region: a table."""

import pytest

from syndicate.cleaning import clean
from syndicate.cleaning.captions import credit_start


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("A street in Gyumri (Photo: Ani Example)", "(Photo: Ani Example)"),
        ("A street in Gyumri. Photo: Ani Example/OC Media", "Photo: Ani Example/OC Media"),
        ("A street in Gyumri. Photo by Ani Example", "Photo by Ani Example"),
        ("Voters on Sunday (AP Photo/Gor Example)", "(AP Photo/Gor Example)"),
        ("Voters on Sunday (Gor Example/AFP)", "(Gor Example/AFP)"),
        ("Azerbaijan border with Iran (official photo)", "(official photo)"),
        ("The lake © Ani Example", "© Ani Example"),
        ("The lake. Courtesy of the family", "Courtesy of the family"),
        ("Gor Example / Reuters", "Gor Example / Reuters"),
        ("Գյուղը ձմռանը։ Լուսանկարը՝ Անի Օրինակի", "Լուսանկարը՝ Անի Օրինակի"),
        ("Школа № 5. Фото: Иван Примеров", "Фото: Иван Примеров"),
        ("ტბა აგვისტოში. ფოტო: ნინო მაგალითი", "ფოტო: ნინო მაგალითი"),
        ("Şəhər. Foto: Elnur Nümunə", "Foto: Elnur Nümunə"),
        ("المحطة الجديدة. تصوير: أحمد مثال", "تصوير: أحمد مثال"),
        ("خانه کهنه. عکس: مریم نمونه", "عکس: مریم نمونه"),
        ("Photo: Ani Example", "Photo: Ani Example"),
        ("A photo of the minister was shown to the court", None),
        ("The map: two villages, one road. It was drawn in 1921 by hand and lost.", None),
        ("Workers (left) and guards (right)", None),
    ],
)
def test_a_credit_is_found_at_the_end_of_a_caption(caption, credit):
    start = credit_start(caption)
    assert (None if start is None else caption[start:]) == credit


def test_both_are_kept_and_only_the_credit_is_marked():
    html = clean(
        "<figure><img src='https://example.org/a.jpg'/><figcaption>The <b>lake</b>. Photo: A</figcaption></figure>"
    ).html
    assert html.endswith(
        '<figcaption>The <strong>lake</strong>. <span class="credit">Photo: A</span></figcaption></figure>'
    )
