"""Pictures in NewsML-G2: items of their own, which a text or a package refers to by guid.

Rules: newsItem of class ninat:picture with remoteContent renditions (NewsML-G2 2.35, contentSet; IPTC's listing 3);
itemMeta/link and itemRef name their target by `residref`. A picture belongs to the text that links to it, else to the
only text of its group in a package, else to the only text of its package; what two texts could claim is nobody's.
"""

from collections.abc import Iterator, Sequence

from lxml import etree

from syndicate.core.newsitem import Picture, Rendition
from syndicate.ingest import newscodes
from syndicate.ingest.newsmlg2_rights import rights
from syndicate.ingest.nitf_body import size
from syndicate.ingest.reading import Reading, said, words
from syndicate.ingest.renditions import biggest_first, known_name

_CLASSES = frozenset({"picture", "graphic", "photo", "image"})


def is_picture(item: etree._Element) -> bool:
    return newscodes.code(item.find("itemMeta/itemClass")) in _CLASSES


def attached(texts: Sequence[etree._Element], packages: Sequence[etree._Element]) -> dict[str, list[str]]:
    """For each text's guid what it shows: guids, in the order in which they are referred to."""
    shows: dict[str, list[str]] = {text.get("guid", ""): list(_linked(text)) for text in texts}
    taken = {guid for guids in shows.values() for guid in guids}
    for package in packages:
        for group in (*package.iterfind("groupSet/group"), package):
            named = [ref.get("residref", "") for ref in group.iter("itemRef")]
            told = [guid for guid in named if guid in shows]
            if len(set(told)) == 1:
                shows[told[0]] += [guid for guid in named if guid not in taken and guid != told[0]]
                taken.update(named)
    return shows


def _linked(text: etree._Element) -> Iterator[str]:
    yield from (link.get("residref", "") for link in text.iterfind("itemMeta/link"))
    yield from (link.get("residref", "") for link in text.iterfind("contentSet/remoteContent"))


def read_picture(item: etree._Element, reading: Reading) -> Picture:
    """A picture item's files with its own caption, credit and rights; `reading` is that of its story."""
    captions = ("caption", "summary", "")
    described = list(item.iterfind("contentMeta/description"))
    first = next((d for role in captions for d in described if newscodes.code(d, "role") == role), None)
    terms = rights(item, reading)
    return Picture(
        caption=words(first),
        credit=said(item, "contentMeta/creditline", "contentMeta/by", "contentMeta/creator/name"),
        alt=next((words(d) for d in described if newscodes.code(d, "role") in ("alttext", "alt")), ""),
        usage_terms=" ".join(part for part in (terms.usage_terms, terms.license) if part),
        copyright_holder=terms.copyright_holder,
        copyright_notice=terms.copyright_notice,
        renditions=renditions(item, reading),
    )


def renditions(item: etree._Element, reading: Reading) -> tuple[Rendition, ...]:
    files = ((file, reading.file(file.get("href"))) for file in item.iterfind("contentSet/remoteContent"))
    return biggest_first(_rendition(file, address) for file, address in files if address)


def _rendition(file: etree._Element, address: str) -> Rendition:
    return Rendition(
        href=address,
        name=known_name(newscodes.code(file, "rendition")),
        content_type=file.get("contenttype", ""),
        width=size(file.get("width")),
        height=size(file.get("height")),
        size_bytes=size(file.get("size")),
    )
