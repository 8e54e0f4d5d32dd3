"""The promise that every format keeps: the whole credit reaches the far end.

A new format is tested as soon as it is registered.
"""

from dataclasses import replace

import pytest

from syndicate.core.dates import PartialDate
from syndicate.core.rights import Rights
from tests.factories import CREDIT, ORIGINAL_URL, a_feed, an_item
from tests.outputs.reading import renditions, values
from tests.outputs.writers import WRITERS

FACTS = {
    "outlet": "OC Media",
    "byline": "By Tamar Gelashvili",
    "original address": ORIGINAL_URL,
    "credit sentence": CREDIT.text,
    "usage terms": "Not for print without asking",
    "copyright": "© 2026 OC Media",
    "licence": "CC BY-ND 4.0",
    "licence in plain words": "may be republished unchanged, credit and link required",
    "licence address": "https://creativecommons.org/licenses/by-nd/4.0/",
    "section": "International",
    "picture caption": "Pupils before School No 4",
    "picture credit": "Nino Beridze/OC Media",
    "picture copyright": "© Nino Beridze",
    "picture terms": "Editorial use only",
    "republisher": "The Armenian Mirror-Spectator",
    "dateline": "KHULO, Georgia",
}
DATES = ["2026", "2026-03", "2026-03-03", "2026-03-03T14:05:00+04:00", "2026-03-03T10:05:00Z"]
IN_NITF = ["2026", "2026-03", "20260303", "20260303T140500+0400", "20260303T100500Z"]
SPELLINGS = {"nitf": dict(zip(DATES, IN_NITF, strict=True)), "atom": {"By Tamar Gelashvili": "Tamar Gelashvili"}}


def spelled(form, fact):
    """NITF has dates of its own, and Atom's author is a name (RFC 4287 3.2.1)."""
    return SPELLINGS.get(form.partition("-")[0], {}).get(fact, fact)


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("form", WRITERS)
def test_a_credit_fact_is_in_the_document(form, fact):
    said = values(WRITERS[form].render_item(a_feed(), an_item()))
    assert any(spelled(form, FACTS[fact]) in value for value in said)


@pytest.mark.parametrize("date", DATES)
@pytest.mark.parametrize("form", WRITERS)
def test_the_original_date_has_the_precision_and_offset_of_its_source(form, date):
    item = an_item(first_published=PartialDate(date), updated=None)
    assert spelled(form, date) in values(WRITERS[form].render_item(a_feed(), item))


@pytest.mark.parametrize("body", ["<p>One.</p><p>Two.</p>", f"<p>One.</p><p>({CREDIT.text})</p>", ""])
@pytest.mark.parametrize("form", WRITERS)
def test_the_credit_sentence_stands_in_the_story_once(form, body):
    document = WRITERS[form].render_item(a_feed(), replace(an_item(), body_html=body))
    assert {story.count(CREDIT.text) for story in renditions(form, document)} == {1}


@pytest.mark.parametrize("form", WRITERS)
def test_a_story_without_date_address_language_or_terms_is_still_credited(form):
    item = replace(an_item(), first_published=None, updated=None, original_url="", language="", rights=Rights())
    said = values(WRITERS[form].render_item(a_feed(), item))
    wanted = [spelled(form, FACTS[fact]) for fact in ("outlet", "byline", "credit sentence")]
    assert all(any(fact in value for value in said) for fact in wanted)


@pytest.mark.parametrize("form", ["rss", "atom", "json", "html"])  # editors themselves read the others
def test_what_is_for_editors_stays_out_of_what_readers_see(form):
    item = replace(an_item(), ed_note="Call Ani first", change_note="Lawyers asked", external_id="internal-77")
    document = WRITERS[form].render_item(a_feed(), item).decode()
    assert not any(secret in document for secret in ("Call Ani first", "Lawyers asked", "internal-77"))
