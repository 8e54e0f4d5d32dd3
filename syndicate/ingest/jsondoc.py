"""JSON from strangers: strict about what JSON leaves open (RFC 8259), with an error that a sender can act on."""

import codecs
import json
from typing import Any, NoReturn

from syndicate.core.errors import BadInput, TooLarge

MAX_DEPTH = 64
MOST_LINES = 10_000


def load(data: bytes) -> Any:
    """Parse UTF-8 (or UTF-16/32 by its first bytes). Raises BadInput saying where it went wrong.

    Names that stand twice in one object are refused: which of them counts differs between readers (RFC 8259 4).
    """
    try:
        document = json.loads(data, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        detail = f"This is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        raise BadInput(detail, line=error.lineno, column=error.colno) from None
    except UnicodeDecodeError as error:
        raise BadInput(f"This is not JSON: byte {error.start} is not valid {error.encoding}.") from None
    except RecursionError:
        raise BadInput(f"This JSON is nested more than {MAX_DEPTH} deep.") from None
    except ValueError as error:  # a number with thousands of digits
        raise BadInput(f"This is not JSON that can be read: {error}.") from None
    _check_depth(document)
    return document


def load_many(data: bytes) -> list[Any]:
    """The elements of an array, the values of JSON lines, or one value alone.

    JSON lines (ndjson): each line is a document of its own, and one that cannot be read stands as its BadInput. Raises
    BadInput where there is nothing that can be read, TooLarge for too many.
    """
    lines = _lines(data)
    document = [_line(line, number) for number, line in enumerate(lines, start=1)] if lines else load(data)
    return document if isinstance(document, list) else [document]


def load_first(data: bytes) -> Any:
    """The first of what `load_many` gives, or None. Raises BadInput."""
    lines = _lines(data)
    document = load(lines[0] if lines else data)
    return next(iter(document), None) if isinstance(document, list) else document


def _lines(data: bytes) -> list[bytes]:
    """The lines, where the first is a whole object and others follow; else none."""
    lines = [line for line in data.removeprefix(codecs.BOM_UTF8).splitlines() if line.strip()]
    if len(lines) < 2 or not _is_object(lines[0]):
        return []
    if len(lines) > MOST_LINES:
        raise TooLarge(f"At most {MOST_LINES} lines are read from one document; this has {len(lines)}.")
    return lines


def encoding_of(data: bytes) -> str:
    """Of a text, by its byte order mark or by where its first bytes have zeros (RFC 4627 3)."""
    return json.detect_encoding(data)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(load(line), dict)
    except BadInput:
        return False


def _line(line: bytes, number: int) -> Any:
    try:
        return load(line)
    except BadInput as error:
        return BadInput(f"Line {number}: {error.detail}", **{**error.extra, "line": number})


def _check_depth(document: Any) -> None:
    """Level by level, so that the check itself is not nested."""
    level, depth = [document], 0
    while level := [inner for outer in level for inner in _inside(outer) if isinstance(inner, dict | list)]:
        depth += 1
        if depth >= MAX_DEPTH:
            raise BadInput(f"This JSON is nested more than {MAX_DEPTH} deep.")


def _inside(value: Any) -> Any:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadInput(f"The name {_twice(pairs)[:80]!r} stands twice in one object.")
    return found


def _twice(pairs: list[tuple[str, Any]]) -> str:
    """The first name that stands a second time. One look at each: a body may hold a million of them."""
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            return name
        seen.add(name)
    raise AssertionError("No name stands twice.")


def _no_constant(name: str) -> NoReturn:
    raise BadInput(f"{name} is not a JSON number.")
