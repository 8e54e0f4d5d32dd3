"""The registry of formats: what a reader may ask for, by name and by variant."""

import pytest

from syndicate.core.errors import BadFields
from syndicate.outputs import FORMATS, Format, Variant


def _nothing(*_):
    return b""


PLAIN = Variant(media_type="text/x", item_media_type="text/x", render_feed=None, render_item=_nothing)
FORM = Format(
    name="form",
    extension="x",
    media_type="text/x",
    item_media_type="text/x",
    render_feed=_nothing,
    render_item=_nothing,
    parameter="dialect",
    variants={"plain": PLAIN},
)


def test_a_format_is_its_own_variant_where_none_is_asked_for():
    assert (FORM.variant(""), FORM.variant("plain")) == (FORM, PLAIN)


def test_an_unknown_variant_is_refused_with_the_known_ones():
    with pytest.raises(BadFields) as refused:
        FORM.variant("fancy")
    assert refused.value.extra["errors"] == {"dialect": ["One of: plain."]}


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_variants_have_names_and_a_question_to_ask_for_them(form):
    assert bool(form.parameter) == bool(form.variants)
    assert "" not in form.variants
