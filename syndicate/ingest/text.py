"""Plain text as we keep it: what neither XML nor a database can carry is left out at the door."""

import re

# XML 1.0 section 2.2 (Char); lone surrogates are no characters at all. Tab, line feed and carriage return may stay.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Zero-width space, word joiner, byte order mark and soft hyphen show nothing; joiners (U+200C, U+200D) are spelling.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")


def one_line(text: str) -> str:
    """A headline, a name: no line breaks, single spaces."""
    return " ".join(_UNSEEN.sub("", _FORBIDDEN.sub(" ", text)).split())


def many_lines(text: str) -> str:
    """A note, a caption: lines kept, what cannot be carried left out."""
    return _FORBIDDEN.sub("", text).strip()


def carried(text: str) -> str:
    """HTML: every character that can be carried, untouched."""
    return _FORBIDDEN.sub("", text)
