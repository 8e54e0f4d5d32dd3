"""Words in the reader's language: gettext catalogues of `translations/`, compiled when they are first needed.

The source text is the key, so what nobody has translated yet reads as plain English.
"""

import gettext as stdlib
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, has_request_context, request

FOLDER = Path(__file__).parent / "translations"
SOURCE = "en"


@cache
def languages() -> tuple[str, ...]:
    """Those with a catalogue, and the language of the source text first."""
    return (SOURCE, *sorted(path.name for path in FOLDER.glob("*") if path.is_dir()))


def own_name(language: str) -> str:
    """As it calls itself: հայերեն, русский."""
    return Locale.parse(language).get_display_name(language) or language


def language() -> str:
    """The one that this request is answered in: as the account says, else as the browser asks."""
    if not has_request_context():
        return SOURCE
    found = g.get("desk_session")
    chosen = found.person.language if found else ""
    if chosen in languages():
        return str(chosen)
    return request.accept_languages.best_match(languages()) or SOURCE


def N_(text: str) -> str:
    """A text that is translated later, when it is known for whom."""
    return text


def gettext(text: str) -> str:
    return _catalogue(language()).gettext(text)


def ngettext(one: str, many: str, number: int) -> str:
    return _catalogue(language()).ngettext(one, many, number)


def install(app: Flask) -> None:
    """`_()`, `ngettext()` and `{% trans %}` in templates; `| said` for sentences that are no literal.

    Jinja takes what `_()` is given for markup of ours. A refusal may name what somebody typed.
    """
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.filters["said"] = gettext
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]


@cache
def _catalogue(language: str) -> stdlib.NullTranslations:
    if language == SOURCE:
        return stdlib.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read(language))
    compiled.seek(0)
    return stdlib.GNUTranslations(compiled)


def read(language: str) -> Catalog:
    """What translators wrote."""
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as source:
        return read_po(source, locale=language)
