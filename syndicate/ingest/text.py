"""Plain text as we keep it: what neither XML nor a database can carry is left out at the door."""

import re

from syndicate.core.text import FORBIDDEN, printable

# Zero-width space, word joiner, byte order mark and soft hyphen show nothing; joiners (U+200C, U+200D) are spelling.
# An embedding or override of direction that is left open would turn round the sentence that a name is put into.
_UNSEEN = re.compile("[\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def one_line(text: str) -> str:
    """A headline, a name: no line breaks, single spaces."""
    return " ".join(_UNSEEN.sub("", FORBIDDEN.sub(" ", text)).split())


def many_lines(text: str) -> str:
    """A note, a caption: lines kept, what cannot be carried left out."""
    return printable(text).strip()
