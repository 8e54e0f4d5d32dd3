"""A picture's file that we keep: what it is, what it says of itself, and what we made of it.

Rules: IPTC Photo Metadata Standard 2024.1 names the fields. What the file says fills what the source left blank and
never overwrites what the source said.
"""

import re
from dataclasses import dataclass, replace

from syndicate.core.newsitem import Picture, Rendition

UPLOAD = "upload:"  # and its name: how a story names a file that came with it
_NAMED = re.compile(rf"{UPLOAD}[0-9a-f]{{64}}/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a file says of itself, in IPTC's fields; empty where it says nothing. Where it was taken is not kept.

    `created` is the date as the file writes it. `focus` as in `Picture`.
    """

    headline: str = ""
    caption: str = ""
    alt: str = ""
    byline: str = ""
    credit: str = ""
    copyright_holder: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    created: str = ""
    focus: tuple[float, float] | None = None

    @property
    def printed_credit(self) -> str:
        """Photographer and agency as they are printed under a picture: "Nino Beridze/OC Media"."""
        if self.byline.casefold() in self.credit.casefold():
            return self.credit
        return f"{self.byline}/{self.credit}" if self.credit else self.byline


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """One file, named by its content. Width and height in pixels as it is shown, turned as its camera was.

    `renditions` are ours, made from it; their `href` is a name below our address for pictures.
    """

    sha256: str
    content_type: str
    width: int
    height: int
    size_bytes: int
    animated: bool = False
    told: Told = Told()
    renditions: tuple[Rendition, ...] = ()


def filled(picture: Picture, told: Told) -> tuple[Picture, tuple[str, ...]]:
    """The picture with what its file says where its source said nothing, and the names of the fields so filled."""
    offered = {
        "caption": told.caption,
        "credit": told.printed_credit,
        "alt": told.alt,
        "usage_terms": told.usage_terms,
        "copyright_holder": told.copyright_holder,
        "copyright_notice": told.copyright_notice,
        "focus": told.focus,
    }
    taken = {name: value for name, value in offered.items() if value and not getattr(picture, name)}
    return replace(picture, **taken), tuple(taken)  # type: ignore[arg-type]  # each from the field of its own name


def upload_href(name: str, sha256: str) -> str:
    """The name of a file that came with its story, with its content in it."""
    return f"{UPLOAD}{sha256}/{name}"


def as_sent(href: str) -> str:
    """The address or name as its source wrote it."""
    return _NAMED.sub(UPLOAD, href)
