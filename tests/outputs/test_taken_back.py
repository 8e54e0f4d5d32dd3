"""A correction, a withdrawal, a kill and a right that ended, as each format says them: one table for all.

The identity stays, the version or the date of change grows, and what was taken back has a status, the reason in words,
and no word of the story.
"""

import pytest

from syndicate.outputs.text import line
from tests.outputs.reading import values
from tests.outputs.stories import CORRECTION, EVERY_FIELD, FEED, KILLED, REVOKED, WITHDRAWN
from tests.outputs.writers import WRITERS

NEWS = {"correction": CORRECTION, "withdrawn": WITHDRAWN, "killed": KILLED, "revoked": REVOKED}
WORDS = {
    "withdrawn": "This story has been withdrawn. The outlet asked for it.",
    "killed": "This story has been killed: it must not be used. A court forbade it.",
    "revoked": "You may not use this story any more: take it down.",
}
NOTE = "The school is No 4, not No 5"
# What tells a machine that a story was corrected, and what that it was taken back: by format, else by its feed.
SIGNS = {
    "rss": ("<dcterms:modified>2026-03-06T09:30:00Z", '<at:deleted-entry ref="{guid}" when="2026-03-06T09:30:00Z"'),
    "atom": ("<updated>2026-03-06T09:30:00Z", '<at:deleted-entry ref="{guid}" when="2026-03-06T09:30:00Z"'),
    "json": ('"change": "correction"', '"what": "{news}"'),
    "ninjs": (f"Correction: {NOTE}", '"pubStatus": "canceled"'),
    "ninjs-2.1": (f"Correction: {NOTE}", '"pubstatus": "canceled"'),
    "ninjs-1.x": (f"Correction: {NOTE}", '"pubstatus": "canceled"'),
    "newsml": ('<signal qcode="sig:correction"/>', '<pubStatus qcode="stat:canceled"/>'),
    "nitf": (f'<correction info="{NOTE}"', 'management-status="canceled"'),
    "nitf-feed": ('<signal qcode="sig:correction"/>', '<pubStatus qcode="stat:canceled"/>'),
    "nitf-plain": (f'<correction info="{NOTE}"', 'management-status="canceled"'),
    "html": ("<article", '<article class="gone"'),  # a page shows the story as it is
    "txt": ("We counted the days", "Since 2026-03-06T09:30:00Z"),
}
FOR_PEOPLE = {"html", "txt"}  # at the story's own address, without its guid
DOCUMENTS = [
    (form, kind)
    for form, writer in WRITERS.items()
    for kind in ("item", "feed")
    if kind == "item" or writer.render_feed
]


def written(form: str, kind: str, news: str) -> bytes:
    writer = WRITERS[form]
    if kind == "item":
        return writer.render_item(FEED, NEWS[news])
    assert writer.render_feed
    return writer.render_feed(FEED, [NEWS[news]])


def signs(form: str, kind: str) -> tuple[str, str]:
    return SIGNS.get(f"{form}-{kind}", SIGNS[form])


@pytest.mark.parametrize(("form", "kind"), DOCUMENTS)
def test_a_correction_is_the_same_story_with_a_sign_that_it_was_corrected(form, kind):
    document = written(form, kind, "correction")
    said = values(document)
    assert signs(form, kind)[0] in document.decode()
    assert form in FOR_PEOPLE or EVERY_FIELD.guid in said
    assert any("We counted the days" in text for text in said)


@pytest.mark.parametrize("news", WORDS)
@pytest.mark.parametrize(("form", "kind"), DOCUMENTS)
def test_what_was_taken_back_says_so_and_why_and_none_of_its_words(form, kind, news):
    document = written(form, kind, news)
    said = values(document)
    assert signs(form, kind)[1].format(guid=EVERY_FIELD.guid, news=news) in document.decode()
    assert any(WORDS[news] in text for text in said)
    assert form in FOR_PEOPLE or EVERY_FIELD.guid in said
    for words in ("We counted the days", "Pupils &", "Pupils before School"):
        assert not any(words in text for text in said), words


@pytest.mark.parametrize("news", WORDS)
@pytest.mark.parametrize("form", [form for form in WRITERS if form.startswith(("nitf", "ninjs"))])
def test_nothing_permits_the_use_of_what_was_taken_back(form, news):
    live, gone = (WRITERS[form].render_item(FEED, item).decode() for item in (EVERY_FIELD, NEWS[news]))
    for permission in ("creativecommons.org", "Not for print without asking"):
        assert (permission in live, permission in gone) == (True, False)


@pytest.mark.parametrize(("form", "kind"), DOCUMENTS)
def test_of_a_story_whose_right_ended_not_even_the_headline_is_told(form, kind):
    assert not any(line(EVERY_FIELD.headline) in text for text in values(written(form, kind, "revoked")))
