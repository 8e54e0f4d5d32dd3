"""The pictures of one story: told together, judged one by one, and shown from our own files. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from syndicate.cleaning import clean_address, credit_in, pictures_of, show
from syndicate.core.edits import PictureEdit
from syndicate.core.media import Media, filled
from syndicate.core.newsitem import Picture, Rendition, SourceItem
from syndicate.core.newsroom import Agreement
from syndicate.core.picture_rights import PictureHold, Reason, hold_on_picture, named_agency
from syndicate.store.pictures import Kept

PATH = "/media/"  # below our address: where readers get renditions
ENOUGH_PX = 1600  # the longest side of what we make
_OURS = Agreement()  # a picture of our own needs a credit too, and may not be an agency's either
_SAID = ("caption", "alt", "usage_terms", "copyright_holder", "copyright_notice", "focus")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A picture as it would go out, and why it does not. `by_file` names the fields that its file filled.

    `edit` is what the desk made of it; `replaces` the source's picture, where this is one of ours in its place.
    """

    picture: Picture
    hold: PictureHold | None
    kept: Kept | None = None
    by_file: tuple[str, ...] = ()
    edit: PictureEdit | None = None
    replaces: Picture | None = None

    @property
    def media(self) -> Media | None:
        return self.kept.media if self.kept else None

    @property
    def left_out(self) -> bool:
        """It could go out, and an editor does not want it."""
        return bool(self.edit and not self.edit.shown)

    @property
    def sent(self) -> Picture:
        """The picture as its source sent it, by which the desk's edits and the text name it."""
        return self.replaces or self.picture


def together(told: Sequence[Picture], shown: Sequence[Picture], base_url: str = "") -> tuple[Picture, ...]:
    """The pictures that the source told of, then those that only its text shows; the same address is the same picture.

    What was said of a picture first counts more than what is said again, outside the text more than in its figure. But
    an agency that is named anywhere stays named.
    """
    found: list[Picture] = []
    places: dict[str, int] = {}
    for picture in map(_with_credit_of_caption, (*told, *shown)):
        addresses = [_address(file.href, base_url) for file in picture.renditions]
        place = next((places[address] for address in addresses if address in places), len(found))
        if place == len(found):
            found.append(picture)
        else:
            found[place] = _joined(found[place], picture, [address in places for address in addresses])
        for address in addresses:
            places.setdefault(address, place)
    return tuple(found)


def judged(
    item: SourceItem, agreement: Agreement, kept: Mapping[str, Kept], edits: Sequence[PictureEdit] = ()
) -> tuple[Judged, ...]:
    """Every picture of an item with what is kept of it, by the addresses of its files; as the desk wants them."""
    pictures = together(item.pictures, pictures_of(item.body_html), item.original_url)
    by_href = {edit.href: (place, edit) for place, edit in enumerate(edits)}
    found = [_edited(_judged(picture, agreement, kept), by_href, kept) for picture in pictures]
    return tuple(sorted(found, key=lambda one: by_href[one.sent.url][0] if one.edit else len(by_href)))


def published(item: SourceItem, pictures: Sequence[Judged], base_url: str) -> SourceItem:
    """The item with the pictures that may go out, from our own files where we have them; the others are left out."""
    out = [(one, _from_our_files(one, base_url)) for one in pictures if not one.hold]
    shown: dict[str, Picture] = {}
    described, replaced = set[str](), set[str]()
    for one, picture in out:
        for file in one.sent.renditions:
            for source in (file.href, _address(file.href, item.original_url)):
                shown[source] = picture if one.media else replace(picture, renditions=(Rendition(href=source),))
                described |= {source} if one.edit and one.edit.alt is not None else set()
                replaced |= {source} if one.replaces else set()
    body = show(item.body_html, shown, described=described, replaced=replaced)
    return replace(item, pictures=tuple(picture for _, picture in out), body_html=body)


def to_fetch(pictures: Sequence[Judged]) -> Sequence[str]:
    """The addresses of files that we should have and have not: of pictures that may go out, or may once we see them.

    A picture without a credit may have it in its file. An agency's picture is not copied for nothing.
    """
    wanted = (one for one in pictures if not one.media and (not one.hold or one.hold.reason is Reason.NO_CREDIT))
    addresses = (_best(one.picture.renditions) for one in wanted)
    return list(dict.fromkeys(address for address in addresses if address))


def lacks_files(item: SourceItem, agreement: Agreement) -> bool:
    """Whether a story as it came in has pictures to fetch, as far as can be told from it alone."""
    return bool(to_fetch([_judged(picture, agreement, {}) for picture in item.pictures]))


def named(picture: Picture) -> str:
    """How an editor recognises it: by its caption, else by the end of its address."""
    return picture.caption[:80] or picture.url.rpartition("/")[2][:80]


def _judged(picture: Picture, agreement: Agreement, kept: Mapping[str, Kept]) -> Judged:
    known = [kept[file.href] for file in picture.renditions if file.href in kept]
    one = next((each for each in known if each.media), known[0] if known else None)
    if one is None or one.media is None:
        return Judged(picture=picture, hold=hold_on_picture(picture, agreement), kept=one)
    told = one.media.told
    picture, by_file = filled(picture, told)
    return Judged(picture=picture, hold=hold_on_picture(picture, agreement, told), kept=one, by_file=by_file)


def _edited(one: Judged, edits: Mapping[str, tuple[int, PictureEdit]], kept: Mapping[str, Kept]) -> Judged:
    """As the desk wants it. What is held stays held: only the agreement clears a picture of its outlet."""
    _, edit = edits.get(one.picture.url, (0, None))
    if edit is None:
        return one
    if not edit.shown:
        return replace(one, edit=edit, hold=PictureHold(Reason.BY_DESK))
    if edit.instead:
        return replace(_judged(edit.instead, _OURS, kept), edit=edit, replaces=one.picture)
    described = one.picture if edit.alt is None else replace(one.picture, alt=edit.alt)
    return replace(one, picture=described, edit=edit)


def _from_our_files(one: Judged, base_url: str) -> Picture:
    if not one.media:
        return one.picture
    ours = (replace(file, href=f"{base_url}{PATH}{file.href}") for file in one.media.renditions)
    return replace(one.picture, renditions=tuple(ours))


def _joined(first: Picture, again: Picture, is_known: Sequence[bool]) -> Picture:
    """One picture of which is spoken twice; `is_known` tells which files of the second time are those of the first."""
    said = {name: value for name in _SAID if (value := getattr(again, name)) and not getattr(first, name)}
    new = (file for file, known in zip(again.renditions, is_known, strict=True) if not known)
    credit = _credit_of_both(first.credit, again.credit)
    return replace(first, **{**said, "credit": credit}, renditions=(*first.renditions, *new))


def _with_credit_of_caption(picture: Picture) -> Picture:
    """Many write the credit into the caption, where nobody would look for an agency's name."""
    return replace(picture, credit=_credit_of_both(picture.credit, credit_in(picture.caption)))


def _credit_of_both(credit: str, other: str) -> str:
    """The first, or the other where there is none; both where only the other names an agency."""
    if credit and named_agency(other) and not named_agency(credit):
        return f"{credit} / {other}"
    return credit or other


def _best(files: Sequence[Rendition]) -> str:
    """The smallest file that is large enough for what we make of it, else the largest, else the first."""
    addresses = [file for file in files if clean_address(file.href)]
    enough = [file for file in addresses if (file.width or 0) >= ENOUGH_PX]
    if enough:
        return min(enough, key=lambda file: file.width or 0).href
    return max(addresses, key=lambda file: file.width or 0).href if addresses else ""


def _address(href: str, base_url: str) -> str:
    """As it stands in a clean body."""
    return clean_address(href, base_url) or href
