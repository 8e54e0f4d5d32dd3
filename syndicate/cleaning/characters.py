"""Characters that may not, or should not, stand in a story: XML 1.0 section 2.2, and what editors paste by accident.

Kept: every letter, mark, sign and emoji; typographic quotes and dashes as they are; U+200E, U+200F and the isolates,
which right-to-left text needs; U+200C and U+200D beside letters of scripts that join, and inside emoji. At the edge
of a piece of text they are kept too: the letter that they belong to may stand in the next element.
Taken out: control characters, zero-width spaces, soft hyphens, byte-order marks, bidi overrides (they make text read
otherwise than it is), interlinear and tag characters, half surrogates, non-characters.
"""

import re

_JOINING = "\u0600-\u07bf\u0840-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_DROPPED = (
    "\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u180e\u200b\u202d\u202e\u2060-\u2064\u206a-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
)
_ODD = re.compile(f"[{_DROPPED}\x0c\x85\u2028\u2029\r\u200c\u200d]")
_DROP = re.compile(f"[{_DROPPED}]")
_OTHER = f"[^{_JOINING}{_EMOJI}]"
_LOST_JOINER = re.compile(f"(?<={_OTHER})\u200c|\u200c(?={_OTHER})|(?<={_OTHER})\u200d(?={_OTHER})")
_WINDOWS = {
    code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore")) and code != 0x85
}
_LINES = {0x0D: "\n", 0x0C: " ", 0x85: "\n", 0x2028: "\n", 0x2029: "\n\n"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")  # the form feed is white space in HTML
_REFERENCE = re.compile(r"&#(?:[xX]0*+(?P<hex>[0-9a-fA-F]++)|0*+(?P<dec>[0-9]++));?")
_HALVES = re.compile("[\ud800-\udfff]")


def tidy(text: str) -> str:
    """The text without the characters above. Costs one search where there is nothing to do."""
    if not _ODD.search(text):
        return text
    text = text.translate(_WINDOWS | _LINES)  # raw C1 characters are Windows-1252 read as Latin-1: 0x96 is a dash
    return _LOST_JOINER.sub("", _DROP.sub("", text))


def lost_joiners(text: str) -> list[int]:
    """Where joiners stand that join nothing."""
    return [found.start() for found in _LOST_JOINER.finditer(text)] if "\u200c" in text or "\u200d" in text else []


def readable(html: str) -> str:
    """The body as text that every parser takes: surrogate pairs joined, and nothing left that XML forbids.

    References to such characters ("&#31;") go too, because the parser would make the characters of them.
    """
    if _HALVES.search(html):
        html = html.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "&#" in html:
        html = _REFERENCE.sub(_unless_forbidden, html)
    return _FORBIDDEN.sub("", html).replace("\r\n", "\n").replace("\r", "\n")


def _unless_forbidden(reference: re.Match[str]) -> str:
    digits = reference["hex"] or reference["dec"]
    code = int(digits, 16 if reference["hex"] else 10) if len(digits) < 9 else 0
    forbidden = code < 0x20 and code not in (9, 10, 13)
    forbidden |= 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF) or code > 0x10FFFF
    return "" if forbidden else reference[0]
