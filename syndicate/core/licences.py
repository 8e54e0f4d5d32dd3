"""Creative Commons licences by their SPDX names, and what each permits.

Sources: the SPDX licence list (identifiers) and the legal codes at creativecommons.org. A licence that is not in
this table permits nothing by itself: its words are kept and shown as the source wrote them.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """What anybody may do without asking. `spdx` is the name we store."""

    spdx: str
    name: str
    url: str
    attribution: bool
    derivatives: bool
    commercial: bool
    share_alike: bool

    @property
    def in_words(self) -> str:
        """The permission in plain English, as an editor needs it."""
        parts = ["may be republished" if self.derivatives else "may be republished unchanged"]
        parts += ["credit and link required"] if self.attribution else ["no credit required"]
        parts += [] if self.commercial else ["not for commercial use"]
        parts += ["changed versions under the same licence"] if self.share_alike else []
        return ", ".join(parts)


_VERSIONS = ("1.0", "2.0", "2.5", "3.0", "4.0")
_KINDS = ("BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND")


def _creative_commons(kind: str, version: str) -> Licence:
    # The 1.0 deed of this one kind orders its parts differently.
    path = "by-nd-nc" if (kind, version) == ("BY-NC-ND", "1.0") else kind.lower()
    return Licence(
        spdx=f"CC-{kind}-{version}",
        name=f"CC {kind} {version}",
        url=f"https://creativecommons.org/licenses/{path}/{version}/",
        attribution=True,
        derivatives="ND" not in kind,
        commercial="NC" not in kind,
        share_alike="SA" in kind,
    )


def _public_domain(spdx: str, name: str, path: str) -> Licence:
    url = f"https://creativecommons.org/publicdomain/{path}/1.0/"
    return Licence(
        spdx=spdx, name=name, url=url, attribution=False, derivatives=True, commercial=True, share_alike=False
    )


LICENCES = {
    licence.spdx: licence
    for licence in (
        *(_creative_commons(kind, version) for kind in _KINDS for version in _VERSIONS),
        _public_domain("CC0-1.0", "CC0 1.0", "zero"),
        _public_domain("CC-PDM-1.0", "Public Domain Mark 1.0", "mark"),
    )
}

_BY_SPDX = {spdx.casefold(): licence for spdx, licence in LICENCES.items()}
_BY_PATH = {licence.url.partition("://")[2].rstrip("/"): licence for licence in LICENCES.values()}
_WORDS = re.compile(
    r"(?:cc|creative commons)[ -]?(0|by(?:[ -](?:nc|nd|sa)){0,2})(?:[ -]?([1-4]\.[05]))?", re.IGNORECASE
)


def find_licence(written: str) -> Licence | None:
    """The licence a source names by SPDX name, by address, or as "CC BY-ND 4.0"; None if we do not know it.

    A name without a version is not guessed to be the newest: it is found only when it has one, except CC0,
    of which there is one.
    """
    text = written.strip()
    if found := _BY_SPDX.get(text.casefold()):
        return found
    address = text.casefold().partition("://")[2]
    for path in (address, address.rpartition("/")[0]):  # a deed's language, /deed.hy, may follow
        if found := _BY_PATH.get(path.rstrip("/").removeprefix("www.")):
            return found
    if words := _WORDS.fullmatch(text):
        kind = words[1].upper().replace(" ", "-")
        return LICENCES.get(f"CC0-{words[2] or '1.0'}" if kind == "0" else f"CC-{kind}-{words[2]}")
    return None
