"""Plain text as we keep it: what neither XML nor a database can carry is left out at the door."""

from syndicate.core.text import one_line, printable

__all__ = ["many_lines", "one_line"]


def many_lines(text: str) -> str:
    """A note, a caption: lines kept, what cannot be carried left out."""
    return printable(text).strip()
