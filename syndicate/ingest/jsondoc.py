"""JSON from strangers: strict about what JSON leaves open (RFC 8259), with an error that a sender can act on."""

import json
from typing import Any, NoReturn

from syndicate.core.errors import BadInput


def load(data: bytes) -> Any:
    """Parse UTF-8 (or UTF-16/32 by its first bytes). Raises BadInput saying where it went wrong.

    Names that stand twice in one object are refused: which of them counts differs between readers (RFC 8259 4).
    """
    try:
        return json.loads(data, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        detail = f"This is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        raise BadInput(detail, line=error.lineno, column=error.colno) from None
    except UnicodeDecodeError as error:
        raise BadInput(f"This is not JSON: byte {error.start} is not valid {error.encoding}.") from None
    except RecursionError:
        raise BadInput("This JSON is nested too deeply to be an article.") from None
    except ValueError as error:  # a number with thousands of digits
        raise BadInput(f"This is not JSON that can be read: {error}.") from None


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
