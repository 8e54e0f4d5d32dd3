"""First step: take out what no story consists of, together with the text inside it.

A script's text is not report text. Everything here goes into the report by name and number, because a partner who
pasted a chart as a script must hear that the chart did not arrive.
"""

from syndicate.cleaning.tree import Element, drop, finder, is_much, length_of, place_of, words_of
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
    for element in list(work.body.iter(*NEVER)):
        if dropped.isdisjoint(element.iterancestors()):
            _take_out(element, NEVER[str(element.tag)], work)
            dropped.add(element)
    if work.mentions("hidden", "display"):
        _discard_hidden(work)


def _discard_hidden(work: Work) -> None:
    """What a reader of the page never saw. A body hidden until somebody asks for the rest of it is kept, and said."""
    dropped: set[Element] = set()
    whole = length_of(work.body)
    for element in _HIDDEN(work.body):
        hidden = element.get("hidden") is not None or _hides(element.get("style") or "")
        if not hidden or not dropped.isdisjoint(element.iterancestors()):
            continue
        if is_much(length_of(element), whole):
            work.report.warn("Much of the text is hidden by the page; it was kept")
            continue
        _take_out(element, "hidden by the page", work)
        dropped.add(element)


def _take_out(element: Element, why: str, work: Work) -> None:
    tag = str(element.tag)
    if tag not in _SILENT:
        work.report.remove(tag, why, place_of(element), words_of(element))
    drop(element)


def _hides(style: str) -> bool:
    return "display:none" in style[:2000].lower().replace(" ", "")
