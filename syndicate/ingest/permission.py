"""What words about rights are: a licence by its name or address, a copyright notice, or terms. Kept as written."""

import re
from collections.abc import Iterable

from syndicate.core.licences import find_licence
from syndicate.ingest.text import many_lines, one_line

_NOTICE = re.compile(r"\s{0,5}(?:©|\(c\)|&copy;|copyright\b|all rights reserved)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"']{5,300}")


def notice_or_terms(text: str) -> tuple[str, str]:
    """The text as a copyright notice where it begins like one, else as terms: (notice, terms), one of them empty."""
    words = many_lines(text)
    return (words, "") if _NOTICE.match(words) else ("", words)


def licence_alone(text: str) -> str:
    """The SPDX name where the text says no more than which licence it is: by name, address, or as our outputs do."""
    licence = find_licence(text) or find_licence(text.partition(":")[0])
    if licence is None:
        return ""
    ours = f"{licence.name}: {licence.in_words}"
    return licence.spdx if find_licence(text) or text in (ours, f"{ours} ({licence.url})") else ""


def licence_in(texts: Iterable[str]) -> str:
    """The SPDX name of the first licence that one of the texts is, or gives the address of; else nothing."""
    for text in texts:
        for candidate in (one_line(text), *(found.rstrip(".,;)") for found in _ADDRESS.findall(text[:5000]))):
            if licence := find_licence(candidate):
                return licence.spdx
    return ""
