"""What an outlet or a channel may set about cleaning. Values only; every step reads them, none changes them.

Limits are counted in characters of the decoded text. They are generous for news (the longest report of a news year
is under 200,000 characters) and small enough that no input, however hostile, keeps a worker busy for long.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class EmbedPolicy(StrEnum):
    """What becomes of a video, a post or a map of another site."""

    KEEP = "keep"  # a sandboxed iframe where the host is on our list, else a link
    LINK = "link"  # always a link
    DROP = "drop"  # taken out, and said so in the report


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Above any of these a body is refused with TooLarge; it is never cut."""

    max_chars: int = 3_000_000
    max_tags: int = 20_000
    max_lines: int = 50_000
    max_depth: int = 120  # lists in lists come out twice as deep, and libxml2 gives up at 255
    max_attributes: int = 256
    max_kept_chars: int = 1_000_000
    max_siblings: int = 3_000
    max_entities: int = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How to clean for one outlet and channel. `remove` holds selectors, as `selectors` reads them."""

    remove: tuple[str, ...] = ()
    remove_texts: tuple[str, ...] = ()
    embeds: EmbedPolicy = EmbedPolicy.KEEP
    limits: Limits = field(default_factory=Limits)
