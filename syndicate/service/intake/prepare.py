"""From a document's bytes to items that may be stored: read, cleaned, their source filled in. No database."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from syndicate import ingest
from syndicate.cleaning import Cleaned, Rules, clean
from syndicate.core.errors import SyndicateError
from syndicate.core.media import UPLOAD, Media, upload_href
from syndicate.core.newsitem import Picture, SourceItem
from syndicate.core.newsroom import Outlet
from syndicate.core.notes import SourceNote
from syndicate.core.picture_rights import hold_on_picture
from syndicate.service.intake.pictures import named, together
from syndicate.store.mapping import to_json

SUMMARY_ONLY = "The feed gives a summary only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What came in, byte for byte. `media_type` decides how it is read; empty, the content does.

    `address` is where we fetched it, empty where it was pushed. `sha256` names it; it is made here, before any
    transaction, because that of a long feed takes a while.
    """

    data: bytes
    media_type: str = ""
    address: str = ""
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())

    @property
    def digest(self) -> str:
        """Tells whether two requests are the same; a parameter such as a charset makes no other request."""
        media_type = self.media_type.partition(";")[0].strip().lower()
        return hashlib.sha256(media_type.encode() + b"\n" + self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An item with a clean body, the report of cleaning it, and a fingerprint of what the source said.

    The fingerprint leaves out when the source last touched the story, so a touch alone is no news; and it is taken
    before cleaning, so a better cleaner is none either. `hold` is why an editor must look first. `files` came with the
    item; those that are kept stand in `kept`, by the names that its pictures have for them.
    """

    item: SourceItem
    report: dict[str, Any]
    fingerprint: str
    hold: str = ""
    files: tuple[ingest.File, ...] = ()
    kept: Mapping[str, Media] = field(default_factory=dict)


PreparedResult = Prepared | ingest.Gone | SyndicateError


def read(document: Document, outlet: Outlet, *, received: date) -> ingest.ParsedFeed:
    """The document's items as they were said. Raises BadInput, BadFields, UnknownFormat for the whole document."""
    envelope = ingest.Envelope(
        outlet=outlet, received=received, media_type=document.media_type, address=document.address
    )
    return ingest.detect(document.data, document.media_type).parse(document.data, envelope)


def prepare(results: Sequence[ingest.Result], outlet: Outlet) -> Sequence[PreparedResult]:
    """Cleaned and with their source filled in: one result an item, in document order."""
    return [_prepared(result, outlet) if isinstance(result, ingest.Parsed) else result for result in results]


def _prepared(parsed: ingest.Parsed, outlet: Outlet) -> Prepared | SyndicateError:
    said = _with_files_named(parsed)
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
    item = replace(item, pictures=together(said.pictures, cleaned.pictures, said.original_url))
    _warn_of_held_pictures(item, outlet, cleaned)
    report: dict[str, Any] = cleaned.report.as_dict()
    return Prepared(
        item=item,
        report={**report, "warnings": [*warnings, *report["warnings"]]},
        fingerprint=fingerprint(said),
        hold=parsed.hold or (f"{SUMMARY_ONLY}." if parsed.summary_only else ""),
        files=parsed.files,
    )


def _with_files_named(parsed: ingest.Parsed) -> SourceItem:
    """Its pictures name the files that came with it by their content: another file is another version."""
    names = {f"{UPLOAD}{file.name}": upload_href(file.name, _sha256(file.data)) for file in parsed.files}

    def renamed(picture: Picture) -> Picture:
        files = (replace(one, href=names.get(one.href, one.href)) for one in picture.renditions)
        return replace(picture, renditions=tuple(files))

    return replace(parsed.item, pictures=tuple(map(renamed, parsed.item.pictures))) if names else parsed.item


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _with_what_was_lifted(said: SourceItem, cleaned: Cleaned) -> SourceItem:
    """The clean body; a byline or a dateline found in it stands where the source gave none itself."""
    return replace(
        said,
        body_html=cleaned.html,
        byline=said.byline or cleaned.byline,
        dateline=said.dateline or cleaned.dateline,
    )


def _warn_of_held_pictures(item: SourceItem, outlet: Outlet, cleaned: Cleaned) -> None:
    for picture in item.pictures:
        if hold := hold_on_picture(picture, outlet.agreement):
            cleaned.report.warn(f"A picture does not go out ({named(picture)}): {hold.words}")


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


def fingerprint(said: SourceItem) -> str:
    """Equal for equal words, whenever they were last touched."""
    facts = to_json(replace(said, updated=None, source_version=None))
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
