"""Creative Commons licences: found by any of their names, never invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.core.licences import LICENCES, find_licence


@pytest.mark.parametrize("spdx", LICENCES)
def test_each_licence_is_found_by_its_names_and_its_address(spdx):
    licence = LICENCES[spdx]
    for written in (spdx, spdx.lower(), licence.url, licence.url.replace("https", "http"), licence.url + "deed.hy"):
        assert find_licence(f" {written} ") is licence


@pytest.mark.parametrize(
    ("written", "spdx"),
    [
        ("CC BY-ND 4.0", "CC-BY-ND-4.0"),
        ("cc by nc sa 3.0", "CC-BY-NC-SA-3.0"),
        ("CC-BY 2.5", "CC-BY-2.5"),
        ("CC0", "CC0-1.0"),
        ("CC0 1.0", "CC0-1.0"),
        ("http://www.creativecommons.org/licenses/by/4.0", "CC-BY-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/legalcode", "CC0-1.0"),
    ],
)
def test_the_usual_writings_lead_to_the_spdx_name(written, spdx):
    found = find_licence(written)
    assert found is not None
    assert found.spdx == spdx


@pytest.mark.parametrize(
    "written",
    [
        "",
        "CC",
        "CC BY-ND",  # which version is not ours to guess
        "CC BY 5.0",
        "CC BY-ND-SA 4.0",
        "CC0 4.0",
        "All rights reserved",
        "MIT",
        "https://licences.example/licenses/by/4.0/",
        "under CC BY 4.0",
    ],
)
def test_what_is_not_in_the_table_permits_nothing(written):
    assert find_licence(written) is None


@pytest.mark.parametrize(
    ("spdx", "derivatives", "commercial", "share_alike", "attribution"),
    [
        ("CC-BY-4.0", True, True, False, True),
        ("CC-BY-SA-4.0", True, True, True, True),
        ("CC-BY-ND-4.0", False, True, False, True),
        ("CC-BY-NC-4.0", True, False, False, True),
        ("CC-BY-NC-SA-4.0", True, False, True, True),
        ("CC-BY-NC-ND-4.0", False, False, False, True),
        ("CC0-1.0", True, True, False, False),
        ("CC-PDM-1.0", True, True, False, False),
    ],
)
def test_a_licence_permits_what_its_letters_say(spdx, derivatives, commercial, share_alike, attribution):
    licence = LICENCES[spdx]
    assert (licence.derivatives, licence.commercial) == (derivatives, commercial)
    assert (licence.share_alike, licence.attribution) == (share_alike, attribution)


def test_the_permission_is_told_in_plain_words():
    assert LICENCES["CC-BY-NC-ND-4.0"].in_words == (
        "may be republished unchanged, credit and link required, not for commercial use"
    )
    assert LICENCES["CC-BY-SA-4.0"].in_words.endswith("changed versions under the same licence")
    assert LICENCES["CC0-1.0"].in_words == "may be republished, no credit required"


@given(st.text())
def test_any_text_is_a_licence_of_the_table_or_none(text):
    assert find_licence(text) in (None, *LICENCES.values())
