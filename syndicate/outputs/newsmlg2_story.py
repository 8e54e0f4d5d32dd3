"""One story as a newsItem of NewsML-G2: `itemMeta`, and its text in one rendition or two.

A canceled story (withdrawn or killed) keeps its guid, with version + 1, `stat:canceled`, a note that tells why, an
empty `contentSet` and no words of the story but its headline, by which an editor finds what to take down.
Numbers in comments are lines of the official NewsML-G2_2.35-spec-All-Power.xsd, which enforces the order of children.
"""

from collections.abc import Callable

from lxml import etree

from syndicate.core.newsitem import Change, NewsItem, item_url
from syndicate.outputs import nitf, words
from syndicate.outputs.body import XHTML, caption, in_xhtml, printed_body, word_count
from syndicate.outputs.dates import utc
from syndicate.outputs.newsmlg2_facts import content_meta, histories, story_rights
from syndicate.outputs.newsmlg2_frame import IN_ENGLISH, ITEM_TYPE, NAR, XML_LANG, Management, begin, manage
from syndicate.outputs.newsmlg2_pictures import files, pictures
from syndicate.outputs.text import direction, language_tag, line, web_address
from syndicate.outputs.xml import add, in_namespace, put, rooted

XHTML_TYPE = "application/xhtml+xml"

WriteContent = Callable[[etree._Element, str, NewsItem], None]

_SIGNALS = {Change.UPDATE: "sig:update", Change.CORRECTION: "sig:correction"}


def fill(root: etree._Element, base_url: str, item: NewsItem) -> None:
    """All of a newsItem but its content; the last child is the empty `contentSet`."""
    begin(root, base_url, guid=item.guid, version=item.version, language=item.language)
    histories(root, base_url, item)
    story_rights(root, item)
    _item_meta(root, base_url, item)
    content_meta(add(root, f"{NAR}contentMeta"), item)
    add(root, f"{NAR}contentSet")


def in_xhtml_and_nitf(content_set: etree._Element, base_url: str, item: NewsItem) -> None:
    """The story as XHTML and, after it, the same story as NITF: renditions to choose from (204)."""
    printed = printed_body(item)
    told = {"wordcount": str(word_count(printed))}
    as_nitf = rooted(nitf.story(item, printed), nitf.NITF)
    add(content_set, f"{NAR}inlineXML", {"contenttype": XHTML_TYPE, **told}).append(_xhtml(printed, item))
    add(content_set, f"{NAR}inlineXML", {"contenttype": nitf.INLINE_TYPE, **told}).append(as_nitf)


def in_nitf(content_set: etree._Element, base_url: str, item: NewsItem) -> None:
    """The story as a whole NITF document, for receivers that read nothing else."""
    whole = rooted(nitf.document(base_url, item), nitf.NITF)
    add(content_set, f"{NAR}inlineXML", {"contenttype": nitf.INLINE_TYPE}).append(whole)


def _item_meta(root: etree._Element, base_url: str, item: NewsItem) -> None:
    """After the mandatory part, in the order of ItemManagementGroup (1251)."""
    management = Management(
        kind="ninat:text",
        provider=item.provider,
        version_created=item.version_created,
        first_created=item.first_created,
        embargoed=item.rights.embargoed,
        status=item.rights.pub_status,
    )
    meta = manage(root, base_url, management)
    _section(meta, base_url, item)
    put(meta, f"{NAR}title", words.headline(item))
    _notes(meta, item)
    if item.change in _SIGNALS and not item.canceled:
        add(meta, f"{NAR}signal", {"qcode": _SIGNALS[item.change]})
    put(meta, f"{NAR}expires", utc(item.rights.expires) if item.rights.expires else "")
    _links(meta, base_url, item)


def _section(meta: etree._Element, base_url: str, item: NewsItem) -> None:
    """The section of the paper is a `service`, "an editorial service to which an item is assigned" (1368).

    It is no `subject` (what the text is about) and no `genre` (what form it has). Its concept gets an address of ours,
    because `service` must be identified and a source's section is in no public vocabulary.
    """
    if name := line(item.section):
        service = add(meta, f"{NAR}service", {"uri": web_address(f"{base_url}/sections/{name}")})
        put(service, f"{NAR}name", name)


def _notes(meta: etree._Element, item: NewsItem) -> None:
    """For editors, never readers: what this version is, what the source told, the credit, the pictures' own terms.

    The change comes first, because receivers built on Superdesk read one note only.
    """
    if item.canceled:
        put(meta, f"{NAR}edNote", words.cancellation(item), IN_ENGLISH)
        return
    terms = ((caption(picture), words.picture_rights(picture)) for picture in item.pictures)
    told = (f"Picture “{name}”: {rights}" if name else f"Picture: {rights}" for name, rights in terms if rights)
    for note in (line(item.change_note), line(item.ed_note), line(item.credit.text), *told):
        put(meta, f"{NAR}edNote", note)


def _links(meta: etree._Element, base_url: str, item: NewsItem) -> None:
    """The original, our page, and the story's pictures, which are items of their own.

    Their files are told as a hint (1569), because who has this document alone has no item to find them in.
    """
    if original := web_address(item.original_url):
        add(meta, f"{NAR}link", {"rel": "irel:derivedFrom", "href": original, "contenttype": "text/html"})
    ours = {"rel": "irel:seeAlso", "href": item_url(base_url, item), "contenttype": "text/html"}
    add(meta, f"{NAR}link", ours)
    for guid, picture in pictures(item).items():
        link = add(meta, f"{NAR}link", {"rel": "irel:seeAlso", "residref": guid, "contenttype": ITEM_TYPE})
        add(link, f"{NAR}itemClass", {"qcode": "ninat:picture"})
        if not item.canceled:
            files(link, picture)


def _xhtml(printed: etree._Element, item: NewsItem) -> etree._Element:
    """The story as one XHTML document (212)."""
    body = in_xhtml(printed)
    body.tag = f"{XHTML}body"
    html = in_namespace("html", XHTML)
    if language := language_tag(item.language):
        html.set("lang", language)
        html.set(XML_LANG, language)
        html.set("dir", direction(language))
    put(add(html, f"{XHTML}head"), f"{XHTML}title", words.headline(item))
    html.append(body)
    return html
