"""A look at a feed that stores nothing: how its last stories come in, what is removed, and what they lack."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from uuid import uuid4

from syndicate import ingest
from syndicate.core.errors import RemoteFailure, SyndicateError
from syndicate.core.newsroom import Outlet
from syndicate.core.source import Source
from syndicate.delivery.http import Client, Request
from syndicate.service.intake.pages import may_fetch, with_page
from syndicate.service.intake.poll import ACCEPT, read_feed
from syndicate.service.intake.prepare import Prepared, prepare
from syndicate.store import Store, Tx
from syndicate.store.mapping import from_json, to_json

SHOWN, LINES, LINE_CHARS, SHOWN_CHARS = 10, 3, 160, 100_000
KEPT = timedelta(days=1)
TRY = "try"  # the kind of job
_BREAK = re.compile(r"</(?:p|div|li|h[1-6]|blockquote|figcaption|tr|script|style)>|<br[ />]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A body in short: its words counted, its first lines."""

    words: int
    lines: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One story as it came and as it would be stored; or `problem`, why it would not.

    Of a text that came longer than SHOWN_CHARS the beginning is kept.
    """

    external_id: str = ""
    headline: str = ""
    before: Text | None = None
    after: Text | None = None
    removed: Sequence[Mapping[str, str]] = ()
    warnings: Sequence[str] = ()
    hold: str = ""
    date: str = ""
    author: str = ""
    address: str = ""
    pictures: int = 0
    credited_pictures: int = 0
    problem: str = ""
    said_html: str = ""
    clean_html: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a feed gives. The counts are of the stories shown; `items` is how many it has in all."""

    address: str
    moved_to: str
    media_type: str
    bytes: int
    items: int
    hub: str
    samples: Sequence[Sample]

    @property
    def counts(self) -> dict[str, int]:
        read = [sample for sample in self.samples if not sample.problem]
        return {
            "shown": len(self.samples),
            "refused": len(self.samples) - len(read),
            "held": sum(bool(sample.hold) for sample in read),
            "with_date": sum(bool(sample.date) for sample in read),
            "with_author": sum(bool(sample.author) for sample in read),
            "with_address": sum(bool(sample.address) for sample in read),
            "pictures": sum(sample.pictures for sample in read),
            "pictures_with_credit": sum(sample.credited_pictures for sample in read),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """A trial that somebody asked for: done when it has a `trial`, or a `problem` that says why there is none."""

    source: Source
    at: datetime
    trial: Trial | None = None
    problem: str = ""

    @property
    def waits(self) -> bool:
        return self.trial is None and not self.problem


def order(tx: Tx, source: Source, *, who: str, now: datetime) -> str:
    """The id by which its result can be asked for, once a worker has looked."""
    trial_id = str(uuid4())
    tx.trials.add(trial_id, to_json(source), who=who, now=now)
    tx.jobs.want(TRY, trial_id, now)
    return trial_id


def ordered(tx: Tx, trial_id: str) -> Ordered:
    """Raises NotFound, also where it was forgotten."""
    kept = tx.trials.get(trial_id)
    return Ordered(
        source=from_json(kept.source, Source),
        at=kept.at,
        trial=from_json(kept.result, Trial) if kept.result else None,
        problem=kept.problem,
    )


def carry_out(store: Store, client: Client, trial_id: str, now: datetime) -> None:
    """One look, and no second try: whoever asked reads what happened. Raises NotFound."""
    with store.read() as tx:
        wanted = ordered(tx, trial_id)
        outlet = tx.outlets.get(wanted.source.outlet)
    if not wanted.waits:
        return
    try:
        result, problem = to_json(try_source(client, wanted.source, outlet, now=now)), ""
    except SyndicateError as error:
        result, problem = None, error.detail
    with store.begin() as tx:
        tx.trials.finish(trial_id, result, problem)


def forget(store: Store, now: datetime) -> None:
    with store.begin() as tx:
        tx.trials.forget(now - KEPT)


def try_source(client: Client, source: Source, outlet: Outlet, *, now: datetime) -> Trial:
    """Fetch and read as a poll would. Raises RemoteFailure, BadInput, UnknownFormat."""
    answer = client.send(Request(url=source.asked_at, headers={"Accept": ACCEPT}))
    if answer.status != 200:
        raise RemoteFailure(f"It answered {answer.status}.", status=answer.status)
    feed = read_feed(source, outlet, answer, now)
    return Trial(
        address=answer.url,
        moved_to=answer.moved_to,
        media_type=answer.headers.get("content-type", ""),
        bytes=len(answer.body),
        items=len(feed.results),
        hub=answer.links.get("hub") or feed.hub,
        samples=[_sample(client, source, outlet, result, now) for result in feed.results[:SHOWN]],
    )


def _sample(client: Client, source: Source, outlet: Outlet, result: ingest.Result, now: datetime) -> Sample:
    if isinstance(result, SyndicateError):
        return Sample(problem=result.detail)
    if isinstance(result, ingest.Gone):
        return Sample(external_id=result.external_id, problem=f"Taken back by its source. {result.reason}".strip())
    if result.summary_only and may_fetch(source, outlet):
        result = with_page(client, source, outlet, result, now).parsed
    prepared = prepare([result], outlet)[0]
    if not isinstance(prepared, Prepared):
        problem = prepared.detail if isinstance(prepared, SyndicateError) else ""
        return Sample(external_id=result.item.external_id, headline=result.item.headline, problem=problem)
    return _shown(result, prepared)


def _shown(said: ingest.Parsed, prepared: Prepared) -> Sample:
    item, report = prepared.item, prepared.report
    return Sample(
        external_id=item.external_id,
        headline=item.headline,
        before=_text(said.item.body_html),
        after=_text(item.body_html),
        said_html=said.item.body_html[:SHOWN_CHARS],
        clean_html=item.body_html[:SHOWN_CHARS],
        removed=report["removed"],
        warnings=report["warnings"],
        hold=prepared.hold,
        date=str(item.first_published or ""),
        author=item.written_by,
        address=item.original_url,
        pictures=report["pictures"] + len(item.pictures),
        credited_pictures=item.body_html.count('<span class="credit">') + sum(bool(p.credit) for p in item.pictures),
    )


def _text(body_html: str) -> Text:
    """The words of HTML as a reader sees them, whatever state it is in."""
    lines = [" ".join(unescape(_TAG.sub("", part)).split()) for part in _BREAK.split(body_html)]
    words = sum(len(line.split()) for line in lines)
    return Text(words=words, lines=[line[:LINE_CHARS] for line in lines if line][:LINES])
