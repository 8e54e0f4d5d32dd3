"""Sources, looks at them and trials as lines for people and as JSON."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from syndicate.cli.desk import plain
from syndicate.core.source import Source
from syndicate.service.intake.sources import SourceFile
from syndicate.service.intake.trial import Sample, Trial
from syndicate.store.sources import Poll

_SECRET = ("token", "secret")  # of a subscription: nobody needs to see them


def of_source(source: Source) -> dict[str, Any]:
    document = plain(source)
    if document["subscription"]:
        document["subscription"] = {name: v for name, v in document["subscription"].items() if name not in _SECRET}
    return document


def of_file(file: SourceFile) -> dict[str, Any]:
    """A source with its alarms and its last look."""
    last = file.polls[0] if file.polls else None
    return {
        **of_source(file.source),
        "alarms": [plain(alarm) for alarm in file.alarms],
        "last_look": plain(last) if last else None,
    }


def row(file: SourceFile) -> dict[str, Any]:
    source, last = file.source, file.polls[0] if file.polls else None
    return {
        "source": f"{source.outlet}/{source.slug}",
        "address": source.asked_at,
        "looked at": _minute(source.state.polled_at),
        "result": last.result.value if last else "",
        "next": _minute(source.state.next_at),
        "alarms": "; ".join(alarm.text for alarm in file.alarms),
    }


def line(poll: Poll) -> dict[str, Any]:
    detail = poll.detail
    return {
        "at": _minute(poll.at),
        "result": poll.result.value,
        "status": detail.get("status"),
        "bytes": detail.get("bytes"),
        "ms": detail.get("ms"),
        "told": told(poll),
    }


def told(poll: Poll) -> str:
    """What came of it: the failure, or how many of each."""
    items: Mapping[str, int] = poll.detail.get("items", {})
    refused = [f"{each['item']}: {each['why']}" for each in poll.detail.get("refused", ())]
    counts = ", ".join(f"{count} {name}" for name, count in items.items())
    return "; ".join(part for part in (poll.detail.get("error", ""), counts, *refused[:3]) if part)


def of_trial(trial: Trial) -> Iterator[str]:
    yield f"{trial.address}: {trial.items} items, {trial.bytes:,} bytes, {trial.media_type or 'no media type'}"
    if trial.moved_to:
        yield f"It has moved for good to {trial.moved_to}."
    if trial.hub:
        yield f"It names a hub: {trial.hub}"
    for number, sample in enumerate(trial.samples, start=1):
        yield ""
        yield from _of_sample(number, sample)
    yield ""
    yield ", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in trial.counts.items())


def _of_sample(number: int, sample: Sample) -> Iterator[str]:
    yield f"{number}. {sample.headline or sample.external_id}"
    if sample.problem:
        yield f"   refused: {sample.problem}"
    yield f"   date: {sample.date or '-'}   author: {sample.author or '-'}   address: {sample.address or '-'}"
    yield f"   pictures: {sample.pictures}, {sample.credited_pictures} with a credit"
    for name, text in (("before", sample.before), ("after", sample.after)):
        if text:
            yield f"   {name}: {text.words} words"
            yield from (f"      {part}" for part in text.lines)
    for entry in sample.removed:
        yield f"   removed: {entry['what']} ({entry['why']}) {entry['text']}".rstrip()
    yield from (f"   note: {warning}" for warning in sample.warnings)
    if sample.hold:
        yield f"   would be held: {sample.hold}"


def _minute(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""
