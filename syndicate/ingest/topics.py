"""Subjects as their schemes code them, as QCodes (NewsML-G2 QCode: alias and code)."""

import re

from syndicate.core.newsitem import Topic

_NEWSCODES = re.compile(r"https?://cv\.iptc\.org/newscodes/(mediatopic|subjectcode)/?(\d{8})?/?", re.IGNORECASE)
_ALIASES = {"mediatopic": "medtop", "subjectcode": "subj"}
_QCODE = re.compile(r"[A-Za-z][\w.-]{0,40}:[\w.~-]{1,100}", re.ASCII)
_CODE = re.compile(r"\d{8}", re.ASCII)


def topic(name: str, *, scheme: str = "", code: str = "") -> Topic | None:
    """A subject by its name and its code; `scheme` is the scheme's address, or the concept's own.

    A code whose scheme is not known keeps only its name: eight digits alone could be of either IPTC scheme.
    """
    qcode = _qcode(scheme.strip(), code.strip())
    return Topic(name, qcode) if name or qcode else None


def _qcode(scheme: str, code: str) -> str:
    known = _NEWSCODES.fullmatch(scheme) or _NEWSCODES.fullmatch(code)
    if known:
        alias = _ALIASES[known[1].lower()]
        number = known[2] or code.removeprefix(f"{alias}:")
        return f"{alias}:{number}" if _CODE.fullmatch(number) else ""
    if scheme in _ALIASES.values() and _CODE.fullmatch(code):
        return f"{scheme}:{code}"
    return code if _QCODE.fullmatch(code) and not code.lower().startswith(("http:", "https:", "urn:", "tag:")) else ""
