"""The full text of a story whose feed gives a summary only: read from its page, where the agreement lets us.

What the feed says of the story counts more; the page gives the body, and what the feed left out.
"""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, TypeVar

from syndicate import ingest
from syndicate.core.errors import RemoteFailure, RemoteRefusal, SyndicateError
from syndicate.core.newsitem import Party, SourceItem
from syndicate.core.newsroom import Outlet
from syndicate.core.rights import Rights
from syndicate.core.source import FullText, Source, is_of_site
from syndicate.delivery.http import Answer, Client, Limits, Request
from syndicate.service.intake.prepare import SUMMARY_ONLY, Document

T = TypeVar("T", SourceItem, Rights)
PAGE = "html"  # the input format that reads a web page
LIMITS = Limits(connect_s=10, read_s=15, total_s=30, max_bytes=10_000_000)
MOST_PAGES = 30  # in one look at a source; the rest is left for the next
_FOR_GOOD = range(400, 500)
_PASSING = (408, 425, 429)
_EMPTY: tuple[object, ...] = ("", None, (), Party())


@dataclass(frozen=True, slots=True, kw_only=True)
class Full:
    """An item with the text of its page. `document` is the page; None where the item stands as the feed gave it.

    `again` says that the page may well come later, so that the item is to be looked at again.
    """

    parsed: ingest.Parsed
    document: Document | None = None
    again: bool = False


def may_fetch(source: Source, outlet: Outlet) -> bool:
    return source.full_text is FullText.FETCH_PAGE and outlet.agreement.fetch_pages


def with_page(client: Client, source: Source, outlet: Outlet, parsed: ingest.Parsed, now: datetime) -> Full:
    """The item with its page's text, or held with the reason why there is none."""
    address = parsed.item.original_url
    if not is_of_site(address, outlet.domain, _host(source)):
        return _without(parsed, "its page stands on another site")
    try:
        answer = client.send(Request(url=address), limits=LIMITS)
        if answer.status != 200:
            raise _failure(answer)
        return _read(answer, outlet, parsed, now)
    except SyndicateError as failure:
        passing = isinstance(failure, RemoteFailure) and not isinstance(failure, RemoteRefusal)
        return _without(parsed, f"its page could not be read: {failure.detail.rstrip('.')}", again=passing)


def _failure(answer: Answer) -> RemoteFailure:
    for_good = answer.status in _FOR_GOOD and answer.status not in _PASSING
    return (RemoteRefusal if for_good else RemoteFailure)(f"it answered {answer.status}")


def _read(answer: Answer, outlet: Outlet, parsed: ingest.Parsed, now: datetime) -> Full:
    media_type = answer.headers.get("content-type", "")
    envelope = ingest.Envelope(outlet=outlet, received=now.date(), media_type=media_type, address=answer.url)
    page = next(iter(ingest.FORMATS[PAGE].parse(answer.body, envelope).results), None)
    if not isinstance(page, ingest.Parsed) or page.summary_only or page.item.words <= parsed.item.words:
        return _without(parsed, "its page gives no more")
    return Full(
        parsed=replace(
            parsed,
            item=merged(parsed.item, page.item),
            warnings=(*parsed.warnings, *page.warnings),
            hold=parsed.hold or page.hold,
            summary_only=False,
        ),
        document=Document(data=answer.body, media_type=media_type, address=answer.url),
    )


def merged(said: SourceItem, page: SourceItem) -> SourceItem:
    """Each fact as the feed says it, else as the page does; the body from the page."""
    return replace(_filled(said, page), body_html=page.body_html, rights=_filled(said.rights, page.rights))


def _filled(first: T, second: T) -> T:
    """A value whose empty fields are filled from another of its kind."""
    missing = [each.name for each in fields(first) if getattr(first, each.name) in _EMPTY]
    filled: dict[str, Any] = {name: getattr(second, name) for name in missing}
    return replace(first, **filled)


def _without(parsed: ingest.Parsed, why: str, *, again: bool = False) -> Full:
    return Full(parsed=replace(parsed, hold=parsed.hold or f"{SUMMARY_ONLY}, and {why}."), again=again)


def _host(source: Source) -> str:
    return source.asked_at.partition("//")[2].partition("/")[0].partition(":")[0]
