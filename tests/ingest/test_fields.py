"""What a refusal of fields names, and what reading them may cost."""

import json
from datetime import date

import pytest

from syndicate.core.errors import BadFields
from syndicate.ingest import Envelope, article
from tests.newsroom import a_push, an_outlet


def refused(**changes: object) -> BadFields:
    document = json.dumps(a_push(**changes)).encode()
    with pytest.raises(BadFields) as caught:
        article.parse(document, Envelope(outlet=an_outlet(), received=date(2026, 3, 4)))
    return caught.value


@pytest.mark.parametrize(
    ("name", "element", "most"),
    [("pictures", {}, 200), ("authors", {}, 50), ("topics", 7, 100)],
)
def test_a_list_that_is_too_long_is_refused_by_its_length_and_none_of_its_elements_is_read(name, element, most):
    assert refused(**{name: [element] * (most + 1)}).extra == {"errors": {name: [f"Longer than {most} elements."]}}


def test_of_many_wrong_fields_a_hundred_are_named_and_the_rest_is_counted():
    error = refused(pictures=[{}] * 150, **{f"unknown{number}": 0 for number in range(1000)})
    assert len(error.extra["errors"]) == 100
    assert error.extra["errors_not_named"] == 1050
    assert error.detail.startswith("1150 fields are wrong: ")
    assert error.detail.endswith(" and 1140 more.")


def test_the_name_of_a_wrong_field_is_shown_by_its_beginning_wherever_it_stands():
    error = refused(rights={"x" * 10_000: 1}, **{"y" * 10_000: 1})
    assert all(len(path) <= 200 for path in error.extra["errors"])
    assert len(error.detail) < 500


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"headline": ""}, "1 field is wrong: headline."),
        ({"headline": "", "byline": 7}, "2 fields are wrong: headline, byline."),
        ({"pictures": [{"url": "x"}]}, "1 field is wrong: pictures.0.url."),
    ],
)
def test_the_sentence_counts_and_names_them(changes, detail):
    assert refused(**changes).detail == detail
