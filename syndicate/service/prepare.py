"""From a document's bytes to items that may be stored: read, cleaned, their source filled in. No database."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from syndicate import ingest
from syndicate.cleaning import Cleaned, Rules, clean
from syndicate.core.errors import SyndicateError
from syndicate.core.newsitem import SourceItem
from syndicate.core.newsroom import Outlet
from syndicate.core.notes import SourceNote
from syndicate.store.mapping import to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What came in, byte for byte. `media_type` decides how it is read; empty, the content does."""

    data: bytes
    media_type: str = ""

    @property
    def digest(self) -> str:
        """Tells whether two requests are the same; a parameter such as a charset makes no other request."""
        media_type = self.media_type.partition(";")[0].strip().lower()
        return hashlib.sha256(media_type.encode() + b"\n" + self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An item with a clean body, the report of cleaning it, and a fingerprint of what the source said.

    The fingerprint leaves out when the source last touched the story, so a touch alone is no news; and it is taken
    before cleaning, so a better cleaner is none either.
    """

    item: SourceItem
    report: dict[str, Any]
    fingerprint: str


def prepare(document: Document, outlet: Outlet, *, received: date) -> Sequence[Prepared | SyndicateError]:
    """One result an item, in document order. Raises BadInput, BadFields, UnknownFormat for the whole document."""
    feed = ingest.detect(document.data, document.media_type).parse(document.data, outlet=outlet, received=received)
    return [_prepared(result, outlet) for result in feed.results]


def _prepared(parsed: ingest.Parsed | SyndicateError, outlet: Outlet) -> Prepared | SyndicateError:
    if isinstance(parsed, SyndicateError):
        return parsed
    said = parsed.item
    try:
        rules = Rules(remove=outlet.furniture.selectors, remove_texts=outlet.furniture.texts)
        cleaned = clean(said.body_html, base_url=said.original_url, language=said.language, rules=rules)
    except SyndicateError as refusal:
        return refusal
    item, warnings = _with_what_was_lifted(said, cleaned), list(parsed.warnings)
    if cleaned.note:
        item = _with_note(item, cleaned.note, warnings)
    if not item.info_source.name:
        item = replace(item, info_source=outlet.party)
    report: dict[str, Any] = cleaned.report.as_dict()
    return Prepared(
        item=item,
        report={**report, "warnings": [*warnings, *report["warnings"]]},
        fingerprint=_fingerprint(said),
    )


def _with_what_was_lifted(said: SourceItem, cleaned: Cleaned) -> SourceItem:
    """The clean body; a byline or a dateline found in it stands where the source gave none itself."""
    return replace(
        said,
        body_html=cleaned.html,
        byline=said.byline or cleaned.byline,
        dateline=said.dateline or cleaned.dateline,
    )


def _with_note(item: SourceItem, note: SourceNote, warnings: list[str]) -> SourceItem:
    """Fill from the note in the text what the source did not say otherwise; what it said otherwise counts more."""
    noted = note.original_date(item.updated.day_in(None) if item.updated else None)
    if note.month and not (item.first_published or noted):
        warnings.append(f"the note's date has no year, and nothing tells which: {note.text}")
    return replace(
        item,
        original_url=item.original_url or note.address,
        first_published=item.first_published or noted,
        rights=item.rights if item.rights.license else replace(item.rights, license=note.licence),
    )


def _fingerprint(said: SourceItem) -> str:
    facts = to_json(replace(said, updated=None, source_version=None))
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
