"""Whose picture it is: the credit inside a caption, told apart from what the picture shows. Both are kept.

A credit stands at the end of a caption, in one of few forms: after a word ("Photo:", "Фото:", "Լուսանկարը՝"), after
©, or in brackets with an agency. Wordings are data; a new language is a new word in a row.
"""

import re

from syndicate.cleaning.inline import Mark, Piece, Row

CREDIT = Mark("span", (("class", "credit"),))
MAX_CHARS = 200  # a longer "credit" is a sentence of the caption

_WORDS = (
    "photo(?:graph|s)?|image|picture|credit|photo credit|image credit|courtesy|screenshot|screengrab|illustration"
    "|graphic|infographic|map|video"
    "|foto(?:qraf)?|şəkil|görsel|fotoğraf|bild|crédit|photographie"
    "|фото(?:графия)?|снимок|изображение|иллюстрация|коллаж|скриншот|источник"
    "|լուսանկար(?:ը|ներ|ներն)?|նկար(?:ը)?|պատկեր(?:ը)?"
    "|ფოტო|ფოტოს ავტორი|სურათი|წყარო"
    "|صورة|الصورة|تصوير|عدسة|عکس|عکاس|تصویر"
)
_AGENCIES = (
    "AP|AFP|Reuters|EPA|EFE|DPA|TASS|ТАСС|РИА|Getty Images|AP Photo|Photolure|Armenpress|PAN Photo|Azertac|APA"
    "|Interpressnews|IRNA|Anadolu"
)
_NAMED = rf"(?:{_WORDS})(?: ?[:：/՝]| ©)"
_BY = rf"(?:{_WORDS}) (?:by|via|from|courtesy of|credit|par|von|de|автора)\b"  # needs a sentence's end before it
_IN_BRACKETS = (
    rf"(?:{_NAMED}|{_BY}|©|(?:{_AGENCIES})\b|[^()\[\]]{{1,60}}/ ?(?:{_AGENCIES})\b"
    r"|courtesy\b|official photo|file photo)"
)
_OPEN = rf"(?:{_NAMED}|(?:copyright )?©|\(c\) |courtesy of\b)"
_START = re.compile(
    rf"(?:^|(?<=[\s.!?…։»”\"')|/—–-]))(?:[(\[]{_IN_BRACKETS}|{_OPEN})"
    rf"|(?:^|(?<=[.!?…։»”\"')|/—–-]\s)|(?<=\n)){_BY}",
    re.IGNORECASE,
)
_ONLY_AGENCY = re.compile(rf"[^.!?]{{0,60}}/ ?(?:{_AGENCIES})\b[^.!?]{{0,40}}")


def credit_start(caption: str) -> int | None:
    """Where in a caption its credit begins; it goes on to the end. None where there is no credit to be seen."""
    tail = max(0, len(caption) - MAX_CHARS)
    for found in _START.finditer(caption, tail):
        if _ends_as_credit(caption[found.start() :]):
            return found.start()
    return 0 if len(caption) <= 100 and _ONLY_AGENCY.fullmatch(caption.strip()) else None


def mark_credit(row: Row) -> Row:
    """The row of a caption with the credit marked, unless the source has marked it or there is none."""
    if any(CREDIT in piece.marks for piece in row):
        return row
    start = credit_start("".join("\n" if piece.is_break else piece.text for piece in row))
    return row if start is None else _marked_from(row, start)


def _ends_as_credit(words: str) -> bool:
    """A bracket must close at the end; an open form must not go on into further sentences."""
    words = words.strip()
    if words[0] in "([":
        inside = words[1:].rstrip(".")
        return inside.endswith((")", "]")) and not re.search(r"[)\]]", inside[:-1])
    return not re.search(r"[.!?։]\s+\S+\s+\S+\s+\S+\s+\S+", words)


def _marked_from(row: Row, start: int) -> Row:
    marked: Row = []
    position = 0
    for piece in row:
        length = 1 if piece.is_break else len(piece.text)
        cut = start - position
        if cut <= 0:
            marked.append(Piece(piece.text, (CREDIT, *piece.marks), piece.atom))
        elif cut >= length or piece.atom is not None:
            marked.append(piece)
        else:
            marked.append(Piece(piece.text[:cut], piece.marks))
            marked.append(Piece(piece.text[cut:], (CREDIT, *piece.marks)))
        position += length
    return marked
