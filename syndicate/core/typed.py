"""A clean body as people type it: paragraphs are plain, with a blank line between; any other block keeps its markup.

They met on <b>Monday</b>.          <p>They met on <b>Monday</b>.</p>
                              <=>
<h2>It rained</h2>                  <h2>It rained</h2>
"""

import re
from collections.abc import Sequence

_PARAGRAPH = re.compile(r"<p>(.*)</p>", re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:p|h[1-6]|[uod]l|li|d[td]|blockquote|pre|figure|figcaption|table|t[rdh]|hr|iframe|audio|video|div|section)\b",
    re.IGNORECASE,
)
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_PRE = re.compile(r"<pre\b.*?(?:</pre\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_KEPT = "\x00"  # no text holds it


def as_typed(blocks: Sequence[str]) -> str:
    """The blocks of a clean body as text to be edited."""
    return "\n\n".join(_plain(block) for block in blocks)


def as_html(text: str) -> str:
    """What was typed as HTML, still to be cleaned: between blank lines, what begins with no block is a paragraph."""
    text = text.replace("\r\n", "\n").replace(_KEPT, "").strip()
    text = _PRE.sub(lambda found: found[0].replace("\n", _KEPT), text)
    parts = (part.strip() for part in _BLANK_LINES.split(text))
    return "".join(part if _BLOCK.match(part) else f"<p>{part}</p>" for part in parts if part).replace(_KEPT, "\n")


def _plain(block: str) -> str:
    """A paragraph without its tags, where it can be told again that it is one."""
    found = _PARAGRAPH.fullmatch(block)
    inner = found[1].strip() if found else ""
    return inner if inner and not (_BLOCK.search(inner) or _BLANK_LINES.search(inner)) else block
