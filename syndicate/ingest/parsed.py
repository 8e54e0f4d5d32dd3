"""What reading a document takes and gives: its envelope; its items in order, each read or refused on its own."""

from dataclasses import dataclass, field
from datetime import date, tzinfo

from syndicate.core.errors import SyndicateError
from syndicate.core.newsitem import SourceItem
from syndicate.core.newsroom import Outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What is known of a document without opening it.

    `media_type` as it was sent, with its parameters (a charset, a boundary). `address` is where the document was
    fetched from, against which its relative addresses are resolved; empty where it was pushed. `file_names` are those
    of the files that came with it, which its pictures may name.
    """

    outlet: Outlet
    received: date
    media_type: str = ""
    address: str = ""
    file_names: frozenset[str] = frozenset()

    @property
    def zone(self) -> tzinfo | None:
        """In which a local time without an offset is read; the item's `PartialDate` then says that it was assumed."""
        return self.outlet.zone


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A picture's file that came with its story. An item's rendition names it by `href`, which is `upload:NAME`."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """One item as the source said it. Its `body_html` is raw HTML.

    `warnings` tell what was odd or not understood. `hold`, where it is not empty, is the reason why an editor must look
    before this can go anywhere, such as an embargo that cannot be read. `summary_only` tells that this is not the
    whole story, as in feeds of teasers.
    """

    item: SourceItem
    warnings: tuple[str, ...] = ()
    hold: str = ""
    summary_only: bool = False
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The source takes one of its stories back by name alone (RFC 6721 deleted-entry)."""

    external_id: str
    reason: str = ""


Result = Parsed | Gone | SyndicateError


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """The results in document order; a refusal stands where its item stood.

    `hub` and `self_url` are the WebSub hub and topic that a feed names of itself.
    """

    results: tuple[Result, ...]
    hub: str = ""
    self_url: str = ""
