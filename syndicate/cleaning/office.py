"""What Word, Google Docs and InDesign say with styles, said with elements: emphasis, lists, headings.

Word writes lists as paragraphs with a bullet typed in (mso-list), Google Docs writes emphasis as classes of a style
sheet that it sends along, or as `font-weight` on every span, and wraps a pasted text in a `<b>` that is not bold.
Only what carries meaning is kept; colours, fonts and sizes are the page's.
"""

import re

from lxml import etree

from syndicate.cleaning.tree import Element, drop, finder, words_of
from syndicate.cleaning.work import Work

_SHEETS = finder(".//style")
_STYLED = finder(".//*[@style]")
_CLASSED = finder(".//*[@class]")
_WORD_LISTS = finder(".//*[contains(@style,'mso-list:') or starts-with(@class,'MsoList')]")
_BULLETS = finder(".//*[contains(@style,'mso-list:') and contains(@style,'gnore')]")
_DOCS_COMMENTS = finder(".//a[starts-with(@id,'cmnt')]")
_DOCS_LISTS = finder(".//*[(self::ul or self::ol) and contains(@class,'lst-kix_')]")
_INSERTED = finder(".//*[@class='msoIns']//ins|.//ins[starts-with(@cite,'mailto:')]")
_OUTLINE = finder(".//p[contains(@style,'mso-outline-level') or @class='MsoTitle' or @class='MsoSubtitle']")

_CLASS_RULE = re.compile(r"(?:^|[},;\s])(?:span|p|li)?\.([A-Za-z][\w-]{0,40})\s{0,5}\{([^{}]{0,2000})\}")
_DECLARATION = re.compile(
    r"(?<![\w-])(font-weight|font-style|text-decoration(?:-line)?|vertical-align|direction)\s{0,5}:\s{0,5}([^;{}]{1,60})"
)
_HEADS = ("headline", "subhead", "crosshead", "sub-head")
_HEAD = re.compile(r"(?:main-?)?(?P<sub>sub-?|cross-?)?head(?:line|ing)?", re.IGNORECASE)
_LEVEL = re.compile(r"level(\d)")
_DOCS_LEVEL = re.compile(r"lst-kix_[\w]+-(\d)")
_NUMBERED = re.compile(r"[(\[]?(?:\d{1,3}|[a-z]|[ivxlc]{1,6})[.)\]]", re.IGNORECASE)
_MOST_SHEET = 200_000


def office(work: Work) -> None:
    if not work.mentions("style", "mso", "lst-kix", "cmnt", *_HEADS):
        return
    _remove_docs_comments(work)
    sheet = _sheet(work.body)
    if sheet:
        for element in _CLASSED(work.body):
            found = [sheet[one] for one in (element.get("class") or "")[:500].split() if one in sheet]
            if found:
                element.set("style", ";".join((*found, element.get("style") or "")))
    _word_lists(work.body)
    for element in _STYLED(work.body):
        _say_with_elements(element)
    for inserted in _INSERTED(work.body):
        inserted.tag = "span"
    for item in _OUTLINE(work.body):
        item.tag = "h2" if item.get("class") == "MsoTitle" else "h3"
    for item in _CLASSED(work.body) if work.mentions(*_HEADS) else ():
        if item.tag == "p" and (head := _HEAD.fullmatch((item.get("class") or "")[:60].split(" ")[0])):
            item.tag = "h3" if head["sub"] else "h2"  # InDesign exports its paragraph styles as classes
    _docs_lists(work.body)


def _sheet(body: Element) -> dict[str, str]:
    """Classes that make text bold, italic and so on, from style sheets inside the body."""
    sheet: dict[str, str] = {}
    for style in _SHEETS(body):
        for name, declarations in _CLASS_RULE.findall((style.text or "")[:_MOST_SHEET]):
            found = _DECLARATION.findall(declarations)
            if found:
                sheet[name] = ";".join(f"{key}:{value}" for key, value in found)
    return sheet


def _say_with_elements(element: Element) -> None:
    style = dict(_DECLARATION.findall((element.get("style") or "")[:4000].lower()))
    if not style:
        return
    if style.get("direction") in ("rtl", "ltr") and not element.get("dir"):
        element.set("dir", style["direction"])
    tag = str(element.tag)
    weight = style.get("font-weight", "").split()[:1]
    if tag in ("b", "strong") and weight in (["normal"], ["400"]):
        element.tag = "span"
    if tag in ("i", "em") and style.get("font-style", "").startswith("normal"):
        element.tag = "span"
    if tag not in ("span", "font", "p", "div", "a", "li", "td"):
        return
    for name in _elements_for(style, tag, weight):
        _wrap_inside(element, name)


def _elements_for(style: dict[str, str], tag: str, weight: list[str]) -> list[str]:
    line = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    found = {
        "strong": weight in (["bold"], ["bolder"], ["600"], ["700"], ["800"], ["900"]),
        "em": style.get("font-style", "").startswith(("italic", "oblique")),
        "s": "line-through" in line,
        "u": "underline" in line and tag in ("span", "font"),
        "sup": style.get("vertical-align", "").startswith("super") and tag == "span",
        "sub": style.get("vertical-align", "").strip() == "sub" and tag == "span",
    }
    return [name for name, holds in found.items() if holds]


def _wrap_inside(element: Element, tag: str) -> None:
    inner = etree.Element(tag)
    inner.text, element.text = element.text, None
    inner.extend(list(element))
    element.append(inner)


def _word_lists(body: Element) -> None:
    """Neighbouring list paragraphs become one list; the typed bullet or number goes and says which kind it was."""
    kinds: dict[Element, str] = {}
    for bullet in _BULLETS(body):
        paragraph = next((up for up in bullet.iterancestors() if up.tag in ("p", "li", "div")), None)
        if paragraph is not None:
            kinds.setdefault(paragraph, "ol" if _NUMBERED.match(words_of(bullet)) else "ul")
            drop(bullet)
    current: list[Element] = []
    last: Element | None = None
    for item in _WORD_LISTS(body):
        if item.tag != "p" or item not in kinds:
            continue
        level = int(found[1]) if (found := _LEVEL.search(item.get("style") or "")) else 1
        if last is None or item.getprevious() is not last or (last.tail or "").strip():
            current = []
        last = _add_to_list(item, kinds[item], level, current)


def _add_to_list(item: Element, kind: str, level: int, current: list[Element]) -> Element:
    """Put a paragraph into the open list of its level; answers the outermost list, whose next sibling may go on."""
    del current[max(1, level) :]
    if not current:
        outer = etree.Element(kind)
        item.addprevious(outer)
        current.append(outer)
    while len(current) < min(level, 9):
        items = current[-1].findall("li")
        holder = items[-1] if items else etree.SubElement(current[-1], "li")
        current.append(etree.SubElement(holder, kind))
    item.tag = "li"
    current[0].tail, item.tail = item.tail, None
    current[-1].append(item)
    return current[0]


def _docs_lists(body: Element) -> None:
    """Google Docs ends a list before its inner list and begins it again after; levels stand in the class."""
    last: Element | None = None
    by_level: list[Element] = []
    for each in _DOCS_LISTS(body):
        found = _DOCS_LEVEL.search(each.get("class") or "")
        level = int(found[1]) if found else 0
        follows = last is not None and each.getprevious() is last and not (last.tail or "").strip()
        if not follows or level == 0 or not by_level:
            if follows and level == 0 and by_level and by_level[0].tag == each.tag and each.get("start") is None:
                by_level[0].extend(list(each))
                by_level[0].tail, each.tail = each.tail, None
                drop(each)
                del by_level[1:]
                continue
            by_level, last = [each], each
            continue
        del by_level[max(1, level) :]
        items = by_level[-1].findall("li")
        by_level[0].tail, each.tail = each.tail, None
        (items[-1] if items else by_level[-1]).append(each)
        by_level.append(each)


def _remove_docs_comments(work: Work) -> None:
    """Remarks in the margin of a Google Doc come along at its end, with a letter in the text: [a]."""
    for mark in _DOCS_COMMENTS(work.body):
        identity = mark.get("id") or ""
        if identity.startswith("cmnt_ref"):
            around = mark.getparent()
            drop(around if around is not None and around.tag == "sup" else mark)
        else:
            box = _box_of(mark)
            work.report.remove("remark", "a remark of a word processor", "", words_of(box))
            drop(box)


def _box_of(mark: Element) -> Element:
    """The paragraph of a remark, or the frame around it where that holds nothing else."""
    paragraph = next((up for up in mark.iterancestors() if up.tag in ("p", "div")), mark)
    around = paragraph.getparent()
    return around if around is not None and around.tag == "div" and len(around) == 1 else paragraph
