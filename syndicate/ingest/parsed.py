"""What reading a document gives: its items in order, each read or refused on its own."""

from dataclasses import dataclass

from syndicate.core.errors import SyndicateError
from syndicate.core.newsitem import SourceItem


@dataclass(frozen=True, slots=True)
class Parsed:
    """One item as the source said it. Its `body_html` is raw HTML; `warnings` tell what was not understood."""

    item: SourceItem
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """The results in document order; a refusal stands where its item stood."""

    results: tuple[Parsed | SyndicateError, ...]
