"""JSON documents: members in the order given, nothing empty, no forbidden character, and pieces that can be joined."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from syndicate.core.text import printable

Members = dict[str, Any]


def told(members: Mapping[str, Any]) -> Members:
    """The members that say something, their text printable. Zero says something; None, "", [] and {} do not."""
    clean = {name: printable(value) if isinstance(value, str) else value for name, value in members.items()}
    return {name: value for name, value in clean.items() if value not in (None, "", [], {})}


def piece(members: Mapping[str, Any], *, level: int) -> bytes:
    """An object as it stands at this depth of a document. A text holds no raw line break, so every one is ours."""
    text = json.dumps(members, ensure_ascii=False, indent=2)
    return text.replace("\n", "\n" + "  " * level).encode()


def array(pieces: Sequence[bytes], *, level: int) -> bytes:
    """A list whose members were written at `level`."""
    if not pieces:
        return b"[]"
    margin = b"\n" + b"  " * level
    return b"[" + margin + (b"," + margin).join(pieces) + margin[:-2] + b"]"


def with_list(members: Mapping[str, Any], name: str, pieces: Sequence[bytes]) -> bytes:
    """A document that has members, and as its last a list of pieces written at level 2."""
    head = piece(members, level=0).removesuffix(b"\n}")
    return head + b',\n  "' + name.encode() + b'": ' + array(pieces, level=2) + b"\n}\n"
