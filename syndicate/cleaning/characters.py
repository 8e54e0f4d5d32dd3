"""Characters that may not, or should not, stand in a story: XML 1.0 section 2.2, and what editors paste by accident.

Kept: every letter, mark, sign and emoji; typographic quotes and dashes as they are; U+200E, U+200F and the isolates,
which right-to-left text needs; U+200C and U+200D beside letters of scripts that join, and inside emoji.
Taken out: control characters, zero-width spaces, soft hyphens, byte-order marks, bidi overrides (they make text read
otherwise than it is), interlinear and tag characters, half surrogates, non-characters.
"""

import re
from html.entities import html5

_JOINING = "\u0600-\u07bf\u0840-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_DROPPED = (
    "\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u180e\u200b\u202d\u202e\u2060-\u2064\u206a-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
)
_ODD = re.compile(f"[{_DROPPED}\x0c\x85\u2028\u2029\r]")
_DROP = re.compile(f"[{_DROPPED}]")
_OTHER = f"[^{_JOINING}{_EMOJI}]"
_LOST_JOINER = re.compile(f"(?<={_OTHER})\u200c|\u200c(?={_OTHER})|(?<={_OTHER})\u200d(?={_OTHER})")
_WINDOWS = {
    code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore")) and code != 0x85
}
_LINES = {0x0D: "\n", 0x0C: " ", 0x85: "\n", 0x2028: "\n", 0x2029: "\n\n"}
_HALVES = re.compile("[\ud800-\udfff]")
_NAMES = {name: char for name, char in html5.items() if _ODD.search(char) and name not in ("NewLine;", "Tab;")}
_REFERENCE = re.compile(
    r"&(?:#(?:[xX]0*+(?P<hex>[0-9a-fA-F]++)|0*+(?P<dec>[0-9]++));?"
    rf"|(?P<name>{'|'.join(sorted(map(re.escape, _NAMES), reverse=True))}))"
)


def readable(html: str) -> str:
    """The body as text that every parser takes, without the characters above, written as themselves or as references.

    Whole surrogate pairs are joined. Joiners are left for `lost_joiners`, which must see a whole paragraph.
    """
    if _HALVES.search(html):
        html = html.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "&" in html:
        html = _REFERENCE.sub(_character, html)
    if not _ODD.search(html):
        return html
    html = html.replace("\r\n", "\n").translate(_WINDOWS | _LINES)  # raw C1 characters are Windows-1252: 0x96 is a dash
    return _DROP.sub("", html)


def lost_joiners(text: str) -> list[int]:
    """Where joiners stand that join nothing. At the edges of the text they are left."""
    return [found.start() for found in _LOST_JOINER.finditer(text)] if "\u200c" in text or "\u200d" in text else []


def _character(reference: re.Match[str]) -> str:
    """The character itself where it is one of those above, nothing where it is no character; else the reference."""
    if reference["name"]:
        return _NAMES[reference["name"]]
    digits = reference["hex"] or reference["dec"]
    code = int(digits, 16 if reference["hex"] else 10) if len(digits) < 9 else -1
    if not 0 < code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return ""
    return chr(code) if _ODD.match(chr(code)) and code != 0x0D else reference[0]
