"""The credit compiler: typed facts and a template become the sentence that every copy carries, once.

A template is plain text with names in braces; a part in square brackets is left out when a fact in it is missing:

    This story originally appeared on {site}[ on {date}].

The date is put into words by the caller, in the template's language, because that needs a calendar library.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from html import escape

from syndicate.core.errors import BadFields

DEFAULT_LANGUAGE = "en"
DEFAULT_TEMPLATE = "This story originally appeared on {site}[ on {date}]."

_PART = re.compile(r"\[([^\[\]]*)\]|([^\[\]]+)")
_NAME = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditFacts:
    """What a template may name. Empty means not known; `date` is in words already."""

    site: str = ""
    outlet: str = ""
    date: str = ""
    byline: str = ""
    url: str = ""
    headline: str = ""
    republisher: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """The sentence as plain text and as HTML, in which the source is linked."""

    text: str = ""
    html: str = ""


NAMES = tuple(CreditFacts.__dataclass_fields__)
_LINKED = ("site", "outlet", "url")


def check_template(template: str) -> str:
    """Return the template if it can be compiled; raises BadFields saying what is wrong with it."""
    wrong = [f"{{{name}}} is unknown" for name in _NAME.findall(template) if name not in NAMES]
    if "".join(match[0] for match in _PART.finditer(template)) != template:
        wrong.append("square brackets must be closed and not stand inside each other")
    if "{" in (rest := _NAME.sub("", template)) or "}" in rest:
        wrong.append("a brace is left open")
    if not {"{site}", "{outlet}"} & {f"{{{name}}}" for name in _NAME.findall(_PART.sub(r"\2", template))}:
        wrong.append("it must name {site} or {outlet} outside brackets")
    if wrong:
        raise BadFields("The credit template cannot be used.", errors={"credit_template": wrong}, known=list(NAMES))
    return template


def compile_credit(template: str, facts: CreditFacts) -> Credit:
    """Fill a checked template. A fact that is missing outside brackets makes the default template speak instead."""
    known = asdict(facts)
    if not can_fill(template, facts):
        template = DEFAULT_TEMPLATE
        known["site"] = known["site"] or known["outlet"]
    parts = (_chosen(match, known) for match in _PART.finditer(template))
    sentence = "".join(parts)
    return Credit(text=_NAME.sub(lambda name: known[name[1]], sentence), html=_as_html(sentence, known))


def can_fill(template: str, facts: CreditFacts) -> bool:
    """Whether all is known that the template names outside brackets."""
    known = asdict(facts)
    return all(known[name] for name in _NAME.findall(_PART.sub(r"\2", template)))


def pick_template(templates: Mapping[str, str], language: str) -> tuple[str, str]:
    """The outlet's template for a story's language and the language to write its date in.

    The story's own language first, then its base language ("hy" of "hy-AM"), then the outlet's English, then ours.
    """
    tag = language.lower()
    by_tag = {key.lower(): (template, key) for key, template in templates.items()}
    for wanted in (tag, tag.partition("-")[0], DEFAULT_LANGUAGE):
        if wanted in by_tag:
            return by_tag[wanted]
    return DEFAULT_TEMPLATE, DEFAULT_LANGUAGE


def _chosen(part: re.Match[str], known: Mapping[str, str]) -> str:
    if part[2] is not None:
        return part[2]
    return part[1] if all(known[name] for name in _NAME.findall(part[1])) else ""


def _as_html(sentence: str, known: Mapping[str, str]) -> str:
    """Escaped, with the first naming of the source linked to the original where its address is known."""
    pieces, linked = [], not known["url"]
    for position, piece in enumerate(_NAME.split(sentence)):  # text, name, text, name, …
        if position % 2 == 0:
            pieces.append(escape(piece))
        elif piece in _LINKED and not linked:
            pieces.append(f'<a href="{escape(known["url"])}">{escape(known[piece])}</a>')
            linked = True
        else:
            pieces.append(escape(known[piece]))
    return "".join(pieces)
