"""Pictures in NewsML 1.2: components with files, a caption and a credit of their own, anywhere inside an item."""

from collections.abc import Iterator

from lxml import etree

from syndicate.core.newsitem import Picture, Rendition
from syndicate.ingest.nitf_body import size
from syndicate.ingest.reading import Reading, said, words
from syndicate.ingest.renditions import biggest_first
from syndicate.ingest.text import one_line

_MEDIA = frozenset({"photo", "picture", "graphic", "image"})
_RENDITIONS = {"highres": "highRes", "main": "highRes", "preview": "web", "quicklook": "web", "thumbnail": "thumb"}


def pictures(item: etree._Element, reading: Reading) -> tuple[Picture, ...]:
    """One for each outermost component that has picture files and no text but a caption."""
    return tuple(_picture(component, reading) for component in _outermost(item))


def shows_text(component: etree._Element) -> bool:
    """Whether a text stands in it that is no caption of a picture."""
    own = [c for c in component.iterfind("ContentItem") if c.find(".//DataContent") is not None and not _is_file(c)]
    if own and _role(component) != "caption":
        return True
    return any(shows_text(inner) for inner in component.iterfind("NewsComponent"))


def _outermost(element: etree._Element) -> Iterator[etree._Element]:
    for component in element.iterfind("NewsComponent"):
        if _files(component) and not shows_text(component):
            yield component
        else:
            yield from _outermost(component)


def _files(component: etree._Element) -> list[etree._Element]:
    return [content for content in component.iter("ContentItem") if _is_file(content)]


def _is_file(content: etree._Element) -> bool:
    media = content.find("MediaType")
    kind = media.get("FormalName", "").lower() if media is not None else ""
    return kind in _MEDIA or _mime(content).startswith("image/")


def _mime(content: etree._Element) -> str:
    found = next(content.iterfind("MimeType"), None)
    return one_line(found.get("FormalName", "")).lower() if found is not None else ""


def _role(component: etree._Element) -> str:
    role = component.find("Role")
    return role.get("FormalName", "").lower() if role is not None else ""


def _picture(component: etree._Element, reading: Reading) -> Picture:
    captions = [c for c in component.iter("NewsComponent") if _role(c) == "caption"]
    told = (words(data) for caption in captions for data in caption.iter("DataContent"))
    return Picture(
        caption=next((text for text in told if text), "") or said(component, ".//NewsLines/HeadLine"),
        credit=said(component, ".//NewsLines/CreditLine", ".//NewsLines/ByLine"),
        copyright_holder=said(component, ".//RightsMetadata/Copyright/CopyrightHolder"),
        copyright_notice=said(component, ".//NewsLines/CopyrightLine"),
        usage_terms=said(component, ".//NewsLines/RightsLine", ".//RightsMetadata/UsageRights"),
        renditions=biggest_first(_renditions(component, reading)),
    )


def _renditions(component: etree._Element, reading: Reading) -> Iterator[Rendition]:
    for content in _files(component):
        if address := reading.file(content.get("Href")):
            yield _rendition(content, address)


def _rendition(content: etree._Element, address: str) -> Rendition:
    facts = {p.get("FormalName", "").lower(): p.get("Value", "") for p in content.iter("Property")}
    parent = content.getparent()
    return Rendition(
        href=address,
        name=_RENDITIONS.get(_role(parent), "") if parent is not None else "",
        content_type=_mime(content),
        width=size(facts.get("width")),
        height=size(facts.get("height")),
        size_bytes=size(said(content, "Characteristics/SizeInBytes")),
    )
