"""QCodes: `alias:code`, where a catalogue tells which scheme an alias is (NewsML-G2 specification, catalogRef).

Remote catalogues are never fetched. Without one that is known, IPTC's own aliases mean IPTC's schemes, as all senders
use them; a catalogue in the document itself may call the same schemes by other names, or the same names other schemes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

_IPTC = "cv.iptc.org/newscodes/"
_SCHEMES = {
    f"{_IPTC}mediatopic/": "medtop",
    f"{_IPTC}subjectcode/": "subj",
    f"{_IPTC}genre/": "genre",
    "cvx.iptc.org/iso3166-1a2/": "iso3166-1a2",
    "cvx.iptc.org/iso3166-1a3/": "iso3166-1a3",
    "www.wikidata.org/entity/": "wikidata",
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The aliases that a document declares itself, each with its scheme's address."""

    schemes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element) -> "Catalogue":
        """From the `catalog/scheme` elements anywhere in a document of plain names."""
        found = ((scheme.get("alias", ""), scheme.get("uri", "")) for scheme in root.iterfind(".//catalog/scheme"))
        return cls({alias: uri for alias, uri in found if alias and uri})

    def qcode(self, qcode: str, uri: str = "") -> str:
        """The code under IPTC's own alias where its scheme is IPTC's, else as written; of an address, what it names.

        An alias of IPTC's that the document declares to be something else is left out: it would claim another's code.
        """
        alias, colon, code = qcode.strip().partition(":")
        scheme = self.schemes.get(alias, "")
        if not colon:
            return _canonical(uri.strip()) if uri else ""
        if not scheme:
            return f"{alias}:{code}"
        return _canonical(scheme + code) or ("" if alias in _SCHEMES.values() else f"{alias}:{code}")


def _canonical(address: str) -> str:
    place = address.partition("://")[2]
    for scheme, alias in _SCHEMES.items():
        if place.startswith(scheme) and len(place) > len(scheme):
            return f"{alias}:{place[len(scheme) :]}"
    return ""


def code(element: etree._Element | None, name: str = "qcode") -> str:
    """The code alone, lower case: `usable` of stat:usable, of any other alias, and of http://cv.iptc.org/…/usable."""
    if element is None:
        return ""
    written = element.get(name) or element.get(f"{name.removesuffix('qcode')}uri") or element.get("literal") or ""
    return written.strip().rstrip("/").rpartition("/")[2].rpartition(":")[2].lower()
