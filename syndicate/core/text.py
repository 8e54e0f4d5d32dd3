"""Characters that text may carry, on its way in and on its way out: one rule, so that what is kept can be sent.

Rules: XML 1.0 section 2.2 forbids C0 controls, surrogates, U+FFFE and U+FFFF; C1 controls and noncharacters are legal
there but no text, and feed validators and HTML parsers reject them. Tab, line feed and carriage return may stay.
"""

import re

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

# Zero-width space, word joiner, byte order mark and soft hyphen show nothing; joiners (U+200C, U+200D) are spelling.
# An embedding or override of direction that is left open would turn round the sentence that a name is put into.
_UNSEEN = re.compile("[\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def printable(text: str) -> str:
    """The text without them; those that stood for white space, such as U+0085, become a space."""
    return FORBIDDEN.sub(lambda found: " " if found[0].isspace() else "", text)


def one_line(text: str) -> str:
    """A headline, a name: no line breaks, single spaces."""
    return " ".join(_UNSEEN.sub("", FORBIDDEN.sub(" ", text)).split())
