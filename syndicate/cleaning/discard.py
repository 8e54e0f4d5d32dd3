"""First step: take out what no story consists of, together with the text inside it.

A script's text is not report text. Everything here goes into the report by name and number, because a partner who
pasted a chart as a script must hear that the chart did not arrive.
"""

from syndicate.cleaning.tree import Element, drop, finder, place_of, words_of
from syndicate.cleaning.work import Work

NEVER = {
    "script": "scripts are not republished",
    "style": "style sheets are not republished",
    "template": "templates show nothing by themselves",
    "object": "plug-in content is not republished",
    "embed": "plug-in content is not republished",
    "applet": "plug-in content is not republished",
    "frameset": "frames are not republished",
    "frame": "frames are not republished",
    "noframes": "frames are not republished",
    "noembed": "shown only without plug-ins",
    "canvas": "drawn by a script",
    "svg": "drawings in code are not republished",
    "annotation": "the same formula once more",
    "annotation-xml": "the same formula once more",
    "dialog": "belongs to the page",
    "head": "belongs to the page",
    "title": "belongs to the page",
    "meta": "belongs to the page",
    "link": "belongs to the page",
    "base": "belongs to the page",
    "xml": "settings of a word processor",
    "textarea": "a form cannot be republished",
    "select": "a form cannot be republished",
    "button": "a form cannot be republished",
    "input": "a form cannot be republished",
    "datalist": "a form cannot be republished",
    "xmp": "obsolete raw text",
    "plaintext": "obsolete raw text",
}
_SILENT = frozenset({"meta", "link", "base", "input"})
_HIDDEN = finder(".//*[@hidden]|.//*[contains(@style,'display')]")


def discard(work: Work) -> None:
    """Drop the elements above and whatever the page itself hides."""
    dropped: set[Element] = set()
    found = list(work.body.iter(*NEVER))
    if work.mentions("hidden", "display"):
        found += [element for element in _HIDDEN(work.body) if element.tag not in NEVER]
    for element in found:
        tag = str(element.tag)
        if not dropped.isdisjoint(element.iterancestors()):
            continue
        if tag in NEVER:
            why = NEVER[tag]
        elif element.get("hidden") is not None or _hides(element.get("style") or ""):
            why = "hidden by the page"
        else:
            continue
        if tag not in _SILENT:
            work.report.remove(tag, why, place_of(element), words_of(element))
        drop(element)
        dropped.add(element)


def _hides(style: str) -> bool:
    return "display:none" in style[:2000].lower().replace(" ", "")
