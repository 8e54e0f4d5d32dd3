"""NITF's body as HTML and its head as facts: shared by NITF and by both NewsMLs, which carry it inside.

Rules: NITF 3.6 (nitf-3-6.xsd) and the DTDs before it. Real senders break them in most documents, so that nothing here
needs an element to stand where it should: elements are renamed where they are, and every word stays.
Trees are those of `xmldoc.plain_names(…, lower=True)`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from lxml import etree

from syndicate.core.newsitem import Person, Picture, Rendition
from syndicate.ingest import xhtml
from syndicate.ingest.fields import is_web_address
from syndicate.ingest.files import UPLOAD
from syndicate.ingest.reading import Reading, each, names, said, words
from syndicate.ingest.text import one_line

# HTML's name: NITF's. What is not here has the same name in both (p, table, ul, a, sub, q …), or is none of NITF's.
# `span` are those that tell what a word is and change nothing for a reader.
_TAGS = {
    "h2": "hl1 hl2",
    "blockquote": "bq",
    "cite": "credit datasource",
    "div": "block body.content fn hedline nitf-table note series",
    "span": "chron city classifier copyrite country event frac frac-den frac-num frac-sep function lang location money"
    " nitf-lang num org person postaddr addressee postcode pronounce region state sublocation virtloc",
}
_HTML = {nitf: html for html, named in _TAGS.items() for nitf in named.split()}
# The classes of `em` in Superdesk's NITF, and in ours.
_EMPHASIS = {
    "bold": "strong",
    "italic": "em",
    "underscore": "u",
    "strikethrough": "s",
    "code": "code",
    "mark": "mark",
}
_EMPTIED = ("alt-code", "nitf-table-metadata", "media-metadata", "media-object", "tobject", "key-list")
_KEPT_ATTRIBUTES = names("href src alt title width height colspan rowspan scope lang dir start value controls")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a NITF body says. `pictures` also stand in `html` as figures, each at its place."""

    html: str
    headline: str = ""
    summary: str = ""
    byline: str = ""
    authors: tuple[Person, ...] = ()
    dateline: str = ""
    notes: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    rights: dict[str, str] = field(default_factory=dict)
    credit_line: str = ""
    pictures: tuple[Picture, ...] = ()


def read_body(root: etree._Element, reading: Reading) -> Body:
    """From a `nitf`, `body`, `body.content` or a piece of it; the tree is used up."""
    head = root.find(".//body.head")
    parties = _parties(root)
    facts = _head_facts(head) if head is not None else {}
    if head is not None:
        _remove(head)
    pictures: list[Picture] = []
    content = _content(root)
    for media in list(content.iter("media")):
        _show(media, reading, pictures)
    taglines = [words(line) for line in root.iterfind(".//body.end/tagline")]
    credit_line = next((line for line in taglines if parties & {part.strip() for part in line.split("/")}), "")
    as_html(content)
    html = xhtml.inner(content)
    end = "".join(f"\n<p>{escape(line, quote=False)}</p>" for line in taglines if line not in ("", credit_line))
    return Body(html=html + end, pictures=tuple(pictures), credit_line=credit_line, **facts)


def _parties(root: etree._Element) -> set[str]:
    """Who published or distributes it. A tagline of such names alone is the credit line; any other is text."""
    names = [words(party) for party in root.iterfind(".//distributor")]
    names += [words(party) for party in root.iterfind(".//distributor/org")]
    names += [one_line(entry.get("name", "")) for entry in root.iterfind("head/pubdata")]
    return {name for name in names if name}


def _content(root: etree._Element) -> etree._Element:
    """All `body.content` of the body in one; notes have such elements of their own, which stay in their notes."""
    body = root if root.tag == "body" else root.find("body")
    if body is None:
        body = root
    found = body.findall("body.content")
    if len(found) == 1:
        return found[0]
    whole = etree.Element("div")
    if found:
        whole.extend(found)
    elif root.tag == "nitf":
        whole.extend([child for child in body if child.tag not in ("head", "body.end")])
    else:
        whole.append(root)
    return whole


def as_html(content: etree._Element) -> None:
    """Rename NITF's elements to HTML's in place."""
    for metadata in list(content.iter(*_EMPTIED)):
        behind = metadata.tail
        metadata.clear()
        metadata.tag, metadata.tail = "span", behind
    for fraction in content.iter("frac"):
        _write_fraction(fraction)
    for node in content.iter(etree.Element):
        if node.tag == "em":
            node.tag = _EMPHASIS.get(node.get("class", ""), "em")
        dotted = "span" if "." in node.tag else node.tag  # HTML has no such names
        node.tag = _HTML.get(node.tag, dotted)
        for name, value in node.items():
            if name not in _KEPT_ATTRIBUTES and (name, value) != ("class", "credit"):
                del node.attrib[name]


def _write_fraction(fraction: etree._Element) -> None:
    """`2<frac><frac-num>1</frac-num><frac-den>2</frac-den></frac>` is 2 1/2, with a bar that senders leave out."""
    number, bar = fraction.find("frac-num"), fraction.find("frac-sep")
    before, parent = fraction.getprevious(), fraction.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    if text and text[-1].isdigit():
        fraction.text = f" {fraction.text or ''}"
    if number is not None and not words(bar):
        number.tail = "/"


# Head


def _head_facts(head: etree._Element) -> dict[str, Any]:
    bylines = [words(byline) for byline in head.iterfind("byline")]
    notes = [(note.get("noteclass", ""), words(note)) for note in head.iterfind("note")]
    rights = head.find("rights")
    return {
        "headline": said(head, "hedline/hl1", "hedline", "headline", "hl1"),
        "summary": "\n".join(each(words(part) for path in ("hedline/hl2", "abstract") for part in head.iterfind(path))),
        "byline": ", ".join(each(bylines)),
        "authors": tuple(_authors(head)),
        "dateline": said(head, "dateline"),
        "notes": each(text for kind, text in notes if kind not in ("cpyrt", "trademk")),
        "notices": each(text for kind, text in notes if kind in ("cpyrt", "trademk")),
        "rights": {} if rights is None else {str(part.tag): words(part) for part in rights},
    }


def _authors(head: etree._Element) -> list[Person]:
    """The people of the bylines, with the organisation that the same byline names."""
    found: list[Person] = []
    for byline in head.iterfind("byline"):
        affiliation = said(byline, "org", "byttl/org")
        for person in byline.iterfind("person"):
            url = one_line(person.get("value", "")) if person.get("idsrc") == "uri" else ""
            found.append(Person(name=_name(person), affiliation=affiliation, url=url if is_web_address(url) else ""))
    return list(dict.fromkeys(person for person in found if person.name))


def _name(person: etree._Element) -> str:
    """Without the `function` that may stand in it: the name alone."""
    parts = [person.text or ""]
    for child in person:
        parts.append("" if child.tag == "function" else words(child))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split()).strip(" ,")


# Pictures


def _show(media: etree._Element, reading: Reading, pictures: list[Picture]) -> None:
    """Replace a `media` by what HTML has for it; of a picture, also keep credit and rights."""
    references = media.findall("media-reference")
    kind = _kind(media, references)
    figure = etree.Element("figure")
    addresses = [address for reference in references if (address := reading.file(reference.get("source")))]
    caption = _joined(media.findall("media-caption"))
    if kind in _PLAYERS and addresses:
        figure.append(_PLAYERS[kind](addresses[0]))
    else:
        picture = _picture(media, references, caption, reading)
        if kind == "image" and (picture.renditions or picture.caption):
            pictures.append(picture)
        if kind == "image" and addresses:
            _image(figure, picture)
    _caption(figure, caption, _credit(media, references))
    figure.tail = media.tail
    parent = media.getparent()
    uploaded = any(address.startswith(UPLOAD) for address in addresses)  # it has no address that a text could show
    if len(figure) and parent is not None and not uploaded:
        parent.replace(media, figure)
    else:
        _remove(media)


def _kind(media: etree._Element, references: list[etree._Element]) -> str:
    """`media-type`, which is free text in old senders; else the MIME type of its first file."""
    kind = (media.get("media-type") or "").strip().lower()
    mime = next((r.get("mime-type", "") for r in references), "").partition("/")[0].lower()
    return {"photo": "image", "picture": "image", "graphic": "image", "": mime or "image"}.get(kind, kind)


def _player(tag: str) -> Callable[[str], etree._Element]:
    def make(address: str) -> etree._Element:
        player = etree.Element(tag, {"src": address, "controls": "controls"})
        player.text = ""
        return player

    return make


_PLAYERS = {"video": _player("video"), "audio": _player("audio")}


def _picture(media: etree._Element, files: list[etree._Element], caption: etree._Element, reading: Reading) -> Picture:
    first = files[0] if files else etree.Element("media-reference")
    metadata = {(m.get("name") or "").lower(): m.get("value") or "" for m in media.iterfind("media-metadata")}
    return Picture(
        caption=words(caption),
        credit=_credit(media, files) or one_line(metadata.get("credit", "")),
        alt=one_line(first.get("alternate-text", "")),
        usage_terms=one_line(metadata.get("rights", "")),
        copyright_holder=one_line(first.get("copyright", "")),
        renditions=tuple(
            Rendition(
                href=address,
                content_type=file.get("mime-type", ""),
                width=size(file.get("width")),
                height=size(file.get("height")),
            )
            for file in files
            if (address := reading.file(file.get("source")))
        ),
    )


def _credit(media: etree._Element, files: list[etree._Element]) -> str:
    """Who made it and whose it is, as printed: Ines Marsh/Tidewater Review."""
    producer = said(media, "media-producer")
    owner = next((text for file in files if (text := one_line(file.get("source-credit", "")))), "")
    if producer in ("", *owner.split("/")):
        return owner
    return producer if owner in ("", *producer.split("/")) else f"{producer}/{owner}"


def _image(figure: etree._Element, picture: Picture) -> None:
    file = picture.renditions[0]
    sizes = {name: str(value) for name, value in (("width", file.width), ("height", file.height)) if value}
    etree.SubElement(figure, "img", {"src": file.href, "alt": picture.alt, **sizes})


def size(text: str | None) -> int | None:
    """Pixels or bytes, where it is a plain number above nothing."""
    number = (text or "").strip().removesuffix("px")
    return int(number) if number.isascii() and number.isdecimal() and 0 < len(number) <= 12 and int(number) else None


def _joined(captions: list[etree._Element]) -> etree._Element:
    whole = etree.Element("figcaption")
    for caption in captions:
        caption.tag = "block"
        whole.append(caption)
    return whole


def _caption(figure: etree._Element, caption: etree._Element, credit: str) -> None:
    if credit and not _signed(words(caption), credit):
        etree.SubElement(caption, "span", {"class": "credit"}).text = f" ({credit})" if words(caption) else credit
    if words(caption):
        figure.append(caption)


def _signed(text: str, credit: str) -> bool:
    """Whether a text ends with the credit: the "map" of a caption is no credit to AP, nor is AP's name amid a text."""
    said, wanted = (one.casefold().strip("()[]. ") for one in (text, credit))
    return said.endswith(wanted) and not said.removesuffix(wanted)[-1:].isalnum()


def _remove(element: etree._Element) -> None:
    """Take it out and leave the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)
