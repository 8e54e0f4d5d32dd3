"""What a rule would hold, counted in batches."""

import pytest

from syndicate.core.errors import BadFields
from syndicate.core.rule import Rule, Selection
from syndicate.service.preview import NEWEST, preview
from tests.newsroom import NOON, SECOND


def test_a_preview_counts_what_is_out_and_shows_the_ten_that_changed_last(house):
    for number in range(12):
        house.published(external_id=str(number), headline=f"Story {number}", now=NOON + number * SECOND)
    house.withdraw(house.published(external_id="gone"))
    house.push(external_id="waits")
    told = []
    found = preview(house.store, Rule(block=Selection(keywords=("story 11",))), progress=told.append)
    assert (found.looked_at, found.taken, found.by_outlet) == (12, 11, {"oc-media": 11})
    assert [item.headline for item in found.newest] == [f"Story {number}" for number in range(10, 10 - NEWEST, -1)]
    assert sum(told) == 12


@pytest.mark.parametrize("rule", [Rule(licences=("CC-BY-9.9",)), Rule(outlets=("nobody",))])
def test_a_rule_that_cannot_be_has_no_preview(house, rule):
    with pytest.raises(BadFields):
        preview(house.store, rule, progress=lambda _: None)
