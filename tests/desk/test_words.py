"""Words in the reader's language: by account, else by browser; what is not translated yet reads as plain English."""

import inspect
import re
from pathlib import Path

import pytest

from syndicate.core import errors
from syndicate.service.people import entry, passwords
from syndicate.web import words
from syndicate.web.desk import said
from tests.desk.conftest import PASSWORD, address_of
from tests.desk.watched import PHONE
from tests.stores import emptied

TEMPLATES = Path(words.__file__).parent / "templates" / "desk"
HEADING = {"en": "Sign in to the desk", "ru": "Вход в редакцию", "hy": "Մուտք խմբագրություն"}


@pytest.mark.parametrize("language", HEADING)
def test_the_door_speaks_the_browsers_language(desk, language):
    answer = desk.nobody().get("/desk/sign-in", headers={"Accept-Language": f"{language}, en;q=0.5"})
    assert f'<html lang="{language}">' in answer.text
    assert HEADING[language] in answer.text


@pytest.mark.parametrize("asked", ["ka", "*", "", "ru;q=nonsense", "../../etc"])
def test_a_language_that_we_do_not_speak_is_answered_in_english_or_the_next_best(desk, asked):
    answer = desk.nobody().get("/desk/sign-in", headers={"Accept-Language": asked})
    assert answer.status_code == 200


def test_the_account_decides_whatever_the_browser_asks(desk):
    visitor = desk.signed_in("editor")
    visitor.post("/desk/account/preferences", language="hy", timezone="")
    answer = visitor.get("/desk/account", headers={"Accept-Language": "ru"})
    assert '<html lang="hy">' in answer.text
    assert "Ձեր հաշիվը" in answer.text


def test_a_refusal_is_translated_too(desk):
    visitor = desk.nobody()
    token = visitor.token()
    form = {"email": address_of("editor"), "password": "wrong", "csrf": token}
    answer = visitor.client.post("/desk/sign-in", data=form, headers={"Accept-Language": "ru"})
    assert "не подходят друг к другу" in answer.text
    assert PASSWORD not in answer.text


@pytest.mark.parametrize("language", [each for each in words.languages() if each != "en"])
def test_a_translation_keeps_what_is_filled_in(language):
    catalogue = words.read(language)
    assert len(catalogue) > 100
    for message in catalogue:
        if message.id and message.string and any(message.string):
            assert list(message.check()) == [], message.id


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.stem)
def test_only_literals_are_handed_to_gettext_as_markup(template):
    """`_()` takes its argument for markup: a sentence that may hold what somebody typed goes through `| said`."""
    assert re.findall(r"(?<![\w.])_\((?![\"'])[^)]*\)", template.read_text()) == []


def test_what_somebody_typed_is_never_markup(desk):
    answer = desk.signed_in("admin").get("/desk/people/<b>nobody</b>@news.example/remove")
    assert answer.status_code == 404
    assert "&lt;b&gt;nobody&lt;/b&gt;" in answer.text
    assert "<b>nobody" not in answer.text


def test_what_translators_find_is_what_other_rooms_say():
    titles = {kind.title for kind in vars(errors).values() if isinstance(kind, type)}
    sources = "".join(inspect.getsource(module) for module in (entry, passwords))
    spoken = [sentence for sentence in said.REFUSALS if sentence in titles or sentence in sources]
    assert len(spoken) >= 8


@pytest.fixture
def store(request):
    """One database is enough for what a browser shows."""
    return emptied(request.getfixturevalue("_sqlite_store"))


@pytest.mark.parametrize("language", ["hy", "ru"])
def test_pages_hold_longer_words_on_a_phone(site, language):
    page = site.page("admin", viewport=PHONE, locale=language).visit("/desk/account")
    page.judge()
    page.shoot(f"account-{language}")
    page.tab.set_viewport_size(PHONE)
    assert page.tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
