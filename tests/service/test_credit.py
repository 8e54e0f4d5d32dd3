"""The credit: compiled once, in the outlet's words, with the date as precise as the source gave it."""

import re

import pytest

from syndicate.core.dates import PartialDate
from syndicate.core.rights import PubStatus
from syndicate.service import keep
from syndicate.service.edition import date_in_words
from tests.newsroom import ANA, LATER, NOON, House, an_outlet

TEMPLATES = {
    "en": "First published by {outlet}[ on {date}].",
    "hy": "Առաջին անգամ հրապարակվել է {site}-ում[՝ {date}]։",
    "ka": "{outlet}[, {date}]",
}


def credit(house: House, **changes: object) -> str:
    story = house.publish(house.push(**changes).id)
    assert story.edition is not None
    return story.edition.credit.text


DATES = {
    "a day": ("2026-03-03", "This story originally appeared on oc-media.org on March 3, 2026."),
    "nothing": (None, "This story originally appeared on oc-media.org."),
    "an instant, on the outlet's own calendar": (
        "2026-03-02T22:30:00Z",
        "This story originally appeared on oc-media.org on March 3, 2026.",
    ),
    "a local time, read in the outlet's zone": (
        "2026-03-03T00:30:00",
        "This story originally appeared on oc-media.org on March 3, 2026.",
    ),
}


@pytest.mark.parametrize(("date", "sentence"), DATES.values(), ids=DATES)
def test_the_credit_has_the_date_as_precise_as_the_source_gave_it(house, date, sentence):
    assert credit(house, first_published=date) == sentence


@pytest.mark.parametrize(("date", "words"), [("2026-03", " in March 2026."), ("2026", " in 2026.")])
def test_a_month_or_a_year_in_the_credit_gets_no_day(house, date, words):
    sentence = credit(house, first_published=date)
    assert sentence.endswith(words)
    assert re.findall(r"\d+", sentence) == ["2026"]


def test_an_instant_is_on_the_calendar_of_its_own_offset_where_the_outlets_zone_is_not_known(house):
    house.set_outlet(timezone="")
    assert "March 2, 2026" in credit(house, first_published="2026-03-02T22:30:00Z")


LANGUAGES = {
    "en": "First published by OC Media on March 3, 2026.",
    "en-GB": "First published by OC Media on March 3, 2026.",
    "hy": "Առաջին անգամ հրապարակվել է oc-media.org-ում՝ 03 մարտի, 2026 թ.։",
    "HY-am": "Առաջին անգամ հրապարակվել է oc-media.org-ում՝ 03 մարտի, 2026 թ.։",
    "ka": "OC Media, 3 მარტი, 2026",
    "fr": "First published by OC Media on March 3, 2026.",
    "": "First published by OC Media on March 3, 2026.",
}


@pytest.mark.parametrize(("language", "sentence"), LANGUAGES.items())
def test_the_credit_is_in_the_outlets_words_for_the_storys_language(house, language, sentence):
    house.set_outlet(credit_templates=TEMPLATES)
    got = credit(house, language=language)
    assert got.replace("\u00a0", " ").replace("\u202f", " ") == sentence


def test_the_credit_links_the_original_and_escapes_everything_else(house):
    house.set_outlet(name="A & B <News>", credit_templates={"en": "From {outlet} <{date}>: “{headline}”"})
    story = house.publish(house.push(headline="1 < 2 & 3", url="https://oc-media.org/?a=1&b=2").id)
    assert story.edition.credit.text == "From A & B <News> <March 3, 2026>: “1 < 2 & 3”"
    assert story.edition.credit.html == (
        'From <a href="https://oc-media.org/?a=1&amp;b=2">A &amp; B &lt;News&gt;</a>'
        " &lt;March 3, 2026&gt;: “1 &lt; 2 &amp; 3”"
    )


def test_the_credit_of_an_edition_stays_as_printed_when_the_outlets_words_change(house):
    story_id = house.published()
    before = house.feed()[1][0].credit
    house.set_outlet(credit_templates={"en": "By {outlet}."})
    assert house.feed()[1][0].credit == before
    house.push(headline="New")
    assert house.publish(story_id, now=LATER).edition.credit.text == "By OC Media."


@pytest.mark.parametrize(
    "note",
    [
        "<p>(This story originally appeared on www.oc-media.org on March 3.)</p>",
        "<p><em>This article was originally published by OC Media on 3 March 2026.</em></p>",
        "<p>Republished with permission from OC Media.</p>",
    ],
)
def test_a_body_that_already_carries_its_note_does_not_get_a_second(house, note):
    story = house.publish(house.push(body_html=f"<p>One.</p>\n<p>Two.</p>\n{note}").id)
    assert "One." in story.edition.body_html
    for words in ("originally", "permission"):
        assert words not in story.edition.body_html
    assert story.edition.credit.text.count("originally appeared") == 1


def test_what_the_source_says_of_another_thing_is_report_and_no_note(house):
    said = "<p>The report was first published by the ministry on 1 March 2026, officials said.</p>"
    story = house.publish(house.push(body_html=f"<p>One.</p>\n{said}").id)
    assert "first published by the ministry" in story.edition.body_html


def test_the_source_of_the_facts_is_named_where_it_is_not_the_outlet(house):
    house.set_outlet(credit_templates={"en": "From {outlet}, {site}."})
    story = house.publish(house.push(info_source={"name": "Qazetchi", "url": "https://qazetchi.example/"}).id)
    assert story.edition.credit.text == "From Qazetchi, oc-media.org."
    assert story.edition.credit_line == "Qazetchi / The Mirror"


@pytest.mark.parametrize(
    ("date", "language", "words"),
    [
        ("2026-03-03", "en", "March 3, 2026"),
        ("2026-03-03", "de", "3. März 2026"),
        ("2026-03", "de", "März 2026"),
        ("2026", "de", "2026"),
        ("2026-03-03", "pt-BR", "3 de março de 2026"),
        ("2026-03-03", "xx-nowhere", "March 3, 2026"),
        ("2026-03-03", "not a tag at all", "March 3, 2026"),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(date, language, words):
    assert date_in_words(PartialDate(date), language, an_outlet().zone) == words


def test_what_goes_out_is_usable_whatever_its_source_said_before(house):
    story_id = house.published()
    house.push(pub_status="withheld")
    house.push(headline="Usable again")
    assert house.publish(story_id).edition.rights.pub_status is PubStatus.USABLE


def test_a_template_that_cannot_be_filled_leaves_nothing_of_its_language_behind(house):
    template = "Հոդվածը՝ {byline}, {site}, {date}։"
    keep.set_outlet(house.store, an_outlet(credit_templates={"hy": template}), who=ANA, now=NOON)
    sentence = credit(house, language="hy", byline="", authors=[])
    assert sentence == "This story originally appeared on oc-media.org on March 3, 2026."
